"""A party without an account answers through the record: with a scan, at a later day, and history refolds."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workflow import calendars, cases, documents
from workflow.audit import audits
from workflow.cases.view import view
from workflow.definitions import publishing
from workflow.files import Blobs
from workflow.machine.case import waiting_since
from workflow.values import Act, Refusal

LAW = (Path(__file__).parents[1] / "support/outside.yaml").read_text("utf-8")
SENT, RECORDED = datetime(2018, 3, 1, 2, tzinfo=UTC), datetime(2018, 3, 20, 3, tzinfo=UTC)


@pytest.fixture
def officer(province):
    return province.people["board.officer"]


@pytest.fixture
def code(database, province, officer):
    """A case of the board's officer under a definition that waits for external parties."""
    law = LAW.replace("board_officer", "plan_officer").replace("board_head", "plan_reviewer")
    with database.writing() as tx:
        publishing.publish_text(
            tx,
            law,
            author_id=province.people["admin"],
            publisher_id=province.people["admin2"],
            now=SENT,
            path="certificate.yaml",
        )
        opened = cases.open_case(tx, "certificate", unit_id=province.units["37"], person_id=officer, now=SENT)
        return opened.case.code


@pytest.fixture
def acts(database, officer, code, tmp_path):
    """Act with a paper that was handed over to the field."""

    def act(action, field, now, **said):
        stored = documents.store(Blobs(tmp_path / "blobs"), io.BytesIO(b"%PDF-1.7\n"), f"{field}.pdf")
        with database.writing() as tx:
            paper = documents.value_of(documents.upload(tx, code, field, stored, person_id=officer, now=now))
            return cases.act_in(tx, code, Act(action, {field: {**paper, **said}}), person_id=officer, now=now)

    return act


def test_an_answer_is_recorded_with_its_scan_and_counts_from_its_receipt(database, officer, code, acts):
    assert isinstance(acts("send", "request", SENT, symbol="1/TTr", dated="2018-03-01"), cases.Acted)
    said = {"symbol": "99/BTĐKT", "dated": "2018-03-09", "sender": "Ban TĐKT Trung ương", "received": "2018-03-12"}
    assert isinstance(acts("agreed", "opinion", RECORDED, **{**said, "received": "2018-03-21"}), Refusal)
    done = acts("agreed", "opinion", RECORDED, **said)
    assert isinstance(done, cases.Acted)
    with database.reading() as tx:
        seen = view(tx, code, person_id=officer, now=RECORDED)
        faults = [
            *audits.refold(
                tx, definition_of=lambda text: publishing.compiled(tx, text), calendar=calendars.calendar_of(tx)
            )
        ]
    assert seen.case.fields["opinion"]["sender"] == "Ban TĐKT Trung ương"
    assert (seen.entries[-1].at, seen.turns) == (RECORDED, ())
    assert waiting_since(seen.case) == datetime(2018, 3, 11, 17, tzinfo=UTC)
    assert seen.case.due_at == datetime(2018, 3, 26, 10, tzinfo=UTC)
    assert faults == []

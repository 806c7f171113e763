"""The engine as a library: what the README and `docs/replaying.md` show runs as it stands there, on both databases."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import workflow
from workflow.errors import CaseNotFound, NotFound
from workflow.exchange.tables import FaultyFile
from workflow.machine.definition import DefinitionFaults

ROOT = Path(__file__).parents[2]
PURCHASE = ROOT / "docs/replaying/purchase.yaml"
LOG = ROOT / "docs/replaying/log.csv"
NOW = datetime(2017, 11, 13, 1, tzinfo=UTC)
HEADINGS = "case,at,person,role,place,action,what,money,order,comment\n"


def blocks(paper, language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / paper).read_text("utf-8"), re.DOTALL)


def ran(code, folder):
    """Run a block as a program of its own, in a folder from which it finds the project's files."""
    for name in ("docs", "definitions"):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-W", "error", "-c", code]
    answer = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()


@pytest.fixture
def engine(database_url):
    with workflow.open_engine(database_url) as opened:
        opened.publish(PURCHASE, now=NOW)
        opened.add_unit("HQ", "Giám đốc", now=NOW)
        opened.add_unit("SALES", "Phòng Kinh doanh", above="HQ", now=NOW)
        yield opened


@pytest.fixture
def staffed(engine):
    for name, role, place in (("lan", "buyer", "SALES"), ("tam", "head", "SALES"), ("yen", "director", "HQ")):
        engine.add_person(name, name.title(), now=NOW)
        engine.grant(name, role, at=place, now=NOW)
    return engine


def test_the_readme_opens_an_engine_acts_and_reads_history(tmp_path):
    (block,) = blocks("README.md", "python")
    assert ran(block, tmp_path) == [
        "not_your_turn ['“approve” is not yours to do.']",
        "[('open', 'Trần Thị Lan', 'draft'), ('ask', 'Trần Thị Lan', 'asked')]",
    ]


def test_the_example_of_the_library_prints_what_its_paper_says(tmp_path):
    (block,) = blocks("docs/library.md", "python")
    (promised,) = blocks("docs/library.md", "text")
    assert ran(block, tmp_path) == promised.splitlines()


def test_the_replay_of_the_paper_prints_what_the_paper_says(tmp_path):
    (block,) = blocks("docs/replaying.md", "python")
    (promised,) = blocks("docs/replaying.md", "text")
    rate = re.compile(r"\d+ events/s")
    assert [rate.sub("", line) for line in ran(block, tmp_path)] == [
        rate.sub("", line) for line in promised.splitlines()
    ]


def test_importing_the_root_loads_neither_record_nor_rules():
    code = "import sys, workflow; print([name for name in sys.modules if name.startswith(('workflow.', 'sqlalchemy'))])"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
    assert set(workflow.__all__) <= {name for name in workflow.__all__ if getattr(workflow, name)}
    assert not hasattr(workflow, "nothing")


def test_cases_go_their_way_and_deadlines_fire_when_time_is_let_pass(staffed):
    opened = staffed.open_case("purchase", unit="SALES", by="lan", now=NOW)
    code = opened.case.code
    staffed.act(code, "ask", by="lan", now=NOW, inputs={"what": "Ghế", "money": 5})
    assert staffed.case(code).state == "asked"
    assert staffed.let_pass(NOW + timedelta(days=10)) > 1
    staffed.act(code, "approve", by="tam", now=NOW + timedelta(days=10))
    actions = [entry.action for entry in staffed.history(code)]
    assert actions[:2] == ["open", "ask"]
    assert actions[2] == "due:turn"
    assert actions[-1] == "approve"


def test_a_refusal_says_why_and_changes_nothing(staffed):
    code = staffed.open_case("purchase", unit="SALES", by="lan", now=NOW).case.code
    refusal = staffed.act(code, "ask", by="lan", now=NOW)
    assert isinstance(refusal, workflow.Refusal)
    assert [workflow.sentence(reason, language="vi") for reason in refusal.reasons] == [
        "Cần nhập: what.",
        "Cần nhập: money.",
    ]
    assert len(staffed.history(code)) == 1


def test_what_is_not_there_is_named(staffed):
    with pytest.raises(CaseNotFound):
        staffed.history("DN-2017-0001")
    with pytest.raises(NotFound):
        staffed.grant("nobody", "head", at="SALES", now=NOW)


def test_a_definition_with_errors_is_not_published(engine):
    with pytest.raises(DefinitionFaults):
        engine.publish(PURCHASE.read_text("utf-8").replace("to: asked", "to: nowhere"), now=NOW)


def test_an_engine_opened_again_finds_everything(sqlite_url):
    with workflow.open_engine(sqlite_url) as first:
        first.publish(PURCHASE, now=NOW)
        first.add_unit("SALES", "Phòng Kinh doanh", now=NOW)
        first.add_person("lan", "Lan", now=NOW)
        first.grant("lan", "buyer", at="SALES", now=NOW)
        code = first.open_case("purchase", unit="SALES", by="lan", now=NOW).case.code
    with workflow.open_engine(sqlite_url) as second:
        assert second.case(code).state == "draft"


def test_exactly_the_illegal_events_are_refused(engine):
    replayed = workflow.replay(engine, "purchase", LOG.read_bytes(), unit="SALES")
    assert [verdict.event.number for verdict in replayed.refused] == [6, 12, 13, 9, 16]
    assert [verdict.refusal.reasons[0].code for verdict in replayed.refused] == [
        "unmet", "separate", "no_right", "missing", "not_open",
    ]  # fmt: skip
    last = {verdict.event.case: verdict.state for verdict in replayed.verdicts}
    assert last == {"P1": "ordered", "P2": "ordered", "P3": "asked", "P4": "approved"}
    assert replayed.percent == 70


def test_a_log_that_says_open_opens_and_who_may_not_open_is_refused(engine):
    log = f"""{HEADINGS}A,2017-11-14T08:00+07:00,lan,buyer,,open,,,,
A,2017-11-14T09:00+07:00,lan,,,ask,Bàn,5,,
B,2017-11-14T09:30+07:00,tam,head,,open,,,,
B,2017-11-14T09:40+07:00,tam,,,ask,Bàn,5,,
"""
    replayed = workflow.replay(engine, "purchase", log.encode(), unit="SALES")
    assert [verdict.event.number for verdict in replayed.refused] == [4, 5]
    assert replayed.verdicts[1].state == "asked"


def test_an_unreadable_log_says_where_and_nothing_is_replayed(engine):
    log = f"{HEADINGS}A,14/11/2017,lan,buyer,,ask,,,,\nB,2017-11-14T08:00+07:00,,buyer,,ask,,,,\n"
    with pytest.raises(FaultyFile) as caught:
        workflow.replay(engine, "purchase", log.encode(), unit="SALES")
    assert [(fault.code, fault.row, fault.column) for fault in caught.value.faults] == [
        ("moment_malformed", 2, "at"),
        ("value_needed", 3, "person"),
    ]
    with pytest.raises(FaultyFile) as caught:
        workflow.replay(engine, "purchase", b"case,at\n1,2\n", unit="SALES")
    assert [fault.column for fault in caught.value.faults] == ["person", "action"]

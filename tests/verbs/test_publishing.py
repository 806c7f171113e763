"""Definitions in the record: shipped into a new database, drafted, published by a second administrator."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.guarded_definition import with_guards
from tests.support.small_province import DEFINITIONS, NOW, Stage
from tests.support.statement_counts import count_statements
from workflow import cases
from workflow.child import OutOfTime
from workflow.definitions import Published, inspections, publishing
from workflow.errors import DefinitionNotFound, NotAllowed, NotFound, Outdated
from workflow.installation import shipping
from workflow.machine.checking import verifier
from workflow.machine.definition import DefinitionFaults
from workflow.movements import obligations
from workflow.organisation import duties
from workflow.storage.queries import settings
from workflow.storage.session import Database, Tx
from workflow.values import Refusal

PLAN = (DEFINITIONS / "unit_plan" / "v1.yaml").read_text("utf-8")
CHANGED = PLAN.replace("due: 5 wd, escalate_to: chair", "due: 6 wd, escalate_to: chair")
MOVEMENT = (DEFINITIONS / "ninh_binh" / "movement.yaml").read_text("utf-8").partition("# The anniversary")[0].encode()
BROKEN = PLAN.replace("to: review", "to: nowhere", 1)
SHIPPED = sorted(path.parent.name for path in DEFINITIONS.glob("*/v1.yaml"))
FILES = sorted(DEFINITIONS.glob("*/v[0-9].yaml"))


def _codes(answer: Published | Refusal) -> list[str]:
    assert isinstance(answer, Refusal)
    return [reason.code for reason in answer.reasons]


def _draft(tx: Tx, province: Stage, text: str = CHANGED, *, by: str = "admin", seen: int | None = None) -> int:
    return publishing.save_draft(tx, "unit_plan", text, person_id=province.people[by], now=NOW, seen=seen)


def _publish(tx: Tx, province: Stage, *, by: str = "admin2", seen: int = 1) -> Published | Refusal:
    inspected = inspections.inspect(publishing.ask_about(tx, "unit_plan", now=NOW))
    return publishing.publish(tx, "unit_plan", person_id=province.people[by], now=NOW, seen=seen, inspected=inspected)


@pytest.mark.usefixtures("province")
def test_what_ships_is_published_into_a_new_database(database: Database):
    with database.reading() as tx:
        versions = publishing.versions(tx)
        current = publishing.current(tx, "unit_plan")
    by_name = {name: sum(file.parent.name == name for file in FILES) for name in SHIPPED}
    assert [(row.name, row.version) for row in versions if row.current] == list(by_name.items())
    assert len(versions) == len(FILES)
    assert current.basis


@pytest.mark.usefixtures("province")
def test_a_second_start_changes_nothing(database: Database):
    with database.writing() as tx:
        shipment = shipping.ship(tx, DEFINITIONS, now=NOW)
    assert (shipment.published, shipment.drafted) == ((), ())
    assert set(shipment.known) == {f"{file.parent.name}/{file.name}" for file in FILES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFINITIONS, tmp_path / "definitions"))


@pytest.mark.usefixtures("province")
def test_a_new_shipped_file_becomes_a_draft(database: Database, folder: Path):
    (folder / "unit_plan" / "v4.yaml").write_text(CHANGED, "utf-8")
    with database.writing() as tx:
        assert shipping.ship(tx, folder, now=NOW).drafted == ("unit_plan/v4.yaml",)
        assert publishing.draft(tx, "unit_plan").text == CHANGED
        assert len(publishing.versions(tx, "unit_plan")) == 3


@pytest.mark.usefixtures("province")
def test_a_published_file_that_changed_is_an_error(database: Database, folder: Path):
    (folder / "unit_plan" / "v1.yaml").write_text(CHANGED, "utf-8")
    with database.writing() as tx, pytest.raises(shipping.ShippedFileChanged):
        shipping.ship(tx, folder, now=NOW)


def test_a_faulty_file_is_not_shipped(database: Database, folder: Path):
    (folder / "unit_plan" / "v1.yaml").write_text(BROKEN, "utf-8")
    with database.writing() as tx, pytest.raises(DefinitionFaults):
        shipping.ship(tx, folder, now=NOW)


@pytest.mark.usefixtures("province")
def test_a_record_of_an_earlier_release_learns_which_roles_decide(database: Database):
    with database.writing() as tx:
        settings.forget(tx, duties.SETTING)
        assert duties.is_duty(tx, "unit_clerk"), "until it is known, every role counts"
        shipping.ship(tx, DEFINITIONS, now=NOW)
        roles = ("unit_clerk", "consultee", "council_member", "award_decider", "admin")
        assert [duties.is_duty(tx, role) for role in roles] == [False, False, True, True, True]


def test_a_draft_is_published_by_a_second_administrator(database: Database, province: Stage):
    with database.writing() as tx:
        before = publishing.current(tx, "unit_plan")
        _draft(tx, province)
        published = _publish(tx, province)
        after = publishing.current(tx, "unit_plan")
        assert publishing.compiled(tx, before.hash) == before
        assert publishing.drafts(tx) == []
        latest = publishing.versions(tx, "unit_plan")[0]
    assert published == Published("unit_plan", 4, after.hash)
    assert after.hash != before.hash
    assert (latest.author, latest.publisher) == ("Trịnh Thị Quản", "Đặng Văn Trị")


def test_its_author_cannot_publish_it(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province)
        assert _codes(_publish(tx, province, by="admin")) == ["author_publishes"]


def test_a_text_with_errors_is_kept_but_not_published(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province, BROKEN)
        assert publishing.draft(tx, "unit_plan").text == BROKEN
        assert any(finding.severity == "error" for finding in verifier.check_text(BROKEN))
        assert _codes(_publish(tx, province)) == ["definition_has_errors"]


def test_a_due_towards_a_milestone_that_its_movement_has_not_is_an_error_at_its_line(
    database: Database, province: Stage
):
    text = PLAN.replace("before movement.plans,", "before movement.plan,")
    with database.writing() as tx:
        obligations.import_movement(tx, MOVEMENT, name="movement.yaml", person_id=None, now=NOW)
        _draft(tx, province, text)
        (found,) = inspections.inspect(publishing.ask_about(tx, "unit_plan", now=NOW)).findings
        assert _codes(_publish(tx, province)) == ["definition_has_errors"]
    assert "before movement.plan," in text.splitlines()[found.line - 1]
    assert "did you mean “plans”?" in found.sentence("en")


def test_a_movement_that_is_over_holds_no_version_back(database: Database, province: Stage):
    over = MOVEMENT.replace(b"ends: 2020-12-31", b"ends: 2017-11-12")
    with database.writing() as tx:
        obligations.import_movement(tx, over, name="movement.yaml", person_id=None, now=NOW)
        _draft(tx, province, PLAN.replace("before movement.plans,", "before movement.plan,"))
        assert isinstance(_publish(tx, province), Published)


def test_without_its_basis_nothing_is_published(database: Database, province: Stage):
    text = "\n".join(line for line in CHANGED.split("\n") if not line.startswith("basis:"))
    with database.writing() as tx:
        _draft(tx, province, text)
        assert _codes(_publish(tx, province))[0] in {"basis_missing", "definition_has_errors"}


def test_the_text_of_another_definition_is_not_published(database: Database, province: Stage):
    other = (DEFINITIONS / "award_nomination" / "v1.yaml").read_text("utf-8")
    with database.writing() as tx:
        _draft(tx, province, other)
        assert _codes(_publish(tx, province)) == ["definition_renamed"]


def test_who_saw_an_older_draft_neither_saves_nor_publishes(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province)
        assert _draft(tx, province, PLAN + "# hai\n", by="admin", seen=1) == 2
        with pytest.raises(Outdated):
            _draft(tx, province, CHANGED, by="admin2", seen=1)
        assert _codes(_publish(tx, province, seen=1)) == ["draft_changed"]
        assert isinstance(_publish(tx, province, seen=2), Published)


def test_a_draft_from_before_another_version_is_not_published(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province)
        text = PLAN + "# ba\n"
        publishing.publish_text(
            tx, text, author_id=province.people["admin"], publisher_id=province.people["admin2"], now=NOW, path="x"
        )
        assert _codes(_publish(tx, province)) == ["definition_draft_outdated"]
        _draft(tx, province, seen=1)
        assert isinstance(_publish(tx, province, seen=2), Published)


def test_an_older_text_published_again_keeps_its_number(database: Database, province: Stage):
    people = {"author_id": province.people["admin"], "publisher_id": province.people["admin2"]}
    with database.writing() as tx:
        publishing.publish_text(tx, CHANGED, **people, now=NOW, path="v2.yaml")
        back = publishing.publish_text(tx, PLAN, **people, now=NOW, path="v1.yaml")
        assert isinstance(back, Published)
        assert back.version == 1
        assert _codes(publishing.publish_text(tx, PLAN, **people, now=NOW, path="v1.yaml")) == ["definition_unchanged"]


def test_a_second_draft_is_not_begun(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province)
        with pytest.raises(Outdated):
            _draft(tx, province, by="admin2")


def test_a_discarded_draft_is_gone(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province)
        publishing.discard_draft(tx, "unit_plan", person_id=province.people["admin2"], now=NOW, seen=1)
        with pytest.raises(NotFound):
            publishing.draft(tx, "unit_plan")


def test_only_administrators_draft(database: Database, province: Stage):
    with database.writing() as tx, pytest.raises(NotAllowed):
        _draft(tx, province, by="auditor")


@pytest.mark.usefixtures("province")
def test_an_unknown_definition_is_not_found(database: Database):
    with database.reading() as tx:
        with pytest.raises(DefinitionNotFound):
            publishing.current(tx, "no_such")
        with pytest.raises(DefinitionNotFound):
            publishing.compiled(tx, "0" * 64)


def test_a_draft_is_compared_line_by_line(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province, PLAN.replace("\n", "\n# hai\n", 1))
        asked = replace(publishing.ask_about(tx, "unit_plan", now=NOW), origin=PLAN)
    assert inspections.inspect(asked).changes == (("new", 2, "# hai"),)


def test_a_version_that_strands_the_cases_of_another_is_not_published(database: Database, province: Stage):
    """What ships is in force together; a new version may not break what the others wait for."""
    nominee = (DEFINITIONS / "nominee" / "v1.yaml").read_text("utf-8")
    admins = {"author_id": province.people["admin"], "publisher_id": province.people["admin2"]}
    with database.writing() as tx:
        lost = "\n".join(line for line in nominee.split("\n") if "untable:" not in line)
        assert lost != nominee
        refused = publishing.publish_text(tx, lost, **admins, now=NOW, path="nominee")
        assert isinstance(refused, Refusal)
        assert [(reason.code, reason.facts["name"]) for reason in refused.reasons] == [
            ("definition_misfits", "council_session")
        ]
        kept = nominee.replace("title: ", "title: Người | Person  # ", 1)
        assert isinstance(publishing.publish_text(tx, kept, **admins, now=NOW, path="nominee"), Published)


def test_cases_are_counted_only_for_whoever_asks(database: Database, province: Stage):
    with database.writing() as tx:
        for code in ("14437", "14401"):
            cases.open_case(tx, "unit_plan", unit_id=province.units[code], person_id=None, now=NOW)
        current = publishing.current(tx, "unit_plan")
        counts = publishing.open_cases(tx)
    assert (counts[current.hash], counts["no such version"]) == (2, 0)
    with count_statements(database) as said, database.reading() as tx:
        publishing.versions(tx)
    assert said.count("SELECT") == 1


def test_what_was_not_asked_of_this_draft_does_not_publish_it(database: Database, province: Stage):
    with database.writing() as tx:
        _draft(tx, province)
        inspected = inspections.inspect(publishing.ask_about(tx, "unit_plan", now=NOW))
        _draft(tx, province, f"{CHANGED}# ba\n", seen=1)
        people = {"person_id": province.people["admin2"], "now": NOW}
        answer = publishing.publish(tx, "unit_plan", **people, seen=2, inspected=inspected)
    assert _codes(answer) == ["draft_changed"]


def test_a_child_that_had_to_be_ended_publishes_nothing(
    database: Database, province: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflow.definitions.inspections.ask", _ended)
    with database.writing() as tx:
        # Of a text of its own: what was answered before is kept.
        _draft(tx, province, f"{CHANGED}# {database.dialect}\n")
        (finding,) = inspections.inspect(publishing.ask_about(tx, "unit_plan", now=NOW)).findings
        assert _codes(_publish(tx, province)) == ["definition_has_errors"]
    assert finding.sentence("en") == "The check was ended for want of time or memory; make the text simpler."
    monkeypatch.undo()
    with database.writing() as tx:
        assert isinstance(_publish(tx, province), Published)


def _ended(*_: object) -> None:
    raise OutOfTime


def test_what_could_not_be_decided_is_not_published(database: Database, province: Stage):
    with database.writing() as tx:
        publishing.save_draft(tx, "leave", with_guards(40), person_id=province.people["admin"], now=NOW, seen=None)
        inspected = inspections.inspect(publishing.ask_about(tx, "leave", now=NOW))
        people = {"person_id": province.people["admin2"], "now": NOW}
        answer = publishing.publish(tx, "leave", **people, seen=1, inspected=inspected)
    assert _codes(answer) == ["definition_undecided"]

"""A record from before the words of the language changed: texts stay, what runs on them goes on, files still fit."""

import hashlib
import shutil
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.small_province import DEFINITIONS, NOW, Stage
from workflow import calendars, cases
from workflow.audit import audits
from workflow.cases import Acted
from workflow.definitions import Published, inspections, publishing
from workflow.installation import shipping
from workflow.machine.checking import check
from workflow.storage import migrating
from workflow.storage.session import Database
from workflow.values import Act, Refusal

FIRST = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[1] / "definitions" / "edition_1").glob("*.yaml"))
}
"""What shipped in the words of the first edition."""
BEFORE = "20261126_2255"
"""The last revision whose texts say nothing of their edition."""
NOMINATION = "award_nomination"
WITHDRAW = Act("withdraw", {"comment": "Đơn vị rút lại để xét trong năm sau."}, seen=1)

LATER = {"review_report/v2.yaml", "unit_plan/v2.yaml"}
"""The second versions, which an old record takes over as drafts; a third waits until the draft is published."""

_MOVED = (
    """
INSERT INTO definition (hash, name, version, text, title_vi, title_en, basis, written_at, published_at)
SELECT :hash, name, 0, :text, title_vi, title_en, basis, written_at, published_at FROM definition
WHERE name = :name AND version = 1
""",
    "UPDATE definition_current SET hash = :hash WHERE name = :name",
    "DELETE FROM definition WHERE name = :name AND version > 0",
    "DELETE FROM setting WHERE name LIKE 'shipped:%' AND name NOT LIKE 'shipped:%/v1.yaml'",
    "UPDATE definition SET version = 1 WHERE name = :name",
    "UPDATE setting SET value = :hash WHERE name = :label",
)


def hash_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


@pytest.fixture
def old(database: Database, province: Stage) -> Stage:
    """The province as an older release left it, its definitions in the first edition's words, brought up to date."""
    url = database.engine.url.render_as_string(hide_password=False)
    migrating.downgrade(url, to=BEFORE)
    with database.writing() as tx:
        for name, words in FIRST.items():
            values = {"name": name, "text": words, "hash": hash_of(words), "label": f"shipped:{name}/v1.yaml"}
            for statement in _MOVED:
                tx.connection.execute(text(statement), values)
    migrating.migrate(url)
    return province


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFINITIONS, tmp_path / "definitions"))


def editions(database: Database) -> dict[str, int]:
    with database.reading() as tx:
        return dict(tx.connection.execute(text("SELECT hash, edition FROM definition")).all())


def opened(database: Database, province: Stage) -> Acted | Refusal:
    with database.writing() as tx:
        unit, clerk = province.units["14437"], province.people["cucphuong.clerk"]
        return cases.open_case(tx, NOMINATION, unit_id=unit, person_id=clerk, now=NOW)


@pytest.mark.usefixtures("old")
def test_texts_that_were_there_are_of_the_first_edition(database: Database):
    assert editions(database) == {hash_of(words): 1 for words in FIRST.values()}


@pytest.mark.usefixtures("province")
def test_what_is_published_now_is_of_the_second_edition(database: Database):
    assert len(editions(database)) == len(list(DEFINITIONS.glob("*/v[0-9].yaml")))
    assert set(editions(database).values()) == {2}


@pytest.mark.usefixtures("old")
def test_what_ships_in_new_words_is_the_version_that_is_there(database: Database):
    for _ in range(2):
        with database.writing() as tx:
            shipment = shipping.ship(tx, DEFINITIONS, now=NOW)
            versions = publishing.versions(tx)
            drafts = publishing.drafts(tx)
        assert shipment.published == ()
        assert set(shipment.drafted) <= LATER
        assert set(shipment.known) - LATER == {f"{name}/v1.yaml" for name in FIRST}
        assert {(row.name, row.version, row.hash) for row in versions} == {
            (name, 1, hash_of(words)) for name, words in FIRST.items()
        }
        assert [draft.name for draft in drafts] == ["review_report", "unit_plan"]


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("times", [0, 1], ids=["before the new words are taken over", "after"])
def test_a_file_that_says_something_else_is_still_an_error(database: Database, folder: Path, times: int):
    plan = folder / "unit_plan" / "v1.yaml"
    for _ in range(times):
        with database.writing() as tx:
            shipping.ship(tx, folder, now=NOW)
    changed = plan.read_text("utf-8").replace("due: 5 wd, escalate_to: chair", "due: 6 wd, escalate_to: chair")
    assert changed != plan.read_text("utf-8")
    plan.write_text(changed, "utf-8")
    with database.writing() as tx, pytest.raises(shipping.ShippedFileChanged):
        shipping.ship(tx, folder, now=NOW)


def test_a_case_is_opened_acted_on_and_refolded_under_an_old_text(database: Database, old: Stage):
    case = opened(database, old)
    assert isinstance(case, Acted)
    assert case.case.definition == hash_of(FIRST[NOMINATION])
    with database.writing() as tx:
        shipping.ship(tx, DEFINITIONS, now=NOW)
    with database.writing() as tx:
        acted = cases.act_in(tx, case.case.code, WITHDRAW, person_id=old.people["cucphuong.clerk"], now=NOW)
    assert isinstance(acted, Acted)
    assert (acted.case.state, acted.case.definition) == ("withdrawn", hash_of(FIRST[NOMINATION]))
    with database.reading() as tx:
        seen = cases.view(tx, case.case.code, person_id=old.people["cucphuong.clerk"], now=NOW)
        assert [entry.definition for entry in seen.entries] == [hash_of(FIRST[NOMINATION])] * 2
        definition_of, calendar = partial(publishing.compiled, tx), calendars.calendar_of(tx)
        assert list(audits.verify(tx)) == []
        assert list(audits.refold(tx, definition_of=definition_of, calendar=calendar)) == []


def test_what_is_wrong_with_an_old_text_is_said_of_what_it_means(database: Database, old: Stage):
    with database.reading() as tx:
        current = publishing.current(tx, "unit_plan")
    assert current.text == FIRST["unit_plan"]
    assert [finding for finding in check(current) if finding.severity == "error"] == []
    assert old.units


def test_a_draft_in_old_words_is_refused_with_the_new_ones(database: Database, old: Stage):
    with database.writing() as tx:
        words = FIRST["unit_plan"] + "# hai\n"
        publishing.save_draft(tx, "unit_plan", words, person_id=old.people["admin"], now=NOW, seen=None)
        inspected = inspections.inspect(publishing.ask_about(tx, "unit_plan", now=NOW))
        people = {"person_id": old.people["admin2"], "now": NOW}
        answer = publishing.publish(tx, "unit_plan", **people, seen=1, inspected=inspected)
        said = [finding.sentence("en") for finding in inspected.findings]
    assert isinstance(answer, Refusal)
    assert [reason.code for reason in answer.reasons] == ["definition_has_errors"]
    assert any("“ladder”" in sentence and "did you mean “escalation”?" in sentence for sentence in said)


def test_the_next_version_is_written_in_the_words_of_today(database: Database, old: Stage):
    words = (DEFINITIONS / "unit_plan" / "v1.yaml").read_text("utf-8") + "# hai\n"
    people = {"author_id": old.people["admin"], "publisher_id": old.people["admin2"]}
    with database.writing() as tx:
        published = publishing.publish_text(tx, words, **people, now=NOW, path="v2.yaml")
    assert isinstance(published, Published)
    assert published.version == 2
    assert editions(database) == {hash_of(old_words): 1 for old_words in FIRST.values()} | {hash_of(words): 2}


@pytest.mark.parametrize("touched", [False, True])
def test_a_shipped_draft_follows_its_file_unless_somebody_has_touched_it(
    database: Database, old: Stage, folder: Path, *, touched: bool
):
    """A definition that began to ship when the record was no longer new waits as a draft, in the words of that day."""
    path = folder / "late_plan" / "v1.yaml"
    path.parent.mkdir()
    waiting = FIRST["unit_plan"].replace("definition: unit_plan", "definition: late_plan")
    path.write_text(waiting, "utf-8")
    with database.writing() as tx:
        assert shipping.ship(tx, folder, now=NOW).drafted == ("late_plan/v1.yaml", *sorted(LATER))
        if touched:
            words = waiting + "# hai\n"
            publishing.save_draft(tx, "late_plan", words, person_id=old.people["admin"], now=NOW, seen=1)
    today = (DEFINITIONS / "unit_plan" / "v1.yaml").read_text("utf-8").replace("unit_plan", "late_plan", 1)
    path.write_text(today, "utf-8")
    with database.writing() as tx:
        shipping.ship(tx, folder, now=NOW)
        assert publishing.draft(tx, "late_plan").text == (waiting + "# hai\n" if touched else today)

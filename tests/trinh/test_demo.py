"""The demonstration as it is loaded: believable states, work for every account, nothing left over, provable."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trinh.demo.playing import CURRENT
from trinh.welcome import ACCOUNTS
from workflow import (
    assignments,
    audits,
    business_time,
    calendars,
    escalations,
    jobs,
    notices,
    obligations,
    people,
    publishing,
)
from workflow.machine.calendars import MORNING
from workflow.storage.session import Database, Tx

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

PLAN_STATES = {
    "owed", "draft", "signing", "submitted", "review", "revise", "acknowledged", "superseded", "archived",
}  # fmt: skip
NOMINATION_STATES = {
    "draft", "signing", "submitted", "appraising", "reviewing", "reviewed", "revise", "approved", "refused",
    "withdrawn",
}  # fmt: skip
WAITING = {name for name in ACCOUNTS if name not in ("admin", "admin2", "auditor")}


@pytest.fixture(scope="module")
def record(first_start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the demonstration as its first start left it, to look at."""
    home = shutil.copytree(first_start / "home", tmp_path_factory.mktemp("demo") / "home")
    return Path(home) / "trinh.sqlite3"


@pytest.fixture
def tx(record: Path) -> Iterator[Tx]:
    """A snapshot of the demonstration as its first start left it."""
    database = Database(f"sqlite:///{record}")
    with database.reading() as tx:
        yield tx
    database.close()


@pytest.fixture
def states(record: Path) -> dict[str, Counter[str]]:
    """How many cases of each kind stand in which state, and units among them."""
    with closing(sqlite3.connect(record)) as link:
        rows = link.execute(
            "SELECT definition_name, state, count(DISTINCT unit_id) FROM case_file GROUP BY 1, 2"
        ).fetchall()
    found: dict[str, Counter[str]] = {}
    for name, state, number in rows:
        found.setdefault(name, Counter())[state] = number
    return found


def test_plans_stand_in_every_state_at_three_units_or_more(states: dict[str, Counter[str]]):
    assert {state for state, units in states["unit_plan"].items() if units >= 3} == PLAN_STATES


def test_nominations_stand_in_every_state(states: dict[str, Counter[str]]):
    assert set(states["award_nomination"]) == NOMINATION_STATES


def test_more_than_half_and_less_than_three_quarters_of_the_plans_are_acknowledged(tx: Tx):
    admin = people.find_username(tx, "admin").id
    board = obligations.board(tx, CURRENT, person_id=admin, now=business_time.read(tx))
    counted = {count.state: count.number for count in board.counts}
    assert 220 <= board.total <= 250
    assert 0.55 <= counted["unit_plan.acknowledged"] / board.total <= 0.75
    assert board.late <= 15


@pytest.mark.parametrize("username", sorted(WAITING))
def test_an_account_of_the_demonstration_finds_its_work(tx: Tx, username: str):
    person_id = people.find_username(tx, username).id
    assert assignments.count_my_turn(tx, person_id=person_id, now=business_time.read(tx)) > 0


@pytest.mark.parametrize(
    ("username", "kind", "state"),
    [
        ("cucphuong.clerk", "Unit plan", "Not started"),
        ("cucphuong.head", "Award nomination", "Awaiting signature"),
        ("nhoquan.officer", "Unit plan", "Awaiting receipt"),
        ("nhoquan.head", "Unit plan", "Under review"),
        ("nhoquan.chairman", "Unit plan", "Awaiting signature"),
        ("nhoquan.chairman", "Award nomination", "Awaiting the decision"),
        ("sldtbxh.clerk", "Unit plan", "To be revised"),
        ("board.officer", "Unit plan", "Awaiting receipt"),
        ("board.head", "Unit plan", "Under review"),
        ("chairman", "Award nomination", "Awaiting the decision"),
    ],
)
def test_it_is_the_work_of_their_office(tx: Tx, username: str, kind: str, state: str):
    person_id = people.find_username(tx, username).id
    rows = assignments.my_turn(tx, person_id=person_id, now=business_time.read(tx), limit=100).rows
    assert (kind, state) in {(row.kind.en, row.state.en) for row in rows}


def test_the_clock_starts_at_the_morning_of_13_november_2017(tx: Tx):
    calendar = calendars.calendar_of(tx)
    now = calendar.local(business_time.read(tx))
    assert (now.date().isoformat(), now.time() >= MORNING) == ("2017-11-13", True)


def test_nothing_is_left_to_do_and_no_storm_waits(tx: Tx):
    assert jobs.backlog(tx) == (0, None, 0)
    assert escalations.count_due(tx, now=business_time.read(tx)) == 0
    assert all(letter.transmissions == 0 for letter in notices.letters(tx, limit=5_000))


def test_a_draft_of_one_administrator_waits_for_another_to_publish_it(tx: Tx):
    (draft,) = publishing.drafts(tx)
    assert (draft.name, draft.saved_by) == ("unit_plan", people.find_username(tx, "admin").id)
    assert [finding for finding in publishing.verify_text(draft.text) if finding.severity == "error"] == []


def test_rules_were_published_before_the_first_case_they_rule(record: Path):
    with closing(sqlite3.connect(record)) as link:
        late = link.execute(
            "SELECT c.code FROM case_file c JOIN definition d ON d.hash = c.definition"
            " WHERE d.published_at >= c.opened_at"
        ).fetchall()
    assert late == []


@pytest.mark.parametrize(
    ("column", "table"),
    [("published_at", "definition"), ("created_at", "person"), ("at", "admin_act"), ("at", "history")],
)
def test_nothing_bears_the_time_of_the_machine(record: Path, column: str, table: str):
    with closing(sqlite3.connect(record)) as link:
        ((latest,),) = link.execute(f"SELECT max({column}) FROM {table}").fetchall()
    assert datetime.fromtimestamp(latest / 1_000_000, UTC).year <= 2017


def test_each_movement_ran_under_rules_on_a_basis_of_its_own(record: Path):
    with closing(sqlite3.connect(record)) as link:
        rows = link.execute(
            "SELECT DISTINCT m.code, d.version, d.basis FROM case_file c JOIN definition d ON d.hash = c.definition"
            " JOIN movement m ON m.id = c.movement_id WHERE c.definition_name = 'unit_plan' ORDER BY d.version"
        ).fetchall()
    assert rows == [
        ("tai-lap-tinh-25-nam", 1, "88/KH-UBND, 12/9/2016 (văn bản giả định)"),
        ("nguoi-ngheo-2016-2020", 2, "117/KH-UBND, 16/10/2017"),
    ]


def test_the_played_history_proves_itself(tx: Tx):
    assert list(audits.verify(tx)) == []
    refolded = audits.refold(
        tx, definition_of=lambda text_hash: publishing.compiled(tx, text_hash), calendar=calendars.calendar_of(tx)
    )
    assert list(refolded) == []

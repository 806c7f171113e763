"""The demonstration as it is loaded: believable states, work for every account, nothing left over, provable."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from trinh.demo.programme import CURRENT
from trinh.welcome import ACCOUNTS
from workflow import calendars, movements, search
from workflow.audit import audits
from workflow.cases import assignments, view
from workflow.deadlines import jobs, notices
from workflow.definitions import publishing
from workflow.installation import business_time
from workflow.machine.calendar import MORNING
from workflow.machine.checking import verifier
from workflow.movements import milestones
from workflow.organisation import people
from workflow.storage import queue
from workflow.storage.queries import deadlines
from workflow.storage.session import Database, Tx

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

PLAN_STATES = {
    "owed", "draft", "signing", "submitted", "review", "revise", "acknowledged", "superseded", "archived",
}  # fmt: skip
NOMINATION_STATES = {
    "draft", "signing", "submitted", "appraising", "reviewing", "reviewed", "revise", "approved", "refused",
    "withdrawn", "revoked",
}  # fmt: skip
AWARD_STATES = {
    "nominee": {
        "draft", "prepared", "listed", "submitted", "gathered", "consolidated", "proposal", "appraising", "consulting",
        "review", "suspended", "council_ready", "council_voting", "passed", "annexed", "awarded", "not_awarded",
        "not_passed", "not_eligible", "withdrawn",
    },
    "dossier": {"draft", "signing", "at_district", "at_province", "revise", "received", "withdrawn", "lapsed"},
    "consolidation": {"draft", "signing", "sent", "discarded"},
    "council_session": {"agenda", "voting", "held"},
    "decision": {"draft", "checking", "signing", "issued", "refused", "cancelled"},
}  # fmt: skip
OTHER_STATES = {
    "review_report": {"accepted", "consolidated", "revise", "signing", "submitted"},
    "review_summary": {"accepted", "revise"},
    "complaint": {"received", "verifying", "unfounded", "corrected", "revoking", "revoked", "dismissed"},
    "commendation": {
        "draft", "signing", "submitted", "appraising", "review", "voting", "deciding", "awarded", "presented", "raised",
        "refused", "informed", "withdrawn",
    },
    "commune_commendation": {"draft", "deciding", "awarded", "presented", "refused", "informed", "withdrawn"},
    "simplified_award": {
        "draft", "signing", "appraising", "review", "phoning", "deciding", "awarded", "presented", "completed",
        "converted", "refused", "withdrawn",
    },
    "pm_proposal": {"draft", "signing", "submitted", "revise", "received", "withdrawn"},
    "pm_nominee": {
        "appraising", "review", "notice", "suspended", "council_ready", "lowered", "not_eligible",
    },
    "pm_submission": {"draft"},
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


@pytest.mark.parametrize("name", sorted(AWARD_STATES | OTHER_STATES))
def test_each_other_definition_is_played_to_every_state_that_can_be_believed(
    states: dict[str, Counter[str]], name: str
):
    assert set(states[name]) == (AWARD_STATES | OTHER_STATES)[name]


def test_a_council_votes_on_nominees_of_several_units_and_some_have_voted(tx: Tx):
    secretary = people.find_username(tx, "board.secretary").id
    voting = _case_in(tx, "council_session", "voting")
    seen = view(tx, voting, person_id=secretary, now=business_time.read(tx))
    (poll,) = seen.polls
    assert (len(poll.members), len(poll.answered)) == (17, 9)
    assert len({member.unit_name for member in seen.lists["nominees"]}) >= 4
    assert sum(bool(line.barred) for line in poll.lines) == 1


def test_a_vote_that_goes_on_shows_counts_and_no_result_yet(tx: Tx):
    chairman = people.find_username(tx, "nhoquan.chairman").id
    voting = _case_in(tx, "commendation", "voting")
    seen = view(tx, voting, person_id=chairman, now=business_time.read(tx))
    (poll,) = seen.polls
    (line,) = poll.lines
    assert (poll.closed, line.counts["agree"], line.counts["disagree"], line.result) == (False, 0, 0, None)


def test_a_nominee_leads_to_letter_session_and_decision(tx: Tx):
    auditor = people.find_username(tx, "auditor").id
    seen = view(tx, _case_in(tx, "nominee", "awarded"), person_id=auditor, now=business_time.read(tx))
    kinds = {link.case.definition_en for link in seen.links}
    assert {"Award dossier", "Council session", "Award decision"} <= kinds


def test_the_reviews_of_2018_open_when_the_clock_is_moved_to_their_day(record: Path, tmp_path: Path):
    database = Database(f"sqlite:///{shutil.copy(record, tmp_path / 'later.sqlite3')}")
    with database.writing() as tx:
        business_time.move_to_date(tx, date(2018, 8, 1), person_id=people.find_username(tx, "admin").id)
        milestones.ring_due(tx, now=business_time.read(tx))
        (opening,) = [
            job for id_ in tx.jobs_to_ring for job in [jobs.claim(tx, id_, lease=timedelta(minutes=5))] if job
        ]
        assert milestones.open_milestone(tx, opening.payload) == 209
        clerk = people.find_username(tx, "cucphuong.clerk").id
        rows = assignments.my_turn(tx, person_id=clerk, now=business_time.read(tx), limit=100).rows
        assert ("Review report", "Not started") in {(row.kind.en, row.state.en) for row in rows}
    database.close()


def test_more_than_half_and_less_than_three_quarters_of_the_plans_are_acknowledged(tx: Tx):
    admin = people.find_username(tx, "admin").id
    board = movements.board(tx, CURRENT, person_id=admin, now=business_time.read(tx))
    owed = [cell for row in board.rows for cell in row.cells.values() if cell.label is not None]
    acknowledged = [
        cell for cell in owed if (cell.row.definition_name, cell.row.state) == ("unit_plan", "acknowledged")
    ]
    assert 220 <= len(owed) <= 250
    assert 0.55 <= len(acknowledged) / len(owed) <= 0.75
    assert sum(cell.is_late for cell in owed) <= 15


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
        ("chairman", "Award decision", "Awaiting signature"),
        ("chairman", "Council session", "Voting"),
        ("chairman", "Complaint and revocation", "Awaiting the revocation"),
        ("board.head", "Council session", "Voting"),
        ("board.head", "Award nominee", "Awaiting review"),
        ("board.officer", "Award dossier", "Awaiting the province"),
        ("board.officer", "Award nominee", "Being appraised"),
        ("board.secretary", "Council session", "Being prepared"),
        ("board.secretary", "Award decision", "Draft"),
        ("office", "Award decision", "Being checked"),
        ("sldtbxh.head", "Award nominee", "Being consulted on"),
        ("nhoquan.officer", "Consolidated nominations", "Being gathered"),
        ("nhoquan.officer", "Complaint and revocation", "Received"),
        ("nhoquan.officer", "Summary of a district", "To be revised"),
        ("nhoquan.chairman", "Consolidated nominations", "Awaiting the chairman"),
        ("cucphuong.head", "Award dossier", "Awaiting signature"),
        ("cucphuong.clerk", "Review report", "To be revised"),
        ("cucphuong.clerk", "District certificate of commendation", "Draft"),
        ("cucphuong.head", "Commune certificate of commendation", "Awaiting the chairman"),
        ("nhoquan.officer", "District certificate of commendation", "Awaiting receipt"),
        ("nhoquan.chairman", "District certificate of commendation", "Awaiting the chairman"),
        ("nhoquan.chairman", "Award by the simplified procedure", "Awaiting the decision"),
        ("sldtbxh.clerk", "Proposal for the Prime Minister's certificate", "Draft"),
        ("board.secretary", "Nominee for the Prime Minister's certificate", "Ready for the council"),
    ],
)
def test_it_is_the_work_of_their_office(tx: Tx, username: str, kind: str, state: str):
    person_id = people.find_username(tx, username).id
    rows = assignments.my_turn(tx, person_id=person_id, now=business_time.read(tx), limit=100).rows
    assert (kind, state) in {(row.kind.en, row.state.en) for row in rows}


def _case_in(tx: Tx, name: str, state: str) -> str:
    """The code of a case that stands somewhere."""
    auditor = people.find_username(tx, "auditor").id
    asked = search.Asked(definition=name, state=state)
    return search.find(tx, asked, person_id=auditor, now=business_time.read(tx)).found[0].line.row.code


def test_the_clock_starts_at_the_morning_of_13_november_2017(tx: Tx):
    calendar = calendars.calendar_of(tx)
    now = calendar.local(business_time.read(tx))
    assert (now.date().isoformat(), now.time() >= MORNING) == ("2017-11-13", True)


def test_nothing_is_left_to_do_and_no_storm_waits(tx: Tx):
    assert queue.backlog(tx, cap=100) == (0, None, 0)
    assert deadlines.count_due(tx, now=business_time.read(tx)) == 0
    assert all(letter.transmissions == 0 for letter in notices.letters(tx, limit=5_000))


def test_a_draft_of_one_administrator_waits_for_another_to_publish_it(tx: Tx):
    (draft,) = publishing.drafts(tx)
    assert (draft.name, draft.saved_by) == ("unit_plan", people.find_username(tx, "admin").id)
    assert [finding for finding in verifier.check_text(draft.text) if finding.severity == "error"] == []


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
        ("nguoi-ngheo-2016-2020", 4, "117/KH-UBND, 16/10/2017"),
    ]


def test_the_played_history_proves_itself(tx: Tx):
    assert list(audits.verify(tx)) == []
    refolded = audits.refold(
        tx, definition_of=lambda text_hash: publishing.compiled(tx, text_hash), calendar=calendars.calendar_of(tx)
    )
    assert list(refolded) == []

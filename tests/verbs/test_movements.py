"""Movements: imported with all faults, published as one case a unit, seen on the board and on a unit's page."""

from datetime import datetime, timedelta

import pytest

from tests.support.calendar_facts import hanoi
from tests.support.small_province import MOVEMENT, NOW, Stage
from tests.support.statement_counts import count_statements
from workflow import movements
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.exchange.tables import FaultyFile
from workflow.movements import milestones, obligations
from workflow.movements.obligations import Progress
from workflow.organisation import units
from workflow.storage.session import Database

CODE = "nguoi-ngheo-2016-2020"
GONE = """\
code,name,short_name,kind,parent,valid_from,valid_to,blocks,owes
14401,UBND xã Gia Tường,Gia Tường,commune,372,01/04/1992,01/07/2018,,yes
"""
OWING = {"372", "373", "14401", "14437", "14464", "SLDTBXH"}
INVITED = {"K4", "DN1"}


@pytest.fixture
def movement(database: Database, province: Stage) -> str:  # noqa: ARG001 - the movement needs units
    with database.writing() as tx:
        assert obligations.import_movement(tx, MOVEMENT, name="movement.yaml", person_id=None, now=NOW) == [CODE]
    return CODE


@pytest.fixture
def published(database: Database, movement: str) -> str:
    with database.writing() as tx:
        list(obligations.publish_movement(tx, movement, person_id=None, now=NOW))
    return movement


def _board(database: Database, person: int) -> movements.Board:
    with database.reading() as tx:
        return movements.board(tx, CODE, person_id=person, now=NOW)


def _standings(database: Database, person: int, *, now: datetime = NOW) -> dict[str, int]:
    """How many units stand how at the milestone that the board opens with."""
    with database.reading() as tx:
        return dict(movements.by_milestone(tx, CODE, person_id=person, now=now).counts)


def test_publishing_opens_one_case_for_each_owing_unit(database: Database, movement: str, province: Stage):
    with database.writing() as tx:
        progress = list(obligations.publish_movement(tx, movement, person_id=province.people["admin"], now=NOW))
    assert progress == [Progress(number, 6) for number in range(7)]
    board = _board(database, province.people["auditor"])
    opened = {row.code for row in board.rows for cell in row.cells.values() if cell.row.case_code}
    assert opened == OWING
    assert {row.code for row in board.rows} == OWING | INVITED


def test_publishing_again_opens_nothing_more(database: Database, published: str, province: Stage):
    before = _board(database, province.people["auditor"])
    with database.writing() as tx:
        assert list(obligations.publish_movement(tx, published, person_id=None, now=NOW)) == [Progress(6, 6)]
    assert _board(database, province.people["auditor"]) == before


def test_only_administrators_publish(database: Database, movement: str, province: Stage):
    with database.writing() as tx, pytest.raises(NotAllowed):
        list(obligations.publish_movement(tx, movement, person_id=province.people["chairman"], now=NOW))


def test_a_published_movement_is_not_imported_again(database: Database, published: str):
    with database.writing() as tx, pytest.raises(Invalid) as refused:
        obligations.import_movement(tx, MOVEMENT, name="movement.yaml", person_id=None, now=NOW)
    assert (refused.value.code, published) == ("movement_published", CODE)


@pytest.mark.usefixtures("province")
def test_a_movement_may_be_imported_again_until_it_is_published(database: Database, movement: str):
    with database.writing() as tx:
        obligations.import_movement(tx, MOVEMENT, name="movement.yaml", person_id=None, now=NOW)
        assert [row.code for row in obligations.every(tx)] == [movement]
        assert [(it.name, it.exclusive) for it in obligations.milestones(tx, movement)] == [
            ("plans", True),
            ("midterm", False),
            ("midterm_districts", False),
            ("midterm_province", False),
            ("final", False),
            ("final_districts", False),
            ("final_province", False),
        ]


@pytest.mark.usefixtures("province")
def test_every_fault_of_a_movement_is_listed_by_its_path(database: Database):
    text = (
        "movement: Sai Mã\ntitle: chỉ một\nbasis: x\nissued: 2017-13-01\nbegins: 2017-10-16\nends: 2016-01-01\n"
        "colour: red\nmilestones:\n  plans:\n    title: Một | One\n    definition: no_such\n"
        "    owed: {kinds: [village], units: [X9]}\n"
        "  milestone: {title: Hai | Two, until: 2017-12-01, opens: soon}\n"
    )
    with database.writing() as tx, pytest.raises(FaultyFile) as refused:
        obligations.import_movement(tx, text.encode(), name="sai.yaml", person_id=None, now=NOW)
    assert [(fault.code, fault.column) for fault in refused.value.faults] == [
        ("column_unknown", "[1].colour"),
        ("code_malformed", "[1].movement"),
        ("both_languages_needed", "[1].title"),
        ("date_malformed", "[1].issued"),
        ("before_or_until", "[1].milestones.plans"),
        ("definition_unknown", "[1].milestones.plans.definition"),
        ("kind_unknown", "[1].milestones.plans.owed.kinds"),
        ("unit_unknown", "[1].milestones.plans.owed.units"),
        ("name_taken", "[1].milestones.milestone"),
        ("date_malformed", "[1].milestones.milestone.opens"),
        ("span_empty", "[1].ends"),
    ]


@pytest.mark.usefixtures("province")
def test_a_movement_without_the_milestone_that_its_definition_counts_towards_is_refused(database: Database):
    misspelt = MOVEMENT.replace(b"    plans:", b"    plnas:")
    with database.writing() as tx, pytest.raises(FaultyFile) as refused:
        obligations.import_movement(tx, misspelt, name="movement.yaml", person_id=None, now=NOW)
    (fault,) = refused.value.faults
    assert (fault.code, fault.column) == ("milestone_missing", "[1].milestones.plnas.definition")
    assert (fault.facts["found"], fault.facts["definition"]) == ("plans", "unit_plan")


def test_a_milestone_keeps_the_paper_that_set_its_date(database: Database, movement: str):
    with database.reading() as tx:
        found = {milestone.name: milestone.source for milestone in obligations.milestones(tx, movement)}
    assert found["plans"] == "117/KH-UBND"
    assert found["final"] == "117/KH-UBND, dịp Ngày truyền thống thi đua yêu nước"


@pytest.mark.usefixtures("published")
def test_the_board_shows_what_a_person_may_see(database: Database, province: Stage):
    officer = _board(database, province.people["nhoquan.officer"])
    assert {row.code for row in officer.rows} == {"372", "14401", "14437"}
    assert _board(database, province.people["stranger"]).rows == ()


@pytest.mark.usefixtures("published")
def test_the_board_counts_how_units_stand_and_what_is_late(database: Database, province: Stage):
    auditor = province.people["auditor"]
    board = _board(database, auditor)
    assert list(board.branches.values()) == ["Gia Viễn", "Nho Quan"]
    assert [milestone.name for milestone in board.begun] == ["plans"]
    assert len(board.milestones) > 1
    before, after = _standings(database, auditor), _standings(database, auditor, now=NOW + timedelta(days=2))
    assert (before["late"], after["late"]) == (0, 6)
    assert sum(before.values()) == sum(after.values()) == before["idle"]


@pytest.mark.usefixtures("published")
def test_the_board_asks_few_questions(database: Database, province: Stage):
    _board(database, province.people["auditor"])
    with count_statements(database) as said:
        _board(database, province.people["auditor"])
    assert said.count("SELECT") <= 3


@pytest.mark.usefixtures("published")
def test_a_clerk_sees_what_the_unit_owes(database: Database, province: Stage):
    with database.reading() as tx:
        (cell,) = movements.owed(tx, person_id=province.people["cucphuong.clerk"], now=NOW)
    assert (cell.row.unit_code, cell.row.milestone, cell.row.definition_name) == ("14437", "plans", "unit_plan")
    assert cell.label is not None
    assert cell.row.case_code is not None
    assert cell.row.due_at is not None


@pytest.mark.usefixtures("published")
def test_an_invited_unit_takes_its_invitation_up_once(database: Database, province: Stage):
    clerk, unit = province.people["dn1.clerk"], province.units["DN1"]
    with database.writing() as tx:
        first = obligations.accept(tx, CODE, milestone="plans", unit_id=unit, person_id=clerk, now=NOW)
        assert obligations.accept(tx, CODE, milestone="plans", unit_id=unit, person_id=clerk, now=NOW) == first
        (cell,) = movements.owed(tx, person_id=clerk, now=NOW)
    assert (cell.row.case_code, cell.row.invited) == (first, True)


@pytest.mark.usefixtures("published")
def test_nobody_takes_up_an_invitation_for_another_unit(database: Database, province: Stage):
    with database.writing() as tx, pytest.raises(NotFound):
        obligations.accept(
            tx,
            CODE,
            milestone="plans",
            unit_id=province.units["DN1"],
            person_id=province.people["cucphuong.clerk"],
            now=NOW,
        )


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        ("sldtbxh.clerk", True),
        ("k4.lead", True),
        ("board.officer", True),
        ("auditor", True),
        ("cucphuong.clerk", False),
        ("nhoquan.officer", False),
        ("stranger", False),
    ],
)
@pytest.mark.usefixtures("published")
def test_a_case_is_known_to_its_unit_those_above_and_its_block(
    database: Database, province: Stage, username: str, *, sees: bool
):
    from workflow.organisation import access
    from workflow.storage.queries.cases import loaded_cases as records

    with database.reading() as tx:
        (cell,) = movements.owed(tx, person_id=province.people["sldtbxh.clerk"], now=NOW)
        case = records.load(tx, cell.row.case_code).case
        assert access.may_see(tx, case, province.people[username], now=NOW) is sees


@pytest.mark.usefixtures("published")
def test_a_substitute_knows_the_cases_of_the_principal(database: Database, province: Stage):
    from datetime import date

    from workflow.organisation import SubstitutionForm, access, substitutions
    from workflow.storage.queries.cases import loaded_cases as records

    principal, substitute = province.people["sldtbxh.clerk"], province.people["stranger"]
    form = SubstitutionForm(principal, substitute, "TUQ", "1/GUQ", date(2017, 11, 13), date(2017, 11, 14))
    with database.writing() as tx:
        (cell,) = movements.owed(tx, person_id=principal, now=NOW)
        case = records.load(tx, cell.row.case_code).case
        substitutions.appoint(tx, form, person_id=principal, now=NOW)
        assert access.may_see(tx, case, substitute, now=NOW)
        assert [it.row.case_code for it in movements.owed(tx, person_id=substitute, now=NOW)] == [case.code]


@pytest.mark.usefixtures("province")
def test_a_milestone_opens_once_on_its_morning_and_asks_nothing_of_a_unit_that_is_gone(
    database: Database, published: str
):
    with database.writing() as tx:
        units.import_file(tx, GONE.encode(), name="units.csv", person_id=None, now=NOW)
        assert milestones.ring_due(tx, now=hanoi("2018-07-31 23:59")) == 0
        assert milestones.ring_due(tx, now=hanoi("2018-08-01 00:00")) == 1
        assert milestones.ring_due(tx, now=hanoi("2018-08-02 00:00")) == 0
        payload = {"movement": published, "milestone": "midterm", "on": "2018-08-01"}
        assert milestones.open_milestone(tx, payload) == 3
        assert milestones.open_milestone(tx, payload) == 0
        assert milestones.ring_due(tx, now=hanoi("2018-08-03 00:00")) == 0

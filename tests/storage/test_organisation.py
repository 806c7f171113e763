"""The people around a case: those whom the queries of `seats` find, on whatever day, though seldom asked for."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.counting import count_statements
from tests.storage import stage
from tests.storage.stage import CHAIR, CLERK, COMMUNE, DISTRICT, LEAD, MORNING, OFFICER, TODAY
from workflow.audit import admin_acts
from workflow.storage import models
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.queries.organisation import load_standing
from workflow.storage.queries.organisation.seats import load_seats
from workflow.values import Desk, Place

RELATIONS = ("unit", "above unit", "block", "line", "province")
ROLES = ("unit_clerk", "plan_officer", "chair", "block_lead")
PLACES = [Place(role, relation) for role in ROLES for relation in RELATIONS]
DAY = timedelta(days=1)


def around(tx, code):
    found = loaded_cases.load_for_act(tx, code)
    assert found is not None
    return found.around


def by_an_administrator(tx):
    """Say in the record that the organisation changed, as every verb does that changes it."""
    admin_acts.record(tx, "tested", {}, person_id=None, at=MORNING)


@pytest.mark.parametrize("on_date", [TODAY, TODAY + DAY, date(2018, 1, 1), date(2015, 12, 31)])
@pytest.mark.parametrize("person", [CLERK, OFFICER, CHAIR, LEAD])
def test_people_around_a_case_are_those_found_by_their_own_queries(database, on_date, person):
    with database.writing() as tx:
        case = stage.new_case(tx)
        tx.connection.execute(update(models.Unit).where(models.Unit.id == COMMUNE).values(line="u2"))
        stage.grant(tx, LEAD, "plan_officer", DISTRICT, since=TODAY + DAY)
        stage.grant(tx, CLERK, "chair", DISTRICT, until=TODAY + DAY)
        stage.substitute(tx, CHAIR, OFFICER)
        stage.substitute(tx, CLERK, OFFICER, role="unit_clerk", at=COMMUNE, since=TODAY + DAY, until=TODAY + 2 * DAY)
        found = around(tx, case.code)
        assert found.seats(PLACES, on_date=on_date) == load_seats(tx, COMMUNE, PLACES, on_date=on_date)
        stood = load_standing(tx, person, on_date=on_date)
        assert found.actor(person, on_date=on_date).desks == stood.desks
        assert set(found.actor(person, on_date=on_date).substitutions) == set(stood.substitutions)


def test_a_loan_is_over_when_either_side_ends(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        stage.substitute(tx, CHAIR, OFFICER, since=TODAY, until=TODAY + DAY)
        found = around(tx, case.code)
        assert {it.principal for it in found.actor(OFFICER, on_date=TODAY).substitutions} == {CHAIR}
        assert not found.actor(OFFICER, on_date=TODAY + DAY).substitutions


def test_nobody_inactive_is_around(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        tx.connection.execute(update(models.Person).where(models.Person.id == CLERK).values(active=False))
        found = around(tx, case.code)
        assert not found.actor(CLERK, on_date=TODAY).desks
        (seat,) = found.seats([Place("unit_clerk", "unit")], on_date=TODAY)[Place("unit_clerk", "unit")]
        assert (seat.desk, seat.holders) == (Desk("unit_clerk", COMMUNE), ())


def test_a_case_and_its_people_come_in_one_statement_once_they_are_known(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        by_an_administrator(tx)
    with database.reading() as tx:
        around(tx, case.code)
    with count_statements(database) as said, database.writing() as tx:
        around(tx, case.code)
    assert said.count("SELECT") == 1


def test_people_are_known_anew_after_an_administrators_act(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        by_an_administrator(tx)
    with database.reading() as tx:
        assert Desk("chair", COMMUNE) not in around(tx, case.code).actor(CLERK, on_date=TODAY).desks
    with database.writing() as tx:
        stage.grant(tx, CLERK, "chair", COMMUNE)
        by_an_administrator(tx)
    with database.reading() as tx:
        assert Desk("chair", COMMUNE) in around(tx, case.code).actor(CLERK, on_date=TODAY).desks


def test_an_administrators_act_that_was_given_up_leaves_nobody_behind(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        by_an_administrator(tx)
    with pytest.raises(GivenUp):
        make_chair_and_give_up(database, case)
    with database.reading() as tx:
        assert Desk("chair", COMMUNE) not in around(tx, case.code).actor(CLERK, on_date=TODAY).desks
    with database.writing() as tx:
        by_an_administrator(tx)
        assert Desk("chair", COMMUNE) not in around(tx, case.code).actor(CLERK, on_date=TODAY).desks


class GivenUp(Exception):
    pass


def make_chair_and_give_up(database, case):
    with database.writing() as tx:
        stage.grant(tx, CLERK, "chair", COMMUNE)
        by_an_administrator(tx)
        assert Desk("chair", COMMUNE) in around(tx, case.code).actor(CLERK, on_date=TODAY).desks
        raise GivenUp

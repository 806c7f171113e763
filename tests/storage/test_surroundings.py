"""The people around a case: what comes with it is what the queries of `seats` find, on whatever day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.counting import count_statements
from tests.storage import stage
from tests.storage.stage import CHAIR, CLERK, COMMUNE, DISTRICT, LEAD, MORNING, OFFICER, TODAY
from workflow.storage import models
from workflow.storage.queries import cases
from workflow.storage.queries.seats import load_seats, load_standing
from workflow.values import Desk, Place

RELATIONS = ("unit", "above unit", "block", "line", "province")
ROLES = ("unit_clerk", "plan_officer", "chair", "block_lead")
PLACES = [Place(role, relation) for role in ROLES for relation in RELATIONS]
DAY = timedelta(days=1)


def around(tx, code, person, on_date):
    """What is loaded with a case at a moment of the day before: the zone decides which day it is."""
    found = cases.load_with_people(tx, code, person_id=person, now=MORNING + (on_date - TODAY) - DAY)
    assert found is not None
    return found[1]


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
        found = around(tx, case.code, person, on_date)
        assert found.seats(PLACES, on_date=on_date) == load_seats(tx, COMMUNE, PLACES, on_date=on_date)
        stood = load_standing(tx, person, on_date=on_date)
        assert (found.actor(person, on_date=on_date).desks) == stood.desks
        assert set(found.actor(person, on_date=on_date).substitutions) == set(stood.substitutions)


def test_a_loan_is_over_when_either_side_ends(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        stage.substitute(tx, CHAIR, OFFICER, since=TODAY, until=TODAY + DAY)
        lent = around(tx, case.code, OFFICER, TODAY).actor(OFFICER, on_date=TODAY)
        assert {it.principal for it in lent.substitutions} == {CHAIR}
        assert not around(tx, case.code, OFFICER, TODAY + DAY).actor(OFFICER, on_date=TODAY + DAY).substitutions


def test_nobody_inactive_is_around(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
        tx.connection.execute(update(models.Person).where(models.Person.id == CLERK).values(active=False))
        found = around(tx, case.code, CLERK, TODAY)
        assert not found.actor(CLERK, on_date=TODAY).desks
        (seat,) = found.seats([Place("unit_clerk", "unit")], on_date=TODAY)[Place("unit_clerk", "unit")]
        assert (seat.desk, seat.holders) == (Desk("unit_clerk", COMMUNE), ())


def test_a_case_and_its_people_come_in_one_statement(database):
    with database.writing() as tx:
        case = stage.new_case(tx)
    with count_statements(database) as said, database.writing() as tx:
        around(tx, case.code, CLERK, TODAY)
    assert said.count("SELECT") == 1

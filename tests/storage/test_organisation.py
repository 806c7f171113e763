"""Who sits and stands where: the seats that the queries of `seats` find, on whatever day, though seldom asked for."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.support import small_record
from tests.support.small_record import CHAIR, CLERK, COMMUNE, DISTRICT, LEAD, MORNING, OFFICER, PROVINCE, TODAY
from tests.support.statement_counts import count_statements
from workflow.audit import admin_acts
from workflow.storage import models
from workflow.storage.queries import present
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.queries.organisation.seats import load_seats
from workflow.values import Desk, Place, Substitution

RELATIONS = ("unit", "above unit", "block", "line", "province")
ROLES = ("unit_clerk", "plan_officer", "chair", "block_lead")
PLACES = [Place(role, relation) for role in ROLES for relation in RELATIONS]
DAY = timedelta(days=1)


def around(tx, code):
    found = loaded_cases.load_for_act(tx, code)
    assert found is not None
    return found.surroundings


def standing(tx, person, on_date=TODAY):
    return present.organisation_of(tx).actor(person, on_date)


def by_an_administrator(tx):
    """Say in the record that the organisation changed, as every verb does that changes it."""
    admin_acts.record(tx, "tested", {}, person_id=None, at=MORNING)


@pytest.mark.parametrize("on_date", [TODAY, TODAY + DAY, date(2018, 1, 1), date(2015, 12, 31)])
def test_people_around_a_case_are_those_found_by_their_own_query(database, on_date):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        tx.connection.execute(update(models.Unit).where(models.Unit.id == COMMUNE).values(line="u2"))
        small_record.grant(tx, LEAD, "plan_officer", DISTRICT, since=TODAY + DAY)
        small_record.grant(tx, CLERK, "chair", DISTRICT, until=TODAY + DAY)
        small_record.substitute(tx, CHAIR, OFFICER)
        small_record.substitute(
            tx, CLERK, OFFICER, role="unit_clerk", at=COMMUNE, since=TODAY + DAY, until=TODAY + 2 * DAY
        )
        found = around(tx, case.code)
        assert found.seats(PLACES, on_date=on_date) == load_seats(tx, COMMUNE, PLACES, on_date=on_date)


def test_a_substitute_may_act_at_the_principals_desks_while_it_lasts(database):
    with database.writing() as tx:
        small_record.substitute(tx, CHAIR, OFFICER)
        today = standing(tx, OFFICER)
        tomorrow = standing(tx, OFFICER, TODAY + DAY)
    assert today.desks == frozenset({Desk("plan_officer", DISTRICT)})
    assert today.substitutions == (Substitution(CHAIR, Desk("chair", PROVINCE), "KT"),)
    assert tomorrow.substitutions == ()


def test_a_substitution_at_one_desk_covers_no_other(database):
    with database.writing() as tx:
        small_record.substitute(tx, CHAIR, OFFICER, role="plan_officer", at=DISTRICT)
        assert standing(tx, OFFICER).substitutions == ()


@pytest.mark.parametrize("gone", [OFFICER, CHAIR])
def test_who_is_inactive_neither_acts_nor_is_acted_for(database, gone):
    with database.writing() as tx:
        small_record.substitute(tx, CHAIR, OFFICER)
        tx.connection.execute(update(models.Person).where(models.Person.id == gone).values(active=False))
        actor = standing(tx, OFFICER)
    assert actor.substitutions == ()
    assert (actor.desks == frozenset()) is (gone == OFFICER)


def test_only_a_desk_of_ones_own_at_the_top_is_an_office(database):
    with database.writing() as tx:
        small_record.grant(tx, CLERK, "chair", COMMUNE)
        small_record.substitute(tx, CHAIR, OFFICER)
        organisation = present.organisation_of(tx)
        offices = {person: organisation.roles_at_root(person, on_date=TODAY) for person in (CHAIR, CLERK, OFFICER)}
    assert offices == {CHAIR: {"chair"}, CLERK: set(), OFFICER: set()}


def test_a_loan_is_over_when_either_side_ends(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        small_record.substitute(tx, CHAIR, OFFICER, since=TODAY, until=TODAY + DAY)
        found = around(tx, case.code)
        assert {it.principal for it in found.actor(OFFICER, on_date=TODAY).substitutions} == {CHAIR}
        assert not found.actor(OFFICER, on_date=TODAY + DAY).substitutions


def test_nobody_inactive_is_around(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        tx.connection.execute(update(models.Person).where(models.Person.id == CLERK).values(active=False))
        found = around(tx, case.code)
        assert not found.actor(CLERK, on_date=TODAY).desks
        (seat,) = found.seats([Place("unit_clerk", "unit")], on_date=TODAY)[Place("unit_clerk", "unit")]
        assert (seat.desk, seat.holders) == (Desk("unit_clerk", COMMUNE), ())


def test_a_case_and_its_people_come_in_one_statement_once_they_are_known(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        by_an_administrator(tx)
    with database.reading() as tx:
        around(tx, case.code)
    with count_statements(database) as said, database.writing() as tx:
        around(tx, case.code)
    assert said.count("SELECT") == 1


def test_people_are_known_anew_after_an_administrators_act(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        by_an_administrator(tx)
    with database.reading() as tx:
        assert Desk("chair", COMMUNE) not in around(tx, case.code).actor(CLERK, on_date=TODAY).desks
    with database.writing() as tx:
        small_record.grant(tx, CLERK, "chair", COMMUNE)
        by_an_administrator(tx)
    with database.reading() as tx:
        assert Desk("chair", COMMUNE) in around(tx, case.code).actor(CLERK, on_date=TODAY).desks


def test_an_administrators_act_that_was_given_up_leaves_nobody_behind(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
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
        small_record.grant(tx, CLERK, "chair", COMMUNE)
        by_an_administrator(tx)
        assert Desk("chair", COMMUNE) in around(tx, case.code).actor(CLERK, on_date=TODAY).desks
        raise GivenUp

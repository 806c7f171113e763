"""Who sits where: places seen from a unit, and the desks one person may act at, on a day."""

from datetime import date

import pytest
from sqlalchemy import update

from tests.support import small_record
from tests.support.small_record import BLOCK, CHAIR, CLERK, COMMUNE, DISTRICT, LEAD, OFFICER, PROVINCE, TODAY
from tests.support.statement_counts import count_statements
from workflow.storage import models
from workflow.storage.queries.organisation import load_desks
from workflow.storage.queries.organisation.seats import load_seats
from workflow.values import Desk, Place, Seat


@pytest.mark.parametrize(
    ("role", "relation", "seats"),
    [
        ("unit_clerk", "unit", (Seat(Desk("unit_clerk", COMMUNE), (CLERK,)),)),
        ("plan_officer", "unit", (Seat(Desk("plan_officer", COMMUNE), ()),)),
        ("plan_officer", "above unit", (Seat(Desk("plan_officer", DISTRICT), (OFFICER,)),)),
        ("chair", "above unit", (Seat(Desk("chair", PROVINCE), (CHAIR,)),)),
        ("unit_clerk", "above unit", ()),
        ("chair", "province", (Seat(Desk("chair", PROVINCE), (CHAIR,)),)),
        ("block_lead", "block", (Seat(Desk("block_lead", BLOCK), (LEAD,)),)),
        ("chair", "line", ()),
    ],
)
def test_a_place_is_walked_from_the_unit(database, role, relation, seats):
    place = Place(role, relation)
    with database.reading() as tx:
        assert load_seats(tx, COMMUNE, [place], on_date=TODAY) == {place: seats}


def test_a_block_is_the_one_of_the_year(database):
    place = Place("block_lead", "block")
    with database.reading() as tx:
        assert load_seats(tx, COMMUNE, [place], on_date=date(2018, 1, 1)) == {place: ()}


def test_a_vertical_agency_has_its_ministry_above_it(database):
    with database.writing() as tx:
        tx.connection.execute(update(models.Unit).where(models.Unit.id == COMMUNE).values(line="u2"))
    place = Place("plan_officer", "line")
    with database.reading() as tx:
        assert load_seats(tx, COMMUNE, [place], on_date=TODAY)[place] == (
            Seat(Desk("plan_officer", DISTRICT), (OFFICER,)),
        )


def test_all_places_take_one_query(database):
    places = [Place("chair", "province"), Place("plan_officer", "above unit"), Place("block_lead", "block")]
    with count_statements(database) as said, database.reading() as tx:
        load_seats(tx, COMMUNE, places, on_date=TODAY)
    assert said.count("SELECT") == 1


@pytest.mark.parametrize(
    ("on_date", "holders"),
    [(date(2017, 10, 31), ()), (date(2017, 11, 1), (21,)), (date(2017, 11, 30), (21,)), (date(2017, 12, 1), ())],
)
def test_a_grant_holds_from_its_first_day_to_before_its_last(database, on_date, holders):
    with database.writing() as tx:
        small_record.rows(tx, models.Person, [small_record.person(21)])
        small_record.grant(tx, 21, "plan_officer", COMMUNE, since=date(2017, 11, 1), until=date(2017, 12, 1))
        place = Place("plan_officer", "unit")
        assert load_seats(tx, COMMUNE, [place], on_date=on_date)[place][0].holders == holders


def test_desks_named_by_unit_are_found_with_their_holders(database):
    desks = [Desk("chair", PROVINCE), Desk("plan_officer", DISTRICT), Desk("chair", DISTRICT)]
    with database.reading() as tx:
        found = load_desks(tx, desks, on_date=TODAY)
    assert found == (
        Seat(Desk("chair", PROVINCE), (CHAIR,)),
        Seat(Desk("chair", DISTRICT), ()),
        Seat(Desk("plan_officer", DISTRICT), (OFFICER,)),
    )


def test_who_is_inactive_sits_nowhere(database):
    with database.writing() as tx:
        tx.connection.execute(update(models.Person).where(models.Person.id == OFFICER).values(active=False))
        place = Place("plan_officer", "above unit")
        assert load_seats(tx, COMMUNE, [place], on_date=TODAY)[place] == ()

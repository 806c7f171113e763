"""My turn: what waits at own desks, at borrowed ones or by name; most urgent first, a stretch at a time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from tests.support import small_record
from tests.support.small_record import BLOCK, CHAIR, CLERK, COMMUNE, DISTRICT, LEAD, MORNING, OFFICER, PROVINCE, TODAY
from tests.support.statement_counts import PREPARES, count_statements
from workflow.audit import admin_acts
from workflow.storage.queries.cases import inbox
from workflow.storage.session import Database
from workflow.values import Assignment, Desk

DAY = timedelta(days=1)


def codes(tx, person, *, on_date=TODAY, after=None, limit=50):
    return [row.code for row in inbox.my_turn(tx, person, on_date=on_date, after=after, limit=limit)]


def test_a_turn_shows_what_it_is_about_and_why(database):
    with database.writing() as tx:
        case = small_record.new_case(tx, due_at=MORNING + DAY)
        (row,) = inbox.my_turn(tx, CLERK, on_date=TODAY, after=None, limit=10)
    assert (row.code, row.state, row.unit_name, row.due_at) == (case.code, "draft", "Đơn vị 3", MORNING + DAY)
    assert (row.why.vi, row.desk_name, row.principal, row.slot) == ("unit_clerk", "Đơn vị 3", None, "turn")


def test_the_nearest_deadline_is_first_and_undated_last(database):
    with database.writing() as tx:
        undated = small_record.new_case(tx)
        late = small_record.new_case(tx, due_at=MORNING + 5 * DAY)
        soon = small_record.new_case(tx, due_at=MORNING + DAY)
        assert codes(tx, CLERK) == [soon.code, late.code, undated.code]


def test_a_turn_that_ended_is_gone_and_waits_at_the_next_desk(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        small_record.write(tx, small_record.moved(case, to="submitted"))
        assert (codes(tx, CLERK), codes(tx, OFFICER)) == ([], [case.code])


def test_a_new_holder_of_a_desk_finds_what_waits_there(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        small_record.rows(tx, small_record.models.Person, [small_record.person(21)])
        assert codes(tx, 21) == []
        small_record.grant(tx, 21, "unit_clerk", COMMUNE)
        assert codes(tx, 21) == [case.code]
        assert codes(tx, 21, on_date=date(2015, 1, 1)) == []


def test_a_substitute_finds_the_principals_turns_in_their_name(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        small_record.substitute(tx, CLERK, OFFICER)
        (row,) = inbox.my_turn(tx, OFFICER, on_date=TODAY, after=None, limit=10)
        assert (row.code, row.principal, row.capacity) == (case.code, "Người 11", "KT")
        assert codes(tx, OFFICER, on_date=TODAY + DAY) == []


def test_a_desk_held_and_borrowed_is_ones_own(database):
    with database.writing() as tx:
        small_record.new_case(tx)
        small_record.grant(tx, OFFICER, "unit_clerk", COMMUNE)
        small_record.substitute(tx, CLERK, OFFICER)
        assert [row.principal for row in inbox.my_turn(tx, OFFICER, on_date=TODAY, after=None, limit=10)] == [None]


@pytest.mark.parametrize(
    ("excluded", "who_still_sees"), [({CLERK}, []), ({OFFICER}, [CLERK]), ({99}, [CLERK, OFFICER])]
)
def test_the_excluded_see_no_turn_nor_does_anybody_for_them(database, excluded, who_still_sees):
    with database.writing() as tx:
        small_record.new_case(tx, excluded=frozenset(excluded | {111, 1}))
        small_record.substitute(tx, CLERK, OFFICER)
        assert [person for person in (CLERK, OFFICER) if codes(tx, person)] == who_still_sees


def test_a_page_is_full_though_many_nearer_turns_are_kept_from_the_person(database):
    with database.writing() as tx:
        for day in range(12):
            small_record.new_case(tx, due_at=MORNING + day * DAY, excluded=frozenset({CLERK}))
        open_to_all = [small_record.new_case(tx, due_at=MORNING + day * DAY).code for day in range(20, 25)]
        assert codes(tx, CLERK, limit=3) == open_to_all[:3]
        assert codes(tx, CLERK, limit=50) == open_to_all


def test_what_is_asked_by_name_waits_for_that_person_only(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        asked = Assignment("remark", Desk("block_lead", BLOCK), LEAD, None)
        small_record.write(tx, small_record.moved(case, to="review", opens=(asked,)))
        small_record.rows(tx, small_record.models.Person, [small_record.person(21)])
        small_record.grant(tx, 21, "block_lead", BLOCK)
        assert (codes(tx, LEAD), codes(tx, 21)) == ([case.code], [])


def test_stretches_join_without_gap_or_overlap(database):
    with database.writing() as tx:
        dates = [None, MORNING, MORNING, MORNING + DAY, None, MORNING - DAY, MORNING]
        for due_at in dates:
            small_record.new_case(tx, due_at=due_at)
        small_record.grant(tx, CLERK, "plan_officer", DISTRICT)
        for due_at in dates:
            small_record.write(tx, small_record.moved(small_record.new_case(tx), to="submitted", opens=(
                Assignment("turn", Desk("plan_officer", DISTRICT), None, due_at),
            )))  # fmt: skip
        whole = codes(tx, CLERK)
        assert (len(whole), len(set(whole))) == (14, 14)
        found, after = [], None
        while rows := inbox.my_turn(tx, CLERK, on_date=TODAY, after=after, limit=4):
            found += [row.code for row in rows]
            after = inbox.cursor(rows[-1])
        assert found == whole


@pytest.mark.parametrize("after", ["", "x", "1", "1.x", "-5.1", "9" * 40 + ".1", "1.1; DROP TABLE", "١.١"])
def test_a_place_that_is_none_is_the_beginning(database, after):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        assert codes(tx, CLERK, after=after) == [case.code]


def test_counting_stops_at_the_cap(database):
    with database.writing() as tx:
        for _ in range(5):
            small_record.new_case(tx)
        assert inbox.count_my_turn(tx, CLERK, on_date=TODAY, now=MORNING, cap=100) == 5
        assert inbox.count_my_turn(tx, CLERK, on_date=TODAY, now=MORNING, cap=3) == 3


def test_a_person_of_very_many_desks_sees_each_turn_once(database):
    with database.writing() as tx:
        numbers = range(100, 350)
        small_record.rows(tx, small_record.models.Unit, [small_record.unit(number, PROVINCE) for number in numbers])
        for number in numbers:
            small_record.grant(tx, LEAD, "plan_officer", number)
        at_desks = [small_record.new_case(tx, unit_id=number, role="plan_officer").code for number in numbers[::50]]
        asked = small_record.new_case(tx)
        named = Assignment("remark", Desk("block_lead", BLOCK), LEAD, None)
        small_record.write(tx, small_record.moved(asked, to="review", opens=(named,)))
        assert sorted(codes(tx, LEAD)) == sorted([*at_desks, asked.code])
        assert inbox.count_my_turn(tx, LEAD, on_date=TODAY, now=MORNING, cap=100) == 6


def test_a_person_of_thirty_desks_asks_postgresql_twice(postgresql_url):
    database = Database(postgresql_url)
    with database.writing() as tx:
        small_record.build(tx)
        small_record.rows(
            tx, small_record.models.Unit, [small_record.unit(number, PROVINCE) for number in range(100, 130)]
        )
        for number in range(100, 130):
            small_record.grant(tx, CHAIR, "plan_officer", number)
            small_record.new_case(tx, unit_id=number, role="plan_officer")
        # The revision under which a process keeps who stands where.
        admin_acts.record(tx, "tested", {}, person_id=None, at=MORNING)
    with database.reading() as tx:
        codes(tx, CHAIR)
    with count_statements(database) as said, database.reading() as tx:
        assert len(codes(tx, CHAIR)) == 30
    assert [each for each in said if each != PREPARES] == ["BEGIN", "SELECT", "SELECT", "COMMIT"]
    database.close()


def test_the_list_is_read_from_the_index_of_open_turns(database):
    with database.writing() as tx:
        for _ in range(50):
            small_record.new_case(tx)
        if database.dialect == "postgresql":
            tx.connection.execute(text("ANALYZE"))
            tx.connection.execute(text("SET LOCAL enable_seqscan = off"))
        planned = explained(tx)
    assert "ix_assignment_desk_open" in planned
    assert "TEMP B-TREE FOR ORDER BY" not in planned


def explained(tx):
    explain = "EXPLAIN QUERY PLAN" if tx.dialect == "sqlite" else "EXPLAIN"
    return "\n".join(
        str(row)
        for row in tx.connection.execute(
            text(
                f"{explain} SELECT a.id FROM assignment a WHERE a.unit_id = 3 AND a.role = 'unit_clerk'"
                " AND a.person_id IS NULL AND a.closed_at IS NULL ORDER BY a.urgent_at, a.id LIMIT 50"
            )
        )
    )

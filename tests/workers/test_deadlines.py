"""Deadlines become jobs: in their order, each once, and none is taken for another of the same name."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.support import errand_cases
from tests.support.calendar_facts import hanoi
from workflow.deadlines import escalations

NOW = hanoi("2017-11-30 09:00")
DUE = "(SELECT due_at FROM deadline WHERE name = 'turn' AND case_id = :case)"


@pytest.fixture
def case_id(database):
    code = errand_cases.open_errand(database)
    [case_id] = errand_cases.column(database, f"SELECT id FROM case_file WHERE code = '{code}'")
    return case_id


def change(database, statement, **values):
    with database.writing() as tx:
        tx.connection.execute(text(statement), values)


def sweep(database):
    with database.writing() as tx:
        return escalations.ring_due(tx, now=NOW)


def keys(database):
    return errand_cases.column(database, "SELECT key FROM job WHERE kind = 'deadline' ORDER BY id")


def later_one(database, case_id, name="wake"):
    later = "+ 60000000" if database.dialect == "sqlite" else "+ interval '60 s'"
    change(
        database,
        "INSERT INTO deadline (case_id, name, due_at, rung, seq) "
        f"VALUES (:case, '{name}', {DUE} {later}, 0, 1)",
        case=case_id,
    )  # fmt: skip


def test_a_due_deadline_becomes_a_job_once(database, case_id):
    assert (sweep(database), sweep(database)) == (1, 0)
    assert keys(database) == [f"deadline:{case_id}:turn:1"]


@pytest.mark.usefixtures("case_id")
def test_a_deadline_that_is_not_due_waits(database):
    with database.writing() as tx:
        assert escalations.ring_due(tx, now=errand_cases.MONDAY) == 0
    assert keys(database) == []


def test_a_later_deadline_of_a_case_waits_for_the_one_before_it(database, case_id):
    later_one(database, case_id)
    assert (sweep(database), sweep(database)) == (1, 0)
    change(database, "DELETE FROM deadline WHERE name = 'turn'")
    assert sweep(database) == 1
    assert keys(database) == [f"deadline:{case_id}:turn:1", f"deadline:{case_id}:wake:1"]


def test_a_deadline_stuck_for_minutes_holds_nothing_back(database, case_id):
    later_one(database, case_id)
    sweep(database)
    earlier = "- 400000000" if database.dialect == "sqlite" else "- interval '400 s'"
    change(database, f"UPDATE deadline SET rung_at = rung_at {earlier} WHERE name = 'turn'")
    assert sweep(database) == 1


def test_a_clock_set_again_to_the_same_due_moment_rings_again(database, case_id):
    sweep(database)
    change(database, "UPDATE deadline SET rung_at = NULL, seq = 3")
    assert sweep(database) == 1
    assert keys(database) == [f"deadline:{case_id}:turn:1", f"deadline:{case_id}:turn:3"]


def test_many_sweepers_at_once_make_one_job_a_case(database):
    for number in range(20):
        errand_cases.open_errand(database, key=f"open {number}")
    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(lambda _: sweep(database), range(12)))
    assert sum(counts) == 20
    assert len(set(keys(database))) == 20

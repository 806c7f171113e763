"""Transactions: all or nothing, one writer at a time on SQLite, jobs rung after the commit and never before."""

from threading import Thread

import pytest
from sqlalchemy import text

from tests.support import small_record
from workflow.storage import numbers
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.session import Database, DatabaseError


def test_what_fails_inside_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), database.writing() as tx:
        _ = numbers.next_number(tx, "KH", 2017) / 0
    with database.writing() as tx:
        assert numbers.next_number(tx, "KH", 2017) == 1


def test_a_snapshot_does_not_see_what_is_committed_meanwhile(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
    with database.reading() as before:
        assert loaded_cases.load(before, case.code).case.version == 1
        with database.writing() as tx:
            small_record.write(tx, small_record.moved(case, to="submitted"))
        assert loaded_cases.load(before, case.code).case.version == 1
    with database.reading() as after:
        assert loaded_cases.load(after, case.code).case.version == 2


def test_a_snapshot_cannot_write_on_postgresql(postgresql_url):
    database = Database(postgresql_url)
    with pytest.raises(DatabaseError, match="read-only"), database.reading() as tx:
        tx.connection.execute(text("INSERT INTO setting VALUES ('a', 'b')"))
    database.close()


def test_the_bell_rings_after_the_commit(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
    seen = []

    def bell(job_ids):
        with database.reading() as tx:
            seen.append((len(job_ids), loaded_cases.load(tx, case.code).case.state))

    database.bell = bell
    with database.writing() as tx:
        small_record.write(tx, small_record.moved(case, to="submitted"))
        assert seen == []
    assert seen == [(1, "submitted")]


def test_nothing_rings_when_the_transaction_fails(database):
    seen = []
    database.bell = seen.append
    with pytest.raises(ZeroDivisionError), database.writing() as tx:
        tx.jobs_to_ring.append(1) or 1 / 0
    assert seen == []


def test_a_broken_bell_does_not_undo_the_act(database):
    def broken(_job_ids):
        raise ConnectionError("no broker")

    database.bell = broken
    with database.writing() as tx:
        small_record.write(tx, small_record.moved(small_record.new_case(tx), to="submitted"))
    with database.reading() as tx:
        assert tx.connection.scalar(text("SELECT count(*) FROM history")) == 2


def test_a_hundred_writers_never_find_the_database_locked(database):
    failures = []

    def write():
        try:
            for _ in range(5):
                with database.writing() as tx:
                    numbers.next_number(tx, "KH", 2017)
        except DatabaseError as error:
            failures.append(error)

    threads = [Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with database.writing() as tx:
        assert (failures, numbers.next_number(tx, "KH", 2017)) == ([], 101)


def test_a_postgresql_that_restarts_is_a_named_error_and_then_works_again(postgresql_url):
    database = Database(postgresql_url)
    with pytest.raises(DatabaseError), database.writing() as tx:
        tx.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with database.writing() as tx:
        assert numbers.next_number(tx, "KH", 2017) == 1
    database.close()


def pid_of(tx):
    with tx.driver() as link:
        return link.execute("SELECT pg_backend_pid()").fetchone()[0]


def test_a_connection_is_lent_to_one_after_the_other_and_never_to_two(postgresql_url):
    database = Database(postgresql_url)
    with database.statements() as tx:
        first = pid_of(tx)
    with database.statements() as tx, database.statements() as other:
        assert pid_of(tx) == first != pid_of(other)
    database.close()


@pytest.mark.parametrize("mode", ["statements", "reading", "writing"])
def test_when_all_connections_were_ended_one_act_fails_whichever_it_is(postgresql_url, mode):
    database, other = Database(postgresql_url), Database(postgresql_url)
    with database.statements() as one, database.statements() as two, database.reading() as three:
        lost = [pid_of(one), pid_of(two), pid_of(three)]
    with other.writing() as tx:
        for pid in lost:
            tx.connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with pytest.raises(DatabaseError), getattr(database, mode)() as tx:
        pid_of(tx)
    with database.statements() as one, database.statements() as two, database.reading() as three:
        assert not {*lost} & {pid_of(one), pid_of(two), pid_of(three)}
    database.close()
    other.close()


def test_an_unreachable_database_is_a_named_error(tmp_path):
    database = Database(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(DatabaseError), database.reading():
        pass
    database.close()


def test_machine_time_is_the_databases_and_goes_forward(database):
    with database.reading() as tx:
        first = tx.machine_now()
        assert first.utcoffset().total_seconds() == 0
        assert tx.machine_now() >= first

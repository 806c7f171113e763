"""A ring: claims once, does once, gives back what failed, and never takes the worker down."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from dramatiq.middleware import TimeLimitExceeded
from sqlalchemy import text

from tests.support import errand_cases
from workers.ringing import Ringing, finish
from workflow.deadlines import jobs
from workflow.storage.session import Database, DatabaseError

AT_ONCE = 8


@pytest.fixture
def notes(database):
    """What effects wrote down, inside the database."""
    with database.writing() as tx:
        tx.connection.execute(text("CREATE TABLE note (job BIGINT, tries INT)"))
    return lambda: errand_cases.column(database, "SELECT job FROM note")


def note_down(database, job):
    with database.writing() as tx:
        tx.connection.execute(text("INSERT INTO note VALUES (:job, :tries)"), {"job": job.id, "tries": job.tries})
        finish(tx, job)


def leave(database, kind="note", *, key="one"):
    with database.writing() as tx:
        return jobs.add(tx, kind, key, {})


def row_of(database, job_id):
    with database.reading() as tx:
        row = tx.connection.execute(text("SELECT * FROM job WHERE id = :id"), {"id": job_id}).mappings().one()
    return dict(row)


def make_due(database, job_id):
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET due_at = made_at WHERE id = :id"), {"id": job_id})


def test_a_job_rung_many_times_at_once_is_done_once(database, notes):
    job_id = leave(database)
    ring = Ringing(database, {"note": note_down})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ring, [job_id] * AT_ONCE * 2))
    assert notes() == [job_id]
    assert row_of(database, job_id)["state"] == "done"


def test_a_ring_for_a_job_that_does_not_exist_is_nothing(database, notes):
    Ringing(database, {"note": note_down})(12_345)
    assert notes() == []


def test_a_job_that_fails_is_given_back_with_its_error_and_done_later(database, notes):
    job_id = leave(database)

    def fail_first(database, job):
        if job.tries == 1:
            raise ConnectionRefusedError("nobody there")
        note_down(database, job)

    ring = Ringing(database, {"note": fail_first})
    ring(job_id)
    ring(job_id)
    row = row_of(database, job_id)
    assert (row["state"], row["tries"], row["last_error"]) == ("due", 1, "ConnectionRefusedError: nobody there")
    make_due(database, job_id)
    ring(job_id)
    assert notes() == [job_id]


def test_a_poison_job_is_parked_after_its_tries(database):
    job_id = leave(database)

    def raise_always(_database, _job):
        raise ZeroDivisionError("poison")

    ring = Ringing(database, {"note": raise_always})
    for _ in range(jobs.INSIDE.tries):
        make_due(database, job_id)
        ring(job_id)
    row = row_of(database, job_id)
    assert (row["state"], row["last_error"]) == ("parked", "ZeroDivisionError: poison")


def test_a_job_stopped_for_taking_too_long_is_given_back(database):
    job_id = leave(database)

    def hang(_database, _job):
        raise TimeLimitExceeded

    Ringing(database, {"note": hang})(job_id)
    assert row_of(database, job_id)["last_error"].startswith("TimeLimitExceeded")


def test_a_kind_that_only_a_newer_release_knows_is_given_back(database):
    job_id = leave(database, "hologram")
    Ringing(database, {"note": note_down})(job_id)
    assert row_of(database, job_id)["last_error"] == "UnknownKind: hologram"


@pytest.mark.usefixtures("notes")
def test_who_lost_the_lease_leaves_no_trace(database):
    job_id = leave(database)
    claimed, taken_over = threading.Event(), threading.Event()

    def dawdle(database, job):
        claimed.set()
        assert taken_over.wait(30)
        note_down(database, job)

    slow = threading.Thread(target=Ringing(database, {"note": dawdle}), args=(job_id,))
    slow.start()
    assert claimed.wait(30)
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET lease_until = made_at"))
    Ringing(database, {"note": note_down})(job_id)
    taken_over.set()
    slow.join()
    assert errand_cases.column(database, "SELECT tries FROM note") == [2]
    assert row_of(database, job_id)["last_error"] is None


def test_a_database_out_of_reach_is_survived():
    ring = Ringing(Database("postgresql://trinh@/trinh?host=/nowhere"), {"note": note_down})
    ring(1)


def test_a_database_lost_in_mid_job_leaves_it_to_its_lease(database, notes):
    job_id = leave(database)

    def lose(_database, _job):
        raise DatabaseError("gone")

    Ringing(database, {"note": lose})(job_id)
    make_due(database, job_id)
    Ringing(database, {"note": note_down})(job_id)
    assert notes() == [job_id]


def test_a_lease_is_longer_than_any_job_may_run():
    from workers.broker import TIME_LIMIT_MS
    from workers.letters.posting import TIMEOUT_SECONDS
    from workers.ringing import LEASE

    assert timedelta(milliseconds=TIME_LIMIT_MS) < LEASE
    assert timedelta(seconds=2 * TIMEOUT_SECONDS) < LEASE

"""Jobs are done once: claimed by one, fenced by a token, tried again, parked, and never forgotten."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import text

from workflow.deadlines import jobs
from workflow.storage import queue

LEASE = timedelta(seconds=30)
OVER = timedelta(seconds=-1)


@pytest.fixture
def job_id(database):
    with database.writing() as tx:
        return jobs.add(tx, "tell", "tell:1:1", {"case": 1})


def test_a_job_is_left_once_by_its_key_and_rung(database):
    with database.writing() as tx:
        first = jobs.add(tx, "tell", "tell:1:1", {"case": 1})
        assert jobs.add(tx, "tell", "tell:1:1", {"case": 2}) is None
        assert tx.jobs_to_ring == [first]


def test_a_job_in_one_hand_is_in_no_other(database, job_id):
    with database.writing() as tx:
        job = jobs.claim(tx, job_id, lease=LEASE)
        assert (job.payload, job.tries) == ({"case": 1}, 1)
        assert jobs.claim(tx, job_id, lease=LEASE) is None
        assert jobs.finish(tx, job)
        assert jobs.claim(tx, job_id, lease=LEASE) is None


def test_twenty_claims_at_once_have_one_winner(database, job_id):
    hands = []

    def claim():
        with database.writing() as tx:
            hands.append(jobs.claim(tx, job_id, lease=LEASE))

    threads = [Thread(target=claim) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len([hand for hand in hands if hand is not None]) == 1


def test_who_lost_the_lease_can_neither_finish_nor_fail(database, job_id):
    with database.writing() as tx:
        late = jobs.claim(tx, job_id, lease=OVER)
        now = jobs.claim(tx, job_id, lease=LEASE)
        assert now.tries == 2
        assert not jobs.finish(tx, late)
        assert not jobs.fail(tx, late, "late")
        assert jobs.finish(tx, now)


def test_a_failed_job_waits_longer_each_time_and_is_parked_at_last(database, job_id):
    waits = []
    for _ in range(jobs.INSIDE.tries):
        with database.writing() as tx:
            job = jobs.claim(tx, job_id, lease=LEASE)
            assert jobs.fail(tx, job, "it broke")
            assert jobs.claim(tx, job_id, lease=LEASE) is None
            waits.append(waiting_seconds(tx, job_id))
            be_due(tx)
    assert waits[:-1] == sorted(waits[:-1])
    assert [round(wait) for wait in waits[:3]] == [1, 2, 4]
    with database.writing() as tx:
        assert [(row.id, row.last_error) for row in jobs.parked(tx)] == [(job_id, "it broke")]
        assert queue.backlog(tx, cap=100).parked == 1


def test_a_parked_job_can_be_tried_again_from_the_beginning(database, job_id):
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET state = 'parked', tries = 8"))
        assert jobs.retry(tx, job_id)
        assert tx.jobs_to_ring == [job_id]
        assert jobs.claim(tx, job_id, lease=LEASE).tries == 1
        assert not jobs.retry(tx, job_id)


def test_a_job_that_always_takes_its_process_down_is_parked(database, job_id):
    with database.writing() as tx:
        for _ in range(jobs.INSIDE.tries):
            assert jobs.park_exhausted(tx) == 0
            jobs.claim(tx, job_id, lease=OVER)
        assert jobs.park_exhausted(tx) == 1
        assert len(jobs.parked(tx)) == 1


def test_a_held_job_is_neither_rung_nor_claimed_before_its_time(database):
    with database.writing() as tx:
        held = jobs.add(tx, "letter", "letter:1", {}, hold=timedelta(minutes=5))
        assert tx.jobs_to_ring == []
        assert jobs.claim(tx, held, lease=LEASE) is None
        assert jobs.to_ring(tx, 10) == []


def test_the_sweeper_rings_what_nobody_answered_for_once_in_a_while(database, job_id):
    with database.writing() as tx:
        assert jobs.to_ring(tx, 10) == []
        rung_long_ago(tx)
        assert jobs.to_ring(tx, 10) == [job_id]
        assert jobs.to_ring(tx, 10) == []


def test_a_job_whose_process_died_is_rung_again_when_its_lease_ends(database, job_id):
    with database.writing() as tx:
        jobs.claim(tx, job_id, lease=LEASE)
        rung_long_ago(tx)
        assert jobs.to_ring(tx, 10) == []
        tx.connection.execute(text("UPDATE job SET lease_until = due_at"))
        assert jobs.to_ring(tx, 10) == [job_id]


def test_what_is_due_longest_is_rung_first(database):
    with database.writing() as tx:
        made = [jobs.add(tx, "tell", f"tell:{number}", {}) for number in range(5)]
        rung_long_ago(tx)
        assert jobs.to_ring(tx, 3) == made[:3]
        assert jobs.to_ring(tx, 3) == made[3:]


def test_an_unknown_job_is_nobodys(database):
    with database.writing() as tx:
        assert jobs.claim(tx, 404, lease=LEASE) is None


@pytest.mark.parametrize("policy", [jobs.INSIDE, jobs.LETTERS])
def test_no_wait_is_longer_than_the_longest(policy):
    waits = [policy.wait(tries) for tries in range(1, policy.tries)]
    assert waits[0] == policy.first
    assert max(waits) <= policy.longest


def be_due(tx):
    tx.connection.execute(text("UPDATE job SET due_at = made_at"))


def rung_long_ago(tx):
    tx.connection.execute(text("UPDATE job SET rung_at = NULL"))


def waiting_seconds(tx, job_id):
    apart = {
        "sqlite": "SELECT (due_at - made_at) / 1000000.0 FROM job WHERE id = :id",
        "postgresql": "SELECT extract(epoch FROM due_at - clock_timestamp()) FROM job WHERE id = :id",
    }
    return float(tx.connection.scalar(text(apart[tx.dialect]), {"id": job_id}))

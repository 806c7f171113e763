"""A process that works: what is committed is done, whatever happens to the ring, and nothing is cut off at the end."""

import pytest
from sqlalchemy import text

from tests.support import errand_cases
from tests.support.small_record import CLERK, OFFICER
from tests.support.waiting import eventually
from workers.letters.posting import Post
from workers.process import Workers
from workflow.deadlines import jobs
from workflow.installation import health

POST = Post("https://trinh.example")


@pytest.fixture(params=["embedded", "redis"])
def redis_or_none(request):
    return request.getfixturevalue("redis_url") if request.param == "redis" else None


def letters_of(database):
    return errand_cases.column(database, "SELECT person_id FROM letter ORDER BY id")


def states(database):
    return set(errand_cases.column(database, "SELECT DISTINCT state FROM job"))


def test_an_act_becomes_a_letter_by_itself(database, redis_or_none):
    with Workers(database, post=POST, redis_url=redis_or_none):
        code = errand_cases.open_errand(database)
        errand_cases.act(database, code, "send", by=CLERK)
        eventually(lambda: letters_of(database) == [OFFICER])
        eventually(lambda: states(database) == {"done"})


def test_a_job_whose_ring_was_lost_is_rung_by_the_sweeper(database, redis_or_none):
    code = errand_cases.open_errand(database)
    errand_cases.act(database, code, "send", by=CLERK)
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET rung_at = NULL"))
    with Workers(database, post=POST, redis_url=redis_or_none):
        eventually(lambda: letters_of(database) == [OFFICER])


def test_the_process_says_that_it_is_alive_and_when_it_ends(database, redis_or_none):
    with Workers(database, post=POST, redis_url=redis_or_none):
        eventually(lambda: health.report(database).well)
    assert health.report(database).checks == {
        "database": "alive",
        "worker": "never seen",
        "sweeper": "never seen",
    }


def test_what_is_under_way_is_finished_before_the_end(database):
    with Workers(database, post=POST) as working:
        for number in range(20):
            errand_cases.act(database, errand_cases.open_errand(database, key=f"open {number}"), "send", by=CLERK)
        assert working.is_working()
    assert errand_cases.column(database, "SELECT count(*) FROM job WHERE lease_until IS NOT NULL") == [0]


def test_a_jump_of_the_clock_fires_everything_due_in_order_each_at_its_own_time(database):
    code = errand_cases.open_errand(database)
    with Workers(database, post=POST):
        errand_cases.move_clock(database, "2017-12-04 09:00")
        eventually(lambda: len(errand_cases.history(database, code)) == 5)
    moments = [at.isoformat() for action, at in errand_cases.history(database, code) if action == "due:turn"]
    assert moments == [
        "2017-11-15T01:00:00+00:00",
        "2017-11-17T01:00:00+00:00",
        "2017-11-21T01:00:00+00:00",
        "2017-11-28T01:00:00+00:00",
    ]


def test_a_poison_job_does_not_stop_the_others(database, redis_or_none):
    with Workers(database, post=POST, redis_url=redis_or_none):
        with database.writing() as tx:
            jobs.add(tx, "deadline", "poison", {"no": "sense"})
        errand_cases.act(database, errand_cases.open_errand(database), "send", by=CLERK)
        eventually(lambda: letters_of(database) == [OFFICER])
        eventually(lambda: errand_cases.column(database, "SELECT last_error FROM job WHERE key = 'poison'") != [None])


def test_redis_may_be_restarted_flushed_and_paused(database, redis_server):
    with Workers(database, post=POST, redis_url=redis_server.url):
        for number, disturb in enumerate((redis_server.restart, redis_server.flush)):
            errand_cases.act(database, errand_cases.open_errand(database, key=f"before {number}"), "send", by=CLERK)
            disturb()
            errand_cases.act(database, errand_cases.open_errand(database, key=f"after {number}"), "send", by=CLERK)
        eventually(lambda: len(letters_of(database)) == 4, within=40)

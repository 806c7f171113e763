"""Redis restarted, killed, flushed, paused, full: acts go on, and everything rung or not is done in the end."""

from time import monotonic

import pytest

from tests.support import errand_cases
from tests.support.small_record import CLERK
from workers.bell import redis_bell

pytestmark = [pytest.mark.processes, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]

AN_ACT_MAY_TAKE_SECONDS = 3.0


@pytest.fixture
def bell(database, redis_url):
    """Ring as a web process would."""
    database.bell = redis_bell(redis_url)
    yield
    database.bell.close()


def restart(redis_server):
    redis_server.restart()


def kill(redis_server):
    redis_server.kill()
    redis_server.restart()


def flush(redis_server):
    redis_server.flush()


def fill_up(redis_server):
    with redis_server.client() as client:
        client.config_set("maxmemory", 1)


def make_room(redis_server):
    with redis_server.client() as client:
        client.config_set("maxmemory", 0)


def stand_still(redis_server):
    redis_server.pause()


def go_on(redis_server):
    redis_server.resume()


@pytest.mark.timeout(180)
@pytest.mark.usefixtures("bell")
def test_whatever_befalls_redis_no_act_waits_for_it_and_no_letter_is_lost(database, redis_server, start, prove):
    workers = [start("worker", threads=4) for _ in range(2)]
    keys = []
    for disturb in (restart, kill, flush, fill_up, make_room, stand_still, go_on):
        for moment in ("before", "after"):
            key = f"{disturb.__name__} {moment}"
            code = errand_cases.open_errand(database, key=f"open {key}")
            began = monotonic()
            errand_cases.act(database, code, "send", by=CLERK, key=key)
            assert monotonic() - began < AN_ACT_MAY_TAKE_SECONDS
            keys.append(key)
            if moment == "before":
                disturb(redis_server)
    prove(keys, within=90)
    for worker in workers:
        worker.until("stays")
        worker.leave()

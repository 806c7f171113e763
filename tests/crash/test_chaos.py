"""Minutes of chaos: workers killed at random, Redis disturbed, the clock jumping, people acting all the while.

The seed is printed with the failure and may be given: TRINH_CHAOS_SEED=7 make test-long.
"""

import os
from random import Random
from threading import Event

import pytest

from tests.support import errand_cases
from tests.support.small_record import CLERK, OFFICER

pytestmark = [pytest.mark.processes, pytest.mark.long]

SEED = int(os.environ.get("TRINH_CHAOS_SEED", "1"))
WORKERS, LIVES, ERRANDS = 3, 25, 150
DAYS = [f"2017-{month}-{day:02d} 09:00" for month, last in ((11, 30), (12, 29)) for day in range(14, last, 4)]


@pytest.mark.timeout(900)
def test_nothing_is_lost_or_doubled_in_chaos(database, request, redis_or_none, start, prove):
    chance = Random(SEED)
    redis_server = request.getfixturevalue("redis_server") if redis_or_none else None
    count = WORKERS if redis_or_none else 1
    workers = [
        start("worker", threads=2, lives=[{"seconds": chance.uniform(0.3, 3)} for _ in range(LIVES)])
        for _ in range(count)
    ]
    days, keys, pause = iter(DAYS), [], Event()
    for number in range(ERRANDS):
        code = errand_cases.open_errand(database, key=f"open {number}")
        for action, by in chance.choice([[], [("send", CLERK)], [("send", CLERK), ("receive", OFFICER)]]):
            keys.append(f"{action} {number}")
            errand_cases.act(database, code, action, by=by, key=keys[-1])
        if number % 20 == 19:
            errand_cases.move_clock(database, next(days))
            disturb(redis_server, chance)
        pause.wait(chance.uniform(0, 0.4))
    for worker in workers:
        worker.until("stays", within=300)
    prove(keys, within=360)


def disturb(redis_server, chance):
    if redis_server is not None:
        chance.choice([redis_server.restart, redis_server.flush, lambda: pause_for_a_moment(redis_server)])()


def pause_for_a_moment(redis_server):
    redis_server.pause()
    Event().wait(2)
    redis_server.resume()

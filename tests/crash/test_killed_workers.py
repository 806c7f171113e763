"""kill -9 of a worker at each of its steps: nothing is lost, nothing is done twice, a letter repeats under its name."""

import pytest

from tests.support import errand_cases
from tests.support.small_record import CLERK
from tests.support.waiting import eventually

pytestmark = pytest.mark.processes

ON_SQLITE_IN_THE_LONG_RUN = pytest.mark.parametrize(
    "database_url", [pytest.param("sqlite", marks=pytest.mark.long), "postgresql"], indirect=True
)

ERRANDS = 6
# The first transaction of a ring claims; the second does the effect, or keeps a letter; the third marks it as sent.
CLAIM, EFFECT, SENT = 1, 2, 3
PLACES = [{"step": step, "phase": phase} for step in (CLAIM, EFFECT, SENT) for phase in ("before", "inside", "after")]
IN_EFFECT = [place for place in PLACES if place["step"] == EFFECT]


def send_errands(database, number=ERRANDS):
    keys = [f"send {count}" for count in range(number)]
    for key in keys:
        errand_cases.act(database, errand_cases.open_errand(database, key=f"open {key}"), "send", by=CLERK, key=key)
    return keys


@ON_SQLITE_IN_THE_LONG_RUN
@pytest.mark.timeout(240)
def test_a_worker_killed_before_during_and_after_each_step(database, start, prove, smtp_sink):
    keys = send_errands(database)
    worker = start("worker", lives=PLACES)
    worker.until("stays", within=120)
    assert len(worker.said("died")) == len(PLACES)
    prove(keys)
    # Killed between the hand-over and the mark: transmitted again, and the second one can be recognised.
    assert len(smtp_sink.letters) > len({letter["Message-ID"] for letter in smtp_sink.letters}) == ERRANDS
    worker.leave()


@ON_SQLITE_IN_THE_LONG_RUN
@pytest.mark.timeout(240)
def test_a_worker_killed_while_deadlines_fire(database, start, prove):
    codes = [errand_cases.open_errand(database, key=f"open {number}") for number in range(ERRANDS)]
    errand_cases.move_clock(database, "2017-11-22 09:00")
    worker = start("worker", lives=IN_EFFECT)
    worker.until("stays", within=120)
    eventually(lambda: all(len(errand_cases.history(database, code)) == 4 for code in codes), within=60)
    prove([])
    assert codes
    for code in codes:
        assert [f"{at:%d/%m %H:%M}" for _, at in errand_cases.history(database, code)[1:]] == [
            "15/11 01:00", "17/11 01:00", "21/11 01:00",
        ]  # fmt: skip
    worker.leave()


@pytest.mark.timeout(120)
def test_a_worker_asked_to_end_finishes_what_it_has_in_hand(database, start):
    keys = send_errands(database)
    worker = start("worker")
    worker.until("stays")
    eventually(lambda: errand_cases.column(database, "SELECT count(*) FROM job WHERE state = 'done'") != [0])
    worker.leave()
    assert errand_cases.column(database, "SELECT count(*) FROM job WHERE lease_until IS NOT NULL") == [0]
    assert keys

"""A pause ledger that is switched on and off in turns, and the wall clock that it is read by."""

from datetime import timedelta

from tests.support.calendar_facts import UTC_PLUS_7
from workflow.machine.calendar import ledgers
from workflow.machine.calendar.ledgers import ClockLedger

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ON_SWITCHES = (ledgers.start, ledgers.stop)


def wall(at):
    return at.replace(tzinfo=None) + UTC_PLUS_7


def switched(switches, budget, again="continue"):
    clock = ClockLedger("review", budget, again=again)
    for position, at in enumerate(switches):
        clock = ON_SWITCHES[position % 2](clock, at)
    return clock

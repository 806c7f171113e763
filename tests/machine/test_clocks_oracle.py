"""Budgets of a clock with hundreds of pauses against one walk over every minute of the Vietnamese calendar."""

from datetime import datetime

import pytest

from tests.support.calendar_facts import hanoi, library, twenty_years
from tests.support.clock_switches import DAY, MINUTE, switched, wall
from workflow.machine.calendar import Days, ledgers

Closes = list[tuple[datetime, bool]]
"""The closes of days that a clock used, each with whether the day is worked."""


def closes_walked(switches, *, last) -> dict[str, Closes]:
    """Walk every minute once: a working day closes at 17:00, a calendar day at 24:00; both if the clock runs then."""
    library_says = library()
    found: dict[str, Closes] = {"wd": [], "d": []}
    started_on = wall(switches[0]).date()
    while not library_says.is_working_day(started_on) or (
        wall(switches[0]).date() == started_on and is_after_hours(switches[0])
    ):
        started_on += DAY
    running, turns, at = False, 0, switches[0]
    minute = wall(at).hour * 60 + wall(at).minute
    while at <= last:
        while turns < len(switches) and switches[turns] == at:
            running, turns = not running, turns + 1
        if running and minute in CLOSING:
            day = (wall(at) - MINUTE).date()
            if day > started_on:
                found[CLOSING[minute]].append((at, library_says.is_working_day(day)))
        at, minute = at + MINUTE, (minute + 1) % 1440
    return found


CLOSING = {17 * 60: "wd", 0: "d"}


def is_after_hours(at):
    return wall(at).hour * 60 + wall(at).minute > 17 * 60


def used_up(closes: Closes, budget) -> datetime | None:
    """The close at which a budget ends: of so many working days; of calendar days never on a rest day."""
    if budget.unit == "wd":
        worked = [at for at, is_worked_day in closes if is_worked_day]
        return worked[budget.n - 1] if budget.n <= len(worked) else None
    return next((at for at, is_worked_day in closes[budget.n - 1 :] if is_worked_day), None)


def disagreements(first, last, *, every):
    """Budgets of which the ledger and the walk over every minute say different things, and how many were asked."""
    switches = [hanoi(first)]
    while switches[-1] < hanoi(last):
        switches.append(switches[-1] + (len(switches) * 7919 % 9000) * MINUTE)
    closes = closes_walked(switches, last=switches[-1])
    asked = [Days(n, unit) for unit in ("wd", "d") for n in range(1, len(closes[unit]), every)]
    asked = [budget for budget in asked if used_up(closes[budget.unit], budget)]
    clock = switched(switches, Days(1))
    differing = [
        budget
        for budget in asked
        if ledgers.runs_out_at(ledgers.replan(clock, budget), twenty_years()) != used_up(closes[budget.unit], budget)
    ]
    return differing, len(asked)


def test_two_years_with_tet_and_swapped_days_agree_minute_by_minute_whatever_the_budget():
    differing, asked = disagreements("2018-01-03 08:00", "2019-12-16 08:00", every=20)
    assert differing == []
    assert asked > 20


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_twenty_years_agree_minute_by_minute_whatever_the_budget():
    differing, asked = disagreements("2011-01-04 08:00", "2030-12-16 08:00", every=3)
    assert differing == []
    assert asked > 1_500

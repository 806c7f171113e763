"""Due instants, the mornings of an escalation, and how late is late."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.calendar_facts import UTC_PLUS_7, hanoi, is_worked, vietnam
from workflow.machine.calendar import Days, due_moments, ledgers
from workflow.machine.calendar.ledgers import ClockLedger

BEFORE_15_11 = due_moments.before(vietnam(), date(2017, 11, 15))


def test_before_a_day_excludes_it_and_until_a_day_includes_it():
    assert hanoi("2017-11-15 00:00") == BEFORE_15_11
    assert due_moments.until(vietnam(), date(2017, 11, 14)) == BEFORE_15_11
    assert due_moments.due_on(vietnam(), BEFORE_15_11) == date(2017, 11, 14)


@pytest.mark.parametrize(
    ("started", "budget", "due"),
    [
        ("2017-11-13 09:00", Days(3), "2017-11-16 17:00"),
        ("2017-11-13 17:00", Days(3), "2017-11-16 17:00"),
        ("2017-11-13 17:01", Days(3), "2017-11-17 17:00"),
        ("2017-11-11 09:00", Days(3), "2017-11-16 17:00"),
        ("2019-04-26 09:00", Days(5), "2019-05-07 17:00"),
        ("2018-02-05 09:00", Days(10, "d"), "2018-02-22 00:00"),
    ],
)
def test_a_budget_counts_from_the_day_of_arrival(started, budget, due):
    clock = ledgers.start(ClockLedger("review", budget), hanoi(started))
    assert ledgers.due_at(clock, vietnam()) == hanoi(due)


@pytest.mark.parametrize(
    ("due", "offset", "fires"),
    [
        ("2017-11-15 00:00", Days(-2), "2017-11-10 08:00"),
        ("2017-11-15 00:00", Days(-1), "2017-11-13 08:00"),
        ("2017-11-15 00:00", Days(0), "2017-11-15 08:00"),
        ("2017-11-15 00:00", Days(2), "2017-11-17 08:00"),
        ("2017-11-16 17:00", Days(-2), "2017-11-14 08:00"),
        ("2017-11-16 17:00", Days(0), "2017-11-17 08:00"),
        ("2017-11-17 17:00", Days(0), "2017-11-20 08:00"),
        ("2017-11-17 17:00", Days(2), "2017-11-22 08:00"),
        ("2018-02-13 17:00", Days(0), "2018-02-21 08:00"),
        ("2018-02-13 17:00", Days(5), "2018-02-28 08:00"),
        ("2017-11-18 00:00", Days(0), "2017-11-20 08:00"),
        ("2017-11-15 00:00", Days(-4, "d"), "2017-11-10 08:00"),
        ("2017-11-15 00:00", Days(3, "d"), "2017-11-20 08:00"),
    ],
)
def test_a_rung_fires_on_a_working_morning_around_the_due_day(due, offset, fires):
    assert due_moments.step_at(vietnam(), hanoi(due), offset) == hanoi(fires)


def test_the_last_rung_fires_again_every_so_many_working_days():
    fired = due_moments.step_at(vietnam(), BEFORE_15_11, Days(2))
    assert due_moments.repeat_at(vietnam(), fired, Days(5)) == hanoi("2017-11-24 08:00")


instants = st.integers(0, 10 * 365 * 1440).map(lambda minute: hanoi("2017-01-01 00:00") + minute * (UTC_PLUS_7 / 420))


@given(due=instants, n=st.integers(-10, 10))
def test_letters_about_deadlines_go_out_at_eight_on_working_days_only(due, n):
    local = (due_moments.step_at(vietnam(), due, Days(n)) + UTC_PLUS_7).replace(tzinfo=None)
    assert (local.hour, local.minute) == (8, 0)
    assert is_worked(local.date())


@given(due=instants)
def test_the_steps_of_an_escalation_fire_in_order(due):
    fires = [due_moments.step_at(vietnam(), due, Days(n)) for n in range(-5, 6)]
    assert fires == sorted(set(fires))
    assert fires[5] >= due


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2017-11-10 09:00", 2),
        ("2017-11-13 20:00", 1),
        ("2017-11-14 09:00", 0),
        ("2017-11-14 23:59", 0),
        ("2017-11-15 00:00", 0),
        ("2017-11-15 00:01", -1),
        ("2017-11-17 16:00", -3),
        ("2017-11-17 18:00", -4),
        ("2017-11-18 10:00", -4),
    ],
)
def test_days_left_and_days_late_are_working_days(now, left):
    assert due_moments.remaining_wd(vietnam(), BEFORE_15_11, hanoi(now)) == left


def test_an_hour_late_is_a_day_late():
    due = hanoi("2017-11-16 17:00")
    assert due_moments.remaining_wd(vietnam(), due, hanoi("2017-11-16 16:59")) == 0
    assert due_moments.remaining_wd(vietnam(), due, hanoi("2017-11-16 18:00")) == -1

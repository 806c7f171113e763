"""The pause ledger against a second clock that walks minute by minute."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.calendar_facts import hanoi, is_worked, vietnam
from tests.support.clock_switches import DAY, MINUTE, switched, wall
from workflow.machine.calendar import Days, ledgers
from workflow.machine.calendar.ledgers import ClockLedger


def arrival(at):
    day = wall(at).date() + (DAY if wall(at).hour * 60 + wall(at).minute > 17 * 60 else timedelta())
    while not is_worked(day):
        day += DAY
    return day


def walked_due(switches, budget, *, last):
    """Walk every minute: a working day is used at 17:00, a calendar day at 24:00, if the clock runs then."""
    closing_minute = 17 * 60 if budget.unit == "wd" else 0
    started_on, used, running, turns = arrival(switches[0]), 0, False, 0
    at = switches[0]
    minute = (wall(at).hour * 60) + wall(at).minute
    while at <= last:
        while turns < len(switches) and switches[turns] == at:
            running, turns = not running, turns + 1
        if running and minute == closing_minute:
            day = (wall(at) - MINUTE).date()
            last_day = used == budget.n - 1
            if day > started_on and (is_worked(day) or (budget.unit == "d" and not last_day)):
                used += 1
            if used == budget.n:
                return at
        at, minute = at + MINUTE, (minute + 1) % 1440
    return None


minutes = st.integers(0, 3 * 1440)
gaps = st.lists(st.one_of(minutes, minutes.map(lambda m: m // 60 * 60)), max_size=7)
starts = st.datetimes(datetime(2016, 2, 1), datetime(2029, 6, 1)).map(  # noqa: DTZ001 -- wall clock of Vietnam
    lambda at: hanoi(at.strftime("%Y-%m-%d %H:%M"))
)


@settings(max_examples=60)
@given(start=starts, gaps=gaps, n=st.integers(1, 12), unit=st.sampled_from(["wd", "d"]))
def test_a_budget_with_pauses_ends_when_the_walking_clock_says(start, gaps, n, unit):
    switches = [start]
    for gap in gaps:
        switches.append(switches[-1] + gap * MINUTE)
    budget = Days(n, unit)
    clock = switched(switches, budget)
    horizon = switches[-1] + 60 * DAY
    assert ledgers.runs_out_at(clock, vietnam()) == walked_due(switches, budget, last=horizon)


def test_three_years_with_a_pause_every_few_days_agree_minute_by_minute():
    switches = [hanoi("2017-10-16 08:00")]
    while switches[-1] < hanoi("2020-10-16 08:00"):
        switches.append(switches[-1] + (len(switches) * 7919 % 9000) * MINUTE)
    budget = Days(300)
    clock = switched(switches, budget)
    found = ledgers.runs_out_at(clock, vietnam())
    assert found is not None
    assert found.year >= 2019
    assert found == walked_due(switches, budget, last=switches[-1])


def test_a_clock_that_never_pauses_is_due_at_the_close_of_the_budgets_last_day():
    clock = switched([hanoi("2018-02-09 10:00")], Days(10))
    assert ledgers.due_at(clock, vietnam()) == hanoi("2018-03-02 17:00")


def test_a_budget_of_calendar_days_ends_at_midnight():
    clock = switched([hanoi("2018-02-01 10:00")], Days(7, "d"))
    assert ledgers.due_at(clock, vietnam()) == hanoi("2018-02-09 00:00")


def test_a_budget_without_days_ends_with_the_day_of_arrival():
    clock = switched([hanoi("2018-02-10 10:00")], Days(0))
    assert ledgers.due_at(clock, vietnam()) == hanoi("2018-02-12 17:00")


def test_two_days_back_with_the_unit_give_two_days_more():
    switches = [hanoi("2017-11-06 09:00"), hanoi("2017-11-08 10:00"), hanoi("2017-11-10 15:00")]
    assert ledgers.due_at(switched(switches[:1], Days(5)), vietnam()) == hanoi("2017-11-13 17:00")
    assert ledgers.due_at(switched(switches, Days(5)), vietnam()) == hanoi("2017-11-15 17:00")


def test_a_pause_within_office_hours_of_one_day_gives_nothing():
    switches = [hanoi("2017-11-06 09:00"), hanoi("2017-11-08 10:00"), hanoi("2017-11-08 16:00")]
    assert ledgers.due_at(switched(switches, Days(5)), vietnam()) == hanoi("2017-11-13 17:00")


def test_a_restarted_clock_begins_again_and_keeps_its_past():
    switches = [hanoi("2017-11-06 09:00"), hanoi("2017-11-08 10:00"), hanoi("2017-11-10 15:00")]
    clock = switched(switches, Days(5), again="restart")
    assert ledgers.due_at(clock, vietnam()) == hanoi("2017-11-17 17:00")
    assert [span.began_at for span in clock.spans] == [switches[0], switches[2]]


def test_a_standing_clock_has_no_due_moment_and_keeps_what_is_left():
    clock = switched([hanoi("2017-11-06 09:00"), hanoi("2017-11-08 10:00")], Days(5))
    assert ledgers.due_at(clock, vietnam()) is None
    assert ledgers.runs_out_at(clock, vietnam()) is None
    going_on = ledgers.start(clock, hanoi("2017-12-08 10:00"))
    assert ledgers.due_at(going_on, vietnam()) == hanoi("2017-12-13 17:00")


def test_a_clock_stopped_too_late_remembers_when_its_time_was_up():
    clock = switched([hanoi("2017-11-06 09:00"), hanoi("2017-11-20 10:00")], Days(5))
    assert ledgers.due_at(clock, vietnam()) is None
    assert ledgers.runs_out_at(clock, vietnam()) == hanoi("2017-11-13 17:00")


def test_stopping_at_the_very_close_is_in_time():
    clock = switched([hanoi("2017-11-06 09:00"), hanoi("2017-11-13 17:00")], Days(5))
    assert ledgers.runs_out_at(clock, vietnam()) is None


def test_a_due_date_does_not_move_with_pauses():
    due = hanoi("2017-11-15 00:00")
    switches = [hanoi("2017-10-16 09:00"), hanoi("2017-11-10 09:00"), hanoi("2017-11-20 09:00")]
    assert ledgers.due_at(switched(switches[:1], due), vietnam()) == due
    assert ledgers.runs_out_at(switched(switches[:2], due), vietnam()) is None
    assert ledgers.due_at(switched(switches, due), vietnam()) == due


def test_a_moved_milestone_moves_the_due_moment_only():
    clock = switched([hanoi("2017-10-16 09:00")], hanoi("2017-11-15 00:00"))
    moved = ledgers.replan(clock, hanoi("2017-12-01 00:00"))
    assert ledgers.due_at(moved, vietnam()) == hanoi("2017-12-01 00:00")
    assert moved.spans == clock.spans


def test_switching_twice_is_switching_once():
    once = ledgers.start(ClockLedger("review", Days(5)), hanoi("2017-11-06 09:00"))
    assert ledgers.start(once, hanoi("2017-11-07 09:00")) is once
    stopped = ledgers.stop(once, hanoi("2017-11-08 09:00"))
    assert ledgers.stop(stopped, hanoi("2017-11-09 09:00")) is stopped
    assert ledgers.stop(ClockLedger("review", Days(5)), hanoi("2017-11-09 09:00")).spans == ()


def test_an_effective_date_before_the_last_switch_counts_as_that_switch():
    began = hanoi("2017-11-06 09:00")
    clock = ledgers.stop(ledgers.start(ClockLedger("review", Days(5)), began), hanoi("2017-11-01 09:00"))
    assert clock.spans[0].ended_at == began
    assert ledgers.start(clock, hanoi("2017-11-01 09:00")).spans[1].began_at == began


def test_a_clock_that_never_started_is_never_due():
    clock = ClockLedger("review", Days(5))
    assert ledgers.due_at(clock, vietnam()) is None
    assert not clock.runs


@given(start=starts, gaps=gaps, n=st.integers(0, 40))
def test_a_pause_never_brings_the_end_nearer(start, gaps, n):
    switches = [start]
    for gap in gaps:
        switches.append(switches[-1] + gap * MINUTE)
    without = ledgers.runs_out_at(switched(switches[:1], Days(n)), vietnam())
    with_pauses = ledgers.runs_out_at(switched(switches, Days(n)), vietnam())
    assert with_pauses is None or with_pauses >= without


@given(
    start=starts,
    gaps=gaps,
    limit=st.one_of(st.builds(Days, st.integers(0, 99), st.sampled_from(["wd", "d"])), starts),
    again=st.sampled_from(["continue", "restart"]),
)
def test_a_clock_comes_back_from_json_as_it_was(start, gaps, limit, again):
    switches = [start]
    for gap in gaps:
        switches.append(switches[-1] + gap * MINUTE)
    clock = switched(switches, limit, again)
    assert ledgers.from_json(ledgers.to_json(clock)) == clock


def test_instants_are_written_in_utc_with_microseconds():
    assert ledgers.instant_text(hanoi("2017-11-15 00:00")) == "2017-11-14T17:00:00.000000Z"
    assert ledgers.instant_of("2017-11-14T17:00:00.000000Z") == hanoi("2017-11-15 00:00")
    assert ledgers.instant_of("2017-11-14T17:00:00.000000Z").date() == date(2017, 11, 14)

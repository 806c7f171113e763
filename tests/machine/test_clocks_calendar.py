"""Counting in working days, against the vectors of the domain and the library that seeded the calendar."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.calendar_facts import SHIPPED, hanoi, is_worked, vietnam
from tools.seed_calendar import document
from workflow.errors import DefinitionError, WorkflowError
from workflow.machine.calendar import Calendar, Days, OutsideCalendar, calendar_of, working_days
from workflow.machine.calendar.working_days import CalendarFault

VECTORS = [
    ("2017-10-16", 20, "2017-11-13"),
    ("2018-02-09", 10, "2018-03-02"),
    ("2018-02-13", 1, "2018-02-21"),
    ("2018-04-20", 10, "2018-05-09"),
    ("2018-08-29", 5, "2018-09-06"),
    ("2018-12-28", 5, "2019-01-07"),
    ("2018-12-28", 25, "2019-02-11"),
    ("2019-04-26", 5, "2019-05-07"),
    ("2020-01-17", 10, "2020-02-07"),
    ("2020-04-28", 3, "2020-05-05"),
    ("2020-05-05", 25, "2020-06-09"),
    ("2025-08-28", 3, "2025-09-04"),
]
BACK_FROM_THE_CEREMONY = [
    (-1, "2020-06-10"),
    (-5, "2020-06-04"),
    (-10, "2020-05-28"),
    (-25, "2020-05-07"),
    (-30, "2020-04-28"),
]
days_inside = st.dates(date(2017, 5, 1), date(2029, 5, 1))


@pytest.mark.parametrize(("start", "n", "due"), VECTORS)
def test_the_day_of_receipt_is_not_counted(start, n, due):
    found = working_days.add_working_days(vietnam(), date.fromisoformat(start), n)
    assert found == date.fromisoformat(due)


@pytest.mark.parametrize(("n", "day"), BACK_FROM_THE_CEREMONY)
def test_a_ceremony_is_planned_backwards(n, day):
    found = working_days.add_working_days(vietnam(), date(2020, 6, 11), n)
    assert found == date.fromisoformat(day)


def test_the_shipped_file_is_what_the_library_says_today():
    assert SHIPPED.read_text(encoding="utf-8") == document()


def test_every_shipped_day_is_worked_exactly_when_the_library_says_so():
    library = holidays.country_holidays("VN", years=range(2016, 2031))
    day = date(2016, 1, 1)
    differing = []
    while day.year < 2031:
        if working_days.is_working_day(vietnam(), day) != library.is_working_day(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


@given(day=days_inside, n=st.integers(-300, 300))
def test_counting_is_walking_day_by_day(day, n):
    step = timedelta(days=1 if n > 0 else -1)
    reached, left = day, abs(n)
    while left or not is_worked(reached):
        reached += step if n else timedelta(days=1)
        left -= is_worked(reached) if left else 0
    assert working_days.add_working_days(vietnam(), day, n) == reached


@given(start=days_inside, end=days_inside)
def test_the_difference_undoes_the_addition(start, end):
    n = working_days.working_days_between(vietnam(), start, end)
    assert working_days.working_days_between(vietnam(), end, start) == -n
    if n > 0 and is_worked(end):
        assert working_days.add_working_days(vietnam(), start, n) == end


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2018-02-01", 7, "2018-02-08"),  # A Thursday.
        ("2018-02-05", 10, "2018-02-21"),  # 15/2 lies in Tết.
        ("2017-11-01", 10, "2017-11-13"),  # 11/11 is a Saturday.
        ("2018-12-29", 7, "2019-01-05"),  # A Saturday that is worked.
        ("2018-02-21", -2, "2018-02-13"),  # Backwards out of Tết.
    ],
)
def test_a_period_of_calendar_days_never_ends_on_a_rest_day(start, n, due):
    found = working_days.add_calendar_days(vietnam(), date.fromisoformat(start), n)
    assert found == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2017-11-13 00:01", "2017-11-13"),
        ("2017-11-13 12:00", "2017-11-13"),
        ("2017-11-13 17:00", "2017-11-13"),
        ("2017-11-13 17:01", "2017-11-14"),
        ("2017-11-17 17:01", "2017-11-20"),
        ("2018-02-13 18:00", "2018-02-21"),
        ("2019-01-05 09:00", "2019-01-05"),
        ("2019-01-06 09:00", "2019-01-07"),
    ],
)
def test_what_arrives_after_hours_or_on_a_rest_day_arrives_on_the_next_working_day(at, day):
    assert working_days.arrival_day(vietnam(), hanoi(at)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "count",
    [
        lambda: working_days.is_working_day(vietnam(), date(2015, 12, 31)),
        lambda: working_days.add_working_days(vietnam(), date(2030, 12, 31), 1),
        lambda: working_days.add_working_days(vietnam(), date(2016, 1, 4), -1),
        lambda: working_days.add_working_days(vietnam(), date(2020, 1, 1), 10**9),
        lambda: working_days.add_calendar_days(vietnam(), date(2020, 1, 1), 10**9),
        lambda: working_days.shift(vietnam(), date(2030, 12, 20), Days(30, "d")),
        lambda: working_days.arrival_day(vietnam(), hanoi("2030-12-31 17:30")),
    ],
)
def test_beyond_the_covered_years_there_is_no_answer_but_a_named_error(count):
    with pytest.raises(OutsideCalendar) as refused:
        count()
    assert (refused.value.first, refused.value.last) == (date(2016, 1, 1), date(2030, 12, 31))
    assert isinstance(refused.value, WorkflowError)


def test_the_close_of_office_follows_a_zone_that_changes_its_clocks():
    berlin = Calendar(ZoneInfo("Europe/Berlin"), date(2018, 1, 1), date(2018, 12, 31))
    closes = [berlin.instant(date(2018, month, 1), berlin.closes).hour for month in (1, 7)]
    assert closes == [16, 15]


GOOD = {
    "zone": "Asia/Ho_Chi_Minh",
    "office": ["07:30-11:30", "13:00-17:00"],
    "covers": {"first": "2016-01-01", "last": "2016-12-31"},
    "days": [{"date": "2016-01-01", "kind": "holiday"}],
}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"zone": "Mars/Base"}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"office": []}, "office"),
        ({"office": ["8-17"]}, "office[0]"),
        ({"office": ["17:00-13:00"]}, "office[0]"),
        ({"covers": None}, "covers"),
        ({"covers": {"first": "2016-01-01", "last": "2015-01-01"}}, "covers"),
        ({"covers": {"first": "soon", "last": "2015-01-01"}}, "covers.first"),
        ({"days": {}}, "days"),
        ({"days": ["2016-01-01"]}, "days[0]"),
        ({"days": [{"date": "2016-01-01", "kind": "party"}]}, "days[0].kind"),
        ({"days": [{"date": "01/01/2016", "kind": "holiday"}]}, "days[0].date"),
        ({"days": GOOD["days"] * 2}, "days[1].date"),
    ],
)
def test_a_wrong_calendar_names_the_place_and_what_is_allowed(change, place):
    with pytest.raises(CalendarFault) as refused:
        calendar_of(GOOD | change)
    assert refused.value.place == place
    assert refused.value.allowed
    assert isinstance(refused.value, DefinitionError)

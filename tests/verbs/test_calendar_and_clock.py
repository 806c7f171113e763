"""The calendar as administrators edit it, and business time: machine time, or a demonstration's own clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.small_province import DEFINITIONS, NOW, Stage
from workflow import calendars
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.installation import business_time, calendar_days, shipping
from workflow.machine.calendar import OutsideCalendar
from workflow.machine.calendar.working_days import is_working_day
from workflow.storage.queries.settings import Day
from workflow.storage.session import Database

FRIDAY = date(2017, 11, 17)
DAY_OFF = Day(FRIDAY, "swap_off", "Nghỉ hoán đổi", "Day off", "QĐ 1/2017")


def test_an_edited_day_counts_at_once_and_can_be_cleared(database: Database, province: Stage):
    admin = province.people["admin"]
    with database.writing() as tx:
        assert is_working_day(calendars.calendar_of(tx), FRIDAY)
        calendar_days.set_day(tx, DAY_OFF, person_id=admin, now=NOW)
        assert not is_working_day(calendars.calendar_of(tx), FRIDAY)
        assert DAY_OFF in calendar_days.days(tx, 2017)
        calendar_days.clear_day(tx, FRIDAY, person_id=admin, now=NOW)
        assert is_working_day(calendars.calendar_of(tx), FRIDAY)
        assert [act.action for act in admin_acts.entries(tx, limit=2)] == ["calendar_day_cleared", "calendar_day_set"]


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (DAY_OFF._replace(kind="holyday"), Invalid),
        (DAY_OFF._replace(name_en=" "), Invalid),
        (DAY_OFF._replace(on_date=date(2100, 1, 1)), OutsideCalendar),
    ],
)
def test_a_day_is_refused(database: Database, province: Stage, day: Day, error: type[Exception]):
    with database.writing() as tx, pytest.raises(error):
        calendar_days.set_day(tx, day, person_id=province.people["admin"], now=NOW)


def test_only_administrators_edit_the_calendar(database: Database, province: Stage):
    with database.writing() as tx, pytest.raises(NotAllowed):
        calendar_days.set_day(tx, DAY_OFF, person_id=province.people["chairman"], now=NOW)


@pytest.mark.usefixtures("province")
def test_an_ordinary_day_has_nothing_to_clear(database: Database):
    with database.writing() as tx, pytest.raises(NotFound):
        calendar_days.clear_day(tx, FRIDAY, person_id=None, now=NOW)


@pytest.mark.usefixtures("province")
def test_a_restart_keeps_what_was_edited(database: Database):
    with database.writing() as tx:
        calendar_days.set_day(tx, DAY_OFF, person_id=None, now=NOW)
        shipping.ship(tx, DEFINITIONS, now=NOW)
        assert not is_working_day(calendars.calendar_of(tx), FRIDAY)


def test_business_time_is_machine_time_outside_a_demonstration(database: Database, province: Stage):
    with database.writing() as tx:
        assert not business_time.is_demo(tx)
        assert abs(business_time.read(tx) - tx.machine_now()) < timedelta(seconds=5)
        with pytest.raises(NotAllowed) as refused:
            business_time.move_to(tx, NOW, person_id=province.people["admin"])
    assert refused.value.code == "clock_is_real"


@pytest.mark.usefixtures("province")
def test_a_database_in_use_cannot_become_a_demonstration(database: Database):
    with database.writing() as tx, pytest.raises(NotAllowed):
        business_time.mark_demo(tx, starts_at=NOW)


@pytest.fixture
def demo(database: Database) -> Database:
    from tests.support import small_province

    with database.writing() as tx:
        business_time.mark_demo(tx, starts_at=NOW)
        small_province.build(tx)
    return database


def test_a_demonstrations_clock_starts_where_it_was_set_and_runs(demo: Database):
    with demo.reading() as tx:
        first = business_time.read(tx)
        assert NOW <= first < NOW + timedelta(seconds=60)
    with demo.reading() as tx:
        assert business_time.read(tx) >= first


def test_the_clock_moves_to_the_morning_of_the_next_working_day(demo: Database):
    with demo.writing() as tx:
        business_time.move_to(tx, datetime(2017, 11, 17, 9, tzinfo=UTC), person_id=None)
        moved = business_time.next_working_day(tx, person_id=None)
        assert moved == datetime(2017, 11, 20, 1, tzinfo=UTC)
        assert moved <= business_time.read(tx) < moved + timedelta(seconds=60)
        assert admin_acts.entries(tx, limit=1)[0].action == "clock_moved"


def test_the_clock_moves_to_a_date(demo: Database):
    with demo.writing() as tx:
        moved = business_time.move_to_date(tx, date(2018, 3, 1), person_id=None)
    assert moved == datetime(2018, 3, 1, 1, tzinfo=UTC)


def test_the_clock_never_moves_back(demo: Database):
    with demo.writing() as tx, pytest.raises(Invalid) as refused:
        business_time.move_to(tx, NOW - timedelta(days=1), person_id=None)
    assert refused.value.code == "clock_only_forward"


def test_the_clock_stays_within_the_calendar(demo: Database):
    with demo.writing() as tx, pytest.raises(OutsideCalendar):
        business_time.move_to(tx, datetime(2100, 1, 1, tzinfo=UTC), person_id=None)


def test_only_administrators_move_the_clock(demo: Database):
    from workflow.organisation import people

    with demo.writing() as tx:
        clerk = people.find_username(tx, "cucphuong.clerk").id
        with pytest.raises(NotAllowed):
            business_time.next_working_day(tx, person_id=clerk)

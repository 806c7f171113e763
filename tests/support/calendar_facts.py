"""The shipped calendar and a second, slow way to read it, for tests that compare the two."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import holidays
import yaml

from workflow.machine.calendar import Calendar, calendar_of

SHIPPED = Path(__file__).parents[2] / "definitions" / "calendar.yaml"
UTC_PLUS_7 = timedelta(hours=7)


@cache
def vietnam() -> Calendar:
    return calendar_of(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))


@cache
def exceptions() -> dict[date, str]:
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["days"]
    return {date.fromisoformat(row["date"]): row["kind"] for row in rows}


FIRST_OF_TWENTY, LAST_OF_TWENTY = 2011, 2030


@cache
def library() -> holidays.HolidayBase:
    """Twenty years of the Vietnamese calendar as the library knows it."""
    return holidays.country_holidays("VN", years=range(FIRST_OF_TWENTY, LAST_OF_TWENTY + 1))


@cache
def twenty_years() -> Calendar:
    """The same as a calendar of ours: Tết and other holidays, days swapped off, Saturdays swapped in."""
    days = [{"date": str(day), "kind": "worked"} for day in sorted(library().weekend_workdays)]
    days += [
        {"date": str(day), "kind": "holiday"} for day in sorted(library()) if day not in library().weekend_workdays
    ]
    covers = {"first": f"{FIRST_OF_TWENTY}-01-01", "last": f"{LAST_OF_TWENTY}-12-31"}
    shipped = yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.BaseLoader)
    return calendar_of(shipped | {"covers": covers, "days": days})


def is_worked(day: date) -> bool:
    return exceptions().get(day, "worked" if day.weekday() < 5 else "rest") == "worked"


def hanoi(text: str) -> datetime:
    """The instant of a wall-clock time in Vietnam, `2017-11-14 17:00`."""
    return (datetime.fromisoformat(text) - UTC_PLUS_7).replace(tzinfo=UTC)

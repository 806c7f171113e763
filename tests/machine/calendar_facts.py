"""The shipped calendar and a second, slow way to read it, for tests that compare the two."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml

from workflow.machine.calendars import Calendar, calendar_of

SHIPPED = Path(__file__).parents[2] / "definitions" / "calendar.yaml"
UTC_PLUS_7 = timedelta(hours=7)


@cache
def vietnam() -> Calendar:
    return calendar_of(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))


@cache
def exceptions() -> dict[date, str]:
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["days"]
    return {date.fromisoformat(row["date"]): row["kind"] for row in rows}


def is_worked(day: date) -> bool:
    return exceptions().get(day, "worked" if day.weekday() < 5 else "rest") == "worked"


def hanoi(text: str) -> datetime:
    """The instant of a wall-clock time in Vietnam, `2017-11-14 17:00`."""
    return (datetime.fromisoformat(text) - UTC_PLUS_7).replace(tzinfo=UTC)

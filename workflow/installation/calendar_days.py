"""Editing the calendar: administrators set a day and clear it; every edit is an administrator's act.

Knows who may edit and what a day may be; the machine counts days, `calendars` caches them.
"""

from datetime import date, datetime
from typing import Final, get_args

from workflow import calendars
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotFound
from workflow.machine.calendar import DayKind
from workflow.organisation import access
from workflow.storage.queries import settings
from workflow.storage.queries.settings import Day
from workflow.storage.session import Tx
from workflow.values import Json

LONGEST_TEXT: Final = 200
"""Characters of a day's name, and of the paper that sets it."""


def days(tx: Tx, year: int) -> list[Day]:
    """The days of a year that differ from their weekday."""
    return settings.calendar_days(tx, year=year)


def set_day(tx: Tx, day: Day, *, person_id: int | None, now: datetime) -> None:
    """Make a day a holiday, a day off for a swap, or a worked one."""
    access.require_admin(tx, person_id, now)
    calendars.calendar_of(tx).covered(day.on_date)
    if day.kind not in get_args(DayKind):
        raise Invalid("calendar_kind_unknown", field="kind", kind=day.kind)
    if not day.name_vi.strip() or not day.name_en.strip():
        raise Invalid("text_needed", field="name")
    for field, text in (("name_vi", day.name_vi), ("name_en", day.name_en), ("source", day.source)):
        if len(text) > LONGEST_TEXT:
            raise Invalid("text_too_long", field=field, most=LONGEST_TEXT)
    settings.put_days(tx, [day])
    facts: dict[str, Json] = {
        "on_date": day.on_date.isoformat(),
        "kind": day.kind,
        "name": day.name_vi,
        "source": day.source,
    }
    admin_acts.record(tx, "calendar_day_set", facts, person_id=person_id, at=now)
    calendars.advance(tx)


def clear_day(tx: Tx, on_date: date, *, person_id: int | None, now: datetime) -> None:
    """Let a day be an ordinary one of its weekday again."""
    access.require_admin(tx, person_id, now)
    if not settings.remove_day(tx, on_date):
        raise NotFound("calendar_day_unknown", on_date=on_date)
    facts: dict[str, Json] = {"on_date": on_date.isoformat()}
    admin_acts.record(tx, "calendar_day_cleared", facts, person_id=person_id, at=now)
    calendars.advance(tx)

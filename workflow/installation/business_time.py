"""Business time: the `now` of the rules. Machine time, except in demo mode, where it runs from a stored anchor.

Knows that only a demo's clock may be moved, only forward, and that a database is a demo from its first load or never.
The doors read the time here and pass `now` on; nothing below asks for the time.
"""

import json
from datetime import date, datetime, timedelta

from workflow import calendars
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed
from workflow.machine.calendar import MORNING
from workflow.machine.calendar import next_working_day as working_day_from
from workflow.organisation import access
from workflow.storage.queries import present, settings
from workflow.storage.queries.organisation import people
from workflow.storage.queries.present import CLOCK_ANCHOR, Present
from workflow.storage.session import Tx
from workflow.values import Json


def is_demo(tx: Tx) -> bool:
    """Whether this database was loaded as a demonstration."""
    return present.find(tx).anchor is not None


def read(tx: Tx) -> datetime:
    """Business time now; in a snapshot, the time of its first query."""
    return at(present.find(tx))


def at(moment: Present) -> datetime:
    """Business time at a moment of the database's clock."""
    return moment.machine_now if moment.anchor is None else _running(moment.anchor, moment.machine_now)


def mark_demo(tx: Tx, *, starts_at: datetime) -> None:
    """Make an empty database a demonstration whose clock starts at an instant; no other database can become one."""
    if is_demo(tx) or not people.is_empty(tx):
        raise NotAllowed("demo_needs_empty_database")
    settings.put(tx, CLOCK_ANCHOR, _anchor(starts_at, tx.machine_now()))


def move_to(tx: Tx, instant: datetime, *, person_id: int | None) -> datetime:
    """Move the demo's clock forward to an instant; everything due until then fires when the sweeper next looks."""
    anchor = settings.find(tx, CLOCK_ANCHOR)
    if anchor is None:
        raise NotAllowed("clock_is_real")
    machine_now = tx.machine_now()
    now = _running(anchor, machine_now)
    access.require_admin(tx, person_id, now)
    calendar = calendars.calendar_of(tx)
    if instant <= now:
        raise Invalid("clock_only_forward", field="instant", now=calendar.local(now))
    calendar.covered(calendar.local_date(instant))
    settings.put(tx, CLOCK_ANCHOR, _anchor(instant, machine_now))
    facts: dict[str, Json] = {"from": now.isoformat(), "to": instant.isoformat()}
    admin_acts.record(tx, "clock_moved", facts, person_id=person_id, at=instant)
    return instant


def next_working_day(tx: Tx, *, person_id: int | None) -> datetime:
    """Move the demo's clock to 08:00 of the next working day."""
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(read(tx))
    day = working_day_from(calendar, today + timedelta(days=1))
    return move_to(tx, calendar.instant(day, MORNING), person_id=person_id)


def move_to_date(tx: Tx, day: date, *, person_id: int | None) -> datetime:
    """Move the demo's clock to 08:00 of a day."""
    return move_to(tx, calendars.calendar_of(tx).instant(day, MORNING), person_id=person_id)


def _anchor(business: datetime, machine: datetime) -> str:
    return json.dumps({"business": business.isoformat(), "machine": machine.isoformat()})


def _running(anchor: str, machine_now: datetime) -> datetime:
    stored = {name: datetime.fromisoformat(text) for name, text in json.loads(anchor).items()}
    elapsed = max(machine_now - stored["machine"], timedelta())
    return stored["business"] + elapsed

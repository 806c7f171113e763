"""The installation's working calendar: kept as rows, handed out as `machine.calendar.Calendar`.

Knows when a cached calendar is still the one in the record (its revision names its content) and no counting rule.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from workflow.errors import NotFound
from workflow.machine.calendar import Calendar
from workflow.machine.calendar import working_days as machine
from workflow.storage.queries import present, settings
from workflow.storage.queries.present import CALENDAR_REVISION
from workflow.storage.queries.settings import Day
from workflow.storage.session import Tx
from workflow.values import Text

FRAME: Final = "calendar"
"""The setting that holds zone, office hours and covered span as JSON."""
_CACHED: Final = 64
"""Deciding history again needs all the calendars there were."""
_DIGITS: Final = 32

_cache: OrderedDict[str, Calendar] = OrderedDict()


def calendar_of(tx: Tx) -> Calendar:
    """The calendar as it stands; where it is cached, one small query, in a snapshot only the first time."""
    revision = present.find(tx).calendar_revision
    if revision is None:
        raise NotFound("calendar_missing")
    return at_revision(tx, revision)


def at_revision(tx: Tx, revision: str) -> Calendar:
    """The calendar as it stood at a revision, present or past; no query where it is cached.

    Raises `NotFound` for a revision that is not in the record, or whose content is not what its name says.
    """
    calendar = _cache.get(revision)
    if calendar is None:
        content = settings.kept_calendar(tx, revision)
        if content is None or _named(content) != revision.partition(":")[2]:
            raise NotFound("calendar_missing", revision=revision)
        calendar = _cache[revision] = replace(machine.calendar_of(json.loads(content)), revision=revision)
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return calendar


def local_date(tx: Tx, now: datetime) -> date:
    """The day it is in the installation's zone."""
    return calendar_of(tx).local_date(now)


def ship(tx: Tx, document: Mapping[str, object]) -> None:
    """Seed the calendar of a new database from the shipped document; an existing one stays as it was edited."""
    revision = settings.find(tx, CALENDAR_REVISION)
    if revision is not None:
        # In a record from before revisions were kept, at least the present one must be.
        if settings.kept_calendar(tx, revision) is None:
            advance(tx)
        return
    machine.calendar_of(document)
    frame = {key: document[key] for key in ("zone", "office", "covers")}
    settings.put(tx, FRAME, json.dumps(frame, sort_keys=True))
    rows = document["days"]
    assert isinstance(rows, list)  # noqa: S101 - machine.calendar_of has just refused anything else
    settings.put_days(tx, [_shipped(row) for row in rows])
    _keep(tx, count=1)


def advance(tx: Tx) -> None:
    """Name the present content anew after its days were edited, and keep it under that name."""
    count = (settings.find(tx, CALENDAR_REVISION) or "0").partition(":")[0]
    _keep(tx, count=int(count) + 1)


def _keep(tx: Tx, *, count: int) -> None:
    content = json.dumps(_document(tx), sort_keys=True)
    revision = f"{count}:{_named(content)}"
    settings.keep_calendar(tx, revision, content)
    settings.put(tx, CALENDAR_REVISION, revision)


def _named(content: str) -> str:
    """Name a content; the name also keeps two databases in one process from sharing a cached calendar."""
    return hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]


def _document(tx: Tx) -> dict[str, object]:
    frame: dict[str, object] = json.loads(settings.find(tx, FRAME) or "{}")
    rows = [{"date": day.on_date.isoformat(), "kind": day.kind} for day in settings.calendar_days(tx)]
    return {**frame, "days": rows}


def _shipped(row: Mapping[str, str]) -> Day:
    name = Text(*(part.strip() for part in row["name"].split("|", 1)))
    return Day(date.fromisoformat(row["date"]), row["kind"], name.vi, name.en, row.get("source", ""))

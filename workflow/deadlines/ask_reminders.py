"""Asking those once more whose answer an ask waits for: at most once a day, shown before it is done.

Knows how a day is kept to; who may ask whom the machine says (`Poll.remindable`). History knows nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from workflow import calendars, cases
from workflow.deadlines import notices
from workflow.errors import Invalid, NotAllowed
from workflow.machine.calendar import instant_text
from workflow.machine.deciding import Poll
from workflow.machine.words import ReminderWords, reminder_words
from workflow.storage.queries import notices as rows
from workflow.storage.queries.cases import case_pages
from workflow.storage.session import Tx
from workflow.values import Case

ACTION = "remind"


@dataclass(frozen=True, slots=True)
class AskReminder:
    """What would go to whom: the words, the names of the members, and of those who answer for them."""

    poll: Poll
    words: ReminderWords
    members: tuple[str, ...]
    substitutes: tuple[str, ...]


def preview(tx: Tx, code: str, ask: str, *, person_id: int, now: datetime) -> AskReminder:
    """Say what would be sent to whom; raises what `remind` raises, and writes nothing."""
    _, poll, members = _due(tx, code, ask, person_id=person_id, now=now)
    told = _told(tx, members, person_id=person_id, now=now)
    names = case_pages.names(tx, {*members, *told})
    others = tuple(names[person] for person in sorted(told.difference(members)))
    return AskReminder(poll, reminder_words(poll.ask), tuple(names[member] for member in members), others)


def remind(tx: Tx, code: str, ask: str, *, person_id: int, now: datetime) -> int:
    """Notify those whose answer is still waited for, who were not asked once more today; say how many members.

    Raises `CaseNotFound` as every verb of a case, `NotAllowed` where this person may ask nobody, `Invalid` where all
    were asked today.
    """
    case, poll, members = _due(tx, code, ask, person_id=person_id, now=now)
    due_at = instant_text(poll.due_at) if poll.due_at else None
    facts = json.dumps(
        {"state": case.state, "ask": ask, "action": ACTION, "due_at": due_at, notices.ASKED_AT: instant_text(now)}
    )
    today = calendars.calendar_of(tx).local_date(now)
    told = sorted(_told(tx, members, person_id=person_id, now=now))
    keys = _keys(case, ask, told, on=today)
    notices.notify(
        tx,
        (
            {
                "key": key,
                "person_id": person,
                "case_id": case.id,
                "seq": case.asks[ask].opened_version,
                "notice": notices.ASK_REMINDER,
                "facts": facts,
            }
            for person, key in zip(told, keys, strict=True)
        ),
    )
    return len(members)


def not_reminded(tx: Tx, case: Case, poll: Poll, *, now: datetime) -> tuple[int, ...]:
    """List the members of an ask who may be asked once more and were not today."""
    if not poll.remindable:
        return ()
    today = calendars.calendar_of(tx).local_date(now)
    keys = dict(zip(poll.remindable, _keys(case, poll.ask.name, poll.remindable, on=today), strict=True))
    there = rows.keys_of(tx, keys.values())
    return tuple(member for member, key in keys.items() if key not in there)


def _due(tx: Tx, code: str, ask: str, *, person_id: int, now: datetime) -> tuple[Case, Poll, tuple[int, ...]]:
    form = cases.form(tx, code, person_id=person_id, now=now)
    poll = next((poll for poll in form.polls if poll.ask.name == ask), None)
    if poll is None or not poll.remindable:
        raise NotAllowed("nobody_to_remind")
    members = not_reminded(tx, form.case, poll, now=now)
    if not members:
        raise Invalid("reminded_today")
    return form.case, poll, members


def _told(tx: Tx, members: tuple[int, ...], *, person_id: int, now: datetime) -> set[int]:
    """Find who is notified: the members and who substitutes for them, never whoever asks."""
    on_date = calendars.calendar_of(tx).local_date(now)
    return rows.at_desks(tx, (), members, on_date=on_date) - {person_id}


def _keys(case: Case, ask: str, people: Iterable[int], *, on: date) -> list[str]:
    put_at = case.asks[ask].opened_version
    return [f"{case.id}:{put_at}:{notices.ASK_REMINDER}:{ask}:{on}:{person}" for person in people]

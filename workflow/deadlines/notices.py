"""Notices: from those of a Plan to one notification a person and one letter each.

Knows who sits at a desk when the letters are written, not what they say (templates of `workers`) nor whom an act
notifies (the machine). Making the notifications of an act again changes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from workflow import calendars
from workflow.deadlines import jobs
from workflow.definitions import publishing
from workflow.machine.calendar import instant_of
from workflow.machine.deciding import TAKEN_BACK
from workflow.machine.words import ReminderWords, action_label, reminder_words
from workflow.storage.queries import notices as rows
from workflow.storage.queries.notices import LetterRow, NoticeRow
from workflow.storage.session import Tx
from workflow.values import Desk, Json, Text

TELL: Final = "tell"
LETTER: Final = "letter"
ASK_REMINDER: Final = "ask_reminder"
ASKED_AT: Final = "asked_at"
"""The fact of a reminder that is about no entry: when it was asked for."""
UNREAD_CAPPED_AT: Final = 100


@dataclass(frozen=True, slots=True)
class NotificationView:
    """One notification ready to be worded: the row, its facts, and the labels of what it names.

    `reminder` is what somebody is told whose answer is still waited for.
    """

    row: NoticeRow
    facts: Mapping[str, Json]
    state: Text
    action: Text
    due_at: datetime | None
    reminder: ReminderWords | None = None


def expand(tx: Tx, payload: Mapping[str, Any]) -> None:
    """Make the notifications of one history entry, and a letter job for each that is new.

    Nobody hears of an act that was taken back before that. Who had heard of it is told that it was.
    """
    if rows.is_taken_back(tx, payload["case"], payload["seq"]):
        return
    on_date = calendars.calendar_of(tx).local_date(instant_of(payload["at"]))
    notified = [row for notice in payload["tells"] for row in _rows(tx, notice, payload, on_date=on_date)]
    notify(tx, {row["key"]: row for row in notified}.values())


def notify(tx: Tx, notified: Iterable[Mapping[str, Any]]) -> int:
    """Make the notifications that are not there yet by their keys, and a letter job for each; say how many."""
    made = rows.add(tx, notified)
    for notification_id in made:
        jobs.add(tx, LETTER, f"{LETTER}:{notification_id}", {"notification": notification_id})
    return len(made)


def _rows(tx: Tx, notice: Mapping[str, Any], payload: Mapping[str, Any], *, on_date: Any) -> list[dict[str, Any]]:
    desks = [Desk(role, unit) for role, unit in notice["desks"]]
    case_id, seq, kind = payload["case"], payload["seq"], notice["notice"]
    if kind == TAKEN_BACK:
        people = rows.take_back(tx, case_id, seq - 1)
    else:
        people = rows.at_desks(tx, desks, notice["people"], on_date=on_date) - set(notice["excluded"])
    facts = json.dumps(notice["facts"], ensure_ascii=False)
    return [
        {
            "key": f"{case_id}:{seq}:{kind}:{person}",
            "person_id": person,
            "case_id": case_id,
            "seq": seq,
            "notice": kind,
            "facts": facts,
        }
        for person in sorted(people)
    ]


def find(tx: Tx, notification_id: int) -> NotificationView:
    """Return one notification ready to be worded."""
    return _ready(tx, rows.find(tx, notification_id))


def mine(tx: Tx, person_id: int, *, before: int | None = None, limit: int = 50) -> list[NotificationView]:
    """List a person's notifications, newest first."""
    return [_ready(tx, row) for row in rows.of_person(tx, person_id, before=before, limit=limit)]


def count_unread(tx: Tx, person_id: int) -> int:
    """Count the notifications a person has not read, at most `UNREAD_CAPPED_AT`."""
    return rows.count_unread(tx, person_id, cap=UNREAD_CAPPED_AT)


def mark_read(tx: Tx, person_id: int, *, up_to: int) -> None:
    """Mark a person's notifications as read, up to the newest one on the page."""
    rows.mark_read(tx, person_id, up_to=up_to)


def mark_case_read(tx: Tx, person_id: int, code: str) -> None:
    """Mark a person's notifications of one case as read."""
    rows.mark_case_read(tx, person_id, code)


def _ready(tx: Tx, row: NoticeRow) -> NotificationView:
    facts = json.loads(row.facts)
    definition = publishing.compiled(tx, row.definition)
    state = definition.states[facts["state"]]
    due_at, done = facts.get("due_at"), str(facts["action"])
    if ASKED_AT in facts:
        row = row._replace(at=instant_of(facts[ASKED_AT]), actor_name=None)
    return NotificationView(
        row,
        facts,
        state=state.label,
        # The engine's own acts have no label: the templates word them by their notice.
        action=action_label(definition, done, was=row.was) or Text(done, done),
        due_at=instant_of(due_at) if due_at else None,
        reminder=reminder_words(state.asks[facts["ask"]]) if row.notice == ASK_REMINDER else None,
    )


def letters(tx: Tx, *, before: int | None = None, limit: int = 50) -> list[LetterRow]:
    """List letters as they were or would have been sent, newest first: the outbox."""
    return rows.letters(tx, before=before, limit=limit)


def letter(tx: Tx, letter_id: int) -> LetterRow | None:
    """Return one letter of the outbox."""
    return rows.letter(tx, letter_id)


def letter_of(tx: Tx, notification_id: int) -> LetterRow | None:
    """Return the letter of a notification, None before it is written."""
    return rows.letter_of(tx, notification_id)


def write_letter(
    tx: Tx, notice: NotificationView, *, subject: str, body_text: str, body_html: str, message_id: str
) -> None:
    """Store a letter's words and its Message-ID before anything is sent; a second call changes nothing."""
    rows.write_letter(
        tx,
        {
            "notification_id": notice.row.id,
            "person_id": notice.row.person_id,
            "address": notice.row.email or "",
            "subject": subject,
            "body_text": body_text,
            "body_html": body_html,
            "message_id": message_id,
        },
    )


def count_transmission(tx: Tx, letter_id: int) -> None:
    """Count a hand-over to the mail server before it happens."""
    rows.count_transmission(tx, letter_id)


def mark_sent(tx: Tx, letter_id: int) -> None:
    """Note that the mail server took the letter."""
    rows.mark_sent(tx, letter_id)

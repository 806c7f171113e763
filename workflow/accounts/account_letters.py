"""Letters about one's account: an invitation, a new password asked for, what somebody changed.

Knows which letters there are and when one is owed, not how it is worded. The links in them are made when a letter is
handed over: neither the job nor the outbox, which administrators read, ever holds one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from workflow.accounts import one_time_links
from workflow.accounts.one_time_links import Purpose
from workflow.machine.calendar import instant_of
from workflow.storage import queue
from workflow.storage.queries import notices
from workflow.storage.queries.accounts import Recipient
from workflow.storage.queries.accounts import one_time_link_rows as rows
from workflow.storage.queries.notices import LetterRow
from workflow.storage.session import Tx
from workflow.values import Json

KIND: Final = "account_letter"
Letter = Literal["invitation", "reset", "credentials"]
Change = Literal[
    "password_chosen", "email_changed", "role_granted", "grant_ended", "deactivated", "reactivated", "link_made"
]
LINKS: Final[Mapping[str, Purpose]] = {"invitation": "invitation", "reset": "reset", "credentials": "lock"}
"""For which purpose the link in a letter is."""


@dataclass(frozen=True, slots=True)
class AccountLetter:
    """A letter ready to be worded. `facts` tell what was changed, by whom and when."""

    name: str
    recipient: Recipient
    address: str
    facts: Mapping[str, Json]
    at: datetime


def send_link(tx: Tx, person_id: int, letter: Letter, *, by: int | None, at: datetime, key: str) -> None:
    """Let a letter with a link go to a person."""
    _post(tx, letter, person_id, {"by": by}, at=at, key=key)


def tell(
    tx: Tx,
    person_id: int,
    change: Change,
    *,
    by: int | None,
    at: datetime,
    act: int,
    facts: Mapping[str, Json] | None = None,
    address: str | None = None,
) -> None:
    """Tell a person what was changed about the account, in a letter of its own; `act` is the entry that says so.

    `address` None is where the person is reached now. What was done in the moment in which somebody was added belongs
    to adding, of which the invitation tells.
    """
    recipient = rows.recipient(tx, person_id)
    if recipient is None or recipient.created_at == at:
        return
    told: dict[str, Json] = {"change": change, "by": by, **(facts or {})}
    _post(tx, "credentials", person_id, told, at=at, key=f"{act}:{person_id}:{address or ''}", address=address)


def find(tx: Tx, payload: Mapping[str, Any]) -> AccountLetter | None:
    """Return what a job is to word; None where the person is gone, or may not sign in and would be let in."""
    recipient = rows.recipient(tx, payload["person"])
    if recipient is None or (payload["letter"] != "credentials" and not recipient.active):
        return None
    facts = dict(payload["facts"])
    author = rows.recipient(tx, facts["by"]) if facts.get("by") else None
    facts["author"] = author.full_name if author else None
    address = payload.get("address") or recipient.email or ""
    return AccountLetter(payload["letter"], recipient, address, facts, instant_of(payload["at"]))


def write(tx: Tx, letter: AccountLetter, *, subject: str, body_text: str, body_html: str, message_id: str) -> None:
    """Keep a letter's words, without its link."""
    notices.write_letter(
        tx,
        {
            "notification_id": None,
            "person_id": letter.recipient.id,
            "address": letter.address,
            "subject": subject,
            "body_text": body_text,
            "body_html": body_html,
            "message_id": message_id,
        },
    )


def written(tx: Tx, message_id: str) -> LetterRow | None:
    """Return the letter that is kept under a Message-ID."""
    return notices.letter_by_message_id(tx, message_id)


def link_of(tx: Tx, letter: AccountLetter) -> str:
    """Make the link for a letter that is handed over now, and return its token."""
    by = letter.facts.get("by")
    made_by = by if isinstance(by, int) else None
    return one_time_links.make(tx, letter.recipient.id, LINKS[letter.name], made_by=made_by)


def _post(
    tx: Tx,
    letter: Letter,
    person_id: int,
    facts: Mapping[str, Json],
    *,
    at: datetime,
    key: str,
    address: str | None = None,
) -> None:
    instant = at.astimezone(UTC).isoformat()
    payload = {"letter": letter, "person": person_id, "facts": facts, "at": instant, "address": address}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    job_id = queue.insert(tx, kind=KIND, key=f"{KIND}:{letter}:{key}"[:200], payload=text, hold_seconds=0)
    if job_id is not None:
        tx.jobs_to_ring.append(job_id)

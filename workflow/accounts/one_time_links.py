"""One-time links: whoever has one chooses a password, or locks the account, once and within a time.

Knows tokens of 256 bits, of which only the hash is kept, and how long each purpose lasts, in machine time. A link that
lets choose a password takes the place of those before it. A link is spent by a form that is sent, never by a visit:
programs that read letters visit links.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Literal

from workflow.accounts.signing_in import digest
from workflow.storage.queries.accounts import OneTimeLinkView
from workflow.storage.queries.accounts import one_time_link_rows as rows
from workflow.storage.session import Tx

Purpose = Literal["invitation", "reset", "slip", "console", "lock"]
LASTS: Final[Mapping[Purpose, timedelta]] = {
    "invitation": timedelta(hours=72),
    "reset": timedelta(minutes=10),
    "slip": timedelta(hours=72),
    "console": timedelta(hours=1),
    "lock": timedelta(hours=72),
}
LOCK: Final = "lock"
CHOOSES_PASSWORD: Final = tuple(purpose for purpose in LASTS if purpose != LOCK)


def make(tx: Tx, person_id: int, purpose: Purpose, *, made_by: int | None) -> str:
    """Make a link and return its token, which is kept nowhere."""
    token, now = secrets.token_urlsafe(32), tx.machine_now()
    if purpose != LOCK:
        rows.drop(tx, person_id, CHOOSES_PASSWORD)
    until = now + LASTS[purpose]
    rows.add(tx, digest(token), person_id, purpose=purpose, made_by=made_by, made_at=now, until=until)
    return token


def find(tx: Tx, token: str) -> OneTimeLinkView | None:
    """Find a link that can still be spent: its time is not over, and its person has an account in use."""
    link = rows.find(tx, digest(token))
    return link if link is not None and link.active and link.expires_at > tx.machine_now() else None


def spend(tx: Tx, token: str) -> bool:
    """Spend a link; False when somebody has spent it before, or its time is over."""
    return rows.spend(tx, digest(token), now=tx.machine_now())

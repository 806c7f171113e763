"""Throttles: attempts that failed are counted by subject, and refused unread for a growing time once they are too many.

Knows machine time only. A subject is a user name, an address, the code of a case: whatever somebody might guess at.
An attempt is counted as failed before it is looked at, so that a hundred attempts at once count as a hundred; whoever
succeeds takes it back.
"""

from datetime import datetime, timedelta
from typing import Final

from workflow.storage.queries.accounts import sessions
from workflow.storage.session import Tx

FIRST_DELAY: Final = timedelta(seconds=2)
LONGEST_DELAY: Final = timedelta(minutes=15)
FORGIVEN_AFTER: Final = timedelta(hours=24)


def count(tx: Tx, subject: str, *, free: int) -> datetime | None:
    """Count an attempt as failed. Return until when attempts are refused, if this one is; None if it counts."""
    now = tx.machine_now()
    failures = sessions.count_failure(tx, subject, now=now, forgiven=now - FORGIVEN_AFTER)
    if failures is None:
        return sessions.silent_until(tx, subject)
    delay = FIRST_DELAY * 2 ** min(failures - free, 16) if failures >= free else None
    sessions.silence(tx, subject, until=None if delay is None else now + min(delay, LONGEST_DELAY))
    return None


def take_back(tx: Tx, subject: str) -> None:
    """Take back the attempt that was counted last, because it succeeded."""
    sessions.take_back(tx, subject)


def forget(tx: Tx, subject: str) -> None:
    """Let a subject begin anew."""
    sessions.forget_throttle(tx, subject)

"""Whose move it is: the list of everything that waits for one person, at their desks or through a substitution.

Applying a Plan wrote the answers down as rows; this reads them and knows no rule. Doors that let somebody act ask
`cases.act`, which authorises again. Called by `web`.
"""

from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.storage.queries import inbox
from workflow.storage.session import Tx

CAPPED_AT = 100
"""My turn is counted up to here: nobody needs the exact number of a list that long, and it costs a scan."""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of my turn, most urgent first; `after` is where the next one begins, None at the end."""

    rows: tuple[inbox.TurnRow, ...]
    after: str | None


def my_turn(tx: Tx, *, person_id: int, now: datetime, after: str | None = None, limit: int = 50) -> Page:
    """List everything that waits for this person now, the nearest deadline first, undated last."""
    today = calendars.calendar_of(tx).local_date(now)
    rows = inbox.my_turn(tx, person_id, on_date=today, after=after, limit=limit + 1)
    more = len(rows) > limit
    return Page(tuple(rows[:limit]), inbox.cursor(rows[limit - 1]) if more else None)


def count_my_turn(tx: Tx, *, person_id: int, now: datetime) -> int:
    """Count the turns that wait for this person, at most `CAPPED_AT`."""
    today = calendars.calendar_of(tx).local_date(now)
    return inbox.count_my_turn(tx, person_id, on_date=today, cap=CAPPED_AT)

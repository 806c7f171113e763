"""One's own deadlines as a calendar that other programs subscribe to (RFC 5545), at an address that only its owner has.

The address is a keyed digest of the person and of how often it was made anew, so it is shown again whenever its owner
asks, and kept nowhere. There is none until somebody asks for one, and none any more once they switch it off. An event
says code, kind, unit and state: no title, which may be the name of somebody.
"""

import hmac
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from workflow import calendars
from workflow.canonical import canonical
from workflow.cases import assignments
from workflow.errors import NotFound
from workflow.machine.calendar import due_on
from workflow.organisation import people
from workflow.storage.queries.accounts import lookups
from workflow.storage.session import Tx
from workflow.values import Text

MOST_EVENTS: Final = 200
_PURPOSE: Final = "trinh/1/calendar"
_LONGEST_LINE: Final = 75
"""Bytes of a line; longer ones go on in the next, which begins with a space."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def feed_token(tx: Tx, person_id: int, *, secret: str) -> str | None:
    """Return what stands in the address of somebody's calendar; None where it is switched off."""
    renewals = lookups.find_feed(tx, person_id)
    return None if renewals is None else _token(secret, person_id, renewals)


def switch_on(tx: Tx, person_id: int, *, now: datetime) -> None:
    """Give somebody a calendar at a new address; an address that they had before is worth nothing any more."""
    lookups.renew_feed(tx, person_id, is_on=True, at=now)


def switch_off(tx: Tx, person_id: int, *, now: datetime) -> None:
    """Take somebody's calendar away."""
    lookups.renew_feed(tx, person_id, is_on=False, at=now)


def feed(tx: Tx, person_id: int, token: str, *, secret: str, now: datetime) -> str:
    """Write the deadlines that wait for somebody; raises `NotFound` for whoever has not their address."""
    expected = feed_token(tx, person_id, secret=secret)
    if expected is None or not hmac.compare_digest(token.encode(), expected.encode()):
        raise NotFound("calendar_feed_unknown")
    person = people.find(tx, person_id)
    if not person.active:
        raise NotFound("calendar_feed_unknown")
    turns = assignments.my_turn(tx, person_id=person_id, now=now, limit=MOST_EVENTS).rows
    calendar = calendars.calendar_of(tx)
    dated = [(turn, due_on(calendar, turn.due_at)) for turn in turns if turn.due_at]
    return written(dated, language=person.language, now=now)


def written(turns: Iterable[tuple[assignments.TurnView, date]], *, language: str, now: datetime) -> str:
    """Write turns with the days they are due as a calendar: events of a whole day, each under a name that stays."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//trinh//deadlines//VI", "X-WR-CALNAME:Trình"]
    for turn, day in turns:
        lines += _event(turn, day, language=language, now=now)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(turn: assignments.TurnView, day: date, *, language: str, now: datetime) -> Iterator[str]:
    def said(text: Text) -> str:
        return text.en if language == "en" else text.vi

    about = " · ".join((turn.code, said(turn.kind), turn.unit_name, said(turn.ask or turn.state)))
    slot = sha256((turn.ask or turn.state).vi.encode()).hexdigest()[:8]
    yield from ("BEGIN:VEVENT", f"UID:{turn.code}-{slot}@trinh", f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}")
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{about.translate(_ESCAPED)}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 bytes, never within a letter."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece


def _token(secret: str, person_id: int, renewals: int) -> str:
    return hmac.new(secret.encode(), canonical([_PURPOSE, person_id, renewals]), sha256).hexdigest()

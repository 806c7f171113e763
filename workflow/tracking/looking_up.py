"""Looking a case up from outside, by its code and PIN: its kind, where it stands, the dates. No name of anybody.

A code that does not exist, a case that was not handed in and a wrong PIN are answered alike. Guesses are counted by
code and by address before they are looked at.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflow.accounts import throttles
from workflow.storage.queries.accounts import lookups
from workflow.storage.session import Database, Tx
from workflow.tracking.handling import Handling
from workflow.tracking.pins import is_pin, pin_of
from workflow.tracking.promises import Lateness, Promise
from workflow.tracking.tracks import course_of, whole_case
from workflow.values import Text, Tone

FREE_GUESSES: Final = 10
"""At one case."""
FREE_GUESSES_OF_ADDRESS: Final = 30
"""More than at one case, because a whole office shares one address."""
_LONGEST_CODE: Final = 64
_NO_CASE: Final = 0


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What is told of a case to whoever has its receipt; `since` is when it came to where it stands."""

    code: str
    kind: Text
    state: Text
    outcome: Tone | None
    since: datetime
    handling: Handling
    promise: Promise | None
    lateness: Lateness | None


@dataclass(frozen=True, slots=True)
class NotLookedUp:
    """No such case under such a PIN. `until`: attempts are refused unread before that moment of machine time."""

    until: datetime | None = None


def look_up(
    database: Database, code: str, pin: str, *, secret: str, address: str, now: datetime
) -> LookedUp | NotLookedUp:
    """Tell where a case stands, to somebody who knows its code and PIN."""
    wanted = code.strip().upper()[:_LONGEST_CODE]
    subjects = {f"lookup-from:{address}": FREE_GUESSES_OF_ADDRESS, f"lookup:{wanted}": FREE_GUESSES}
    with database.writing() as tx:
        for subject, free in subjects.items():
            until = throttles.count(tx, subject, free=free)
            if until is not None:
                return NotLookedUp(until)
        answer = _find(tx, wanted, pin, secret=secret, now=now)
        if answer is None:
            return NotLookedUp()
        for subject in subjects:
            throttles.take_back(tx, subject)
        return answer


def _find(tx: Tx, code: str, pin: str, *, secret: str, now: datetime) -> LookedUp | None:
    row = lookups.find(tx, code)
    # For a code that does not exist a PIN is worked out and compared too, so that the answer takes as long.
    expected = pin_of(secret, row.case_id if row else _NO_CASE, row.renewals if row else 0)
    if not is_pin(pin, expected) or row is None:
        return None
    case = whole_case(tx, row.code)
    course = course_of(tx, case, now=now)
    if course.handling.handed_in_at is None:
        return None
    definition = course.definition
    return LookedUp(
        code=case.code,
        kind=definition.title,
        state=definition.states[case.state].label,
        outcome=case.outcome,
        since=case.entered_at,
        handling=course.handling,
        promise=course.promise,
        lateness=course.lateness,
    )

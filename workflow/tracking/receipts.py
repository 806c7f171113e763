"""The receipt of a case that was handed in: who took it in when, and by when the answer is promised.

It always says what holds now: when the promise moves, the receipt that is printed next is a new one.
"""

from dataclasses import dataclass
from datetime import datetime

from workflow.cases import CaseView
from workflow.errors import CaseNotFound, NotAllowed
from workflow.storage.queries.accounts import lookups
from workflow.storage.session import Tx
from workflow.tracking.handling import Handling
from workflow.tracking.pins import pin_of
from workflow.tracking.promises import Lateness, Promise
from workflow.tracking.tracks import course_of, whole_case


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says beside what its case shows; `reissued_at` is when the promise moved last.

    `agency` is the unit to whose desk the case came; `handed_in_by` who did that, where the reader may see it.
    """

    agency: str
    handed_in_by: str | None
    handling: Handling
    promise: Promise | None
    lateness: Lateness | None
    reissued_at: datetime | None
    pin: str
    may_renew: bool


def receipt(tx: Tx, view: CaseView, *, secret: str, now: datetime) -> Receipt | None:
    """Make the receipt of a case for somebody who sees it; None where it has not been handed in to anybody.

    Raises `CaseNotFound` for whoever sees only what is public of it.
    """
    row = lookups.find(tx, view.case.code)
    if not view.entries or row is None:
        raise CaseNotFound(view.case.code)
    course = course_of(tx, whole_case(tx, view.case.code), view.entries, now=now)
    handed_in_at = course.handling.handed_in_at
    if handed_in_at is None:
        return None
    shifts = course.promise.shifts if course.promise else ()
    return Receipt(
        agency=lookups.taken_by(tx, view.case.id, since=handed_in_at) or view.head.unit_name,
        handed_in_by=next((entry.person for entry in reversed(view.entries) if entry.at == handed_in_at), None),
        handling=course.handling,
        promise=course.promise,
        lateness=course.lateness,
        reissued_at=shifts[-1].at if shifts else None,
        pin=pin_of(secret, row.case_id, row.renewals),
        may_renew=_is_of_unit(view),
    )


def renew_pin(tx: Tx, view: CaseView, *, now: datetime) -> None:
    """Give a case a new PIN; the one on receipts printed before is worth nothing then. Only for people of its unit."""
    if not _is_of_unit(view) or view.actor.person is None:
        raise NotAllowed("only_people_of_the_unit")
    lookups.renew(tx, view.case.id, person_id=view.actor.person, at=now)


def _is_of_unit(view: CaseView) -> bool:
    return any(desk.unit == view.case.unit for desk in view.actor.desks)

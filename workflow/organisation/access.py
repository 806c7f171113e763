"""The one gate: the desks somebody may act at, the cases they may know of, and who administers or audits.

Knows grants and substitutions as of a day; knows no rule of any definition (the machine decides who may act from the
Actor that is loaded here).
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from typing import Final, TypeVar

from workflow import calendars
from workflow.errors import NotAllowed
from workflow.storage.queries import present
from workflow.storage.queries.organisation import Surroundings, grants
from workflow.storage.session import Tx
from workflow.values import Actor, Case

Value = TypeVar("Value")

ADMIN: Final = "admin"
AUDITOR: Final = "auditor"
"""The two roles that the engine itself knows; they count at the top of the tree only."""


def standing(tx: Tx, person_id: int, *, now: datetime) -> Actor:
    """Load the desks and substitutions a person has at a moment; somebody inactive has none."""
    return standing_on(tx, person_id, on_date=calendars.local_date(tx, now))


def standing_on(tx: Tx, person_id: int, *, on_date: date) -> Actor:
    """Load the same for a day."""
    return present.organisation_of(tx).actor(person_id, on_date)


def surroundings(tx: Tx, unit: int) -> Surroundings:
    """Return the organisation seen from a unit; with it, loading facts needs no query for seats."""
    return Surroundings(present.organisation_of(tx), unit)


def remembered(tx: Tx, key: Hashable, find: Callable[[], Value]) -> Value:
    """Find something that no act but an administrator's changes, once after each of these."""
    return present.organisation_of(tx).once(key, find)


def may_see(tx: Tx, case: Case, person_id: int, *, now: datetime) -> bool:
    """Whether a person may know of a case.

    A person may who holds, in their own right or as a substitute, a desk at its unit, a desk above it whose role sees
    below, a desk of its block or a desk at which the case ever waited, or who was ever asked about it by name.
    """
    on_date = calendars.local_date(tx, now)
    return grants.may_see(tx, person_id, case_id=case.id, unit_id=case.unit, on_date=on_date)


def known(tx: Tx, cases: Iterable[Case], person_id: int, *, now: datetime) -> set[int]:
    """Find the ids of those cases that a person may know of, by the rule of `may_see`."""
    return grants.known(tx, person_id, [case.id for case in cases], on_date=calendars.local_date(tx, now))


def is_admin(tx: Tx, person_id: int, *, now: datetime) -> bool:
    """Whether a person administers the installation; substitutes do not."""
    return grants.holds_at_root(tx, person_id, role=ADMIN, on_date=calendars.local_date(tx, now))


def offices(tx: Tx, person_id: int, *, now: datetime) -> frozenset[str]:
    """The roles a person holds at the top of the installation in their own right: `ADMIN`, `AUDITOR` or others."""
    organisation = present.organisation_of(tx)
    return organisation.roles_at_root(person_id, on_date=calendars.local_date(tx, now))


def require_admin(tx: Tx, person_id: int | None, now: datetime) -> None:
    """Refuse anybody but an administrator; None is the operator at the machine itself, or the shipped data."""
    if person_id is not None and not is_admin(tx, person_id, now=now):
        raise NotAllowed("only_administrators")

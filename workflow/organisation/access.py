"""The one gate: in which right somebody stands before the engine, which cases they may know of, who administers.

Knows grants and substitutions as of a day; knows no rule of any definition (who may act is decided by the machine from
the Actor made here). Called by every verb and by the doors.
"""

from datetime import date, datetime
from typing import Final

from workflow import calendars
from workflow.errors import NotAllowed
from workflow.storage.queries import present
from workflow.storage.queries.organisation import Surroundings, grants
from workflow.storage.session import Tx
from workflow.values import Actor, Case

ADMIN: Final = "admin"
AUDITOR: Final = "auditor"
"""The two roles that the engine itself knows; they count at the top of the tree only."""


def standing(tx: Tx, person_id: int, *, now: datetime) -> Actor:
    """The desks and substitutions a person has at a moment; somebody inactive has none."""
    return standing_on(tx, person_id, on_date=calendars.local_date(tx, now))


def standing_on(tx: Tx, person_id: int, *, on_date: date) -> Actor:
    """The same for callers that know the day already."""
    return present.organisation_of(tx).actor(person_id, on_date)


def surroundings(tx: Tx, unit: int) -> Surroundings:
    """Who sits where, seen from a unit: what loads facts then asks for no seats."""
    return Surroundings(present.organisation_of(tx), unit)


def may_see(tx: Tx, case: Case, person_id: int, *, now: datetime) -> bool:
    """Whether a person may know of a case.

    Desks at its unit, desks above it whose role sees below, its block's, and every desk or person it was ever put
    before; own or lent.
    """
    on_date = calendars.local_date(tx, now)
    return grants.may_see(tx, person_id, case_id=case.id, unit_id=case.unit, on_date=on_date)


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

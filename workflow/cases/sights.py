"""What one person sees of a case: nothing, what its state makes public, or as much of its form as the state lets them.

Asks `organisation.access` and the machine; knows no rule.
"""

from dataclasses import dataclass
from datetime import date, datetime

from workflow import calendars
from workflow.cases import facts
from workflow.definitions import publishing
from workflow.machine.case import public_fields, readers, seen_by
from workflow.machine.deciding import sight_needs
from workflow.organisation import access
from workflow.storage.session import Tx
from workflow.values import Actor, Case


@dataclass(frozen=True, slots=True)
class Sight:
    """The fields and lists that somebody sees; `whole`: all of them. `known`: they see more than the public."""

    fields: frozenset[str]
    whole: bool
    known: bool


def sight_of(tx: Tx, case: Case, person_id: int, *, now: datetime) -> Sight | None:
    """Say what a person sees of a case; None where they may not know that there is one."""
    if not access.may_see(tx, case, person_id, now=now):
        return public_sight(tx, case)
    today = calendars.local_date(tx, now)
    return known_sight(tx, case, access.standing_on(tx, person_id, on_date=today), on_date=today)


def public_sight(tx: Tx, case: Case) -> Sight | None:
    """Say what somebody who may not know of a case sees of it; None: nothing."""
    definition = publishing.compiled(tx, case.definition)
    shown = public_fields(definition, definition.states[case.state])
    return Sight(shown, whole=False, known=False) if shown else None


def known_sight(tx: Tx, case: Case, actor: Actor, *, on_date: date) -> Sight:
    """Say what somebody who may know of a case sees of it."""
    definition = publishing.compiled(tx, case.definition)
    if not readers(definition.states[case.state]):
        return Sight(seen_by(definition, case, actor=actor, facts=facts.NO_FACTS), whole=True, known=True)
    surroundings = access.surroundings(tx, case.unit)
    known = facts.find(tx, case, sight_needs(definition, case), on_date=on_date, surroundings=surroundings).facts
    fields = seen_by(definition, case, actor=actor, facts=known)
    return Sight(fields, whole=fields.issuperset(definition.fields), known=True)

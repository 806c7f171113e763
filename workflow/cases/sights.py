"""What one person sees of a case: nothing, what its state makes public, or as much of its form as the state lets them.

Asks the gate and the machine; knows no rule. Called by `case_views` and `documents`.
"""

from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.cases import facts
from workflow.definitions import publishing
from workflow.machine.case import public_fields, readers, seen_by
from workflow.machine.deciding import sight_needs
from workflow.organisation import access
from workflow.storage.session import Tx
from workflow.values import Case


@dataclass(frozen=True, slots=True)
class Sight:
    """The fields and lists that somebody sees; `whole`: nothing is kept from them. `known`: more than the public."""

    fields: frozenset[str]
    whole: bool
    known: bool


def sight_of(tx: Tx, case: Case, person_id: int, *, now: datetime) -> Sight | None:
    """Say what a person sees of a case; None: not even that there is one."""
    definition = publishing.compiled(tx, case.definition)
    state = definition.states[case.state]
    if not access.may_see(tx, case, person_id, now=now):
        shown = public_fields(definition, state)
        return Sight(shown, whole=False, known=False) if shown else None
    today = calendars.local_date(tx, now)
    closed = bool(readers(state))
    found = facts.find(tx, case, sight_needs(definition, case), on_date=today).facts if closed else facts.NO_FACTS
    actor = access.standing_on(tx, person_id, on_date=today)
    fields = seen_by(definition, case, actor=actor, facts=found)
    return Sight(fields, whole=not closed or fields.issuperset(definition.fields), known=True)

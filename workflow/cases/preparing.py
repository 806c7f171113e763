"""Who may type into a case before anybody acts: those to whom the machine offers an act, and the fields it offers.

Holds no rule of its own.
"""

from datetime import datetime

from workflow import calendars
from workflow.cases import facts
from workflow.definitions import publishing
from workflow.errors import CaseNotFound, NotAllowed
from workflow.machine.deciding import offer_needs, offers
from workflow.organisation import access
from workflow.storage.queries.cases import ForAct
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.values import Case


def prepared_case(tx: Tx, code: str, *, person_id: int, now: datetime) -> tuple[Case, frozenset[str]]:
    """Load a case, locked, with the fields and lists that a person may change or hand in now.

    Raises `CaseNotFound` for a stranger, `NotAllowed` for somebody whose turn it is not.
    """
    loaded = records.load_for_act(tx, code)
    if loaded is None:
        raise CaseNotFound(code)
    fields = _writable(tx, loaded, person_id=person_id, now=now)
    if fields:
        return loaded.case, fields
    # Whoever may write may know of the case. Only a refusal could tell a stranger that the case exists.
    if not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    raise NotAllowed("not_yours_to_prepare")


def _writable(tx: Tx, loaded: ForAct, *, person_id: int, now: datetime) -> frozenset[str]:
    case, calendar = loaded.case, calendars.at_revision(tx, loaded.calendar_revision)
    today = calendar.local_date(now)
    definition = publishing.compiled(tx, case.definition)
    known = facts.find(tx, case, offer_needs(definition, case), on_date=today, surroundings=loaded.surroundings)
    offered = offers(
        definition,
        case,
        actor=loaded.surroundings.actor(person_id, on_date=today),
        facts=known.facts,
        now=now,
        calendar=calendar,
        definitions=known.definitions,
    )
    return frozenset(name for offer in offered for name in (*offer.requires, *offer.edits, *offer.lists))

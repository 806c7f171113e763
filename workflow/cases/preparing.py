"""Who may type into a case before anybody acts: those to whom the machine offers an act, and the fields it offers.

Holds no rule of its own. Called by `drafts` and `documents`.
"""

from datetime import datetime

from workflow import calendars
from workflow.cases import facts
from workflow.definitions import publishing
from workflow.errors import CaseNotFound, NotAllowed
from workflow.machine.deciding import offer_needs, offers
from workflow.organisation import access
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.values import Case


def writable(tx: Tx, case: Case, *, person_id: int, now: datetime) -> frozenset[str]:
    """Return the fields and lists of a case that a person may change or hand in now."""
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    definition = publishing.compiled(tx, case.definition)
    found = facts.find(tx, case, offer_needs(definition, case), on_date=today)
    offered = offers(
        definition,
        case,
        actor=access.standing_on(tx, person_id, on_date=today),
        facts=found.facts,
        now=now,
        calendar=calendar,
        definitions=found.definitions,
    )
    return frozenset(name for offer in offered for name in (*offer.requires, *offer.edits, *offer.lists))


def prepared_case(tx: Tx, code: str, *, person_id: int, now: datetime) -> tuple[Case, frozenset[str]]:
    """Load a case, locked, with the fields a person may write.

    Raises `CaseNotFound` for a stranger, `NotAllowed` for somebody whose turn it is not.
    """
    loaded = records.load(tx, code)
    if loaded is None or not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    fields = writable(tx, loaded.case, person_id=person_id, now=now)
    if not fields:
        raise NotAllowed("not_yours_to_prepare")
    return loaded.case, fields

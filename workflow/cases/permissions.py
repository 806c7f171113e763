"""What one person may see of a case and may type into it, before anybody acts.

Asks `organisation.access` and the machine; knows no rule.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from workflow import calendars
from workflow.cases import facts
from workflow.definitions import publishing
from workflow.errors import CaseNotFound, NotAllowed
from workflow.machine.case import public_fields, readers, seen_by
from workflow.machine.deciding import offer_needs, offers, sight_needs
from workflow.organisation import access
from workflow.storage.queries.cases import ForAct
from workflow.storage.queries.cases import loaded_cases as records
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


def sights_of(tx: Tx, cases: Collection[Case], person_id: int, *, now: datetime) -> dict[int, Sight]:
    """Say what a person sees of cases, by their ids; those that they may not know of are left out."""
    known = access.known(tx, cases, person_id, now=now) if cases else set()
    today = calendars.local_date(tx, now)
    actor = access.standing_on(tx, person_id, on_date=today)
    sights = {
        case.id: known_sight(tx, case, actor, on_date=today) if case.id in known else public_sight(tx, case)
        for case in cases
    }
    return {case_id: sight for case_id, sight in sights.items() if sight is not None}


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


def writable(tx: Tx, code: str, *, person_id: int, now: datetime) -> frozenset[str]:
    """Name the fields and lists of a case that a person may change or hand in now."""
    loaded = records.load_for_act(tx, code)
    return frozenset() if loaded is None else _writable(tx, loaded, person_id=person_id, now=now)


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

"""Everything about one case that a person who may see it reads on one page, and what they may do there.

Asks the machine for the offers and the record for the rest; decides nothing. Called by the doors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow import access, calendars, documents, drafts, facts, histories, members, params, publishing
from workflow.errors import CaseNotFound
from workflow.machine.deciding import joined, offer_needs, offers
from workflow.machine.definition import Definition
from workflow.machine.needing import needs, poll_needs
from workflow.machine.polling import Poll, polls
from workflow.machine.sharing import Sharing, sharing
from workflow.storage.queries import case_pages
from workflow.storage.queries import cases as records
from workflow.storage.queries.case_pages import Head, LinkedCase, TurnAt
from workflow.storage.queries.figures import RegimeView
from workflow.storage.session import Tx
from workflow.values import ASSIGN, CLAIM, Act, Actor, Case, Offer, Text


@dataclass(frozen=True, slots=True)
class LinkView:
    """A linked case with the label of its state."""

    case: LinkedCase
    state: Text


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a page shows it.

    `names` has the full name of everybody an offer's refusal says could act, of everybody who is asked, and of those to
    whom a turn was or may be handed. `lists` are the cases on each list of its definition, `links` all linked ones.
    `figures` are what the case pinned of the definition's params, with the layer and the paper that set them.
    """

    case: Case
    definition: Definition
    head: Head
    actor: Actor
    offers: tuple[Offer, ...]
    turns: tuple[TurnAt, ...]
    names: Mapping[int, str]
    links: tuple[LinkView, ...]
    lists: Mapping[str, tuple[members.Member, ...]]
    polls: tuple[Poll, ...]
    sharing: Sharing
    draft: drafts.DraftView | None
    documents: tuple[documents.DocumentView, ...]
    entries: tuple[histories.EntryView, ...]
    regime: RegimeView | None
    figures: tuple[params.Pinned, ...]


def view(tx: Tx, code: str, *, person_id: int, now: datetime) -> CaseView:
    """Show a case; raises `CaseNotFound` for one that does not exist or that this person may not know of."""
    loaded = records.load_for_act(tx, code)
    if loaded is None or not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    case = loaded.case
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    definition = publishing.compiled(tx, case.definition)
    actor = access.standing_on(tx, person_id, on_date=today)
    wanted = joined([offer_needs(definition, case), poll_needs(definition, case), needs(definition, case, Act(CLAIM))])
    found = facts.find(tx, case, wanted, on_date=today)
    kept, laws = found.facts, found.definitions
    open_to = offers(definition, case, actor=actor, facts=kept, now=now, calendar=calendar, definitions=laws)
    asked = polls(definition, case, actor=actor, facts=kept, now=now, calendar=calendar, definitions=laws)
    shared = sharing(definition, case, actor=actor, facts=kept, now=now, calendar=calendar, definitions=laws)
    linked = case_pages.linked(tx, case.id)
    entries = tuple(histories.entries(tx, case.id))
    members_asked = {member for poll in asked for member in poll.members}
    named = _could_act(open_to) | members_asked | {*shared.may_assign} | _assigned(entries)
    return CaseView(
        case=case,
        definition=definition,
        head=case_pages.head(tx, case.id),
        actor=actor,
        offers=open_to,
        turns=tuple(case_pages.turns(tx, case.id, on_date=today)),
        names=case_pages.names(tx, named),
        links=tuple(_link(tx, link) for link in linked),
        lists=members.on_lists(tx, definition, linked),
        polls=asked,
        sharing=shared,
        draft=drafts.find(tx, case.id),
        documents=tuple(documents.of_case(tx, case.id)),
        entries=entries,
        regime=params.regime_of(tx, case.params),
        figures=params.of_case(definition, case.params),
    )


def _could_act(open_to: tuple[Offer, ...]) -> set[int]:
    seats = [seat for offer in open_to if offer.refusal for seat in offer.refusal.could_act]
    return {person for seat in seats for person in seat.holders}


def _assigned(entries: tuple[histories.EntryView, ...]) -> set[int]:
    """To whom turns were handed, by id."""
    given = (entry.inputs.get("person") for entry in entries if entry.action == ASSIGN)
    return {person for person in given if isinstance(person, int)}


def _link(tx: Tx, linked: LinkedCase) -> LinkView:
    return LinkView(linked, publishing.compiled(tx, linked.definition).states[linked.state].label)

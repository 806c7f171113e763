"""Everything about one case that a person who may see it reads on one page, and what they may do there.

Asks the machine for the offers and the record for the rest; decides nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from workflow import calendars
from workflow.cases import documents, drafts, facts, histories, members, sights
from workflow.cases.histories import EntryView
from workflow.cases.sights import Sight
from workflow.definitions import parameters, publishing
from workflow.errors import CaseNotFound
from workflow.machine.calendar import Calendar
from workflow.machine.deciding import (
    KnownFacts,
    Offer,
    Poll,
    TurnShare,
    joined,
    needs,
    offer_needs,
    offers,
    poll_needs,
    polls,
    sharing,
)
from workflow.machine.definition import Definition
from workflow.organisation import access
from workflow.storage.queries.cases import CaseAt, Head, LinkedCase, TurnAt, case_pages
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.figures import RegimeView
from workflow.storage.queries.organisation import Surroundings
from workflow.storage.session import Tx
from workflow.values import ASSIGN, Act, Actor, Case, Text

Value = TypeVar("Value")
HIDDEN = "…"
"""Stands for whoever did an act, where that is kept from the reader."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A linked case with the label of its state."""

    case: LinkedCase
    state: Text


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a page shows it.

    `case` has of its fields those that this person sees, and so has everything else here.
    `names` has the full name of everybody an offer's refusal says could act, of everybody who is asked, and of those to
    whom a turn was or may be handed. `lists` are the cases on each list of its definition, `links` all linked ones.
    `figures` are what the case pinned of the definition's params, in words, with the paper that set them.
    """

    case: Case
    definition: Definition
    head: Head
    actor: Actor
    offers: tuple[Offer, ...]
    turns: tuple[TurnAt, ...]
    names: Mapping[int, str]
    links: tuple[LinkView, ...]
    lists: Mapping[str, tuple[members.MemberView, ...]]
    polls: tuple[Poll, ...]
    sharing: TurnShare
    draft: drafts.CaseDraft | None
    documents: tuple[documents.DocumentView, ...]
    entries: tuple[EntryView, ...]
    regime: RegimeView | None
    figures: tuple[parameters.Pinned, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """What somebody may do with a case and how its asks stand: what reading the form that they send depends on."""

    case: Case
    definition: Definition
    offers: tuple[Offer, ...]
    polls: tuple[Poll, ...]


@dataclass(frozen=True, slots=True)
class PreparedForm:
    """What was typed into a case and kept, and what was sent for it, whether acts have taken it in or not."""

    draft: drafts.CaseDraft | None
    documents: tuple[documents.DocumentView, ...]


NOTHING_PREPARED = PreparedForm(None, ())


class _Reader(NamedTuple):
    """One person before one case, with all that the machine's answers to them depend on."""

    case: Case
    definition: Definition
    actor: Actor
    sight: Sight
    facts: KnownFacts
    now: datetime
    calendar: Calendar

    def ask(self, question: Callable[..., Value]) -> Value:
        """Ask the machine something about the case as it stands for this person."""
        found = self.facts
        return question(
            self.definition,
            self.case,
            actor=self.actor,
            facts=found.facts,
            now=self.now,
            calendar=self.calendar,
            definitions=found.definitions,
        )


def form(tx: Tx, code: str, *, person_id: int, now: datetime) -> FormView:
    """Say what of a case may be filled in and done; raises `CaseNotFound` as `view` does."""
    loaded = records.load_for_act(tx, code)
    if loaded is None:
        raise CaseNotFound(code)
    calendar = calendars.at_revision(tx, loaded.calendar_revision)
    reader = _reader(tx, loaded.case, loaded.surroundings, person_id, now=now, calendar=calendar)
    offered = reader.ask(offers)
    # Whoever may act may know of the case: only where nothing is open it is asked whether this tells a stranger of it.
    if all(offer.refusal for offer in offered) and not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    return FormView(_seen(loaded.case, reader.sight), reader.definition, offered, reader.ask(polls))


def prepared(tx: Tx, form: FormView) -> PreparedForm:
    """Find what was typed and sent before of what may be filled in."""
    writes = {name for offer in form.offers for name in (*offer.requires, *offer.edits)}
    sent = (document for document in documents.of_case(tx, form.case.id) if document.field in writes)
    return PreparedForm(drafts.find(tx, form.case.id), tuple(sent))


def view(tx: Tx, code: str, *, person_id: int, now: datetime) -> CaseView:
    """Show a case; raises `CaseNotFound` for one that does not exist or that this person may not know of.

    Of one that is public in its state, but for that unknown to this person, nothing is shown but the public fields.
    """
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    found = case_pages.find(tx, code, person_id=person_id, on_date=today)
    if found is None:
        raise CaseNotFound(code)
    if not found.known:
        return _public(tx, found, access.standing_on(tx, person_id, on_date=today))
    case = found.case
    reader = _reader(tx, case, access.surroundings(tx, case.unit), person_id, now=now, calendar=calendar)
    definition, sight = reader.definition, reader.sight
    open_to, asked, shared = reader.ask(offers), reader.ask(polls), reader.ask(sharing)
    linked = case_pages.linked(tx, case.id)
    entries = tuple(histories.entries(tx, case.id))
    members_asked = {member for poll in asked for member in poll.members}
    named = _could_act(open_to) | members_asked | {*shared.may_assign} | _assigned(entries)
    return CaseView(
        case=_seen(case, sight),
        definition=definition,
        head=found.head,
        actor=reader.actor,
        offers=open_to,
        turns=tuple(case_pages.turns(tx, case.id, on_date=today)),
        names=case_pages.names(tx, named),
        links=tuple(_link(tx, link) for link in linked if sight.whole or link.name in sight.fields),
        lists=_only(members.on_lists(tx, definition, linked), sight),
        polls=asked,
        sharing=shared,
        draft=drafts.find(tx, case.id) if sight.whole or any(offer.edits for offer in open_to) else None,
        documents=tuple(found for found in documents.of_case(tx, case.id) if found.field in sight.fields),
        entries=tuple(_told(entry, sight, person_id) for entry in entries),
        regime=parameters.regime_of(tx, case.params),
        figures=parameters.of_case(tx, definition, case.params),
    )


def _reader(tx: Tx, case: Case, around: Surroundings, person_id: int, *, now: datetime, calendar: Calendar) -> _Reader:
    today = calendar.local_date(now)
    definition = publishing.compiled(tx, case.definition)
    actor = around.actor(person_id, on_date=today)
    # Whoever may hand a turn to others depends on all that taking and giving back depend on.
    handing = needs(definition, case, Act(ASSIGN))
    wanted = joined([offer_needs(definition, case), poll_needs(definition, case), handing])
    found = facts.find(tx, case, wanted, on_date=today, surroundings=around)
    sight = sights.known_sight(tx, case, actor, on_date=today)
    return _Reader(case, definition, actor, sight, found, now, calendar)


def _public(tx: Tx, found: CaseAt, actor: Actor) -> CaseView:
    """Show what is public of a case: no history, nobody's turn, nothing to do."""
    case, sight = found.case, sights.public_sight(tx, found.case)
    if sight is None:
        raise CaseNotFound(case.code)
    definition = publishing.compiled(tx, case.definition)
    linked = case_pages.linked(tx, case.id)
    return CaseView(
        case=_seen(case, sight),
        definition=definition,
        head=found.head,
        actor=actor,
        offers=(),
        turns=(),
        names={},
        links=(),
        lists=_only(members.on_lists(tx, definition, linked), sight),
        polls=(),
        sharing=TurnShare(),
        draft=None,
        documents=tuple(found for found in documents.of_case(tx, case.id) if found.field in sight.fields),
        entries=(),
        regime=None,
        figures=(),
    )


def _seen(case: Case, sight: Sight) -> Case:
    return case if sight.whole else case._replace(fields=_only(case.fields, sight))


def _only(named: Mapping[str, Value], sight: Sight) -> Mapping[str, Value]:
    return named if sight.whole else {name: value for name, value in named.items() if name in sight.fields}


def _told(entry: EntryView, sight: Sight, person_id: int) -> EntryView:
    """Return an entry as somebody reads it: where the form is closed to them, so is who wrote it."""
    if sight.whole:
        return entry
    entry = replace(entry, inputs=_only(entry.inputs, sight), notices=())
    if entry.person is None or entry.person_id == person_id:
        return entry
    return replace(entry, person_id=None, person=HIDDEN, on_behalf=None)


def _could_act(open_to: tuple[Offer, ...]) -> set[int]:
    seats = [seat for offer in open_to if offer.refusal for seat in offer.refusal.could_act]
    return {person for seat in seats for person in seat.holders}


def _assigned(entries: tuple[histories.EntryView, ...]) -> set[int]:
    """To whom turns were handed, by id."""
    given = (entry.inputs.get("person") for entry in entries if entry.action == ASSIGN)
    return {person for person in given if isinstance(person, int)}


def _link(tx: Tx, linked: LinkedCase) -> LinkView:
    return LinkView(linked, publishing.compiled(tx, linked.definition).states[linked.state].label)

"""Everything about one case that a person who may see it reads on one page, and what they may do there.

Asks the machine for the offers and the record for the rest; decides nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from workflow import calendars
from workflow.cases import drafts, facts, histories, members, papers, permissions
from workflow.cases.histories import EntryView
from workflow.cases.permissions import Sight
from workflow.definitions import parameters, publishing
from workflow.errors import CaseNotFound
from workflow.machine.calendar import Calendar
from workflow.machine.deciding import (
    KnownFacts,
    Offer,
    Poll,
    TurnShare,
    decide,
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
from workflow.values import ASSIGN, UNDO, Act, Actor, Case, Plan, Refusal, Text

Value = TypeVar("Value")
HIDDEN = "…"
"""Stands for the person who acted, where the reader may not see who it was."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A linked case with the label of its state."""

    case: LinkedCase
    state: Text


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a page shows it.

    `case` and everything beside it hold only the fields that this person sees.
    `names` has the full name of everybody an offer's refusal says could act, of everybody who is asked, and of those to
    whom a turn was or may be handed. `lists` are the cases on each list of its definition, `links` all linked ones.
    `figures` are what the case pinned of the definition's params, in words, with the paper that set them. `undoable` is
    the last action, where this person may take it back.
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
    documents: tuple[papers.DocumentView, ...]
    entries: tuple[EntryView, ...]
    regime: RegimeView | None
    figures: tuple[parameters.Pinned, ...]
    sight: Sight
    undoable: str | None = None

    @property
    def is_my_turn(self) -> bool:
        """Whether the case waits for this person: an open turn of theirs, or an ask that waits for their answer."""
        return any(offer.asked and offer.refusal is None for offer in self.offers)


@dataclass(frozen=True, slots=True)
class FormView:
    """What somebody may do with a case and how its asks stand: this is needed to read the form that they send."""

    case: Case
    definition: Definition
    offers: tuple[Offer, ...]
    polls: tuple[Poll, ...]


@dataclass(frozen=True, slots=True)
class PreparedForm:
    """The draft of a case and the documents handed over for it, whether or not an act has taken them in."""

    draft: drafts.CaseDraft | None
    documents: tuple[papers.DocumentView, ...]


NOTHING_PREPARED = PreparedForm(None, ())


class _Reader(NamedTuple):
    """One person who reads one case, with all that the machine needs to answer them."""

    case: Case
    definition: Definition
    actor: Actor
    sight: Sight
    facts: KnownFacts
    now: datetime
    calendar: Calendar

    def ask(self, question: Callable[..., Value]) -> Value:
        """Ask the machine something about the case as it stands for this person."""
        known = self.facts
        return question(
            self.definition,
            self.case,
            actor=self.actor,
            facts=known.facts,
            now=self.now,
            calendar=self.calendar,
            definitions=known.definitions,
        )


def form(tx: Tx, code: str, *, person_id: int, now: datetime) -> FormView:
    """Say what somebody may fill in and do in a case; raises `CaseNotFound` as `view` does."""
    loaded = records.load_for_act(tx, code)
    if loaded is None:
        raise CaseNotFound(code)
    calendar = calendars.at_revision(tx, loaded.calendar_revision)
    reader = _reader(tx, loaded.case, loaded.surroundings, person_id, now=now, calendar=calendar)
    offered = reader.ask(offers)
    # Whoever may act may know of the case. Only where every act is refused could this tell a stranger that it exists.
    if all(offer.refusal for offer in offered) and not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    return FormView(_seen(loaded.case, reader.sight), reader.definition, offered, reader.ask(polls))


def prepared(tx: Tx, form: FormView) -> PreparedForm:
    """Find the draft, and the documents that were handed over for the fields that may be filled in."""
    writes = _writes(form.offers)
    sent = (document for document in papers.of_case(tx, form.case.id) if document.field in writes)
    return PreparedForm(drafts.find(tx, form.case.id), tuple(sent))


def _writes(offered: Iterable[Offer]) -> frozenset[str]:
    """Name the fields that somebody may fill in or hand in now."""
    return frozenset(name for offer in offered for name in (*offer.requires, *offer.edits))


def view(tx: Tx, code: str, *, person_id: int, now: datetime) -> CaseView:
    """Show a case; raises `CaseNotFound` for one that does not exist or that this person may not know of.

    Somebody who may know of a case only because its state is public is shown the public fields and nothing else.
    """
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    case_at = case_pages.find(tx, code, person_id=person_id, on_date=today)
    if case_at is None:
        raise CaseNotFound(code)
    if not case_at.known:
        return _public(tx, case_at, access.standing_on(tx, person_id, on_date=today))
    case = case_at.case
    surroundings = access.surroundings(tx, case.unit)
    reader = _reader(tx, case, surroundings, person_id, now=now, calendar=calendar)
    definition, sight = reader.definition, reader.sight
    open_to, asked, shared = reader.ask(offers), reader.ask(polls), reader.ask(sharing)
    linked = case_pages.linked(tx, case.id)
    history = histories.with_bodies(tx, case.id)
    entries = tuple(entry for entry, _ in history)
    members_asked = {member for poll in asked for member in poll.members}
    named = _could_act(open_to) | members_asked | {*shared.may_assign} | _assigned(entries)
    return CaseView(
        case=_seen(case, sight),
        definition=definition,
        head=case_at.head,
        actor=reader.actor,
        offers=open_to,
        turns=tuple(case_pages.turns(tx, case.id, on_date=today)),
        names=case_pages.names(tx, named),
        links=tuple(_link(tx, link) for link in linked if sight.whole or link.name in sight.fields),
        lists=_only(members.on_lists(tx, definition, linked), sight),
        polls=asked,
        sharing=shared,
        draft=drafts.find(tx, case.id) if sight.whole or any(offer.edits for offer in open_to) else None,
        documents=papers.shown(tx, case, sees=sight.fields, writes=_writes(open_to)),
        entries=tuple(_told(entry, sight, person_id) for entry in entries),
        regime=parameters.regime_of(tx, case.params),
        figures=parameters.of_case(tx, definition, case.params),
        sight=sight,
        undoable=_undoable(tx, reader, surroundings, history),
    )


def _reader(
    tx: Tx, case: Case, surroundings: Surroundings, person_id: int, *, now: datetime, calendar: Calendar
) -> _Reader:
    today = calendar.local_date(now)
    definition = publishing.compiled(tx, case.definition)
    actor = surroundings.actor(person_id, on_date=today)
    # What decides who may hand a turn to others also decides who may take it and give it back.
    handing = needs(definition, case, Act(ASSIGN))
    wanted = joined([offer_needs(definition, case), poll_needs(definition, case), handing])
    known = facts.find(tx, case, wanted, on_date=today, surroundings=surroundings)
    sight = permissions.known_sight(tx, case, actor, on_date=today)
    return _Reader(case, definition, actor, sight, known, now, calendar)


def _undoable(
    tx: Tx, reader: _Reader, surroundings: Surroundings, history: Sequence[tuple[EntryView, str]]
) -> str | None:
    """Return the action of the last entry where this person may take it back; nobody takes back what others did."""
    (last, _), definition = history[-1], reader.definition
    actions = definition.states[last.was].actions if last.was else {}
    if last.person_id != reader.actor.person or last.action not in actions:
        return None
    wanted, on_date = needs(definition, reader.case, Act(UNDO)), reader.calendar.local_date(reader.now)
    known = facts.find(tx, reader.case, wanted, on_date=on_date, surroundings=surroundings)
    undone = histories.last_of(tx, reader.case, [body for _, body in history])
    answer = reader._replace(facts=known._replace(facts=known.facts._replace(undone=undone))).ask(_taking_back)
    return last.action if isinstance(answer, Plan) else None


def _taking_back(definition: Definition, case: Case, **known: Any) -> Plan | Refusal:
    return decide(definition, case, Act(UNDO), **known)


def _public(tx: Tx, case_at: CaseAt, actor: Actor) -> CaseView:
    """Show what is public of a case: no history, nobody's turn, nothing to do."""
    case, sight = case_at.case, permissions.public_sight(tx, case_at.case)
    if sight is None:
        raise CaseNotFound(case.code)
    definition = publishing.compiled(tx, case.definition)
    linked = case_pages.linked(tx, case.id)
    return CaseView(
        case=_seen(case, sight),
        definition=definition,
        head=case_at.head,
        actor=actor,
        offers=(),
        turns=(),
        names={},
        links=(),
        lists=_only(members.on_lists(tx, definition, linked), sight),
        polls=(),
        sharing=TurnShare(),
        draft=None,
        documents=papers.shown(tx, case, sees=sight.fields, writes=()),
        entries=(),
        regime=None,
        figures=(),
        sight=sight,
    )


def _seen(case: Case, sight: Sight) -> Case:
    return case if sight.whole else case._replace(fields=_only(case.fields, sight))


def _only(named: Mapping[str, Value], sight: Sight) -> Mapping[str, Value]:
    return named if sight.whole else {name: value for name, value in named.items() if name in sight.fields}


def _told(entry: EntryView, sight: Sight, person_id: int) -> EntryView:
    """Return an entry as somebody reads it: whoever does not see the whole form does not see who acted either."""
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
    """Return the ids of the people to whom turns were handed."""
    given = (entry.inputs.get("person") for entry in entries if entry.action == ASSIGN)
    return {person for person in given if isinstance(person, int)}


def _link(tx: Tx, linked: LinkedCase) -> LinkView:
    return LinkView(linked, publishing.compiled(tx, linked.definition).states[linked.state].label)

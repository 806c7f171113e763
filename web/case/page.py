"""One case as its page shows it: what the visitor may type and press, what was wrong with it, where the case stands.

Arranges what `cases.view` answers and decides nothing. Asks the record itself only for what few pages need.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final

from web import choices, door
from web.case.faults import CaseFaults
from web.case.history import CaseHistory, Said
from web.case.inputs import CaseInputs
from web.case.lists import ListPart
from web.case.progress import Step, steps
from web.case.remark_part import RemarkPart
from web.forms import fresh_key
from workflow import tracking
from workflow.cases import (
    CaseBrief,
    CaseView,
    EntryView,
    FollowUps,
    Leading,
    LinkView,
    MemberView,
    PreparedForm,
    follow_ups,
    histories,
    members,
)
from workflow.deadlines import ask_reminders
from workflow.machine.case import awaited, waiting_since
from workflow.machine.deciding import Offer, Poll
from workflow.machine.definition import LINK, Definition, Field, State
from workflow.machine.remarks import DEFECTS
from workflow.organisation import grants, people
from workflow.storage.queries.cases import TurnAt
from workflow.storage.queries.organisation import UnitView
from workflow.storage.session import Tx
from workflow.tracking import DueReason, Track, due_reasons
from workflow.values import ANSWER, COUNT, Case, Json, Refusal, Text

NAMING = ("person", "nominee")
"""Types of field in which a person is named."""
MOST_LISTED: Final = 6
"""So many people to hand a turn to stand in a list; of more, one is found by name, unit or office."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs from what stood there when this state was last left."""

    field: Field
    before: Json
    after: Json


@dataclass(frozen=True)
class CasePage:
    """The page of one case. After a refusal it also holds the action tried, what was typed, and the refusal."""

    view: CaseView
    today: date
    units: Mapping[int, UnitView] = field(default_factory=dict)
    lists: tuple[ListPart, ...] = ()
    typed: Mapping[str, Json] = field(default_factory=dict)
    refusal: Refusal | None = None
    tried: str | None = None
    blanks: Mapping[str, int] = field(default_factory=dict)
    request_key: str = field(default_factory=fresh_key)

    @cached_property
    def history(self) -> CaseHistory:
        return CaseHistory(self.view)

    @cached_property
    def inputs(self) -> CaseInputs:
        view = self.view
        prepared = PreparedForm(view.draft, view.documents)
        return CaseInputs(view.case, view.definition, view.offers, prepared, self.typed, self.tried)

    @cached_property
    def remarks(self) -> RemarkPart:
        return RemarkPart(door.reading(), self.view, door.visitor().person_id, door.now())

    @property
    def case(self) -> Case:
        return self.view.case

    @property
    def definition(self) -> Definition:
        return self.view.definition

    @property
    def state(self) -> State:
        return self.definition.states[self.case.state]

    @property
    def is_numbered(self) -> bool:
        """Whether the case is called by a date or by the number of a paper, which says too little by itself."""
        return members.is_numbered(self.definition)

    @cached_property
    def leading(self) -> Leading | None:
        """The first case on its list, by which a case without a name is called, here as in lists of cases."""
        mine = (self.definition, self.case.code, self.view.head.title)
        return members.leading(door.reading(), [mine]).get(self.case.code)

    @cached_property
    def people(self) -> Mapping[str, int]:
        """The accounts of the case's unit by name, where an input names a person."""
        given = (field for offer in self.inputs.asking for field in self.inputs.given_with(offer))
        return people_for(door.reading(), (*self.inputs.editable, *given), self.case.unit)

    @cached_property
    def roles(self) -> Mapping[str, Text]:
        """What roles are called, where the history says to whom letters went."""
        return grants.role_labels(door.reading())

    @property
    def movement(self) -> Text | None:
        head = self.view.head
        return Text(head.movement_vi, head.movement_en or head.movement_vi) if head.movement_vi else None

    @cached_property
    def refused(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.view.offers if offer.refusal is not None)

    @property
    def answering(self) -> tuple[Poll, ...]:
        """The asks that wait for this visitor's answer."""
        return tuple(poll for poll in self.view.polls if poll.mine)

    @cached_property
    def briefs(self) -> Mapping[str, CaseBrief]:
        """What the cases are about on which an answer is still waited for."""
        codes = {line.code for poll in self.view.polls if not poll.closed for line in poll.lines if line.code}
        person = self.view.actor.person
        return members.briefs(door.reading(), codes, person_id=person, now=door.now()) if codes and person else {}

    def chosen(self, poll: Poll) -> Mapping[str, Json]:
        """What was chosen for each line before the page came again."""
        said = self.typed.get("answer") if self.tried == ANSWER + poll.ask.name else None
        return said if isinstance(said, dict) else {}

    @property
    def counting(self) -> tuple[Poll, ...]:
        """The asks whose papers this visitor may count."""
        return tuple(poll for poll in self.view.polls if self.inputs.offer(COUNT + poll.ask.name))

    def member(self, poll: Poll, code: str) -> MemberView | None:
        """The case that a line of an ask is about; None where the ask is about no list."""
        return next((member for member in self.view.lists.get(poll.ask.about or "", ()) if member.code == code), None)

    def closes_at(self, poll: Poll) -> datetime | None:
        """Until when an ask is open; None where it has no due or waits for nobody."""
        due = [turn.due_at for turn in self.view.turns if turn.slot.startswith(f"{poll.ask.name}:")]
        return due[0] if due else None

    def not_reminded(self, poll: Poll) -> tuple[int, ...]:
        """The members of an ask whom this visitor may ask once more today."""
        return ask_reminders.not_reminded(door.reading(), self.case, poll, now=door.now())

    @property
    def other_links(self) -> tuple[LinkView, ...]:
        """Linked cases that stand on no list."""
        return tuple(
            link for link in self.view.links if link.case.is_reverse or link.case.name not in self.definition.members
        )

    @property
    def moved_by(self) -> tuple[LinkView, ...]:
        """The open cases that this one waits for, where only another case can move it on."""
        if self.state.turn is None or self.state.turn.who != LINK:
            return ()
        return tuple(link for link in self.view.links if link.case.is_reverse and link.case.outcome is None)

    def title_of(self, code: str) -> str:
        """What a linked case is called, by its unit where it has no name; `""` where it is no longer linked."""
        cases = (link.case for link in self.view.links if link.case.code == code)
        return next((case.title or case.unit_name for case in cases), "")

    @property
    def edited_lists(self) -> tuple[ListPart, ...]:
        """The lists that stand in the form."""
        return tuple(part for part in self.lists if part.editable)

    @property
    def may_more(self) -> bool:
        """Whether the visitor may do something that the case does not wait for, or is told why not."""
        shared = self.view.sharing
        hands_on = shared.may_claim or shared.may_release or shared.may_assign
        return bool(self.inputs.may or self.refused or hands_on or self.view.undoable)

    @property
    def has_many_colleagues(self) -> bool:
        """Whether there are too many people to whom the turn may be handed for all of them to stand in a list."""
        return len(self.view.sharing.may_assign) > MOST_LISTED

    @property
    def has_form(self) -> bool:
        """Whether something is filled in that can be kept as a draft."""
        return bool(self.inputs.editable or self.edited_lists)

    def unit_name(self, unit: int) -> str:
        """The name of a unit that a field holds."""
        return self.units[unit].name

    def units_to_choose(self, chosen: int | None) -> list[UnitView]:
        """The units that exist today, and the one that was chosen before."""
        return choices.units_on(self.units.values(), self.today, chosen=chosen)

    @cached_property
    def faults(self) -> CaseFaults:
        """What was wrong with the act that was tried, by the inputs of the page."""
        return CaseFaults(self.inputs, self.edited_lists, bool(self.counting), self.refusal, self.tried)

    @property
    def due_at(self) -> datetime | None:
        """When the turn or ask that the page speaks of is due."""
        due = [turn.due_at for turn in self.view.turns if turn.due_at is not None]
        return self.case.due_at or min(due, default=None)

    @cached_property
    def due_reason(self) -> DueReason | None:
        """From which clock and which date of the movement the deadline comes that the page speaks of."""
        return due_reasons.of_view(door.reading(), self.view) if self.case.due_at else None

    def blank_at(self, name: str) -> int:
        """How many empty rows a table was asked to show."""
        return self.blanks.get(name, 0)

    @property
    def conflict(self) -> EntryView | None:
        """The last act that a person did, where this one was refused because the case had changed meanwhile."""
        if self.refusal is None or self.refusal.kind not in ("stale", "not_open"):
            return None
        people_did = [entry for entry in self.view.entries if entry.person_id is not None]
        return people_did[-1] if people_did else None

    def could_act(self, offer: Offer) -> list[str]:
        """The names of people who may do what this visitor may not."""
        seats = offer.refusal.could_act if offer.refusal else ()
        people = dict.fromkeys(person for seat in seats for person in seat.holders if person != self.view.actor.person)
        return [self.view.names[person] for person in people if person in self.view.names]

    @cached_property
    def next(self) -> FollowUps:
        """What the visitor may open next from this case."""
        return follow_ups.follow_ups(door.reading(), self.view, person_id=door.visitor().person_id, now=door.now())

    @property
    def progress(self) -> tuple[Step, ...]:
        """The line of steps."""
        return steps(self.definition, (entry.state for entry in histories.standing(self.view.entries)), self.case.state)

    @cached_property
    def track(self) -> Track | None:
        """The course of the case; None for somebody who sees only what is public of it."""
        return tracking.track(door.reading(), self.view, now=door.now()) if self.view.entries else None

    @property
    def turns(self) -> tuple[TurnAt, ...]:
        """Where the case waits, except for answers to its asks; without a name where nobody holds the desk."""
        return tuple(turn for turn in self.view.turns if ":" not in turn.slot)

    @property
    def awaited(self) -> Text | None:
        """The external party whose answer the case waits for."""
        name = awaited(self.definition, self.state)
        return self.definition.external[name] if name else None

    @property
    def waiting_since(self) -> datetime:
        """From when the turn counts: after an external answer from the day on which that was received."""
        return waiting_since(self.case)

    @property
    def shown(self) -> tuple[Field, ...]:
        """Fields to read: those that hold something and have no input in the form; defects are told as remarks."""
        typed_over = {input_field.name for input_field in self.inputs.editable}
        return tuple(
            input_field
            for name, input_field in self.definition.fields.items()
            if name not in typed_over and name != DEFECTS and self.case.fields.get(name) is not None
        )

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed since this state was left the last time."""
        departures = [at for at, entry in enumerate(self.view.entries) if entry.was == self.case.state != entry.state]
        if not departures or self.state.turn is None:
            return ()
        before = _form_after(self.view.entries[: departures[-1] + 1])
        after = self.case.fields
        differing = [name for name in self.definition.fields if before.get(name) != after.get(name)]
        return tuple(Change(self.definition.fields[name], before.get(name), after.get(name)) for name in differing)

    @property
    def saved_by_others(self) -> tuple[Change, ...]:
        """What stands otherwise in the draft that somebody else has saved than in what was typed just now."""
        saved = self.view.draft.fields if self.view.draft else {}
        fields = self.definition.fields
        differing = [name for name, typed in self.typed.items() if name in fields and saved.get(name, typed) != typed]
        return tuple(Change(fields[name], self.typed[name], saved[name]) for name in differing)

    def kind_of(self, name: str) -> Text:
        """What the cases of a list are called."""
        return next(part.kind for part in self.lists if part.name == name)

    @property
    def asked(self) -> list[Said]:
        """What was handed in with the act that brought the case into this state: a reason, corrections asked for."""
        arrivals = [entry for entry in self.view.entries if entry.state == self.case.state != entry.was]
        return self.history.said(arrivals[-1]) if arrivals and self.inputs.editable else []


def people_for(tx: Tx, fields: Iterable[Field], unit: int) -> Mapping[str, int]:
    """The accounts of a unit by name; nobody where none of the fields names a person."""
    return people.named(tx, unit) if any(field.type in NAMING for field in fields) else {}


def _form_after(entries: Sequence[EntryView]) -> dict[str, Json]:
    form: dict[str, Json] = {}
    for entry in entries:
        form.update(entry.inputs)
    return form

"""A definition after loading: frozen values that say what the file said, with the place where it said it.

Knows the shape of the language (LANGUAGE in `definitions/README.md`), no rule and no case. Guards are kept compiled;
`marks` gives file positions for findings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from workflow.machine.expressions import Guard
from workflow.values import Json, Place, Text, Tone

FieldType = Literal[
    "text", "long_text", "integer", "money", "decimal", "percent", "date", "flag", "choice", "person", "unit",
    "nominee", "document", "table",
]  # fmt: skip
BUILT_IN_FIELDS = frozenset({"comment"})
"""Fields every definition has without declaring them: `comment`, a reason in words, given anew with each act."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the form. `of` are a choice's options, `columns` a table's; `min` the least rows or length.

    `origin` is the external party that a document comes from.
    """

    name: str
    type: FieldType
    label: Text
    min: int | None = None
    max: int | None = None
    of: Mapping[str, Text] = field(default_factory=dict)
    columns: Mapping[str, "Field"] = field(default_factory=dict)
    numbered: bool = False
    origin: str | None = None
    listed: bool = False
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Param:
    """A figure a regulation sets: a value, or a value by the keys named, and where it is written.

    One of the type `people` holds names under `people`: whom to ask, by the keys. Without a `label` it is called by
    its name, as clocks, lists, links and reserves are.
    """

    name: str
    type: FieldType | Literal["people"]
    by: tuple[str, ...]
    values: Mapping[tuple[str, ...], Json]
    otherwise: Json
    source: str
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One name under `people`: a place, or the place of another name where nobody is found, or nobody at all.

    With `lookup` the place is that of the name which the param of that name holds for the case.
    """

    name: str
    place: Place
    fallback: str | None = None
    skip: bool = False
    lookup: str | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """A span of working (`wd`) or calendar (`d`) days, or a param of that name."""

    count: int | str
    unit: Literal["wd", "d"]


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date that comes from a milestone (`movement.plans`), a field or another clock.

    It is due before that day, when offices open `at` it, or until its end.
    """

    edge: Literal["before", "at", "until"]
    source: Literal["movement", "field", "clock"]
    name: str
    offset: Budget | None = None


Due = Budget | DueDate


@dataclass(frozen=True, slots=True)
class Clock:
    """A named clock. `starts` and `stops` name actions (`open` is the opening); a pause is a stop.

    `extend` maps the acts that extend it, once, to the field that holds the new date.
    """

    name: str
    due: Due
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    again: Literal["continue", "restart"] = "continue"
    extend: Mapping[str, str] = field(default_factory=dict)
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One step of the escalation: so many working days before (negative) or after the due moment, whom to notify.

    `who` is `turn`, `escalate_to` or a name under `people`. The last step may fire again and again,
    each time `repeats_after` working days later.
    """

    after: int
    who: str
    repeats_after: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose move a state is: `who` names people or an external party, or is `link`; `due` a clock or an own due."""

    who: str
    due: str | Due | None = None
    escalate_to: str | None = None
    pick: str = "claim"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer an ask allows."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Members:
    """A list of cases of other definitions: who may be put on it, and what it reads of them.

    A case of one of the kinds `of` can be put on the list while it is in the state `at`, the guard `where` holds of it,
    and it has all the fields that `reads` names, each of the type said there. What an act does to the cases on it, it
    does to `all` or to none of them, or to each `one` that takes it. `within`: only cases of the same unit, or of units
    below it.
    """

    name: str
    of: tuple[str, ...]
    at: str
    where: Guard | None = None
    reads: Mapping[str, FieldType] = field(default_factory=dict)
    order: Literal["all", "one"] = "all"
    within: Literal["unit", "below"] | None = None
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """So many places for each key: `by` names fields, `unit` or `movement`; `most` is a number or a param."""

    name: str
    by: tuple[str, ...]
    most: int | str
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Readable:
    """Cases at a link that guards may read: those that this case is linked to, or (`~link`) those linked to it.

    `reads` are the fields read of them, with their types; a case may lack them.
    """

    name: str
    link: str
    reads: Mapping[str, FieldType] = field(default_factory=dict)
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put to several while the state lasts. `of` names people; `silence` is the answer when `due` passes.

    `result` maps names to guards over the counts (`agree`, `voted`, `members`), the last being `else` (None). With
    `about` it is put once for each case of that list, and has a result for each. `secret`: history knows who voted,
    choices lie in a box. `paper`: a count of papers may be typed in instead. `others` are asked besides `of`;
    `ordered`: one member after the other, in the order of the names. `scored`: the answers are whole numbers, and their
    sum, least and greatest are counted. `by_name` are the names whose members the result also counts by themselves.
    `called` says what people call the results.
    """

    name: str
    of: str
    answers: tuple[Answer, ...]
    label: Text
    due: Due | None = None
    silence: str | None = None
    secret: bool = False
    result: tuple[tuple[str, Guard | None], ...] = ()
    about: str | None = None
    paper: bool = False
    others: tuple[str, ...] = ()
    ordered: bool = False
    scored: bool = False
    by_name: tuple[str, ...] = ()
    called: Mapping[str, Text] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody who is asked, by the names in the file's order."""
        return (self.of, *self.others)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An action that opens a linked case: which definition (default: the same), as which link, copying what, where.

    `copy` names fields of the new case; `sources` says of which own field one is a copy that is called otherwise here.
    """

    definition: str | None
    link: str
    copy: Literal["all", "none"] | tuple[str, ...]
    at: str
    sources: Mapping[str, str] = field(default_factory=dict)

    def source(self, name: str) -> str:
        """Return the own field that is copied into a field of the new case."""
        return self.sources.get(name, name)


class Verdict(NamedTuple):
    """Which of the acts on linked cases belongs to which result of a question about them."""

    link: str
    action: str
    ask: str
    result: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way an action may go. `by` defaults to the turn; `to` None stays, `back` returns to where the case came from.

    `each` pairs links with the acts on their cases; an act that `verdicts` name is done to those with that result.
    `fill` are the lists on which the act puts every case that may be put there.
    """

    by: str
    to: str | None
    when: Guard | None = None
    warn: Guard | None = None
    requires: tuple[str, ...] = ()
    sets: tuple[tuple[str, Guard], ...] = ()
    notify: tuple[str, ...] = ()
    each: tuple[tuple[str, str], ...] = ()
    open: OpenCase | None = None
    verdicts: tuple[Verdict, ...] = ()
    reserve: tuple[str, ...] = ()
    release: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What a person asks for in a state; its alternatives in order of precedence.

    `done` is what is said when it has been done, whichever alternative it was.
    """

    name: str
    label: Text
    alternatives: tuple[Alternative, ...]
    tone: Tone | None = None
    done: Text | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case may stand: with a turn, an outcome, or both. `edit` maps people to the fields they may change."""

    name: str
    label: Text
    turn: Turn | None = None
    outcome: Tone | None = None
    edit: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    view: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: Mapping[str, Ask] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether a case that stands here is finished: an outcome, and nobody has to act."""
        return self.outcome is not None and self.turn is None


@dataclass(frozen=True, slots=True)
class Start:
    """One way to open a case: who or what does (`movement`, `link` or people), and in which state it begins."""

    by: str
    to: str
    when: Guard | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """The whole law of one kind of case. `hash` identifies it: SHA-256 of the NFC, LF text, in hex.

    Two are equal only if they are the same object: what follows from a definition alone is worked out once and cached
    by it, and comparing two part by part would cost more than that saves.

    `external` are the parties without an account that cases wait for, with what they are called. `short` is the title
    where there is little room, `purpose` tells when a case of this kind is opened.
    """

    name: str
    title: Text
    basis: str
    hash: str
    text: str
    fields: Mapping[str, Field]
    params: Mapping[str, Param]
    people: Mapping[str, Party]
    separate: tuple[tuple[str, ...], ...]
    clocks: Mapping[str, Clock]
    escalation: tuple[EscalationStep, ...]
    starts: tuple[Start, ...]
    states: Mapping[str, State]
    valid_from: date | None = None
    valid_to: date | None = None
    heading: str | None = None
    members: Mapping[str, Members] = field(default_factory=dict)
    links: Mapping[str, Readable] = field(default_factory=dict)
    reserves: Mapping[str, Reserve] = field(default_factory=dict)
    external: Mapping[str, Text] = field(default_factory=dict)
    short: Text | None = None
    purpose: Text | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def opened_by(self, who: str) -> bool:
        """Tell whether cases may be opened by these people, by a movement or by a link."""
        return any(start.by == who for start in self.starts)

    @property
    def only_by_movement(self) -> bool:
        """Whether nothing but a movement opens cases, so that every case has one."""
        return all(start.by == "movement" for start in self.starts)

    def link_of(self, name: str) -> str:
        """Return the link that a name stands for: one of `links` may stand for a link read from its other end."""
        return self.links[name].link if name in self.links else name

    def mark(self, path: str) -> Mark:
        """The place of `states.review.actions.return` or the nearest enclosing path that is known."""
        while path and path not in self.marks:
            path = path.rpartition(".")[0]
        return self.marks.get(path, Mark(1, 1))


def guards_of(definition: Definition) -> Iterator[Guard]:
    """Go through all guards and values of a definition."""
    yield from (start.when for start in definition.starts if start.when)
    for state in definition.states.values():
        for action in state.actions.values():
            for way in action.alternatives:
                yield from (guard for guard in (way.when, way.warn, *(value for _, value in way.sets)) if guard)
        for ask in state.asks.values():
            yield from (guard for _, guard in ask.result if guard)

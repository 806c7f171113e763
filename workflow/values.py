"""The frozen values that the rules, the record and the doors speak to each other.

Knows no rule, no table and no request; imports nothing of the project. `machine` makes Plans and Refusals of them,
`storage` loads and writes them, verbs carry them between the two. Instants are aware datetimes in UTC; everything that
stands in a field or in an input is plain JSON without floats (money is an integer, decimals are strings).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
Tone = Literal["good", "neutral", "bad"]
Capacity = Literal["KT", "TL", "TUQ"]
Layer = Literal["regime", "province", "movement"]

NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})
"""Stands where a mapping is left out."""
OPEN = "open"
"""The act that opens a case: the first entry of every history."""
ANSWER = "answer:"
"""Prefix of the acts that answer an ask: `answer:remark` with the input `answer`."""
COUNT = "count:"
"""Prefix of the acts that type in what was counted of an ask on paper: `count:ballot` with the input `count`."""
SEALED = "sealed"
"""Stands where an answer would name a choice: the member has answered, what is kept elsewhere."""
DUE = "due:"
"""Prefix of the acts that a passed deadline makes: `due:turn`, `due:remark`, `due:wake`."""
OWN_MILESTONE = "milestone"
"""Among the dates of a movement that of the milestone by which the case is owed; no milestone may have that name."""
CLAIM, RELEASE, ASSIGN = "turn:claim", "turn:release", "turn:assign"
"""The acts by which the people of a desk share its turns: take one, give it back, give it to `person`."""


class Text(NamedTuple):
    """A text for people in both languages, both required."""

    vi: str
    en: str


class Figure(NamedTuple):
    """What one layer says of a param: a figure for its keys (none: where no key fits), and where it is written."""

    layer: Layer
    param: str
    keys: tuple[str, ...]
    value: Json
    source: str


class Desk(NamedTuple):
    """A role at a unit: where assignments wait."""

    role: str
    unit: int


class Place(NamedTuple):
    """Whom a definition means: a role and how to walk from the case's unit to the unit that has it.

    `relation` is `unit`, `above unit` (nearest strictly above that has a holder), `block`, `line`, `province`,
    `field:<name>` (a unit named in a field) or `link:<name>` (the unit of a linked case).
    """

    role: str
    relation: str

    def given(self, fields: Mapping[str, Json]) -> "Place | None":
        """Return the place at the unit that these fields name (`given:<name>:<unit>`), if it is named in a field.

        What an act hands in counts for where the case comes to stand, never for who may act.
        """
        if not self.relation.startswith("field:"):
            return None
        name = self.relation.removeprefix("field:")
        unit = fields.get(name)
        return Place(self.role, f"given:{name}:{unit}") if isinstance(unit, int) else None


@dataclass(frozen=True, slots=True)
class Seat:
    """A desk that a place leads to, and the people who hold it at the moment asked for."""

    desk: Desk
    holders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Substitution:
    """The actor may act for `principal` at `desk`; signs in `capacity`."""

    principal: int
    desk: Desk
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person with the desks held and the substitutions valid now, or the system (`person` is None).

    `link` is the code of the case whose act moves this one (`each`, `open`): only then do actions `by: link` answer.
    `behalf` is for whom the act on that case was done. Nobody's standing has these; the machine makes such an actor,
    and history keeps it.
    """

    person: int | None
    desks: frozenset[Desk] = frozenset()
    substitutions: tuple[Substitution, ...] = ()
    link: str | None = None
    behalf: int | None = None


SYSTEM = Actor(None)


class Done(NamedTuple):
    """What a case remembers of one action: how often it happened, and everybody who did it or for whom it was done.

    For guards that ask: it is `fallen` once the case came back to a state that has the action; `kept` are digests of
    fields as they were when it was last done, `last` is who did it then, or for whom.
    """

    times: int
    people: frozenset[int]
    fallen: bool = False
    kept: Mapping[str, str] = NOTHING
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One case that an ask is about: the people who have no say on it, and open answers by member."""

    barred: tuple[int, ...] = ()
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """A question put to several while a state lasts; `members` are frozen when it opens.

    `answers` has everybody who answered: with the choice, or with `SEALED` where choices lie in a ballot box or stand
    on `lines`, by the code of the case asked about. `paper` is what was counted of papers: by line (the empty text for
    a question about no case), how many issued, collected, valid, invalid, and of each answer. `closed`: no answer can
    change what comes of it, or none is missing; `certain` is what came of one that closed before all had answered, by
    line. `parties` are the members under each name that the result counts by.
    """

    members: tuple[int, ...]
    answers: Mapping[int, str] = field(default_factory=dict)
    opened_version: int = 0
    lines: Mapping[str, Line] = field(default_factory=dict)
    paper: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    closed: bool = False
    parties: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    certain: Mapping[str, str] = field(default_factory=dict)


class Case(NamedTuple):
    """One running instance under one pinned definition; always equal to the fold of its history.

    `version` is the number of its last history entry; `acted_version` the last entry that changed what people decide
    on (a reminder does not), so a form that saw it is still current. `clocks` holds the ledgers of the named clocks
    and of the turn as JSON that only `machine.clocks` reads. `back` is the state that `to: back` leads to. `params` are
    the figures pinned at the opening, with regime and sources, as `machine.figures` writes them.
    """

    id: int
    code: str
    definition: str
    params: Mapping[str, Json]
    unit: int
    movement: int | None
    state: str
    version: int
    acted_version: int
    opened_at: datetime
    entered_at: datetime
    fields: Mapping[str, Json] = NOTHING
    done: Mapping[str, Done] = NOTHING
    asks: Mapping[str, OpenAsk] = NOTHING
    clocks: Mapping[str, Json] = NOTHING
    back: str | None = None
    outcome: Tone | None = None
    due_at: datetime | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked of a case. `seen` is the version on the asker's page (None: whatever stands now).

    `sealed`: read back from history, which never held the choices of a secret answer. No door makes such an act.
    """

    action: str
    inputs: Mapping[str, Json] = field(default_factory=dict)
    seen: int | None = None
    sealed: bool = False


class Gathering(NamedTuple):
    """All cases of a definition that stand in a state; `below`: of units below that of the case alone."""

    of: str
    state: str
    below: bool


class Needs(NamedTuple):
    """The facts an answer depends on; storage loads exactly these.

    `cases` are the codes of cases that the act would link, `gathers` those it links by rule, `boxes` the secret asks to
    count, `loads` the places of whose people it must be known how much they have open, `limits` what others may hold.
    """

    places: frozenset[Place] = frozenset()
    movement: bool = False
    links: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    boxes: frozenset[str] = frozenset()
    loads: frozenset[Place] = frozenset()
    limits: frozenset["Limit"] = frozenset()
    gathers: frozenset[Gathering] = frozenset()

    @property
    def reads_more(self) -> bool:
        """Whether the answer depends on other cases, on ballots or on places that others may be taking just now."""
        return bool(self.links or self.cases or self.gathers or self.boxes or self.limits)


@dataclass(frozen=True, slots=True)
class Linked:
    """A case at the other end of a link, with the facts that acts on it need."""

    case: Case
    facts: "Facts"


class Facts(NamedTuple):
    """What storage found: exactly the declared needs. Reading anything else raises `UndeclaredFact` in the machine.

    `movement` maps `begins`, `ends` and each milestone to its date (`YYYY-MM-DD`). `cases` are those found of the codes
    asked for, `below` their units below the case's own. `boxes` hold, by ask and line, how many ballots say what,
    `loads`, by person, what is open with them by name. `held` say of each limit which case holds which place.
    """

    seats: Mapping[Place, tuple[Seat, ...]] = NOTHING
    movement: Mapping[str, str] | None = None
    links: Mapping[str, tuple[Linked, ...]] = NOTHING
    cases: Mapping[str, Linked] = NOTHING
    boxes: Mapping[str, Mapping[str, Mapping[str, int]]] = NOTHING
    loads: Mapping[int, int] = NOTHING
    held: Mapping["Limit", Mapping[int, int]] = NOTHING
    below: frozenset[int] = frozenset()


class Assignment(NamedTuple):
    """A turn to open: `slot` is `turn`, or an ask's name and a member (`remark:17`); at a desk, or with that member.

    `excluded` people may not take it up, nor through substitutes (separation of duties, own interest).
    """

    slot: str
    desk: Desk
    person: int | None
    due_at: datetime | None
    excluded: frozenset[int] = frozenset()


class Deadline(NamedTuple):
    """When the sweeper must ring this case next for `name`: `turn`, an ask's or `wake`; `step` counts what fired."""

    name: str
    due_at: datetime
    step: int = 0


class Notice(NamedTuple):
    """A notice the definition asks for: who gets a letter, at which desks or which people, about which facts.

    `kind` says which: `turn`, `ask`, `reminder`, `overdue`, `escalation`, `outcome` or `told`. `excluded` people get
    none, whatever desk they hold: who just acted knows it, who may not act need not.
    """

    kind: str
    desks: tuple[Desk, ...] = ()
    people: tuple[int, ...] = ()
    facts: Mapping[str, Json] = NOTHING
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """A linked case to open: of which definition, where, linked as what; `whole`: with all that its form takes."""

    definition: str
    link: str
    state: str
    fields: Mapping[str, Json]
    whole: bool = False


class Limit(NamedTuple):
    """Places of which there are only so many: those that `name` of a definition gives out for one key."""

    definition: str
    name: str
    key: str


class Reservation(NamedTuple):
    """One of the places of a limit, by its number, for a case to hold."""

    limit: Limit
    number: int


class Ballot(NamedTuple):
    """A choice on its way into the box of a secret ask, in no entry, job or log; `round` tells votes asked anew."""

    ask: str
    round: int
    line: str
    choice: str


class Plan(NamedTuple):
    """Everything one act does, and nothing else does anything. `case` is the case as it stands afterwards.

    Open assignments of the slots in `closes` end; `deadlines` are set by name, those in `stops` removed. `moves` are
    the Plans of linked cases, applied in the same transaction, locked in id order. `listed` are the fields marked so
    that this act changed, as the index table holds them (None: emptied). `on_behalf`, `capacity`, `desk`: in which
    right the actor acted. `alternative` is the position of the way that the action went, where it had any. `puts` and
    `strikes` are the cases that come to stand at a link, and those that leave it. `ballots` go into the box. What the
    case holds of the limits named in `releases` it gives back, then it takes the places in `reserves`.
    """

    case: Case
    action: str
    was: str
    closes: frozenset[str] = frozenset()
    opens: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    stops: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()
    moves: tuple["Plan", ...] = ()
    openings: tuple[Opening, ...] = ()
    listed: Mapping[str, Json] = NOTHING
    inputs: Mapping[str, Json] = NOTHING
    warnings: tuple["Reason", ...] = ()
    on_behalf: int | None = None
    capacity: Capacity | None = None
    desk: Desk | None = None
    alternative: int | None = None
    puts: tuple[tuple[str, int], ...] = ()
    strikes: tuple[tuple[str, int], ...] = ()
    ballots: tuple[Ballot, ...] = ()
    releases: frozenset[str] = frozenset()
    reserves: tuple[Reservation, ...] = ()

    @property
    def changes_more(self) -> bool:
        """Whether anything besides the rows of the case itself is written: other cases, links, boxes, places."""
        changes = (self.moves, self.openings, self.puts, self.strikes, self.ballots, self.releases, self.reserves)
        return any(changes)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not, as a code of the message table with the facts that fill its sentence; `field` where one is at fault."""

    code: str
    facts: Mapping[str, Json] = field(default_factory=dict)
    field: str | None = None


RefusalKind = Literal["not_your_turn", "stale", "not_open", "refused"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer no: the reasons of every alternative, and the seats that could act."""

    kind: RefusalKind
    reasons: tuple[Reason, ...]
    could_act: tuple[Seat, ...] = ()

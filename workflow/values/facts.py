"""What a decision is made from: who acts, who stands where, what stands around the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from workflow.values.case import EMPTY_MAPPING, Capacity, Case, Desk, Json, Layer


class Figure(NamedTuple):
    """What one layer says of a param: a figure for its keys (none: where no key fits), and where it is written."""

    layer: Layer
    param: str
    keys: tuple[str, ...]
    value: Json
    source: str


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
    `behalf` is for whom the act on that case was done. No person's standing has these two: the machine makes such an
    actor, and history keeps it.
    """

    person: int | None
    desks: frozenset[Desk] = frozenset()
    substitutions: tuple[Substitution, ...] = ()
    link: str | None = None
    behalf: int | None = None


SYSTEM = Actor(None)
OPEN_DEFECTS, UNSEEN_PAPERS = "open_defects", "unseen_papers"
"""What the record may know against an act that nothing forbids."""


class Limit(NamedTuple):
    """Places of which there are only so many: those that `name` of a definition gives out for one key."""

    definition: str
    name: str
    key: str


class Gathering(NamedTuple):
    """All cases of a definition that stand in a state; `below`: of units below that of the case alone."""

    of: str
    state: str
    below: bool


class Needs(NamedTuple):
    """The facts an answer depends on; storage loads exactly these.

    `cases` are the codes of cases that the act would link, `gathers` those it links by rule, `boxes` the secret asks to
    count, `loads` the places whose people are asked how much they have open, `limits` what others may hold. `doubts`
    are what may speak against an act that is weighed: they make nobody refuse. `undo` asks for the last act.
    """

    places: frozenset[Place] = frozenset()
    movement: bool = False
    links: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    boxes: frozenset[str] = frozenset()
    loads: frozenset[Place] = frozenset()
    limits: frozenset["Limit"] = frozenset()
    gathers: frozenset[Gathering] = frozenset()
    doubts: frozenset[str] = frozenset()
    undo: bool = False

    @property
    def reads_more(self) -> bool:
        """Whether the answer depends on other cases, on ballots or on places that others may be taking just now."""
        return bool(self.links or self.cases or self.gathers or self.boxes or self.limits)


@dataclass(frozen=True, slots=True)
class Linked:
    """A case at the other end of a link, with the facts that acts on it need."""

    case: Case
    facts: "Facts"


@dataclass(frozen=True, slots=True)
class Undone:
    """The last act of a case, to be taken back: who did it when, in which right, and the case `before` it.

    `is_final`: it cannot be taken back. `inputs` are what was handed in with it; history has them in its entry.
    """

    action: str
    person: int | None
    before: Case
    at: datetime
    on_behalf: int | None = None
    desk: Desk | None = None
    is_final: bool = False
    inputs: Mapping[str, Json] = field(default_factory=dict, compare=False)


class Facts(NamedTuple):
    """What storage found: exactly the declared needs. Reading anything else raises `UndeclaredFact` in the machine.

    `movement` maps `begins`, `ends` and each milestone to its date (`YYYY-MM-DD`). `cases` are those found of the codes
    asked for, `below` their units below the case's own. `boxes` hold, by ask and line, how many ballots say what,
    `loads`, by person, how much is open in their name. `held` maps, for each limit, the number of a place to the case
    that holds it. `doubts` count, of those declared, how much speaks against the act; history keeps none of them.
    `undone` is the last act, where it is to be taken back.
    """

    seats: Mapping[Place, tuple[Seat, ...]] = EMPTY_MAPPING
    movement: Mapping[str, str] | None = None
    links: Mapping[str, tuple[Linked, ...]] = EMPTY_MAPPING
    cases: Mapping[str, Linked] = EMPTY_MAPPING
    boxes: Mapping[str, Mapping[str, Mapping[str, int]]] = EMPTY_MAPPING
    loads: Mapping[int, int] = EMPTY_MAPPING
    held: Mapping["Limit", Mapping[int, int]] = EMPTY_MAPPING
    below: frozenset[int] = frozenset()
    doubts: Mapping[str, int] = EMPTY_MAPPING
    undone: Undone | None = None

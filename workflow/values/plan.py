"""What comes of a decision: everything an act does to a case, or why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from workflow.values.case import EMPTY_MAPPING, Capacity, Case, Desk, Json
from workflow.values.facts import Limit, Seat


class Assignment(NamedTuple):
    """A turn to open: `slot` is `turn`, or an ask's name and a member (`remark:17`); at a desk, or with that member.

    `excluded` people may not take it up, nor through substitutes (separation of duties, own interest). `opened_at` is
    since when it waits, where that is not the moment of the act.
    """

    slot: str
    desk: Desk
    person: int | None
    due_at: datetime | None
    excluded: frozenset[int] = frozenset()
    opened_at: datetime | None = None


class Deadline(NamedTuple):
    """When this case must be rung next for `name` (`turn`, an ask's or `wake`); `step` counts the steps that fired."""

    name: str
    due_at: datetime
    step: int = 0


class Notice(NamedTuple):
    """A notice the definition asks for: who gets a letter, at which desks or which people, about which facts.

    `kind` says which: `turn`, `ask`, `reminder`, `overdue`, `escalation`, `outcome` or `told`. `excluded` people get
    none, whatever desk they hold: those who just acted know it, those who may not act need not.
    """

    kind: str
    desks: tuple[Desk, ...] = ()
    people: tuple[int, ...] = ()
    facts: Mapping[str, Json] = EMPTY_MAPPING
    excluded: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """A linked case to open: of which definition, where, linked as what; `whole`: with all that its form takes."""

    definition: str
    link: str
    state: str
    fields: Mapping[str, Json]
    whole: bool = False


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
    right the actor acted. `alternative` is the position of the way that the action went, where it had any.
    `links_added` and `links_removed` are the cases that come to stand at a link, and those that leave it. `ballots` go
    into the box. What the case holds of the limits named in `releases` it gives back, then it takes the places in
    `reserves`. `doubts` speak against the act and forbid nothing; they are asked about, and not written.
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
    listed: Mapping[str, Json] = EMPTY_MAPPING
    inputs: Mapping[str, Json] = EMPTY_MAPPING
    warnings: tuple["Reason", ...] = ()
    on_behalf: int | None = None
    capacity: Capacity | None = None
    desk: Desk | None = None
    alternative: int | None = None
    links_added: tuple[tuple[str, int], ...] = ()
    links_removed: tuple[tuple[str, int], ...] = ()
    ballots: tuple[Ballot, ...] = ()
    releases: frozenset[str] = frozenset()
    reserves: tuple[Reservation, ...] = ()
    doubts: tuple["Reason", ...] = ()

    @property
    def changes_more(self) -> bool:
        """Whether anything besides the rows of the case itself is written: other cases, links, boxes, places."""
        changes = (
            self.moves,
            self.openings,
            self.links_added,
            self.links_removed,
            self.ballots,
            self.releases,
            self.reserves,
        )
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

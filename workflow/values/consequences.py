"""What an act would do, as it is said to people before it is done: consequences, their weight, doubts.

Where ballots of a secret ask decide, everything here holds for every content that the box may have: what differs from
one to another is a list of possibilities.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from workflow.values.case import Desk, Json, Tone
from workflow.values.plan import Reason

Weight = Literal["light", "undoable", "final"]


class CaseAfter(NamedTuple):
    """Where a case would stand: in the one of `states`, or in one of them; `was` is where it stands.

    `outcomes` are those of the states, `settled` says whether all of them end the case.
    """

    code: str
    definition: str
    was: str
    states: tuple[str, ...]
    outcomes: tuple[Tone | None, ...]
    settled: bool


class LineAfter(NamedTuple):
    """The results that one line of an ask may come to, and with how many of the first answer it has the first result.

    `needed` is None where no number of them alone decides.
    """

    code: str
    results: tuple[str, ...]
    needed: int | None


class AskAfter(NamedTuple):
    """An ask that would end: who answered, who can no longer; `counted` says whether the act reads its result."""

    ask: str
    members: tuple[int, ...]
    missing: tuple[int, ...]
    counted: bool
    lines: tuple[LineAfter, ...] = ()

    @property
    def answered(self) -> int:
        """How many have answered."""
        return len(self.members) - len(self.missing)


class CasesOpened(NamedTuple):
    """How many cases of a definition would be opened, at least and at most."""

    definition: str
    fewest: int
    most: int


class NumberedPaper(NamedTuple):
    """A numbered document that goes out with the act."""

    field: str
    symbol: str


class Waiting(NamedTuple):
    """A case that would wait for an external party."""

    code: str
    party: str


class DueChange(NamedTuple):
    """A deadline of a case that begins to run, or stops (`due_at` None)."""

    code: str
    name: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Consequences:
    """Everything that would follow from an act. `told` get a letter for certain, `perhaps_told` may get one.

    `desks` are those that letters go to. `refusable`: some content of a box would make the act be refused.
    """

    action: str
    weight: Weight
    case: CaseAfter
    asks: tuple[AskAfter, ...] = ()
    moves: tuple[CaseAfter, ...] = ()
    opens: tuple[CasesOpened, ...] = ()
    papers: tuple[NumberedPaper, ...] = ()
    external: tuple[Waiting, ...] = ()
    told: tuple[int, ...] = ()
    perhaps_told: tuple[int, ...] = ()
    desks: tuple[Desk, ...] = ()
    dues: tuple[DueChange, ...] = ()
    doubts: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    refusable: bool = False

    @property
    def asks_first(self) -> bool:
        """Whether a person must have read this before the act is done."""
        return self.weight == "final" or bool(self.doubts)

    @property
    def digest(self) -> str:
        """Name what a person agreed to: people, counts and outcomes, never times."""
        agreed: list[Json] = [
            self.action,
            self.weight,
            _case(self.case),
            [[after.ask, [*after.members], [*after.missing], [[*map(_plain, after.lines)]]] for after in self.asks],
            [_case(case) for case in self.moves],
            [[*opened] for opened in self.opens],
            [[*paper] for paper in self.papers],
            [[*waiting] for waiting in self.external],
            [*self.told],
            [*self.perhaps_told],
            [[doubt.code, {**doubt.facts}] for doubt in self.doubts],
            self.refusable,
        ]
        written = json.dumps(agreed, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()[:32]

    @property
    def counts(self) -> Mapping[str, int]:
        """The figures in it, from which somebody who read an earlier state sees what has changed."""
        answered = {f"answered.{after.ask}": after.answered for after in self.asks}
        doubts = {f"doubt.{doubt.code}": 1 for doubt in self.doubts}
        moved, told = len(self.moves), len(self.told) + len(self.perhaps_told)
        return {**answered, "moved": moved, "told": told, "opened": sum(of.most for of in self.opens), **doubts}


def _case(case: CaseAfter) -> list[Json]:
    return [case.code, case.was, [*case.states]]


def _plain(line: LineAfter) -> list[Json]:
    return [line.code, [*line.results], line.needed]

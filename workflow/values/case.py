"""A case as it stands, what is asked of it, and the words that all values share.

Instants are aware datetimes in UTC; everything that stands in a field or in an input is plain JSON without floats
(money is an integer, decimals are strings).
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
WordSource = Literal["code", "kind", "unit", "content"]

EMPTY_MAPPING: Final[Mapping[Any, Any]] = MappingProxyType({})
"""Stands where a mapping is left out."""
OPEN = "open"
"""The act that opens a case: the first entry of every history."""
ANSWER = "answer:"
"""Prefix of the acts that answer an ask: `answer:remark` with the input `answer`."""
COUNT = "count:"
"""Prefix of the acts that type in what was counted of an ask on paper: `count:ballot` with the input `count`."""
SEALED = "sealed"
"""Stands in place of a choice: the member has answered, and the choice is kept elsewhere."""
DUE = "due:"
"""Prefix of the acts that a passed deadline makes: `due:turn`, `due:remark`, `due:wake`."""
OWN_MILESTONE = "milestone"
"""The key, in a movement's dates, of the milestone by which the case is owed; no milestone may have that name."""
CLAIM, RELEASE, ASSIGN = "turn:claim", "turn:release", "turn:assign"
"""The acts by which the people of a desk share its turns: take one, give it back, give it to `person`."""


UNDO = "case:undo"
"""The act by which whoever did the last act of a case takes it back."""


class Text(NamedTuple):
    """A text for people in both languages, both required."""

    vi: str
    en: str


class CaseWord(NamedTuple):
    """A word by which a case is found: folded, with its marks (empty: it has none), and where in the case it stands."""

    word: str
    marked: str
    source: WordSource


class Desk(NamedTuple):
    """A role at a unit: where assignments wait."""

    role: str
    unit: int


class Done(NamedTuple):
    """What a case remembers of one action: how often it happened, and everybody who did it or for whom it was done.

    The rest is remembered only where guards ask for it. `fallen`: the case came back to a state that has the action,
    so it stands no longer. `digests` are those of fields as they were when it was last done, `last` is who did it then,
    or for whom.
    """

    times: int
    people: frozenset[int]
    fallen: bool = False
    digests: Mapping[str, str] = EMPTY_MAPPING
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
    change the result, or none is missing; `certain` is the result, by line, of an ask that closed before all had
    answered. `parties` are the members under each name that the result counts by. `clock` is the ledger of the ask's
    own time as JSON, as a case keeps its clocks; None where it has no limit, or was put before asks had a clock.
    """

    members: tuple[int, ...]
    answers: Mapping[int, str] = field(default_factory=dict)
    opened_version: int = 0
    lines: Mapping[str, Line] = field(default_factory=dict)
    paper: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    closed: bool = False
    parties: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    certain: Mapping[str, str] = field(default_factory=dict)
    clock: Mapping[str, Json] | None = None


class Case(NamedTuple):
    """One running instance under one pinned definition; always equal to the fold of its history.

    `version` is the number of its last history entry; `acted_version` the last entry that changed what people decide
    on (a reminder does not), so a form that saw it is still current. `clocks` holds the ledgers of the named clocks
    and of the turn as JSON that only `machine/calendar/ledgers` reads. `back` is the state that `to: back` leads to.
    `params` are the figures pinned at the opening, with regime and sources, as `machine/case/parameters` writes them.
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
    fields: Mapping[str, Json] = EMPTY_MAPPING
    done: Mapping[str, Done] = EMPTY_MAPPING
    asks: Mapping[str, OpenAsk] = EMPTY_MAPPING
    clocks: Mapping[str, Json] = EMPTY_MAPPING
    back: str | None = None
    outcome: Tone | None = None
    due_at: datetime | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What is asked of a case. `seen` is the version on the asker's page (None: whatever stands now).

    `sealed`: read back from history, which never held the choices of a secret answer. No door makes such an act.
    `weighed`: it is shown what the act would do, so what may raise doubts is declared as well. History knows none.
    """

    action: str
    inputs: Mapping[str, Json] = field(default_factory=dict)
    seen: int | None = None
    sealed: bool = False
    weighed: bool = False

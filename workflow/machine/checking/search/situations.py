"""All situations a case can be in: its state, where `back` leads, what its asks came to, what guards remember of it.

Finer than `configurations`: guards are asked, not taken as free, wherever acts settle what they read. What stays free
(today, figures, rows, whether a clock is late) may go either way, and a step that depends on it is not sure. Breadth
first; knows no finding.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, NamedTuple

from workflow.machine.case import editable_by, may_be_nobody
from workflow.machine.checking.search.configurations import BACK, MOST, Way
from workflow.machine.checking.search.groups import Firing, Group, Known, firing, groups_of
from workflow.machine.checking.search.memory import Memory, Value, memory_of
from workflow.machine.checking.search.steps import each
from workflow.machine.checking.search.vote_outcomes import results_of
from workflow.machine.definition import LINK, Ask, Definition, PathStep, Start
from workflow.values import OPEN

VOTING = "?"
_HANDS_IN_NOTHING = frozenset({"system", "link"})
NOT_PUT = ""
"""Nobody is there who could be asked: no result ever holds."""
Finals = Mapping[tuple[str, str], frozenset[str]]
"""What an ask of a state can come to, where that is known better than from the definition alone."""


class Situation(NamedTuple):
    """What decides which moves a case has. `asks` are those of the state, each with VOTING, NOT_PUT or its result."""

    state: str
    back: str | None
    asks: tuple[tuple[str, str], ...]
    remembered: tuple[Value, ...]


class Turning(NamedTuple):
    """One move: the way taken (None: votes came in), where it leads, whether it is sure that it can be taken.

    An `opened` move leads to another case: an edition that the act opens.
    """

    way: Way | None
    step: PathStep
    to: Situation
    sure: bool
    opened: bool = False


class PreparedGroup(NamedTuple):
    """A group, with the positions in the memory of what it reads, may edit, hands in, and requires by alternative."""

    group: Group
    reads: tuple[int, ...]
    edited: frozenset[int]
    given: frozenset[int]
    required: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Situations:
    """What was found: situations in the order of their distance, their moves, and how each was first reached."""

    memory: Memory
    moves: dict[Situation, list[Turning]] = field(default_factory=dict)
    parents: dict[Situation, tuple[Situation | None, PathStep, bool]] = field(default_factory=dict)
    complete: bool = True

    def path_to(self, situation: Situation) -> tuple[tuple[PathStep, ...], bool]:
        """Return the shortest way there, and whether every step of it is sure."""
        steps: list[PathStep] = []
        at: Situation | None = situation
        sure = True
        while at is not None:
            at, step, certain = self.parents[at]
            sure = sure and certain
            steps.append(step)
        return tuple(reversed(steps)), sure


def situations_of(definition: Definition, *, finals: Finals | None = None) -> Situations:
    """Search all situations from the opening on."""
    search = _Search(definition, memory_of(definition), finals or {})
    situations = Situations(search.memory)
    for start in definition.starts:
        for opened in search.opened(start):
            situations.parents.setdefault(opened, (None, PathStep(OPEN, start.by, start.to), start.when is None))
    queue = deque(situations.parents)
    while queue and len(situations.moves) < MOST:
        at = queue.popleft()
        situations.moves[at] = list(search.moves(at))
        for move in situations.moves[at]:
            if move.to not in situations.parents:
                situations.parents[move.to] = (at, move.step, move.sure)
                queue.append(move.to)
    situations.complete = not queue
    return situations


class _Search:
    """Where a situation leads; caches which alternatives of a group fire."""

    def __init__(self, definition: Definition, memory: Memory, finals: Finals) -> None:
        self.definition = definition
        self.memory = memory
        self.finals = finals
        self.asking = {
            name: [ask for ask in state.asks.values() if ask.result] for name, state in definition.states.items()
        }
        self.groups = {
            name: [self._prepared(group) for group in groups_of(definition, name)] for name in definition.states
        }
        self.answers: dict[object, tuple[Firing, ...]] = {}

    def _prepared(self, group: Group) -> PreparedGroup:
        def places(names: Collection[str]) -> tuple[int, ...]:
            return tuple(at for at, name in enumerate(self.memory.names) if name in names)

        edited = frozenset(places(group.editable))
        given = frozenset(places(group.requires)) - edited
        return PreparedGroup(
            group, places(group.reads), edited, given, tuple(places(way.requires) for way in group.alternatives)
        )

    def opened(self, start: Start) -> Iterator[Situation]:
        """Begin a case in one of the ways; whoever opens it may fill in what is theirs in the first state.

        What another case copies into it is not known here: any of its fields may be filled.
        """
        first = self.definition.states[start.to]
        theirs = self.definition.fields if start.by == LINK else editable_by(self.definition, first, start.by)
        edited = frozenset(at for at, name in enumerate(self.memory.names) if name in theirs)
        for filled in self._filled(self.memory.counted(self.memory.nothing, OPEN), edited=edited, given=frozenset()):
            yield from self._entered(start.to, None, filled)

    def moves(self, at: Situation) -> Iterator[Turning]:
        """Go through everything that can happen next."""
        for position, (name, result) in enumerate(at.asks):
            if result == VOTING:
                ask = self.definition.states[at.state].asks[name]
                for final in sorted(self._finals(at.state, ask)):
                    asks = (*at.asks[:position], (name, final), *at.asks[position + 1 :])
                    yield Turning(
                        None,
                        PathStep(f"{name}.{final}", ", ".join(ask.parties), at.state),
                        at._replace(asks=asks),
                        sure=True,
                    )
        for prepared in self.groups[at.state]:
            for filled in self._filled(at.remembered, edited=prepared.edited, given=prepared.given):
                for fired in self._firing(prepared, at, filled):
                    yield from self._taken(at, prepared, fired, filled)

    def _taken(
        self, at: Situation, prepared: PreparedGroup, fired: Firing, filled: tuple[Value, ...]
    ) -> Iterator[Turning]:
        group = prepared.group
        alternative = group.alternatives[fired.place]
        target = at.back if alternative.to == BACK else alternative.to
        nowhere = alternative.to == BACK and target is None
        lacks = any(filled[place] is None for place in prepared.required[fired.place])
        if nowhere or lacks or (alternative.requires and group.by in _HANDS_IN_NOTHING):
            return
        way = Way(at.state, group.action, group.positions[fired.place])
        remembered = self.memory.done(filled, group.action)
        back = at.back if target == at.state else at.state
        for to in self._entered(target, back, remembered) if target else [at._replace(remembered=remembered)]:
            yield Turning(way, PathStep(group.action, group.by, to.state), to, fired.sure)
        opens = alternative.open
        if opens and opens.definition in (None, self.definition.name):
            for to in self._entered(opens.at, None, self._copied(opens.copy, filled)):
                yield Turning(way, PathStep(group.action, group.by, to.state), to, fired.sure, opened=True)

    def _entered(self, state: str, back: str | None, remembered: tuple[Value, ...]) -> Iterator[Situation]:
        """Put the questions of a state; one that may find nobody may not be put at all."""
        asks = self.asking[state]
        remembered = self.memory.fallen(remembered, self.definition.states[state].actions)
        for put in product(*(self._put(state, ask) for ask in asks)):
            yield Situation(state, back, tuple(zip((ask.name for ask in asks), put, strict=True)), remembered)

    def _put(self, state: str, ask: Ask) -> tuple[str, ...]:
        if (state, ask.name) in self.finals:
            return (VOTING,) if self.finals[state, ask.name] else (NOT_PUT,)
        return (VOTING, NOT_PUT) if all(may_be_nobody(self.definition, name) for name in ask.parties) else (VOTING,)

    def _finals(self, state: str, ask: Ask) -> frozenset[str]:
        if (state, ask.name) in self.finals:
            return self.finals[state, ask.name]
        results = results_of(self.definition, state, ask.name)
        return results.final if results else frozenset(name for name, _ in ask.result)

    def _filled(
        self, remembered: tuple[Value, ...], *, edited: frozenset[int], given: frozenset[int]
    ) -> Iterable[tuple[Value, ...]]:
        """Go through what the remembered fields can be once an act has handed some in."""
        if not edited and not given:
            return (remembered,)
        choices: list[tuple[Value, ...]] = []
        for place, value in enumerate(remembered):
            values = self.memory.values[self.memory.names[place]]
            filled = (value, *(other for other in values if other is not None and other != value))
            choices.append(values if place in edited else filled if place in given else (value,))
        return each(product(*choices))

    def _copied(self, copy: Literal["all", "none"] | tuple[str, ...], filled: tuple[Value, ...]) -> tuple[Value, ...]:
        remembered = zip(self.memory.names, filled, self.memory.nothing, strict=True)
        copied = tuple(
            value if name in self.definition.fields and (copy == "all" or name in copy) else nothing
            for name, value, nothing in remembered
        )
        return self.memory.counted(copied, OPEN)

    def _firing(self, prepared: PreparedGroup, at: Situation, filled: tuple[Value, ...]) -> tuple[Firing, ...]:
        key = (prepared.group, at.asks, tuple(filled[place] for place in prepared.reads))
        answer = self.answers.get(key)
        if answer is None:
            known = {self.memory.names[place]: filled[place] for place in prepared.reads}
            answer = self.answers[key] = firing(prepared.group, known, self._options(prepared.group, at))
        return answer

    def _options(self, group: Group, at: Situation) -> list[Known]:
        """List what the asks may say just now: their result, or while votes are missing any that votes can bring."""
        choices: list[list[Known]] = []
        for name, result in at.asks:
            ask = self.definition.states[at.state].asks[name]
            if not any(f"{name}.{possible}" in group.reads for possible, _ in ask.result):
                continue
            results = results_of(self.definition, at.state, name) if result == VOTING else None
            names = [possible for possible, _ in ask.result]
            now = sorted(results.during) if results else names if result == VOTING else [result]
            choices.append([{f"{name}.{possible}": possible == said for possible in names} for said in now])
        return [{fact: value for part in parts for fact, value in part.items()} for parts in product(*choices)]

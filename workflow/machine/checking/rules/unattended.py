"""What becomes of a case that nobody attends to: it may end badly or neutrally, but it must never end well.

Time passes; an ask stays without answers, or silence answers it when its time is up. What was settled before the state
may be anything; what only people can bring about while the state lasts does not happen. Knows the guards of the
system's acts and the counts of asks, no path.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Protocol

from workflow.machine.case import may_be_nobody
from workflow.machine.checking.search import (
    MEMBERS,
    NOWHERE,
    arranged,
    each,
    others_read,
    path_of,
    result_on,
    ways_of,
    with_scores,
)
from workflow.machine.definition import LINK, SYSTEM, Ask, Definition, Finding, State, finding_at
from workflow.machine.expressions import Both, Either, Guard, Node, Not, Written, compiled, reads

_OF_TIME = frozenset({"today", "movement", "overdue"})
_OF_ACTS = frozenset({"times", "did", "stands", "changed"})
Worlds = list[Mapping[str, object]]


def unattended_findings(definition: Definition) -> Iterator[Finding]:
    """Refuse what lets a case end well although nobody did anything."""
    for way, alternative in ways_of(definition):
        state = definition.states[way.state]
        target = definition.states.get(alternative.to or "")
        ends_well = target is not None and target.outcome == "good" and state.outcome != "good"
        if alternative.by == SYSTEM and ends_well and comes_about_alone(definition, state, alternative.when):
            path = path_of(definition, way)
            yield finding_at(definition, "silence_ends_well", path, state=way.state, action=way.action)
    for state in definition.states.values():
        for ask in state.asks.values():
            path = f"states.{state.name}.ask.{ask.name}"
            if ask.silence and ask.due is None:
                yield finding_at(definition, "silence_without_due", path, ask=ask.name)
            if ask.result and ask.due is None and not _is_counted_in_time(ask, state):
                yield finding_at(definition, "ask_without_due", path, severity="warning", ask=ask.name)


def _is_counted_in_time(ask: Ask, state: State) -> bool:
    """Tell whether those whose turn it is have a due, and may count the papers of an ask or leave without its result.

    Once somebody has answered without a paper there is no count of papers any more, and only the other way is left.
    """
    if not ask.paper or state.turn is None or state.turn.due is None:
        return False
    ways = (way for action in state.actions.values() for way in action.alternatives if way.by == state.turn.who)
    return any(way.to not in (None, state.name) and not _asks_about(ask, way.when) for way in ways)


def _asks_about(ask: Ask, when: Guard | None) -> bool:
    return when is not None and any(_name_of(path) == ask.name for path in when.reads)


def comes_about_alone(definition: Definition, state: State, when: Guard | None) -> bool:
    """Tell whether a guard can come to hold in a state because time passes or because nobody answers."""
    if when is None:
        return True
    telling = _OF_TIME | state.asks.keys()
    alone = _Alone(definition, state, when)
    return any(_name_of(path) in telling for path in when.reads) and can_be(when.tree, alone.clause, wanted=True)


def can_be(node: Node, clause: "ClausePossibility", *, wanted: bool) -> bool:
    """Tell whether a condition can be true or false, as `wanted`, where `clause` tells the same of its clauses."""
    match node:
        case Written(value=value):
            return value is wanted
        case Not(of=of):
            return can_be(of, clause, wanted=not wanted)
        case Both(parts=parts):
            answers = [can_be(part, clause, wanted=wanted) for part in parts]
            return all(answers) if wanted else any(answers)
        case Either(parts=parts):
            answers = [can_be(part, clause, wanted=wanted) for part in parts]
            return any(answers) if wanted else all(answers)
    return clause(node, wanted=wanted)


class ClausePossibility(Protocol):
    """Tells whether a clause can be true or false, as `wanted`."""

    def __call__(self, node: Node, *, wanted: bool) -> bool: ...


def can_be_unanswered(definition: Definition, ask: Ask, guard: Guard, node: Node, *, wanted: bool) -> bool | None:
    """Tell whether a clause on an ask alone can be as wanted while nobody answers it; None where that stays open."""
    worlds = worlds_of(definition, ask)
    if worlds is None or not all(_name_of(path) == ask.name for path in reads(node)):
        return None
    run = compiled(node, guard.environment)
    return any(run(arranged(world), NOWHERE, None) is wanted for world in worlds)


class _Alone:
    """What a guard can answer in a state in which nobody does anything."""

    def __init__(self, definition: Definition, state: State, guard: Guard) -> None:
        self.definition, self.state, self.guard = definition, state, guard

    def clause(self, node: Node, *, wanted: bool) -> bool:
        """Tell whether a clause can be as wanted; not where that takes people who act while the state lasts."""
        paths = reads(node)
        names = {_name_of(path) for path in paths}
        asks = [ask for name, ask in self.state.asks.items() if name in names]
        if asks:
            return any(self._of_ask(ask, node, wanted=wanted) for ask in asks)
        return bool(names & _OF_TIME) or not any(self._is_theirs(path) for path in paths)

    def _of_ask(self, ask: Ask, node: Node, *, wanted: bool) -> bool:
        possible = can_be_unanswered(self.definition, ask, self.guard, node, wanted=wanted)
        return ask.silence is not None if possible is None else possible

    def _is_theirs(self, path: str) -> bool:
        """Tell whether people decide a fact here: a field they fill in, an act they do, a linked case's progress."""
        name, inputs = _name_of(path), path.partition("(")[2].removesuffix(")").split(",")
        if name in self.definition.members or name in self.definition.links:
            return True
        staying = {
            action.name: way.requires
            for action in self.state.actions.values()
            for way in action.alternatives
            if way.to in (None, self.state.name) and way.by not in (SYSTEM, LINK)
        }
        if name in _OF_ACTS:
            return any(action in staying for action in inputs)
        given = {field for fields in staying.values() for field in fields}
        return name in given or any(name in names or "all" in names for names in self.state.edit.values())


def _name_of(path: str) -> str:
    return path.partition(".")[0].partition("(")[0]


def worlds_of(definition: Definition, ask: Ask) -> Worlds | None:
    """List the facts of an ask that nobody answers: open, answered by silence, never put; None if they stay open."""
    others = others_read(definition, ask)
    if others is None:
        return None
    numbers = [(members, 0) for members in range(1, MEMBERS + 1)]
    if ask.silence is not None:
        numbers += [(members, members) for members, _ in numbers]
    if all(may_be_nobody(definition, name) for name in ask.parties):
        numbers.append((0, 0))
    known = [dict(zip(others, chosen, strict=True)) for chosen in each(product(*others.values()))]
    return [_world(ask, values, members, said=said) for values in known for members, said in numbers]


def _world(ask: Ask, known: Mapping[str, object], members: int, *, said: int) -> Mapping[str, object]:
    """Write down an ask of so many members, `said` of them by silence; a result that is not told does not hold."""
    counted: dict[str, int] = {}
    for party in ("", *(f"{name}." for name in ask.by_name)):
        counted |= {f"{party}members": members, f"{party}voted": said}
        counted |= {f"{party}{answer.name}": said if answer.name == ask.silence else 0 for answer in ask.answers}
    told = members > 0 and not ask.secret and not ask.about and ask.result
    result = result_on(ask, {**known, **counted}) if told else None
    facts: dict[str, object] = {**with_scores(ask, counted), "closed": members > 0 and said == members}
    facts |= {name: name == result for name, _ in ask.result}
    return {f"{ask.name}.{name}": value for name, value in facts.items()}

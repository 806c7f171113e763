"""What asks can come to: every way in which so many members can vote, tried out with the results it gives.

Knows counts and result guards, no state and no path. A result that nobody's votes can bring is an error; so is an act
by the system that a secret ask's counts set off while votes are still missing, for it tells how people voted. Called
by `checking`, by the search of situations and by `staffing` for real numbers of members.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement, product
from math import comb, prod

from workflow.machine.checking_cells import arranged, holds_on, values_of
from workflow.machine.checking_graph import path_of, ways_of
from workflow.machine.definition import Alternative, Ask, Definition
from workflow.machine.expressions import Guard
from workflow.machine.faults import Finding, finding_at
from workflow.machine.loading_guards import HEADS, SCORES
from workflow.machine.tallying import scored

MEMBERS = 12
"""So many members are tried at least; more where a result compares a count with a larger number."""
MOST_VOTES = 20_000
SYSTEM = "system"
_SOME = 5
"""Members of all kinds that are tried where a result counts by name."""
_FEW = 6
"""Members enough to see whether an act waits for the last vote."""
_KEPT = 1_024
Votes = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Results:
    """What an ask can come to while votes are missing, and once all have voted."""

    during: frozenset[str]
    final: frozenset[str]


@lru_cache(maxsize=_KEPT)
def results_of(definition: Definition, state: str, name: str, *, members: int | None = None) -> Results | None:
    """Try all votes of an ask, of any number of members or of exactly so many; None where that stays open."""
    ask = definition.states[state].asks[name]
    if ask.by_name:
        return _results_by_name(definition, ask) if members is None else None
    others = _others(definition, ask)
    sizes = range(1, _largest(ask) + 1) if members is None else range(members, members + 1)
    work = sum(comb(size + len(ask.answers), size) for size in sizes)
    if others is None or work * prod(len(values) for values in others.values()) > MOST_VOTES:
        return None
    during: set[str] = set()
    final: set[str] = set()
    for chosen in product(*others.values()):
        known = dict(zip(others, chosen, strict=True))
        for size in sizes:
            for votes in _votes(ask, size):
                (final if votes["voted"] == size else during).add(_result(ask, {**known, **votes}))
    return Results(frozenset(during | final), frozenset(final))


def _results_by_name(definition: Definition, ask: Ask) -> Results | None:
    """Try the votes of few members who stand under one of the names, all or none; None unless all results come up."""
    others = _others(definition, ask)
    names = [answer.name for answer in ask.answers]
    kinds = (frozenset[str](), *(frozenset({name}) for name in ask.by_name), frozenset(ask.by_name))
    cells = len(set(kinds)) * len(names)
    if others is None or comb(_SOME + cells, cells) * prod(len(values) for values in others.values()) > MOST_VOTES:
        return None
    found: set[str] = set()
    for chosen in product(*others.values()):
        known = dict(zip(others, chosen, strict=True))
        for size in range(1, _SOME + 1):
            for voters in combinations_with_replacement([*product(dict.fromkeys(kinds), names)], size):
                found.add(_result(ask, {**known, **_votes_by_name(ask, voters)}))
    results = frozenset(name for name, _ in ask.result)
    return Results(results, results) if found == results else None


def results_among(definition: Definition, state: str, name: str, members: Sequence[frozenset[str]]) -> Results | None:
    """Try all votes of these members, each given by the names under which they stand; None where that stays open."""
    ask = definition.states[state].asks[name]
    if not ask.by_name:
        return results_of(definition, state, name, members=len(members))
    others = _others(definition, ask)
    kinds = Counter(parties.intersection(ask.by_name) for parties in members)
    answers = [answer.name for answer in ask.answers]
    work = prod(comb(count + len(answers) - 1, count) for count in kinds.values())
    if others is None or work * prod(len(values) for values in others.values()) > MOST_VOTES:
        return None
    final: set[str] = set()
    for chosen in product(*others.values()):
        known = dict(zip(others, chosen, strict=True))
        for said in product(*(combinations_with_replacement(answers, count) for count in kinds.values())):
            voters = [(kind, answer) for kind, given in zip(kinds, said, strict=True) for answer in given]
            final.add(_result(ask, {**known, **_votes_by_name(ask, voters)}))
    return Results(frozenset(final), frozenset(final))


def results_without_one(definition: Definition, state: str, name: str, *, members: int) -> frozenset[str] | None:
    """Try all votes of all but one member, who counts as a member and has no say; None where that stays open."""
    ask = definition.states[state].asks[name]
    others = _others(definition, ask)
    if others is None or ask.by_name or results_of(definition, state, name, members=members) is None:
        return None
    found: set[str] = set()
    for chosen in product(*others.values()):
        known = dict(zip(others, chosen, strict=True))
        found |= {_result(ask, {**known, **votes}) for votes in _votes(ask, members) if votes["voted"] == members - 1}
    return frozenset(found)


def _votes_by_name(ask: Ask, voters: Sequence[tuple[frozenset[str], str]]) -> dict[str, object]:
    """Count voters, each with the names under which they stand, altogether and by name."""

    def counted(said: Sequence[str]) -> dict[str, int]:
        return {answer.name: said.count(answer.name) for answer in ask.answers} | dict.fromkeys(HEADS, len(said))

    votes: dict[str, object] = dict(counted([answer for _, answer in voters]))
    for party in ask.by_name:
        mine = counted([answer for parties, answer in voters if party in parties])
        votes |= {f"{party}.{name}": count for name, count in mine.items()}
    return votes


def _result(ask: Ask, facts: Mapping[str, object]) -> str:
    cell = arranged(_with_scores(ask, facts))
    return next(name for name, guard in ask.result if guard is None or holds_on(guard, cell))


def _with_scores(ask: Ask, facts: Mapping[str, object]) -> Mapping[str, object]:
    if not ask.scored:
        return facts
    counts = {name: count for name, count in facts.items() if isinstance(count, int)}
    parts: dict[str, object] = {}
    for party in ("", *(f"{name}." for name in ask.by_name)):
        mine = {name.removeprefix(party): count for name, count in counts.items() if name.startswith(party)}
        parts |= {f"{party}{name}": count for name, count in scored(ask, mine).items()}
    return {**facts, **parts}


def _votes(ask: Ask, members: int) -> Iterator[dict[str, int]]:
    """Go through all ways to vote, from nobody to all."""
    names = [answer.name for answer in ask.answers]
    for counted in _shared(members, len(names)):
        yield {**dict(zip(names, counted, strict=True)), "members": members, "voted": sum(counted)}


def _shared(votes: int, answers: int) -> Iterator[tuple[int, ...]]:
    if answers == 0:
        yield ()
        return
    for first in range(votes + 1):
        yield from ((first, *rest) for rest in _shared(votes - first, answers - 1))


def _largest(ask: Ask) -> int:
    cuts = [guard.cut_points() for _, guard in ask.result if guard]
    compared = [value for cut in cuts for fact in _counts(ask) for value in cut.get(fact, ())]
    return max(MEMBERS, *(int(value) + 1 for value in compared if isinstance(value, int)), 0)


def _counts(ask: Ask) -> frozenset[str]:
    counts = (*HEADS, *SCORES, *(answer.name for answer in ask.answers))
    return frozenset({*counts, *(f"{party}.{name}" for party in ask.by_name for name in counts)})


def _others(definition: Definition, ask: Ask) -> dict[str, list[object]] | None:
    """List what else the results read, with the values it can have: figures, else cells; None if that is open."""
    guards = [guard for _, guard in ask.result if guard]
    found: dict[str, list[object]] = {}
    for name in sorted({fact for guard in guards for fact in guard.reads} - _counts(ask)):
        param = definition.params.get(name)
        cut = None if param else _cut(name, guards)
        if param is None and cut is None:
            return None
        found[name] = cut or ([*param.values.values(), param.otherwise] if param else [])
    return found


def _cut(name: str, guards: list[Guard]) -> list[object] | None:
    """Find the cells of a fact in guards that speak of nothing else."""
    reading = [guard for guard in guards if name in guard.reads]
    cut = values_of(reading) if all(guard.reads == {name} for guard in reading) else None
    return cut[name] if cut else None


def count_findings(definition: Definition) -> Iterator[Finding]:
    """Check that every result of every ask can be reached, and that no secret ask is closed early."""
    for state in definition.states.values():
        for ask in state.asks.values():
            results = results_of(definition, state.name, ask.name) if ask.result else None
            for name, _ in ask.result if results else ():
                if results and name not in results.final:
                    path = f"states.{state.name}.ask.{ask.name}.result.{name}"
                    yield finding_at(definition, "result_never", path, ask=ask.name, result=name)
    for way, alternative in ways_of(definition):
        for ask in definition.states[way.state].asks.values():
            if ask.secret and _closes_early(definition, ask, alternative):
                yield finding_at(
                    definition, "secret_closes_early", path_of(definition, way), ask=ask.name, action=way.action
                )


def _closes_early(definition: Definition, ask: Ask, alternative: Alternative) -> bool:
    """Tell whether the system may end an ask by what its votes say, before the last member has voted."""
    guard = alternative.when
    if alternative.by != SYSTEM or alternative.to is None or guard is None:
        return False
    telling = {f"{ask.name}.{name}" for name in (*_counts(ask), *(name for name, _ in ask.result))}
    others = _others(definition, ask)
    if not guard.reads & telling or not guard.reads <= telling or others is None:
        return False
    for chosen in product(*others.values()):
        known = dict(zip(others, chosen, strict=True))
        for votes in _votes(ask, _FEW):
            if votes["voted"] < votes["members"] and _holds(ask, guard, known=known, votes=votes):
                return True
    return False


def _holds(ask: Ask, guard: Guard, *, known: Mapping[str, object], votes: Votes) -> bool:
    result = _result(ask, {**known, **votes}) if ask.result else ""
    seen: dict[str, object] = {f"{ask.name}.{name}": count for name, count in votes.items()}
    seen |= {f"{ask.name}.{name}": name == result for name, _ in ask.result}
    return holds_on(guard, arranged(seen))

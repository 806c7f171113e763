"""What asks can come to: every way in which so many members can vote, tried out with the results it gives.

Knows counts and result guards, no path and no finding.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations_with_replacement, product
from math import comb, prod

from workflow.machine.case import scored
from workflow.machine.checking.search.guard_cells import arranged, holds_on, values_of
from workflow.machine.checking.search.steps import each
from workflow.machine.definition import Ask, Definition
from workflow.machine.expressions import Guard
from workflow.machine.loading import HEADS, SCORES

MEMBERS = 12
"""So many members are tried at least; more where a result compares a count with a larger number."""
MOST_VOTES = 20_000
_SOME = 5
"""Members of all kinds that are tried where a result counts by name."""
_CACHE_SIZE = 1_024
Votes = Mapping[str, int]
Others = Mapping[str, list[object]]


@dataclass(frozen=True, slots=True)
class Results:
    """The results an ask can have while votes are missing, and once all have voted; not all votes need be tried."""

    during: frozenset[str]
    final: frozenset[str]
    some_untried: bool = False


@lru_cache(maxsize=_CACHE_SIZE)
def results_of(definition: Definition, state: str, name: str, *, members: int | None = None) -> Results | None:
    """Try all votes of an ask, of any number of members or of exactly so many; None where that stays open."""
    ask = definition.states[state].asks[name]
    if members is None:
        results = results_seen(definition, state, name)
        return None if results is None or (results.some_untried and results.final != results_named(ask)) else results
    others = others_read(definition, ask)
    work = comb(members + len(ask.answers), members)
    if ask.by_name or others is None or work * prod(len(values) for values in others.values()) > MOST_VOTES:
        return None
    return _tried(ask, others, [members])


def results_named(ask: Ask) -> frozenset[str]:
    """List the results that an ask may have."""
    return frozenset(name for name, _ in ask.result)


@lru_cache(maxsize=_CACHE_SIZE)
def results_seen(definition: Definition, state: str, name: str) -> Results | None:
    """Try the votes of as many members as can be tried; None where a result reads facts without end."""
    ask = definition.states[state].asks[name]
    others = others_read(definition, ask)
    if others is None:
        return None
    if ask.by_name:
        return _results_by_name(ask, others)
    most = MOST_VOTES // prod(len(values) for values in others.values())
    sizes = range(1, _largest(ask) + 1)
    work = accumulate(comb(size + len(ask.answers), size) for size in sizes)
    tried = [size for size, so_far in zip(sizes, work, strict=True) if so_far <= most]
    return _tried(ask, others, tried, some_untried=len(tried) < len(sizes))


def _tried(ask: Ask, others: Others, sizes: Iterable[int], *, some_untried: bool = False) -> Results:
    during: set[str] = set()
    final: set[str] = set()
    for chosen in each(product(*others.values())):
        known = dict(zip(others, chosen, strict=True))
        for size in sizes:
            for votes in votes_of(ask, size):
                (final if votes["voted"] == size else during).add(result_on(ask, {**known, **votes}))
    return Results(frozenset(during | final), frozenset(final), some_untried)


def _results_by_name(ask: Ask, others: Others) -> Results:
    """Try the votes of few members who stand under one of the names, all or none."""
    names = [answer.name for answer in ask.answers]
    kinds = dict.fromkeys((frozenset[str](), *(frozenset({name}) for name in ask.by_name), frozenset(ask.by_name)))
    cells, work = len(kinds) * len(names), prod(len(values) for values in others.values())
    sizes = [size for size in range(1, _SOME + 1) if comb(size + cells, cells) * work <= MOST_VOTES]
    results: set[str] = set()
    for chosen in each(product(*others.values())):
        known = dict(zip(others, chosen, strict=True))
        for size in sizes:
            for voters in each(combinations_with_replacement([*product(kinds, names)], size)):
                results.add(result_on(ask, {**known, **_votes_by_name(ask, voters)}))
    return Results(frozenset(results), frozenset(results), some_untried=True)


def results_among(definition: Definition, state: str, name: str, members: Sequence[frozenset[str]]) -> Results | None:
    """Try all votes of these members, each given by the names under which they stand; None where that stays open."""
    ask = definition.states[state].asks[name]
    if not ask.by_name:
        return results_of(definition, state, name, members=len(members))
    others = others_read(definition, ask)
    kinds = Counter(parties.intersection(ask.by_name) for parties in members)
    answers = [answer.name for answer in ask.answers]
    work = prod(comb(count + len(answers) - 1, count) for count in kinds.values())
    if others is None or work * prod(len(values) for values in others.values()) > MOST_VOTES:
        return None
    final: set[str] = set()
    for chosen in each(product(*others.values())):
        known = dict(zip(others, chosen, strict=True))
        for said in each(product(*(combinations_with_replacement(answers, count) for count in kinds.values()))):
            voters = [(kind, answer) for kind, given in zip(kinds, said, strict=True) for answer in given]
            final.add(result_on(ask, {**known, **_votes_by_name(ask, voters)}))
    return Results(frozenset(final), frozenset(final))


def results_without_one(definition: Definition, state: str, name: str, *, members: int) -> frozenset[str] | None:
    """Try all votes of all but one member, who counts as a member and has no say; None where that stays open."""
    ask = definition.states[state].asks[name]
    others = others_read(definition, ask)
    if others is None or ask.by_name or results_of(definition, state, name, members=members) is None:
        return None
    results: set[str] = set()
    for chosen in each(product(*others.values())):
        known = dict(zip(others, chosen, strict=True))
        results |= {
            result_on(ask, {**known, **votes}) for votes in votes_of(ask, members) if votes["voted"] == members - 1
        }
    return frozenset(results)


def _votes_by_name(ask: Ask, voters: Sequence[tuple[frozenset[str], str]]) -> dict[str, object]:
    """Count voters, each with the names under which they stand, altogether and by name."""

    def counted(said: Sequence[str]) -> dict[str, int]:
        return {answer.name: said.count(answer.name) for answer in ask.answers} | dict.fromkeys(HEADS, len(said))

    votes: dict[str, object] = dict(counted([answer for _, answer in voters]))
    for party in ask.by_name:
        mine = counted([answer for parties, answer in voters if party in parties])
        votes |= {f"{party}.{name}": count for name, count in mine.items()}
    return votes


def result_on(ask: Ask, facts: Mapping[str, object]) -> str:
    """Name the result that these counts have."""
    cell = arranged(with_scores(ask, facts))
    return next(name for name, guard in ask.result if guard is None or holds_on(guard, cell))


def with_scores(ask: Ask, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Add what scores come to, altogether and by name."""
    if not ask.scored:
        return facts
    counts = {name: count for name, count in facts.items() if isinstance(count, int)}
    parts: dict[str, object] = {}
    for party in ("", *(f"{name}." for name in ask.by_name)):
        mine = {name.removeprefix(party): count for name, count in counts.items() if name.startswith(party)}
        parts |= {f"{party}{name}": count for name, count in scored(ask, mine).items()}
    return {**facts, **parts}


def votes_of(ask: Ask, members: int) -> Iterator[dict[str, int]]:
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
    compared = [value for cut in cuts for fact in counts_of(ask) for value in cut.get(fact, ())]
    return max(MEMBERS, *(int(value) + 1 for value in compared if isinstance(value, int)), 0)


def counts_of(ask: Ask) -> frozenset[str]:
    """List the counts that the results of an ask may read, as they call them."""
    counts = (*HEADS, *SCORES, *(answer.name for answer in ask.answers))
    return frozenset({*counts, *(f"{party}.{name}" for party in ask.by_name for name in counts)})


def others_read(definition: Definition, ask: Ask) -> dict[str, list[object]] | None:
    """List what else the results read, with the values it can have: figures, else cells; None if that is open."""
    guards = [guard for _, guard in ask.result if guard]
    others: dict[str, list[object]] = {}
    for name in sorted({fact for guard in guards for fact in guard.reads} - counts_of(ask)):
        param = definition.params.get(name)
        cut = None if param else _cut(name, guards)
        if param is None and cut is None:
            return None
        others[name] = cut or ([*param.values.values(), param.otherwise] if param else [])
    return others


def _cut(name: str, guards: list[Guard]) -> list[object] | None:
    """Find the cells of a fact in guards that speak of nothing else."""
    reading = [guard for guard in guards if name in guard.reads]
    cut = values_of(reading) if all(guard.reads == {name} for guard in reading) else None
    return cut[name] if cut else None

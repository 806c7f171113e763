"""Whether votes can decide: results that no votes bring, guards that no count fulfils, secret asks that end early.

If the system acts on the counts of a secret ask while votes are still missing, it tells how people voted. Knows what
asks can come to, no path of a case.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from math import comb, prod

from workflow.machine.checking.search import (
    MEMBERS,
    MOST_VOTES,
    Votes,
    Way,
    arranged,
    counts_of,
    each,
    holds_never,
    holds_on,
    others_read,
    path_of,
    result_on,
    results_seen,
    votes_of,
    ways_of,
    with_scores,
)
from workflow.machine.definition import SYSTEM, Alternative, Ask, Definition, Finding, finding_at
from workflow.machine.expressions import Guard

_FEW = 6
"""Members enough to see whether an act waits for the last vote."""


def count_findings(definition: Definition) -> Iterator[Finding]:
    """Check that every result and every act that waits for votes can come about, and that no secret ask ends early."""
    for state in definition.states.values():
        for ask in state.asks.values():
            yield from _unseen(definition, state.name, ask)
    for way in uncountable(definition):
        guard = definition.states[way.state].actions[way.action].alternatives[way.position].when
        if guard and not holds_never(guard):
            yield finding_at(definition, "guard_never", path_of(definition, way, "when"), guard=guard.source)
    for way, alternative in ways_of(definition):
        for ask in definition.states[way.state].asks.values():
            if ask.secret and _closes_early(definition, ask, alternative):
                yield finding_at(
                    definition, "secret_closes_early", path_of(definition, way), ask=ask.name, action=way.action
                )


def uncountable(definition: Definition) -> frozenset[Way]:
    """List the alternatives whose guards no votes of any number of members can make hold."""
    return frozenset(
        way
        for way, alternative in ways_of(definition)
        for ask in definition.states[way.state].asks.values()
        if alternative.when and _is_never_counted(definition, ask, alternative.when)
    )


def _unseen(definition: Definition, state: str, ask: Ask) -> Iterator[Finding]:
    """Name the results that no votes brought: an error where all votes that matter were tried, else undecided."""
    seen = results_seen(definition, state, ask.name) if ask.result else None
    for name, _ in ask.result if seen else ():
        if seen and name not in seen.final:
            path = f"states.{state}.ask.{ask.name}.result.{name}"
            if seen.some_untried:
                yield finding_at(definition, "result_unseen", path, severity="undecided", ask=ask.name, result=name)
            else:
                yield finding_at(definition, "result_never", path, ask=ask.name, result=name)


def _is_never_counted(definition: Definition, ask: Ask, guard: Guard) -> bool:
    """Tell whether a guard speaks of an ask alone and holds on no count; an ask that counts by name stays open."""
    telling = _told_of(ask) | {f"{ask.name}.closed"}
    others = others_read(definition, ask)
    if ask.by_name or others is None or not guard.reads or not guard.reads <= telling:
        return False
    work = sum(comb(size + len(ask.answers), size) for size in range(1, MEMBERS + 1))
    if work * prod(map(len, others.values())) > MOST_VOTES:
        return False
    return not any(
        _holds(ask, guard, dict(zip(others, chosen, strict=True)), votes, closed=closed)
        for chosen in each(product(*others.values()))
        for size in range(1, MEMBERS + 1)
        for votes in votes_of(ask, size)
        for closed in ((True,) if votes["voted"] == size else (False, True))
    )


def _told_of(ask: Ask) -> frozenset[str]:
    return frozenset(f"{ask.name}.{name}" for name in (*counts_of(ask), *(name for name, _ in ask.result)))


def _closes_early(definition: Definition, ask: Ask, alternative: Alternative) -> bool:
    """Tell whether the system may end an ask by what its votes say, before the last member has voted."""
    guard, telling = alternative.when, _told_of(ask)
    others = others_read(definition, ask)
    if alternative.by != SYSTEM or alternative.to is None or guard is None or others is None:
        return False
    if not guard.reads & telling or not guard.reads <= telling:
        return False
    return any(
        _holds(ask, guard, dict(zip(others, chosen, strict=True)), votes, closed=False)
        for chosen in each(product(*others.values()))
        for votes in votes_of(ask, _FEW)
        if votes["voted"] < votes["members"]
    )


def _holds(ask: Ask, guard: Guard, known: Mapping[str, object], votes: Votes, *, closed: bool) -> bool:
    """Ask a guard on counts of an ask; one about several lines has no single result, only the number who voted."""
    result = result_on(ask, {**known, **votes}) if ask.result and not ask.about else ""
    seen: dict[str, object] = {f"{ask.name}.{name}": count for name, count in with_scores(ask, votes).items()}
    seen |= {f"{ask.name}.{name}": name == result for name, _ in ask.result} | {f"{ask.name}.closed": closed}
    return holds_on(guard, arranged(seen))

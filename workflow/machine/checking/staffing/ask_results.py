"""What the real numbers of members mean for asks: results that so few can never bring, cases that then cannot end.

Knows counts and situations, no seats.
"""

from collections.abc import Iterator
from functools import lru_cache

from workflow.machine.checking.rules import ending_of
from workflow.machine.checking.search import results_among, results_of, results_without_one, situations_of
from workflow.machine.checking.staffing.organisations import Class, names_people
from workflow.machine.definition import Ask, Definition, Severity, State

_CACHE_SIZE = 256
Known = tuple[tuple[tuple[str, str], frozenset[str]], ...]


def ask_problems(definition: Definition, group: Class) -> Iterator[tuple[str, Severity, str, dict[str, str | int]]]:
    """Compare what each ask can come to with what its members there can bring."""
    known: dict[tuple[str, str], frozenset[str]] = {}
    for state in definition.states.values():
        for ask in state.asks.values():
            if not ask.result or not all(map(group.is_known, ask.parties)):
                continue
            members = _members(group, ask)
            results = results_among(definition, state.name, ask.name, members) if members else None
            usual = results_of(definition, state.name, ask.name)
            if members and (results is None or usual is None):
                continue
            final = results.final if results else frozenset[str]()
            known[state.name, ask.name] = final
            path = f"states.{state.name}.ask.{ask.name}"
            facts: dict[str, str | int] = {"ask": ask.name, "members": len(members)}
            for missing in sorted(usual.final - final) if usual and members else ():
                yield "too_few_for_result", "warning", path, {**facts, "result": missing}
            for missing in _lost_by_interest(definition, state, ask, len(members), final):
                yield "own_interest_forbids_result", "warning", path, {**facts, "result": missing}
    for state_name in _stuck(definition, tuple(sorted(known.items()))):
        yield "too_few_to_end", "error", f"states.{state_name}.ask", {"state": state_name}


def _members(group: Class, ask: Ask) -> tuple[frozenset[str], ...]:
    """List everybody who is asked, by the names under which they stand."""
    standing: dict[int, frozenset[str]] = {}
    for name in ask.parties:
        for right in group.rights[name]:
            # A right of two is that of a substitute, who is asked only for the holder.
            if len(right) == 1:
                (person,) = right
                standing[person] = standing.get(person, frozenset()) | {name}
    return tuple(standing.values())


def _lost_by_interest(
    definition: Definition, state: State, ask: Ask, members: int, final: frozenset[str]
) -> Iterator[str]:
    """Name the results that a case about one of the members cannot come to, because that member has no say on it."""
    if not members or not (ask.about or names_people(definition)):
        return
    results = results_without_one(definition, state.name, ask.name, members=members)
    if results is not None:
        yield from sorted(final - results)


@lru_cache(maxsize=_CACHE_SIZE)
def _stuck(definition: Definition, known: Known) -> tuple[str, ...]:
    """List the states with asks from which so many members can reach no end; other numbers could."""
    if not known:
        return ()
    situations = situations_of(definition, finals=dict(known))
    if not situations.complete:
        return ()
    ending = ending_of(definition, situations)
    asking = {state for (state, _), _ in known}
    return tuple(sorted({at.state for at in situations.moves if at not in ending} & asking))

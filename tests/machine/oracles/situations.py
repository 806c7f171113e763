"""When two situations of a case are one: where they differ in nothing on which a guard can still turn."""

import re
from collections.abc import Iterable
from functools import lru_cache

from tests.machine.oracles.brute_force_facts import LISTED
from workflow.machine.case import editable_by
from workflow.machine.definition import Definition
from workflow.machine.expressions import Guard
from workflow.values import Case, Json

COUNTED = 2
"""Acts are counted so far: no guard of the definitions played looks beyond."""


def named_in(definition: Definition) -> frozenset[str]:
    """Everything that stands as a word in any guard, or in what is worked out."""
    ways = [way for state in definition.states.values() for act in state.actions.values() for way in act.alternatives]
    return _words(guard for way in ways for guard in (way.when, *(value for _, value in way.sets)))


def _words(guards: Iterable[Guard | None]) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z_0-9]+", " ".join(guard.source for guard in guards if guard)))


@lru_cache(maxsize=256)
def overwritten(definition: Definition, name: str) -> frozenset[str]:
    """List the fields whose values make no difference in a state: the only one who can act there fills in all anew.

    What time brings about besides must end the case, by a guard that does not name them.
    """
    state = definition.states[name]
    ways = [way for action in state.actions.values() for way in action.alternatives]
    acting = {way.by for way in ways} & definition.people.keys()
    others = [way for way in ways if way.by not in acting]
    if len(acting) != 1 or state.asks or not all(_ends(definition, way.to) for way in others):
        return frozenset()
    return frozenset(editable_by(definition, state, *acting)) - _words(way.when for way in others)


def _ends(definition: Definition, target: str | None) -> bool:
    found = definition.states.get(target) if target else None
    return found is not None and found.is_settled and not found.actions


def key_of(definition: Definition, case: Case, named: frozenset[str]) -> object:
    """Return what tells a situation from others: state, acts, fields, asks, clocks and lists."""
    done = tuple(sorted((name, min(found.times, COUNTED)) for name, found in case.done.items() if name in named))
    told = named - overwritten(definition, case.state)
    fields = tuple(sorted((name, repr(value)) for name, value in case.fields.items() if name in told))
    asks = tuple(
        (name, tuple(sorted(ask.answers.items())), repr(ask.paper), repr(ask.lines), ask.closed)
        for name, ask in sorted(case.asks.items())
        if name in named
    )
    running = tuple(
        sorted((name, _runs(ledger)) for name, ledger in case.clocks.items() if not name.startswith("turn"))
    )
    return case.state, case.back, done, fields, asks, running, repr(case.params.get(LISTED))


def _runs(ledger: Json) -> bool:
    spans = ledger["spans"] if isinstance(ledger, dict) else []
    return bool(spans) and isinstance(spans, list) and spans[-1][1] is None

"""Which roles a definition gives power over others: those that vote in it, or end its cases well or badly.

Withdrawing and discarding end a case neither way, so whoever may only do that has no such power.
"""

from collections.abc import Iterable, Iterator

from workflow.machine.case import places_of
from workflow.machine.definition import Definition

_DECIDED = ("good", "bad")


def of_definitions(definitions: Iterable[Definition]) -> frozenset[str]:
    """The duty roles of several definitions."""
    return frozenset(role for definition in definitions for role in _of(definition))


def _of(definition: Definition) -> Iterator[str]:
    for name in {*_voters(definition), *_deciders(definition)}:
        yield from (place.role for place in places_of(definition, name))


def _voters(definition: Definition) -> Iterator[str]:
    for state in definition.states.values():
        yield from (ask.of for ask in state.asks.values() if ask.result)


def _deciders(definition: Definition) -> Iterator[str]:
    ended = {name for name, state in definition.states.items() if state.outcome in _DECIDED}
    for state in definition.states.values():
        if state.outcome is None:
            alternatives = (way for action in state.actions.values() for way in action.alternatives)
            yield from (way.by for way in alternatives if way.to in ended)

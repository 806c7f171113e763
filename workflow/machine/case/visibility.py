"""Who sees which fields of a case where it stands: everybody who may know of the case, or those whom its state names.

A state that says nothing, or only what is public, closes nothing to those who may know of the case. Where it names
people, all others see only the public part of the form, and those who may edit fields see these. Knows rights, no page.
"""

from collections.abc import Mapping
from functools import lru_cache

from workflow.machine.case.inputs import ALL, editable_by, listed
from workflow.machine.case.rights import rights_of
from workflow.machine.definition import BUILT_IN_FIELDS, Definition, State
from workflow.values import Actor, Case, Facts, Json

_KEPT = 1_024
"""Answers kept that follow from a definition alone."""
PUBLIC = "public"
"""Under `view` this name stands for everybody, even those who may not know of the case otherwise."""


def readers(state: State) -> tuple[str, ...]:
    """List the people whom a state names: where there are any, the form is closed to others."""
    return tuple(name for name in state.view if name != PUBLIC)


def public_fields(definition: Definition, state: State) -> frozenset[str]:
    """Return what everybody sees."""
    return _named(definition, state.view.get(PUBLIC, ()))


@lru_cache(maxsize=_KEPT)
def open_fields(definition: Definition, state: str) -> frozenset[str]:
    """Return what everybody sees in a state who may know of the case."""
    current = definition.states[state]
    return public_fields(definition, current) if readers(current) else _named(definition, (ALL,))


def seen_by(definition: Definition, case: Case, *, actor: Actor, facts: Facts) -> frozenset[str]:
    """Return the fields and lists that somebody sees who may know of the case."""
    state = definition.states[case.state]
    fields = open_fields(definition, case.state)
    for name in readers(state):
        if rights_of(definition, facts, actor, name, case):
            fields |= _named(definition, state.view[name])
    for name in state.edit if readers(state) else ():
        if rights_of(definition, facts, actor, name, case):
            fields |= frozenset(editable_by(definition, state, name))
    return fields


def indexed(definition: Definition, *, was: str | None, after: Case, changes: Mapping[str, Json]) -> dict[str, Json]:
    """Return what changes in the index table: changed fields, and fields that a state closes to others or opens."""
    shown = open_fields(definition, after.state)
    turned = (open_fields(definition, was) ^ shown) if was else frozenset[str]()
    known = {**{name: after.fields.get(name) for name in definition.fields if name in turned}, **changes}
    return listed(definition, {name: value if name in shown else None for name, value in known.items()})


def _named(definition: Definition, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset((*definition.fields, *definition.members, *BUILT_IN_FIELDS)) if ALL in names else frozenset(names)

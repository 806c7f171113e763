"""What is handed in with an act: which inputs the actor may give, in which form, and what is still missing.

Knows the form of the definition and the fields of the case, no right: what the actor may edit comes in. An input
that nobody asked for is refused (mass assignment). A field that the actor may edit counts as given when the case
holds it already; one that is handed over with the act itself (a signed plan, a reason) is given anew each time.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from workflow.machine.case.field_messages import FIELDS
from workflow.machine.case.field_values import normal_value
from workflow.machine.definition import BUILT_IN_FIELDS, Alternative, Definition, Field, State
from workflow.values import Json, Reason

ALL = "all"
_KEPT = 1_024
"""Answers kept that follow from a definition alone."""
COMMENT = Field("comment", "long_text", FIELDS["comment"])


class Given(NamedTuple):
    """The inputs of an act in normal form, and what is wrong with the rest."""

    values: Mapping[str, Json]
    faults: tuple[Reason, ...] = ()


def field_of(definition: Definition, name: str) -> Field | None:
    """Find a field of the form, or the one that every form has."""
    return definition.fields.get(name) or (COMMENT if name in BUILT_IN_FIELDS else None)


def editable_by(definition: Definition, state: State, party: str) -> tuple[str, ...]:
    """List the fields that people of this name may change in a state.

    `all` means all that is theirs to write: not what other people hand in with an act of their own (a decision's
    paper, a list of defects), nor a paper from outside, which is handed in with the act that records it.
    """
    names = state.edit.get(party, ())
    return _all_of(definition, party) if ALL in names else names


@lru_cache(maxsize=_KEPT)
def _all_of(definition: Definition, party: str) -> tuple[str, ...]:
    foreign = _given_by_others(definition, party)
    return tuple(field.name for field in definition.fields.values() if field.name not in foreign and not field.origin)


def _given_by_others(definition: Definition, party: str) -> frozenset[str]:
    alternatives = [
        alternative
        for state in definition.states.values()
        for action in state.actions.values()
        for alternative in action.alternatives
    ]
    own = {name for alternative in alternatives if alternative.by == party for name in alternative.requires}
    others = {name for alternative in alternatives if alternative.by != party for name in alternative.requires}
    return frozenset(others - own)


def accepted_inputs(
    definition: Definition,
    inputs: Mapping[str, Json],
    *,
    allowed: Iterable[str],
    editable: Collection[str] | None = None,
) -> Given:
    """Bring the inputs into normal form and refuse those that are not allowed.

    What is handed in empty counts where it is `editable` (None: everywhere); else it is as if it were not handed in.
    """
    names = frozenset(allowed)
    values: dict[str, Json] = {}
    faults: list[Reason] = []
    for name, value in inputs.items():
        field = field_of(definition, name)
        if field is None or name not in names:
            faults.append(Reason("not_asked_for", {"field": name}, name if field else None))
            continue
        normal = normal_value(field, value)
        if normal.fault:
            faults.append(normal.fault)
            continue
        if normal.value is not None or editable is None or name in editable:
            values[name] = normal.value
    return Given(values, tuple(faults))


def missing(
    alternative: Alternative, given: Given, *, fields: Mapping[str, Json], editable: frozenset[str]
) -> tuple[Reason, ...]:
    """Say which fields the alternative asks for and nobody gave; a faulty one does not count as missing as well."""
    faulty = {fault.field for fault in given.faults}
    return tuple(
        Reason("missing", {"field": name}, name)
        for name in alternative.requires
        if name not in faulty and not _is_given(name, given, fields=fields, editable=editable)
    )


def _is_given(name: str, given: Given, *, fields: Mapping[str, Json], editable: frozenset[str]) -> bool:
    if name in given.values:
        return given.values[name] is not None
    return name in editable and fields.get(name) is not None


def fitting(definition: Definition, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return what the form of a definition has and takes of the fields of another one."""
    own = {name: definition.fields[name] for name in fields if name in definition.fields}
    return {name: fields[name] for name, field in own.items() if normal_value(field, fields[name]).fault is None}


def merged(fields: Mapping[str, Json], given: Mapping[str, Json]) -> dict[str, Json]:
    """Return the form after an act: emptied fields leave it, a comment belongs to its act and not to the form."""
    after = {**fields, **given}
    return {name: value for name, value in after.items() if value is not None and name not in BUILT_IN_FIELDS}


def listed(definition: Definition, given: Mapping[str, Json]) -> dict[str, Json]:
    """Return what the index table is told of changed fields: something one can sort and search, or None."""
    return {
        name: _indexed(value)
        for name, value in given.items()
        if (field := definition.fields.get(name)) and field.listed
    }


def _indexed(value: Json) -> Json:
    if isinstance(value, dict):
        return value.get("symbol") or value.get("name")
    return None if isinstance(value, list) else value

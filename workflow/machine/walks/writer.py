"""Walks as text: a run that somebody played, written so that `reader` reads it back and it comes true.

Values are written as JSON, which YAML reads; texts always in quotes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.machine.walks.simulation import Cast
from workflow.values import Json, Place

_SCAN = ("document", "number", "token", "sha256")
"""The parts of a paper that the reader fills in for every walk."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One step as it went: who did what with which inputs, or until when time passed, and what came of it."""

    who: str | None
    does: str | None
    inputs: Mapping[str, Json]
    until: str | None
    case: int | None
    expected: Mapping[str, tuple[str, ...]]


def written(name: str, cast: Cast, starts: str, movement: Mapping[str, str] | None, steps: Iterable[KeptRun]) -> str:
    """Write one walk with all it is given."""
    lines = ["given:", f"  starts: {starts}"]
    lines += [f"  movement: {_json(dict(movement))}"] if movement else []
    lines += ["  people:", *(f"    {person}: {_json(_stands(cast, person))}" for person in cast.places)]
    lines += ["walks:", f"  - walk: {_json(name)}", "    steps:"]
    return "\n".join([*lines, *(f"      - {_step(cast, step)}" for step in steps)]) + "\n"


def _stands(cast: Cast, person: str) -> Json:
    principals = cast.substitutes.get(person, ())
    if principals:
        return {"for": [principal for principal, _ in principals], "as": principals[0][1]}
    return [_place(place) for place in cast.places[person]] or "nobody"


def _place(place: Place) -> str:
    return f"{place.role} at {place.relation}"


def _step(cast: Cast, step: KeptRun) -> str:
    parts = dict(_parts(cast, step))
    return f"{{{', '.join(f'{key}: {_json(value)}' for key, value in parts.items())}}}"


def _parts(cast: Cast, step: KeptRun) -> Iterator[tuple[str, Json]]:
    if step.case is not None:
        yield "case", step.case
    if step.until:
        yield "until", step.until
    if step.who and step.does:
        yield "who", step.who
        yield "does", step.does
    if step.inputs:
        yield "with", {name: _value(cast, value) for name, value in step.inputs.items()}
    for key, values in step.expected.items():
        yield key, values[0] if len(values) == 1 else list(values)


def _value(cast: Cast, value: Json) -> Json:
    """Leave out what the reader fills in for every paper, and name people instead of numbering them."""
    if isinstance(value, list):
        return [_value(cast, item) for item in value]
    if not isinstance(value, dict):
        return value
    parts = {key: part for key, part in value.items() if not ("sha256" in value and key in _SCAN)}
    person = parts.get("person")
    return {**parts, "person": cast.name_of(person)} if isinstance(person, int) else parts


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)

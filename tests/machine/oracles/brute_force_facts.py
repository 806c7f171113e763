"""The facts of exactly what an act needs, of a definition that is played alone."""

from collections.abc import Mapping
from dataclasses import replace

from tests.machine.oracles.people import seat_of
from tests.machine.oracles.standing_in import stand_ins
from tests.support.random_plays import DATES
from workflow.machine.definition import Definition
from workflow.values import Case, Facts, Limit, Linked, Needs

LISTED = "on the lists"
"""Where a played case remembers who stands on each of its lists, by code."""


def facts_of(definition: Definition, wanted: Needs, case: Case | None = None, look: str | None = None) -> Facts:
    """Find the facts; who stands in for a list's cases is on it once the case says so, and may `look` moved on."""
    seats = {place: seat_of(definition, place) for place in wanted.places}
    others = {name: tuple(linked for _, linked in found) for name, found in stand_ins(definition).items()}
    on = {name: [each for each in others.get(name, ()) if _is_on(case, name, each)] for name in wanted.links}
    links = {name: tuple(_looking(each, look) for each in found) for name, found in on.items()}
    cases = {each.case.code: each for found in others.values() for each in found if each.case.code in wanted.cases}
    boxes: dict[str, Mapping[str, Mapping[str, int]]] = {name: {} for name in wanted.boxes}
    free: dict[Limit, dict[int, int]] = {limit: {} for limit in wanted.limits}
    loads = dict.fromkeys(range(1, 99), 0)
    return Facts(seats, DATES if wanted.movement else None, links, cases, boxes, loads, free)


def _looking(linked: Linked, state: str | None) -> Linked:
    return replace(linked, case=linked.case._replace(state=state)) if state else linked


def _is_on(case: Case | None, name: str, linked: Linked) -> bool:
    on = case.params.get(LISTED, []) if case else []
    return isinstance(on, list) and [name, linked.case.id] in on

"""Every use of a name in a definition that no guard reads: where it stands, as what, and what else may stand there."""

from collections.abc import Iterator
from typing import NamedTuple

from workflow.machine.case import ALL, WITHOUT_FIELD
from workflow.machine.checking.search.configurations import BACK, path_of, start_path, ways_of
from workflow.machine.definition import (
    BUILT_IN_FIELDS,
    ESCALATE_TO,
    LINK,
    MILESTONE,
    MOVEMENT,
    PUBLIC,
    SYSTEM,
    TURN,
    Budget,
    Definition,
    Due,
    DueDate,
    Party,
    State,
)
from workflow.values import OPEN


class Reference(NamedTuple):
    """A name as it is used: where, as what, and what may stand there besides the declared names of that kind."""

    kind: str
    name: str
    path: str
    also: tuple[str, ...] = ()


def references_of(definition: Definition) -> Iterator[Reference]:
    """Go through every use of a name that a guard does not read."""
    yield from _of_starts(definition)
    yield from _of_form(definition)
    if definition.heading:
        yield Reference("field", definition.heading, "heading")
    for party in definition.people.values():
        yield from _of_party(party)
    for position, group in enumerate(definition.separate):
        yield from (Reference("action", name, f"separate.{position}", (OPEN,)) for name in group)
    for clock in definition.clocks.values():
        yield from _of_due(clock.due, f"clocks.{clock.name}")
        for action, name in clock.extend.items():
            yield Reference("action", action, f"clocks.{clock.name}.extend.{action}")
            yield Reference("field", name, f"clocks.{clock.name}.extend.{action}")
        for key, names in (("starts", clock.starts), ("stops", clock.stops)):
            yield from (Reference("action", name, f"clocks.{clock.name}.{key}", (OPEN,)) for name in names)
    for step in definition.escalation:
        yield Reference("people", step.who, "escalation", (TURN, ESCALATE_TO))
    yield from _of_reserves(definition)
    for state in definition.states.values():
        yield from _of_state(state, definition)
    yield from _of_ways(definition)


def _of_starts(definition: Definition) -> Iterator[Reference]:
    for position, start in enumerate(definition.starts):
        path = start_path(definition, position)
        yield Reference("people", start.by, f"{path}.by", (MOVEMENT, LINK))
        yield Reference("state", start.to, f"{path}.to")


def _of_form(definition: Definition) -> Iterator[Reference]:
    for field in definition.fields.values():
        if field.origin:
            yield Reference("external", field.origin, f"fields.{field.name}.from")
    for param in definition.params.values():
        for value in (*param.values.values(), param.otherwise) if param.type == "people" else ():
            yield Reference("people", str(value), f"params.{param.name}")


def _of_reserves(definition: Definition) -> Iterator[Reference]:
    for reserve in definition.reserves.values():
        yield from (Reference("field", name, f"reserves.{reserve.name}.by", WITHOUT_FIELD) for name in reserve.by)
        if isinstance(reserve.most, str):
            yield Reference("param", reserve.most, f"reserves.{reserve.name}.most")


def _of_party(party: Party) -> Iterator[Reference]:
    if party.fallback:
        yield Reference("people", party.fallback, f"people.{party.name}", ("skip",))
    if party.lookup:
        yield Reference("param", party.lookup, f"people.{party.name}")
    kind, _, name = party.place.relation.partition(":")
    if kind == "field":
        yield Reference("field", name, f"people.{party.name}")


def _of_due(due: str | Due | None, path: str) -> Iterator[Reference]:
    if isinstance(due, str):
        yield Reference("clock", due, path)
    if isinstance(due, Budget) and isinstance(due.count, str):
        yield Reference("param", due.count, path)
    if isinstance(due, DueDate):
        yield Reference(MILESTONE if due.source == MOVEMENT else due.source, due.name, path)
        yield from _of_due(due.offset, path)


def _of_state(state: State, definition: Definition) -> Iterator[Reference]:
    lists, external = tuple(definition.members), tuple(definition.external)
    path = f"states.{state.name}"
    if state.turn:
        kind = "external" if state.turn.who in external else "people"
        yield Reference(kind, state.turn.who, f"{path}.turn.who", (LINK, *external))
        yield from _of_due(state.turn.due, f"{path}.turn.due")
        persons = tuple(field.name for field in definition.fields.values() if field.type == "person")
        acts = tuple(dict.fromkeys(way.action for way, _ in ways_of(definition)))
        yield Reference("people", state.turn.pick, f"{path}.turn.pick", ("claim", "least", *persons, *acts))
        if state.turn.escalate_to:
            yield Reference("people", state.turn.escalate_to, f"{path}.turn.escalate_to")
    for key, rights in (("edit", state.edit), ("view", state.view)):
        for who, names in rights.items():
            yield Reference("people", who, f"{path}.{key}.{who}", (PUBLIC,) if key == "view" else ())
            yield from (Reference("field", name, f"{path}.{key}.{who}", (ALL, *lists)) for name in names)
    for ask in state.asks.values():
        yield from (Reference("people", name, f"{path}.ask.{ask.name}.of") for name in ask.parties)
        yield from _of_due(ask.due, f"{path}.ask.{ask.name}.due")
        if ask.about:
            yield Reference("list", ask.about, f"{path}.ask.{ask.name}.about")


def _of_ways(definition: Definition) -> Iterator[Reference]:
    for way, alternative in ways_of(definition):
        path = path_of(definition, way)
        yield Reference("people", alternative.by, f"{path}.by", (SYSTEM, LINK))
        if alternative.to:
            yield Reference("state", alternative.to, f"{path}.to", (BACK,))
        yield from (
            Reference("field", name, f"{path}.requires", tuple(BUILT_IN_FIELDS)) for name in alternative.requires
        )
        yield from (Reference("field", name, f"{path}.set.{name}") for name, _ in alternative.sets)
        yield from (Reference("people", name, f"{path}.notify") for name in alternative.notify)
        yield from (Reference("list", name, f"{path}.fill") for name in alternative.fill)
        yield from (Reference("link", link, f"{path}.each.{link}") for link, _ in alternative.each)
        for key in ("reserve", "release"):
            yield from (Reference("reserve", name, f"{path}.{key}") for name in getattr(alternative, key))
        opens = alternative.open
        if opens and opens.definition in (None, definition.name):
            yield Reference("state", opens.at, f"{path}.open.at")
        if opens and not isinstance(opens.copy, str):
            yield from (Reference("field", opens.source(name), f"{path}.open.copy") for name in opens.copy)

"""Whether every name in a definition names something, and whether everything named is used.

One table of references, each with its place and what may stand there; unknown ones are errors, declared things that
nothing refers to are warnings. Knows no meaning beyond that; which milestones there are, movements say
(`checking_movements`). Called by `checking`, first.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from workflow.machine.checking_graph import BACK, path_of, start_path, ways_of
from workflow.machine.definition import (
    BUILT_IN_FIELDS,
    Budget,
    Definition,
    Due,
    DueDate,
    Field,
    Param,
    Party,
    State,
    guards_of,
)
from workflow.machine.faults import Finding, finding_at
from workflow.machine.giving import ALL
from workflow.machine.loading_cursor import near
from workflow.machine.reserving import WITHOUT_FIELD
from workflow.values import OPEN

MOVEMENT, SYSTEM, LINK, PUBLIC = "movement", "system", "link", "public"
MILESTONE = "milestone"
TURN, LATE = "turn", "late"


class Reference(NamedTuple):
    """A name as it is used: where, as what, and what may stand there besides the declared names of that kind."""

    kind: str
    name: str
    path: str
    also: tuple[str, ...] = ()


def name_findings(definition: Definition) -> tuple[Finding, ...]:
    """Find names that name nothing, and things that nothing names."""
    references = tuple(references_of(definition))
    declared = _declared(definition)
    unknown = [
        _unknown(definition, reference, known)
        for reference in references
        if reference.kind != MILESTONE
        and reference.name
        and reference.name not in (known := _known(definition, reference, declared))
        and reference.name not in reference.also
    ]
    return (*unknown, *_wrong_types(definition, references), *_circles(definition), *_unused(definition, references))


def _declared(definition: Definition) -> dict[str, Collection[str]]:
    links = {alternative.open.link for _, alternative in ways_of(definition) if alternative.open}
    return {
        "people": definition.people,
        "state": definition.states,
        "field": definition.fields,
        "param": definition.params,
        "clock": definition.clocks,
        "action": {way.action: None for way, _ in ways_of(definition)},
        "link": sorted(links | definition.members.keys() | definition.links.keys()),
        "list": definition.members,
        "reserve": definition.reserves,
        "outside": definition.outside,
    }


def _known(definition: Definition, reference: Reference, declared: Mapping[str, Collection[str]]) -> Collection[str]:
    """List what a name may name; a figure names only people whom no figure chooses."""
    if reference.kind == "people" and reference.path.startswith("params."):
        return [party.name for party in definition.people.values() if not party.lookup]
    return declared[reference.kind]


def _unknown(definition: Definition, reference: Reference, declared: Collection[str]) -> Finding:
    allowed = (*declared, *reference.also)
    guess = near(reference.name, allowed)
    code = f"unknown_{reference.kind}{'_near' if guess else ''}"
    return finding_at(definition, code, reference.path, name=reference.name, allowed=allowed, near=guess)


def references_of(definition: Definition) -> Iterator[Reference]:
    """Go through every use of a name that a guard does not read."""
    yield from _of_starts(definition)
    yield from _of_form(definition)
    if definition.heading:
        yield Reference("field", definition.heading, "heading")
    for party in definition.people.values():
        yield from _of_party(party)
    for position, group in enumerate(definition.apart):
        yield from (Reference("action", name, f"apart.{position}", (OPEN,)) for name in group)
    for clock in definition.clocks.values():
        yield from _of_due(clock.due, f"clocks.{clock.name}")
        for action, name in clock.extend.items():
            yield Reference("action", action, f"clocks.{clock.name}.extend.{action}")
            yield Reference("field", name, f"clocks.{clock.name}.extend.{action}")
        for key, names in (("starts", clock.starts), ("stops", clock.stops)):
            yield from (Reference("action", name, f"clocks.{clock.name}.{key}", (OPEN,)) for name in names)
    for rung in definition.ladder:
        yield Reference("people", rung.who, "ladder", (TURN, LATE))
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
            yield Reference("outside", field.origin, f"fields.{field.name}.from")
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
    lists, outside = tuple(definition.members), tuple(definition.outside)
    path = f"states.{state.name}"
    if state.turn:
        kind = "outside" if state.turn.who in outside else "people"
        yield Reference(kind, state.turn.who, f"{path}.turn.who", (LINK, *outside))
        yield from _of_due(state.turn.due, f"{path}.turn.due")
        persons = tuple(field.name for field in definition.fields.values() if field.type == "person")
        acts = tuple(dict.fromkeys(way.action for way, _ in ways_of(definition)))
        yield Reference("people", state.turn.pick, f"{path}.turn.pick", ("claim", "least", *persons, *acts))
        if state.turn.late:
            yield Reference("people", state.turn.late, f"{path}.turn.late")
    for key, rights in (("edit", state.edit), ("see", state.see)):
        for who, names in rights.items():
            yield Reference("people", who, f"{path}.{key}.{who}", (PUBLIC,) if key == "see" else ())
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
        yield from (Reference("field", name, f"{path}.give", tuple(BUILT_IN_FIELDS)) for name in alternative.give)
        yield from (Reference("field", name, f"{path}.set.{name}") for name, _ in alternative.sets)
        yield from (Reference("people", name, f"{path}.tell") for name in alternative.tell)
        yield from (Reference("list", name, f"{path}.fill") for name in alternative.fill)
        yield from (Reference("link", link, f"{path}.each.{link}") for link, _ in alternative.each)
        for key in ("reserve", "release"):
            yield from (Reference("reserve", name, f"{path}.{key}") for name in getattr(alternative, key))
        opens = alternative.open
        if opens and opens.definition in (None, definition.name):
            yield Reference("state", opens.at, f"{path}.open.at")
        if opens and not isinstance(opens.copy, str):
            yield from (Reference("field", opens.source(name), f"{path}.open.copy") for name in opens.copy)


def _wrong_types(definition: Definition, references: tuple[Reference, ...]) -> Iterator[Finding]:
    """Check that dues are dates, places units, and counts of days whole numbers."""
    for reference in references:
        field: Field | None = definition.fields.get(reference.name) if reference.kind == "field" else None
        param = definition.params.get(reference.name) if reference.kind == "param" else None
        wanted = "unit" if reference.path.startswith("people.") else "date" if _is_due(reference.path) else None
        if field and wanted and field.type != wanted:
            yield _wrong_type(definition, reference, field, wanted=wanted)
        needed = "people" if reference.path.startswith("people.") else "integer"
        if param and param.type != needed:
            yield _wrong_type(definition, reference, param, wanted=needed)
        if reference.path.split(".")[2:3] == ["edit"] and field and field.origin:
            yield finding_at(definition, "evidence_edited", reference.path, name=field.name)
    for way, alternative in ways_of(definition):
        opens = alternative.open
        if opens and opens.sources and opens.definition in (None, definition.name):
            yield finding_at(definition, "copied_by_other_names", path_of(definition, way, "open.copy"))
    yield from _wrong_keys(definition)
    for state in definition.states.values():
        for ask in state.asks.values():
            answers = [answer.name for answer in ask.answers]
            if ask.silence and ask.silence not in answers:
                path = f"states.{state.name}.ask.{ask.name}.silence"
                yield finding_at(definition, "unknown_answer", path, name=ask.silence, allowed=tuple(answers))


def _wrong_keys(definition: Definition) -> Iterator[Finding]:
    """Check that params are looked up by fields, of the case or of one on a list, and by options that these have."""
    read = {name for members in definition.members.values() for name in members.reads}
    for param in definition.params.values():
        path, allowed = f"params.{param.name}", (*definition.fields, *sorted(read))
        for position, name in enumerate(param.by):
            if name not in allowed:
                yield finding_at(definition, "unknown_key_field", path, name=name, allowed=allowed)
            options = definition.fields[name].of if name in definition.fields else {}
            for key in dict.fromkeys(keys[position] for keys in param.values if options):
                if key not in options:
                    where = f"{path}.values"
                    yield finding_at(definition, "unknown_option", where, name=key, field=name, allowed=tuple(options))


def _wrong_type(definition: Definition, reference: Reference, found: Field | Param, *, wanted: str) -> Finding:
    facts = {"name": found.name, "type": found.type, "wanted": wanted}
    return replace(finding_at(definition, "wrong_field_type", reference.path), facts=facts)


def _is_due(path: str) -> bool:
    return path.endswith(".due") or path.startswith("clocks.")


def _circles(definition: Definition) -> Iterator[Finding]:
    for name in definition.people:
        seen = [name]
        while (party := definition.people.get(seen[-1])) and party.fallback and party.fallback not in seen:
            seen.append(party.fallback)
        if party and party.fallback == name:
            yield finding_at(definition, "people_in_a_circle", f"people.{name}", name=name)


def _unused(definition: Definition, references: tuple[Reference, ...]) -> Iterator[Finding]:
    used = {(reference.kind, reference.name) for reference in references}
    read = {path.partition("(")[0].partition(".")[0] for guard in guards_of(definition) for path in guard.reads}
    asked = {name for guard in guards_of(definition) for path in guard.reads for name in _inputs(path)}
    all_fields = ("field", ALL) in used
    kinds = (
        ("field", "fields", definition.fields),
        ("param", "params", definition.params),
        ("people", "people", definition.people),
        ("clock", "clocks", definition.clocks),
        ("outside", "outside", definition.outside),
    )
    for kind, section, names in kinds:
        for name in names:
            if (kind, name) not in used and name not in read | asked and not (kind == "field" and all_fields):
                yield finding_at(definition, "unused", f"{section}.{name}", severity="warning", name=name)


def _inputs(path: str) -> tuple[str, ...]:
    return tuple(path.partition("(")[2].removesuffix(")").split(","))

"""Whether every name in a definition names something, and whether everything named is used.

Unknown names are errors, declared things that nothing refers to are warnings. Knows no meaning beyond that; whether a
milestone exists depends on the movement (`movements`).
"""

from collections.abc import Collection, Iterator, Mapping

from workflow.machine.case import ALL
from workflow.machine.checking.search import Reference, path_of, references_of, ways_of
from workflow.machine.definition import ESCALATE_TO, MILESTONE, Definition, Field, Finding, Param, finding_at, guards_of
from workflow.machine.loading import OLDER_TARGETS, near


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
        "external": definition.external,
    }


def _known(definition: Definition, reference: Reference, declared: Mapping[str, Collection[str]]) -> Collection[str]:
    """List what a name may name; a figure names only people whom no figure chooses."""
    if reference.kind == "people" and reference.path.startswith("params."):
        return [party.name for party in definition.people.values() if not party.lookup]
    return declared[reference.kind]


def _unknown(definition: Definition, reference: Reference, declared: Collection[str]) -> Finding:
    allowed = (*declared, *reference.also)
    guess = near(reference.name, allowed, older=OLDER_TARGETS if ESCALATE_TO in reference.also else {})
    code = f"unknown_{reference.kind}{'_near' if guess else ''}"
    return finding_at(definition, code, reference.path, name=reference.name, allowed=allowed, near=guess)


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


def _wrong_type(definition: Definition, reference: Reference, named: Field | Param, *, wanted: str) -> Finding:
    path = reference.path
    return finding_at(definition, "wrong_field_type", path, name=named.name, type=named.type, wanted=wanted)


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
        ("external", "external", definition.external),
    )
    for kind, section, names in kinds:
        for name in names:
            if (kind, name) not in used and name not in read | asked and not (kind == "field" and all_fields):
                yield finding_at(definition, "unused", f"{section}.{name}", severity="warning", name=name)


def _inputs(path: str) -> tuple[str, ...]:
    return tuple(path.partition("(")[2].removesuffix(")").split(","))

"""Reading the nouns of a definition: fields, params, people, external parties, separated acts.

Knows the keys of these parts and the small phrases in them (`plan_officer above unit else chair`), not the states.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast, get_args

from workflow.machine.case import LOOKED_UP, figure_of
from workflow.machine.definition import BUILT_IN_FIELDS, Field, FieldType, Param, Party
from workflow.machine.loading.cursor import Cursor, label_in, shown
from workflow.values import Json, Place, Reason, Text

TYPES: tuple[str, ...] = get_args(FieldType)
RESERVED = BUILT_IN_FIELDS | {
    "movement",
    "today",
    "times",
    "did",
    "stands",
    "changed",
    "overdue",
    "case",
    "actor",
    "all",
    "turn",
    "escalate_to",
    "open",
    "back",
}
"""Names that a definition cannot give, because the language has given them a meaning."""
NOT_IN_TABLES = ("table", "document", "nominee", "long_text")
_WHO = re.compile(
    r"(?P<role>[a-z][a-z0-9_]{0,39}) +(?P<relation>at|above) +(?P<place>[a-z][a-z0-9_]*)"
    r"(?: +else +(?P<other>[a-z][a-z0-9_]*))?\Z"
)
_BY = re.compile(r"by +(?P<param>[a-z][a-z0-9_]{0,39})(?: +else +(?P<other>[a-z][a-z0-9_]*))?\Z")
PLACES = ("at unit", "above unit", "at block", "at line", "at province", "at FIELD", "at LINK", "by PARAM")
PEOPLE = "people"
_RELATIONS = {
    "at unit": "unit",
    "above unit": "above unit",
    "at block": "block",
    "at line": "line",
    "at province": "province",
}


def fields_of(cursor: Cursor) -> dict[str, Field]:
    """Read `fields`."""
    return {name: _field(name, part) for name, part in _free_names(cursor).items()}


def _free_names(cursor: Cursor) -> dict[str, Cursor]:
    parts = cursor.named()
    for name in RESERVED & parts.keys():
        parts[name].fault("reserved_name", name=name)
    return parts


def _field(name: str, cursor: Cursor) -> Field:
    parts = cursor.parts("field")
    kind = _type(parts, TYPES)
    _only(parts, kind, cursor)
    origin = parts["from"].name() if "from" in parts else None
    return Field(
        name=name,
        type=kind,
        label=label_in(parts) or Text("", ""),
        min=_bound(parts, "min"),
        max=_bound(parts, "max"),
        of=_options(parts),
        columns={column: _column(column, part) for column, part in _columns(parts).items()},
        numbered=origin is not None or ("numbered" in parts and parts["numbered"].flag()),
        origin=origin,
        listed="listed" in parts and parts["listed"].flag(),
        hint=parts["hint"].text() if "hint" in parts else None,
    )


def _columns(parts: Mapping[str, Cursor]) -> dict[str, Cursor]:
    return parts["columns"].named() if "columns" in parts else {}


def _column(name: str, cursor: Cursor) -> Field:
    allowed = tuple(kind for kind in TYPES if kind not in NOT_IN_TABLES)
    if cursor.is_scalar:
        return Field(name, cast("FieldType", cursor.one_of(allowed)), Text(name, name))
    parts = cursor.parts("column")
    kind = _type(parts, allowed)
    _only(parts, kind, cursor)
    label = label_in(parts) or Text(name, name)
    hint = parts["hint"].text() if "hint" in parts else None
    return Field(name, kind, label, min=_bound(parts, "min"), max=_bound(parts, "max"), of=_options(parts), hint=hint)


def _type(parts: Mapping[str, Cursor], allowed: tuple[str, ...]) -> FieldType:
    return cast("FieldType", parts["is"].one_of(allowed) if "is" in parts else "text")


def _only(parts: Mapping[str, Cursor], kind: FieldType, cursor: Cursor) -> None:
    """Refuse keys that mean nothing for the type, and ask for those that it cannot do without."""
    for key, types in _FOR_TYPES.items():
        if key in parts and kind not in types:
            parts[key].fault("key_for_other_types", key=key, type=kind, types=types)
    for key, type_ in (("of", "choice"), ("columns", "table")):
        if kind == type_ and key not in parts:
            cursor.fault("type_needs_key", type=type_, key=key)


_MEASURED = ("text", "long_text", "integer", "money", "decimal", "percent", "table")
_FOR_TYPES: Mapping[str, tuple[str, ...]] = {
    "min": _MEASURED,
    "max": _MEASURED,
    "of": ("choice",),
    "columns": ("table",),
    "numbered": ("document",),
    "from": ("document",),
    "listed": tuple(kind for kind in TYPES if kind not in ("table", "long_text")),
}


def _bound(parts: Mapping[str, Cursor], key: str) -> int | None:
    return parts[key].integer() if key in parts else None


def _options(parts: Mapping[str, Cursor]) -> dict[str, Text]:
    if "of" not in parts:
        return {}
    options = parts["of"].named()
    if not options and not parts["of"].is_scalar:
        parts["of"].fault("nothing_here")
    return {name: part.text() for name, part in options.items()}


def params_of(cursor: Cursor) -> dict[str, Param]:
    """Read `params`: figures that regulations set."""
    return {name: _param(name, part) for name, part in _free_names(cursor).items()}


def _param(name: str, cursor: Cursor) -> Param:
    parts = cursor.parts("param")
    by = parts["by"].names() if "by" in parts else ()
    if not by and "else" not in parts and "values" in parts:
        cursor.fault("values_by_nothing")
    if "values" not in parts and "else" not in parts:
        cursor.fault("param_without_value")
    kinds = (*(kind for kind in TYPES if kind not in ("table", "document", "nominee")), PEOPLE)
    kind = _type(parts, kinds)
    if kind == PEOPLE and "else" not in parts:
        cursor.fault("people_without_else")
    source = parts["source"].words() if "source" in parts else ""
    param = Param(name, kind, by, {}, None, source, label_in(parts))
    values = dict(_values(parts["values"], param, len(by))) if "values" in parts and by else {}
    return replace(param, values=values, otherwise=_figure(parts["else"], param) if "else" in parts else None)


def _values(cursor: Cursor, param: Param, levels: int) -> list[tuple[tuple[str, ...], Json]]:
    pairs: list[tuple[tuple[str, ...], Json]] = []
    for key, value in cursor.keyed():
        if levels == 1:
            pairs.append(((key.words(),), _figure(value, param)))
            continue
        pairs += [((key.words(), *rest), json) for rest, json in _values(value, param, levels - 1)]
    return pairs


def _figure(cursor: Cursor, param: Param) -> Json:
    written = cursor.json()
    figure = figure_of(param, written)
    if isinstance(figure, Reason):
        cursor.fault("not_a_figure", found=shown(str(written)), type=param.type)
        return written
    return figure


def people_of(cursor: Cursor, *, links: Mapping[str, str]) -> dict[str, Party]:
    """Read `people`: a role at a place, and who stands in where nobody is found.

    `links` are the names of linked cases, with the links they stand for: people may be those of a linked case's unit.
    """
    return {name: _party(name, part, links) for name, part in _free_names(cursor).items()}


def _party(name: str, cursor: Cursor, links: Mapping[str, str]) -> Party:
    written = cursor.words()
    if lookup := _BY.match(written):
        return _with_other(Party(name, Place(lookup["param"], LOOKED_UP), lookup=lookup["param"]), lookup["other"])
    match = _WHO.match(written)
    if not match or (match["relation"] == "above" and match["place"] != "unit"):
        cursor.fault("not_people", found=shown(written), allowed=PLACES)
        return Party(name, Place("", "unit"))
    where = f"{match['relation']} {match['place']}"
    named = f"link:{links[match['place']]}" if match["place"] in links else f"field:{match['place']}"
    relation = _RELATIONS.get(where, named)
    return _with_other(Party(name, Place(match["role"], relation)), match["other"])


def _with_other(party: Party, other: str | None) -> Party:
    return replace(party, fallback=None if other == "skip" else other, skip=other == "skip")


def external_of(cursor: Cursor) -> dict[str, Text]:
    """Read `external`: parties without an account, with what they are called."""
    return {name: part.text() for name, part in _free_names(cursor).items()}


def separate_of(cursor: Cursor) -> tuple[tuple[str, ...], ...]:
    """Read `separate`: groups of acts that may not be one person's."""
    groups = tuple(group.names() for group in cursor.items())
    for group, item in zip(groups, cursor.items(), strict=True):
        if len(set(group)) < 2:  # noqa: PLR2004 -- one act cannot be separate from itself.
            item.fault("separate_from_nothing")
    return groups

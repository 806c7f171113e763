"""Reading the lists of a definition, and what an act does to the cases on them.

Knows the keys of `members` and the two forms of `each`: an act for all cases of a link, or one for each result of a
question about them.
"""

from collections.abc import Mapping
from typing import Literal, cast

from workflow.machine.definition import Ask, FieldType, Members, Readable, Reserve, Verdict
from workflow.machine.expressions import DATE, Environment
from workflow.machine.loading.cursor import Cursor, label_in
from workflow.machine.loading.guards import OF_ANY_CASE, guard_of, row_of
from workflow.machine.loading.nouns import NOT_IN_TABLES, TYPES

MOST_LISTS = 6
MOST_PLACES = 10_000
READABLE = tuple(kind for kind in TYPES if kind not in NOT_IN_TABLES)


def members_of(cursor: Cursor) -> dict[str, Members]:
    """Read `members`: which cases may be put on which list."""
    return {name: _members(name, part) for name, part in cursor.named(most=MOST_LISTS).items()}


def _members(name: str, cursor: Cursor) -> Members:
    parts = cursor.parts("members")
    reads = _reads(parts)
    facts = Environment({**row_of(reads).members, "today": DATE})
    return Members(
        name=name,
        of=_kinds(parts["of"]) if "of" in parts else (),
        at=parts["in"].name() if "in" in parts else "",
        where=guard_of(parts["where"], facts) if "where" in parts else None,
        reads=reads,
        within=_within(parts["from"]) if "from" in parts else None,
        order="one" if "order" in parts and parts["order"].one_of(("all", "one")) == "one" else "all",
        label=label_in(parts),
    )


def _kinds(cursor: Cursor) -> tuple[str, ...]:
    """Read of which definitions the cases of a list are: one name or several."""
    names = cursor.names()
    if not names:
        cursor.fault("nothing_here")
    return tuple(dict.fromkeys(names))


def _within(cursor: Cursor) -> Literal["unit", "below"]:
    return "below" if cursor.one_of(("unit", "below unit")) == "below unit" else "unit"


def links_of(cursor: Cursor) -> dict[str, Readable]:
    """Read `links`: which linked cases guards may read, and what of them."""
    return {name: _link(name, part) for name, part in cursor.named(most=MOST_LISTS).items()}


def _link(name: str, cursor: Cursor) -> Readable:
    parts = cursor.parts("link")
    link = f"~{parts['as'].name()}" if "as" in parts else name
    return Readable(name, link, _reads(parts), label_in(parts))


def _reads(parts: Mapping[str, Cursor]) -> dict[str, FieldType]:
    if "reads" not in parts:
        return {}
    named = parts["reads"].named()
    for name in OF_ANY_CASE.keys() & named.keys():
        named[name].fault("reserved_name", name=name)
    return {name: cast("FieldType", part.one_of(READABLE)) for name, part in named.items()}


def reserves_of(cursor: Cursor) -> dict[str, Reserve]:
    """Read `reserves`: of what there are only so many places, and for whom."""
    return {name: _reserve(name, part) for name, part in cursor.named(most=MOST_LISTS).items()}


def _reserve(name: str, cursor: Cursor) -> Reserve:
    parts = cursor.parts("reserve")
    most: int | str = 0
    if "most" in parts:
        most = parts["most"].integer() if parts["most"].words()[:1].isdecimal() else parts["most"].name()
        if isinstance(most, int) and not 0 < most <= MOST_PLACES:
            parts["most"].fault("not_places", most=MOST_PLACES)
    return Reserve(name, parts["by"].names() if "by" in parts else (), most, label_in(parts))


def each_of(cursor: Cursor, asks: Mapping[str, Ask]) -> tuple[tuple[tuple[str, str], ...], tuple[Verdict, ...]]:
    """Read `each`: the pairs of link and act, and which of them depend on a result."""
    pairs: list[tuple[str, str]] = []
    verdicts: list[Verdict] = []
    for link, part in cursor.named().items():
        by_result = () if part.is_scalar else tuple(_verdicts(link, part, asks))
        verdicts += by_result
        pairs += [(link, part.name())] if part.is_scalar else [(link, verdict.action) for verdict in by_result]
    return tuple(dict.fromkeys(pairs)), tuple(verdicts)


def _verdicts(link: str, cursor: Cursor, asks: Mapping[str, Ask]) -> list[Verdict]:
    allowed = {
        f"{ask.name}.{name}": (ask.name, name) for ask in asks.values() if ask.about == link for name, _ in ask.result
    }
    verdicts: list[Verdict] = []
    for key, value in cursor.keyed():
        written = key.one_of(allowed)
        if written in allowed:
            verdicts.append(Verdict(link, value.name(), *allowed[written]))
    told = {verdict.ask for verdict in verdicts}
    for written, (ask, _) in allowed.items():
        if ask in told and not any((verdict.ask, verdict.result) == allowed[written] for verdict in verdicts):
            cursor.fault("result_without_act", result=written)
    return verdicts

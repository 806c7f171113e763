"""A search as an address says it, and what its filters offer.

The address is all there is of a search: it can be kept, sent and gone back to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import Flask, request, url_for

from web import door, forms
from workflow.definitions import publishing
from workflow.movements import obligations
from workflow.organisation import access, units
from workflow.search import Asked, parts_of
from workflow.storage.session import Tx
from workflow.values import Text

PARAMETERS = {
    "words": "words",
    "definition": "definition",
    "state": "state",
    "movement": "movement_id",
    "unit": "unit_id",
    "since": "since",
    "until": "until",
    "late": "only_late",
}
"""What stands in the address for each part of a search."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, by what stands in the address; `more`: the search is narrowed by more than its words."""

    definitions: Mapping[str, Text]
    states: Mapping[str, Text]
    movements: Mapping[int, Text]
    units: Mapping[int, str]
    more: bool


def install(app: Flask) -> None:
    """Make addresses of searches and the marking of words known to the templates."""
    app.add_template_global(address, "search_path")
    app.add_template_filter(parts_of)


def asked() -> Asked:
    """Read a search from the address; a part that is malformed narrows nothing."""
    given = request.args
    return Asked(
        words=given.get("words", ""),
        definition=given.get("definition") or None,
        state=given.get("state") or None,
        movement_id=forms.asked_number("movement"),
        unit_id=forms.asked_number("unit"),
        since=_day("since"),
        until=_day("until"),
        only_late=True if given.get("late") else None,
    )


def choices(sought: Asked) -> Choices:
    """Return what the filters offer beside a search. States are offered once a kind is chosen.

    Definitions, movements and units change by acts of administrators only, so they are looked up once after each.
    """
    tx = door.reading()
    more = any(getattr(sought, part) is not None for part in PARAMETERS.values() if part != "words")
    key = ("choices", sought.definition, sought.unit_id)
    return replace(access.remembered(tx, key, lambda: _offered(tx, sought)), more=more)


def _offered(tx: Tx, sought: Asked) -> Choices:
    definitions = {version.name: _text(version) for version in publishing.versions(tx) if version.current}
    chosen = sought.definition if sought.definition in definitions else None
    states = publishing.current(tx, chosen).states if chosen is not None else {}
    return Choices(
        definitions=definitions,
        states={name: state.label for name, state in states.items()},
        movements={movement.id: _text(movement) for movement in obligations.every(tx)},
        units=units.branches(tx, also=sought.unit_id),
        more=False,
    )


def address(sought: Asked, *, after: str | None = None, **changed: object) -> str:
    """Return the address of a search with some parts changed, from its first page on unless `after` is given."""
    parts = {name: getattr(sought, part) for name, part in PARAMETERS.items()} | {"after": after} | changed
    shown = {name: _shown(part) for name, part in parts.items() if part not in (None, "", False)}
    return url_for("cases.index", **shown)  # type: ignore[arg-type]  # url values are what they are


def _shown(part: object) -> object:
    return f"{part:%d/%m/%Y}" if isinstance(part, date) else int(part) if part is True else part


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(forms.date_of(request.args.get(name, "")))
    except ValueError:
        return None


def _text(row: object) -> Text:
    return Text(row.title_vi, row.title_en)  # type: ignore[attr-defined]  # versions and movements have both

"""Options of select boxes: pairs of what is sent and what is read."""

from collections.abc import Iterable
from datetime import date

from flask import Flask

from web.language import text
from workflow.storage.queries.organisation import GrantView, UnitView
from workflow.storage.queries.settings import RoleWord, Word
from workflow.values import Text


def install(app: Flask) -> None:
    """Let templates make options of rows."""
    app.add_template_filter(choices)
    app.add_template_filter(code_choices)
    app.add_template_filter(word_choices)
    app.add_template_filter(word_choices, "role_choices")
    app.add_template_filter(desk_choices)


def choices(units: Iterable[UnitView]) -> list[tuple[int, str]]:
    """Units by id."""
    return [(unit.id, unit.name) for unit in units]


def units_on(units: Iterable[UnitView], on: date, *, chosen: int | None) -> list[UnitView]:
    """The units that exist on a day, and the one that was chosen before."""
    return [unit for unit in units if unit.id == chosen or _exists(unit, on)]


def _exists(unit: UnitView, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or on < unit.valid_to)


def code_choices(units: Iterable[UnitView]) -> list[tuple[str, str]]:
    """Units by code."""
    return [(unit.code, unit.name) for unit in units]


def word_choices(words: Iterable[Word | RoleWord]) -> list[tuple[str, str]]:
    """Words of a vocabulary by code."""
    return [(word.code, text(Text(word.label_vi, word.label_en))) for word in words]


def desk_choices(grants: Iterable[GrantView]) -> list[tuple[str, str]]:
    """Desks that somebody holds."""
    return [
        (
            f"{grant.role}@{grant.unit_id}",
            f"{text(Text(grant.role_vi, grant.role_en))}, {grant.unit_name}",
        )
        for grant in grants
    ]

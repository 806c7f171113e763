"""What people call the keys and the values of figures that regulations set.

Knows the options of the fields that a figure is looked up by, units, and who stands behind a name under `people`; not
which figure holds.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from workflow.machine.calendar import Unit
from workflow.machine.case import budgets_of
from workflow.machine.definition import Definition, Param, guards_of
from workflow.machine.expressions import Minus, Phrasing, calls_in, path_of
from workflow.machine.words.naming import NO_CONTEXT, NamingContext, party_of, words_of
from workflow.machine.words.naming_messages import DAYS
from workflow.values import Json, Text

_STEPS: Final[Mapping[str, Unit]] = {"wd": "wd", "days": "d"}
"""What guards add to a day, by the function that they call."""
_KEPT: Final = 256
"""Definitions whose units of days are kept."""


def keys_in_words(
    definition: Definition, param: Param, keys: tuple[str, ...], context: NamingContext = NO_CONTEXT
) -> tuple[Text, ...]:
    """Say keys as the options of the fields that they are looked up by: of the case, or of those on a list."""
    options = words_of(definition, context).options
    return tuple(
        next(
            (options[path][key] for path in _paths(definition, name) if key in options.get(path, {})),
            Text(key, key),
        )
        for name, key in zip(param.by, keys, strict=False)
    )


def figure_in_words(definition: Definition, param: Param, value: Json, context: NamingContext = NO_CONTEXT) -> Text:
    """Say a value of a figure with its unit: people as their role, a number of days in the days that it counts."""
    if param.type == "people":
        return party_of(definition, str(value), context.labels)
    units = _day_units(definition).get(param.name, frozenset())
    if len(units) == 1 and isinstance(value, int):
        (unit,) = units
        return DAYS.text(f"one_{unit}" if value == 1 else unit, count=value)
    words = words_of(definition, context)
    shown = value if isinstance(value, bool | int) else str(value)
    return Text(*(Phrasing("", language, words).value(shown, like=param.name) for language in ("vi", "en")))


def days_allowed(param: Param) -> str:
    """Say how many days a figure allows: one number, or from the least to the most where it depends on keys."""
    days = sorted({value for value in (*param.values.values(), param.otherwise) if isinstance(value, int)})
    return "–".join(map(str, dict.fromkeys((days[0], days[-1])))) if days else param.name


@lru_cache(maxsize=_KEPT)
def _day_units(definition: Definition) -> Mapping[str, frozenset[Unit]]:
    """Say in which days figures are counted: those of budgets, and those that guards add to a day."""
    units: dict[str, frozenset[Unit]] = {}
    counted = [(str(budget.count), budget.unit) for budget in budgets_of(definition)]
    for call in (call for guard in guards_of(definition) for call in calls_in(guard.tree) if call.name in _STEPS):
        _, count = call.inputs
        name = path_of(count.of if isinstance(count, Minus) else count) or ""
        counted += [(name, _STEPS[call.name])] if name in definition.params else []
    for name, unit in counted:
        units[name] = units.get(name, frozenset()) | {unit}
    return units


def _paths(definition: Definition, name: str) -> tuple[str, ...]:
    return (name, *(f"{listed}.{name}" for listed in definition.members))

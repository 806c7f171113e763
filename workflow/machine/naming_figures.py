"""What people call the keys and the values of figures that regulations set.

Knows the options of the fields that a figure is looked up by, units, and who stands behind a name under `people`; not
which figure holds. Called by `params`, by drawings and by `explaining_rules`.
"""

from workflow.machine.definition import Definition, Param
from workflow.machine.expressions.phrasing import Phrasing
from workflow.machine.figures import budgets_of
from workflow.machine.naming import NOTHING_AROUND, Around, party_of, words_of
from workflow.machine.naming_words import DAYS
from workflow.values import Json, Text


def keys_in_words(
    definition: Definition, param: Param, keys: tuple[str, ...], around: Around = NOTHING_AROUND
) -> tuple[Text, ...]:
    """Say keys as the options of the fields that they are looked up by: of the case, or of those on a list."""
    options = words_of(definition, around).options
    return tuple(
        next(
            (options[path][key] for path in _paths(definition, name) if key in options.get(path, {})),
            Text(key, key),
        )
        for name, key in zip(param.by, keys, strict=False)
    )


def figure_in_words(definition: Definition, param: Param, value: Json, around: Around = NOTHING_AROUND) -> Text:
    """Say a value of a figure, with its unit; one that names people as their role, a budget in its days."""
    if param.type == "people":
        return party_of(definition, str(value), around.labels)
    units = {budget.unit for budget in budgets_of(definition) if budget.count == param.name}
    if len(units) == 1 and isinstance(value, int):
        (unit,) = units
        vi, en = DAYS[f"one_{unit}" if value == 1 else unit]
        return Text(vi.format(count=value), en.format(count=value))
    words = words_of(definition, around)
    shown = value if isinstance(value, bool | int) else str(value)
    return Text(*(Phrasing("", language, words).value(shown, like=param.name) for language in ("vi", "en")))


def days_allowed(param: Param) -> str:
    """Say how many days a figure allows: one number, or from the least to the most where keys tell them apart."""
    days = sorted({value for value in (*param.values.values(), param.otherwise) if isinstance(value, int)})
    return "–".join(map(str, dict.fromkeys((days[0], days[-1])))) if days else param.name


def _paths(definition: Definition, name: str) -> tuple[str, ...]:
    return (name, *(f"{listed}.{name}" for listed in definition.members))

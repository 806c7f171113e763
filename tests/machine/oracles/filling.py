"""What fields may be given so that every guard can be met and missed: all options, both truths, numbers at cuts."""

import re
from itertools import chain

from tests.machine.oracles.people import person_of
from tests.support.scenes import COMMENT, paper
from workflow.machine.definition import Definition, Field, guards_of
from workflow.values import Json

Values = tuple[Json, ...]
MOST = 8
STRANGER: Json = {"name": "Nguyễn Thị Hoa"}
NUMBERS = ("integer", "money", "percent")
DAYS: Values = (None, "2017-10-10", "2017-11-20", "2018-03-20")
"""Long past, soon, and well after what is soon."""


def values_of(definition: Definition) -> dict[str, Values]:
    """List for each field the values it may be given, the last being one that is as good as any."""
    cuts = _cuts(definition)
    found = {name: _values(field, cuts) for name, field in definition.fields.items()}
    found |= {name: _people(definition) for name, field in definition.fields.items() if field.type == "person"}
    return found | {"comment": (COMMENT,)}


def _values(field: Field, cuts: tuple[int, ...]) -> Values:
    match field.type:
        case kind if kind in NUMBERS:
            least, most = field.min or 0, field.max or 10**12
            near = {number for cut in cuts for number in (cut, cut + 1) if least <= number <= most}
            return (None, *sorted({least, *near})[: MOST - 1], min(most, 10**11))
        case "flag":
            return (None, True, False)
        case "choice":
            return (None, *field.of)
        case "date":
            return DAYS
        case "table":
            return (None, *_tables(field, cuts))
    return (None, _plain(field))


def _people(definition: Definition) -> Values:
    """Name each of those who fill in forms, and somebody who is not known."""
    editors = dict.fromkeys(who for state in definition.states.values() for who in state.edit)
    known: list[Json] = [{"name": "Trần Văn Tâm", "person": person_of(definition, who)} for who in editors]
    return (None, *known, STRANGER)


def _tables(field: Field, cuts: tuple[int, ...]) -> list[Json]:
    """Fill a table alike all over, once for each number that may stand in its columns."""
    columns = {name: _values(column, cuts)[1:] for name, column in field.columns.items()}
    most = max((len(found) for name, found in columns.items() if field.columns[name].type in NUMBERS), default=1)
    rows: list[dict[str, Json]] = [
        {name: found[min(at, len(found) - 1)] for name, found in columns.items()} for at in range(most)
    ]
    return [[row] * (field.min or 1) for row in rows]


def _plain(field: Field) -> Json:
    outside: dict[str, Json] = {"sender": "Huyện ủy", "received": "2017-10-20"} if field.origin else {}
    found: dict[str, Json] = {
        "decimal": "1.5",
        "unit": 7,
        "person": STRANGER,
        "nominee": {"kind": "person", "name": "Phạm Văn An"},
        "document": paper() | outside,
    }
    return found.get(field.type, COMMENT * 3 if field.type == "long_text" else COMMENT)


def _cuts(definition: Definition) -> tuple[int, ...]:
    """List the numbers at which guards may turn: those written in them, and the figures of the definition."""
    written = chain.from_iterable(re.findall(r"\b\d{1,11}\b", guard.source) for guard in guards_of(definition))
    figures = [value for param in definition.params.values() for value in (*param.values.values(), param.otherwise)]
    return tuple(sorted({*map(int, written), *(value for value in figures if isinstance(value, int))}))

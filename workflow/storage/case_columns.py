"""How a Case lies in the columns of its row, and comes back as the same Case.

Knows the JSON inside the columns and no statement; no other module opens that JSON.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple

import orjson
from sqlalchemy import Row

from workflow.storage.models import CaseRow
from workflow.values import Case, Done, Json, Line, OpenAsk

Kind = Literal["bigint", "int", "text", "json", "instant", "date"]
"""What a column holds, whatever each database calls it. JSON is the bytes of its text, an instant an aware datetime,
a date its text."""


class Column(NamedTuple):
    """One column of a table that an act writes.

    `value` is the name under which its value is written, where that is not the column's own. A `fixed` column is
    written when the case is opened and never again. `attribute` is the field of `Case` that the column holds, None for
    what the entry brings; `dump` turns the field into the value of the column, `read` turns it back.
    """

    name: str
    kind: Kind
    value: str
    fixed: bool = False
    attribute: str | None = None
    read: Callable[[Any], Any] | None = None
    dump: Callable[[Any], Any] | None = None


def dump(value: Mapping[str, Any] | list[Any]) -> bytes:
    """Write JSON in UTF-8 without spaces between its parts."""
    return orjson.dumps(value)


def _read_done(text: str) -> dict[str, Done]:
    return {
        name: Done(
            entry["times"],
            frozenset(entry["people"]),
            entry.get("fallen", False),
            entry.get("kept", {}),
            entry.get("last"),
        )
        for name, entry in orjson.loads(text).items()
    }


def _dump_done(done_by_action: Mapping[str, Done]) -> bytes:
    return dump({name: _done_json(done) for name, done in done_by_action.items()})


def _done_json(done: Done) -> dict[str, Any]:
    return {
        "people": sorted(done.people),
        "times": done.times,
        **({"fallen": True} if done.fallen else {}),
        **({"kept": dict(done.digests)} if done.digests else {}),
        **({"last": done.last} if done.last is not None else {}),
    }


def _read_asks(text: str) -> dict[str, OpenAsk]:
    return {name: _read_ask(entry) for name, entry in orjson.loads(text).items()}


def _dump_asks(asks: Mapping[str, OpenAsk]) -> bytes:
    return dump({name: _ask_json(ask) for name, ask in asks.items()})


def _read_ask(entry: Mapping[str, Any]) -> OpenAsk:
    return OpenAsk(
        members=tuple(entry["members"]),
        answers=_read_answers(entry["answers"]),
        opened_version=entry["opened_version"],
        lines={
            code: Line(tuple(line["barred"]), _read_answers(line["answers"]))
            for code, line in entry.get("lines", {}).items()
        },
        paper=entry.get("paper", {}),
        closed=entry.get("closed", False),
        parties={name: tuple(members) for name, members in entry.get("parties", {}).items()},
        certain=entry.get("certain", {}),
        clock=entry.get("clock"),
    )


def _read_answers(answers: Mapping[str, str]) -> dict[int, str]:
    return {int(person): answer for person, answer in answers.items()}


def _ask_json(ask: OpenAsk) -> dict[str, Any]:
    lines = {code: {"barred": list(line.barred), "answers": _answers(line.answers)} for code, line in ask.lines.items()}
    return {
        "members": list(ask.members),
        "answers": _answers(ask.answers),
        "opened_version": ask.opened_version,
        **({"lines": lines} if lines else {}),
        **({"paper": {line: dict(counted) for line, counted in ask.paper.items()}} if ask.paper else {}),
        **({"closed": True} if ask.closed else {}),
        **({"parties": {name: list(members) for name, members in ask.parties.items()}} if ask.parties else {}),
        **({"certain": dict(ask.certain)} if ask.certain else {}),
        **({"clock": dict(ask.clock)} if ask.clock else {}),
    }


def _answers(answers: Mapping[int, str]) -> dict[str, str]:
    return {str(person): answer for person, answer in answers.items()}


def _of_case(
    name: str,
    kind: Kind,
    *,
    attribute: str | None = None,
    fixed: bool = False,
    read: Callable[[Any], Any] | None = None,
    write: Callable[[Any], Any] | None = None,
) -> Column:
    as_json = (orjson.loads, dump) if kind == "json" else (None, None)
    return Column(name, kind, name, fixed, attribute or name, read or as_json[0], write or as_json[1])


CASE_COLUMNS: Final = (
    _of_case("id", "bigint", fixed=True),
    _of_case("code", "text", fixed=True),
    _of_case("definition", "text"),
    _of_case("params", "json"),
    _of_case("unit_id", "bigint", attribute="unit", fixed=True),
    _of_case("movement_id", "bigint", attribute="movement", fixed=True),
    _of_case("state", "text"),
    _of_case("outcome", "text"),
    _of_case("version", "int"),
    _of_case("acted_version", "int"),
    _of_case("opened_at", "instant", fixed=True),
    _of_case("entered_at", "instant"),
    _of_case("due_at", "instant"),
    _of_case("fields", "json"),
    _of_case("done", "json", read=_read_done, write=_dump_done),
    _of_case("asks", "json", read=_read_asks, write=_dump_asks),
    _of_case("clocks", "json"),
    _of_case("back", "text"),
    Column("head", "text", "head", attribute="head"),
    Column("definition_name", "text", "definition_name", fixed=True),
    Column("last_at", "instant", "at"),
    Column("title", "text", "title"),
    Column("search_key", "text", "search_key"),
)
"""The columns of a case's row. Reads and both databases' writers are made from this one table."""

_READ: Final = tuple(column for column in CASE_COLUMNS if column.attribute is not None)
_WRITTEN: Final = tuple(column for column in _READ if column.name != "head")
_values_of_row = attrgetter(*(column.name for column in _READ))
_values_of_case = attrgetter(*(str(column.attribute) for column in _WRITTEN))

COLUMNS: Final = tuple(getattr(CaseRow, column.name) for column in _READ)
"""The columns that `read_case` needs in a row, in any order and among others."""

TEXT_LIMIT = 500
"""The most characters of a text that an index column holds; the case itself holds all of it."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_case(row: Row[*tuple[Any, ...]]) -> Case:
    """Return the Case that a row with the `COLUMNS` holds."""
    return Case(
        **{
            str(column.attribute): value if column.read is None else column.read(value)
            for column, value in zip(_READ, _values_of_row(row), strict=True)
        }
    )


def case_columns(case: Case) -> dict[str, Any]:
    """Return the row of a case without the values that its entry brings; instants stay instants, JSON is bytes."""
    return {
        column.name: value if column.dump is None else column.dump(value)
        for column, value in zip(_WRITTEN, _values_of_case(case), strict=True)
    }


def listed_columns(value: Json) -> dict[str, Any]:
    """Return the typed index columns of a listed field: a number, a text, a date as well where the text is one.

    Of a value with parts (a nominee) its name is listed.
    """
    columns: dict[str, Any] = {"text_value": None, "number_value": None, "date_value": None}
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int):
        columns["number_value"] = int(value)
    elif isinstance(value, str):
        columns["text_value"] = value[:TEXT_LIMIT]
        columns["date_value"] = _find_date(value)
    return columns


def _find_date(text: str) -> str | None:
    if not DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None

"""The one form in which each type of field is kept, and what is wrong with a value that is not in it.

Knows types, no case and no right. Everything is plain JSON without floats: money is whole đồng, decimals and dates
are text, texts are NFC and trimmed; the table of forms stands in `docs/architecture.md`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from unicodedata import normalize

from workflow.machine.definition import Field, FieldType
from workflow.values import Json, Reason

COMMENT_LENGTH = 20
"""A reason in words has at least so many characters (DOMAIN.md 8, G13)."""
_LONGEST: Mapping[FieldType, int] = {"text": 500, "long_text": 20_000}
_DECOMPOSED = 4
"""No character of the languages in use here has more parts in Unicode's decomposed form."""
_ROWS = 1_000
_LARGEST = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 8785)."""
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tabs and line ends, and halves of characters."""
_PER_CENT = 100
_NOMINEE_KINDS = ("person", "collective", "household")
_NOMINEE_TEXTS = ("position",)
_DOCUMENT_TEXTS = ("symbol", "signer")
_OF_OUTSIDE = frozenset({"sender", "received"})


class WrongForm(Exception):
    """A value is not in the normal form of its type; `code` and `facts` become a Reason."""

    def __init__(self, code: str, **facts: Json) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class NormalValue(NamedTuple):
    """What a field would hold (None: nothing), or why it cannot hold what was handed in."""

    value: Json
    fault: Reason | None = None


def normal_value(field: Field, value: Json) -> NormalValue:
    """Bring a value into the normal form of its field; an empty one is None, whether that is allowed or not."""
    if value is None or value in ("", [], {}):
        return NormalValue(None)
    try:
        normal = _FORMS[field.type](field, value)
    except WrongForm as wrong:
        return NormalValue(None, Reason(wrong.code, wrong.facts, field.name))
    return NormalValue(None if normal in ("", []) else normal)


def _text(field: Field, value: Json) -> Json:
    least, most = field.min or 0, field.max or _LONGEST[field.type]
    text = _line(value, most=most) if field.type == "text" else _words(value, most=most)
    if field.name == "comment":
        least = max(least, COMMENT_LENGTH)
    if text and len(text) < least:
        raise WrongForm("too_short", min=least, length=len(text))
    return text


def _words(value: Json, *, most: int = _LONGEST["long_text"]) -> str:
    if not isinstance(value, str):
        raise WrongForm("not_text")
    # What even its shortest form could not bring below the limit is refused before it is looked at.
    if len(value) > _DECOMPOSED * most:
        raise WrongForm("too_long", max=most, length=len(value))
    text = normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > most:
        raise WrongForm("too_long", max=most, length=len(text))
    if _UNREADABLE.search(text):
        raise WrongForm("control_characters")
    return text


def _line(value: Json, *, most: int = _LONGEST["text"]) -> str:
    text = _words(value, most=most)
    if "\n" in text:
        raise WrongForm("one_line")
    return text


def _whole(field: Field, value: Json) -> Json:
    number = _number(value)
    least = field.min if field.min is not None else (0 if field.type != "integer" else -_LARGEST)
    most = field.max if field.max is not None else (_PER_CENT if field.type == "percent" else _LARGEST)
    if not least <= number <= most:
        raise WrongForm("out_of_range", min=least, max=most)
    return number


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongForm("not_a_number")
    return value


def _id(value: Json) -> int:
    number = _number(value)
    if not 0 < number <= _LARGEST:
        raise WrongForm("not_a_number")
    return number


def _decimal(field: Field, value: Json) -> Json:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise WrongForm("not_a_decimal")
    number = Fraction(value)
    least = field.min if field.min is not None else -_LARGEST
    most = field.max if field.max is not None else _LARGEST
    if not least <= number <= most:
        raise WrongForm("out_of_range", min=least, max=most)
    return value


def _date(_field: Field, value: Json) -> Json:
    return _day(value)


def _day(value: Json) -> str:
    try:
        day = date.fromisoformat(_line(value))
    except ValueError:
        raise WrongForm("not_a_date") from None
    return day.isoformat()


def _flag(_field: Field, value: Json) -> Json:
    if not isinstance(value, bool):
        raise WrongForm("not_a_flag")
    return value


def _choice(field: Field, value: Json) -> Json:
    if not isinstance(value, str) or value not in field.of:
        raise WrongForm("not_a_choice", allowed=[*field.of])
    return value


def _unit(_field: Field, value: Json) -> Json:
    return _id(value)


def _object(value: Json, *, allowed: frozenset[str]) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise WrongForm("not_an_object", allowed=[*sorted(allowed)])
    for key in value:
        if key not in allowed:
            raise WrongForm("unknown_part", part=key, allowed=[*sorted(allowed)])
    return {key: part for key, part in value.items() if part is not None and part != ""}


def _name(parts: Mapping[str, Json]) -> str:
    name = _line(parts.get("name", ""))
    if not name:
        raise WrongForm("name_missing")
    return name


def _texts(parts: Mapping[str, Json], names: tuple[str, ...]) -> dict[str, Json]:
    return {name: text for name in names if name in parts and (text := _line(parts[name]))}


def _person(_field: Field, value: Json) -> Json:
    parts = _object(value, allowed=frozenset({"name", "person"}))
    person: dict[str, Json] = {"name": _name(parts)}
    if "person" in parts:
        person["person"] = _id(parts["person"])
    return person


def _nominee(_field: Field, value: Json) -> Json:
    allowed = frozenset({"kind", "name", "position", "unit", "born_on", "person"})
    parts = _object(value, allowed=allowed)
    if parts.get("kind") not in _NOMINEE_KINDS:
        raise WrongForm("not_a_choice", allowed=[*_NOMINEE_KINDS])
    nominee: dict[str, Json] = {"kind": parts["kind"], "name": _name(parts), **_texts(parts, _NOMINEE_TEXTS)}
    nominee |= {name: _id(parts[name]) for name in ("unit", "person") if name in parts}
    if "born_on" in parts:
        nominee["born_on"] = _day(parts["born_on"])
    return nominee


def _document(field: Field, value: Json) -> Json:
    allowed = frozenset({"document", "number", "token", "name", "sha256", "symbol", "dated", "signer"})
    allowed |= _OF_OUTSIDE if field.origin else frozenset()
    parts = _object(value, allowed=allowed)
    sha256 = parts.get("sha256")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise WrongForm("file_missing")
    document: dict[str, Json] = {
        "document": _id(parts.get("document")),
        "number": _id(parts.get("number")),
        "token": _line(parts.get("token", "")),
        "name": _name(parts),
        "sha256": sha256,
        **_texts(parts, _DOCUMENT_TEXTS),
    }
    if "dated" in parts:
        document["dated"] = _day(parts["dated"])
    if field.numbered and not ("symbol" in document and "dated" in document):
        raise WrongForm("number_missing")
    return {**document, **_receipt(parts)} if field.origin else document


def _receipt(parts: Mapping[str, Json]) -> dict[str, Json]:
    """Read what a paper from outside bears besides its number: who sent it, and on which day it was received."""
    if _OF_OUTSIDE - parts.keys():
        raise WrongForm("receipt_missing")
    receipt = _texts(parts, ("sender",))
    if "sender" not in receipt:
        raise WrongForm("receipt_missing")
    return {**receipt, "received": _day(parts["received"])}


def _table(field: Field, value: Json) -> Json:
    if not isinstance(value, list):
        raise WrongForm("not_a_table")
    rows = [row for position, given in enumerate(value, 1) if (row := _row(field, given, position))]
    if len(rows) > (field.max or _ROWS):
        raise WrongForm("too_many_rows", max=field.max or _ROWS, rows=len(rows))
    if rows and len(rows) < (field.min or 0):
        raise WrongForm("too_few_rows", min=field.min or 0, rows=len(rows))
    return list(rows)


def _row(field: Field, value: Json, position: int) -> dict[str, Json] | None:
    """Bring a row into normal form: all columns filled, or the row is empty and dropped."""
    parts = _object(value, allowed=frozenset(field.columns))
    if not any(isinstance(part, str) is False or str(part).strip() for part in parts.values()):
        return None
    row: dict[str, Json] = {}
    for name, column in field.columns.items():
        cell = normal_value(column, parts.get(name))
        if cell.fault:
            raise WrongForm("wrong_cell", row=position, column=name, why=cell.fault.code, **cell.fault.facts)
        if cell.value is None:
            raise WrongForm("empty_cell", row=position, column=name)
        row[name] = cell.value
    return row


_FORMS: Mapping[FieldType, Callable[[Field, Json], Json]] = {
    "text": _text,
    "long_text": _text,
    "integer": _whole,
    "money": _whole,
    "percent": _whole,
    "decimal": _decimal,
    "date": _date,
    "flag": _flag,
    "choice": _choice,
    "person": _person,
    "unit": _unit,
    "nominee": _nominee,
    "document": _document,
    "table": _table,
}

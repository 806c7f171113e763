"""Inputs of forms: what was typed becomes plain values, and values become text to type over.

Knows how each type of field is written on a page, not whether a value is right: what cannot be read is passed on as it
was typed, and the engine says what is wrong with it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe
from unicodedata import normalize

from flask import Flask, request

from web.language import day, language, number
from workflow.errors import Invalid
from workflow.machine.definition import Field
from workflow.values import Json

EDITED = "f."
"""Prefix of the inputs that stand in the form itself; the inputs of one action begin with the action's name."""
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_GROUPED = re.compile(r"-?\d{1,3}(?:[., ]\d{3})+")
_WHOLE = re.compile(r"-?\d{1,15}")
_MOST_ROWS = 1_000


def install(app: Flask) -> None:
    """Let templates write values into inputs."""
    app.add_template_filter(typed)


def read(fields: Iterable[Field], *, at: str, stored: Mapping[str, Json], people: Mapping[str, int]) -> dict[str, Json]:
    """Read the fields sent under a prefix. `stored` are the values so far, `people` the accounts known by name."""
    return {
        field.name: _read(field, at + field.name, stored=stored.get(field.name), people=people)
        for field in fields
        if was_sent(at + field.name)
    }


def was_sent(name: str) -> bool:
    """Whether an input of that name came with the request, or one of its parts."""
    return any(key == name or key.startswith(f"{name}.") for key in (*request.form, *request.files))


def typed(value: Json, field: Field) -> str:
    """Write a value as a person would type it."""
    if value is None:
        return ""
    if field.type == "date":
        return day(str(value))
    if field.type in ("integer", "money", "decimal", "percent"):
        return number(value)
    return str(value)


def parts_of(value: Json) -> dict[str, Json]:
    """The parts of a value that has parts; none where there is no value."""
    return value if isinstance(value, dict) else {}


def date_of(text: str) -> str:
    """Bring 5/11/2017 into ISO 8601; what is no date stays as it was typed."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return text.strip()
    on, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, on).isoformat()
    except ValueError:
        return text.strip()


def decimal_of(text: str) -> str:
    """Bring 1.234,5 (in English 1,234.5) into the form 1234.5."""
    thousands, point = (",", ".") if language() == "en" else (".", ",")
    bare = text.replace(" ", "").replace("\u00a0", "")
    if point in bare or _GROUPED.fullmatch(bare):
        bare = bare.replace(thousands, "")
    return bare.replace(point, ".")


def whole_of(text: str) -> Json:
    """Read a whole number with or without marks for thousands."""
    bare = re.sub(r"[\s\u00a0]", "", text)
    bare = re.sub(r"[.,]", "", bare) if _GROUPED.fullmatch(bare) else bare
    number = number_in(bare)
    return text if number is None else number


def line_of(name: str) -> str:
    """One input of the request, in Unicode's NFC, without spaces around it."""
    return normalize("NFC", request.form.get(name, "")).strip()


def day_of(name: str) -> date:
    """A date that must be there."""
    chosen = maybe_day_of(name)
    if chosen is None:
        raise Invalid("value_needed", field=name)
    return chosen


def maybe_day_of(name: str) -> date | None:
    """A date that may be left open."""
    text = date_of(line_of(name))
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("date_malformed", field=name, found=text) from None


def id_of(name: str) -> int:
    """The number of something chosen from a list."""
    chosen = maybe_id_of(name)
    if chosen is None:
        raise Invalid("value_needed", field=name)
    return chosen


def number_in(text: str) -> int | None:
    """A whole number that somebody wrote or an address carries. None for what is no number, or too large a one."""
    return int(text) if _WHOLE.fullmatch(text) else None


def maybe_id_of(name: str) -> int | None:
    """The number of something chosen from a list, or nothing chosen."""
    return number_in(line_of(name))


def ids_of(name: str) -> list[int]:
    """The numbers of what was chosen from a list of which several may be chosen."""
    return [number for text in request.form.getlist(name) if (number := number_in(text)) is not None]


def asked_number(name: str) -> int | None:
    """A number in the address: where a list goes on, which year."""
    return number_in(request.args.get(name, ""))


def blanks() -> dict[str, int]:
    """How many empty rows to add, by the name of the table's inputs."""
    wanted = request.form.get("add", "")
    return {wanted: 1} if wanted else {}


def fresh_key() -> str:
    """A key that marks one request, so that sending it twice does it once."""
    return token_urlsafe(18)


def request_key(*scope: object) -> str | None:
    """The key that came with a form, made one of this person's for this act on this thing; None where none came.

    Whoever sends somebody else's key, or the same one with another act, asks for something new by it.
    """
    sent = line_of("request_key")
    return sha256("\n".join([*map(str, scope), sent]).encode()).hexdigest() if sent else None


def file_of(name: str) -> tuple[str, bytes]:
    """The name and content of a file that must have been chosen."""
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        raise Invalid("value_needed", field=name)
    return normalize("NFC", sent.filename), sent.read()


def _read(field: Field, name: str, *, stored: Json, people: Mapping[str, int]) -> Json:
    match field.type:
        case "table":
            return _rows(field, f"{name}.")
        case "document":
            return _document(name, stored=stored)
        case "person":
            return _named(name, ("name",), people=people)
        case "nominee":
            return _named(name, ("kind", "name", "position", "born_on"), people=people)
        case "flag":
            return line_of(name) == "1"
        case _:
            return _scalar(field, line_of(name))


def _scalar(field: Field, text: str) -> Json:
    if text == "":
        return None
    match field.type:
        case "date":
            return date_of(text)
        case "integer" | "money" | "percent" | "unit":
            return whole_of(text)
        case "decimal":
            return decimal_of(text)
        case _:
            return text


def _rows(field: Field, start: str) -> Json:
    keys = [key.removeprefix(start).partition(".")[0] for key in request.form if key.startswith(start)]
    order = sorted({number for key in keys if (number := number_in(key)) is not None})[:_MOST_ROWS]
    rows: list[Json] = []
    dropped = request.form.get("drop", "")
    for row in order:
        if dropped == f"{start}{row}":
            continue
        cells = {name: _scalar(column, line_of(f"{start}{row}.{name}")) for name, column in field.columns.items()}
        if any(cell is not None for cell in cells.values()):
            rows.append({name: cell if cell is not None else "" for name, cell in cells.items()})
    return rows


def _document(name: str, *, stored: Json) -> Json:
    before = parts_of(stored)
    parts: dict[str, Json] = {part: line_of(f"{name}.{part}") for part in ("symbol", "signer", "sender")}
    parts |= {part: date_of(line_of(f"{name}.{part}")) for part in ("dated", "received")}
    given = {part: value for part, value in parts.items() if value}
    rest = {part: value for part, value in before.items() if part not in parts}
    return {**rest, **given} or None


def _named(name: str, parts: tuple[str, ...], *, people: Mapping[str, int]) -> Json:
    given: dict[str, Json] = {part: text for part in parts if (text := line_of(f"{name}.{part}"))}
    if "name" not in given:
        return None
    if "born_on" in given:
        given["born_on"] = date_of(str(given["born_on"]))
    known = people.get(str(given["name"]))
    if known is not None:
        given["person"] = known
    return given

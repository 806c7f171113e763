"""What somebody types at `trinh definitions play` as the value of a field, and the hint that says how to type it.

Reads a line leniently; the rules decide whether the value is right.
"""

import json
from collections.abc import Mapping
from typing import Final

from trinh.commands.definitions.play_messages import PLAY
from workflow.catalogue import Language, in_language
from workflow.machine.definition import Field
from workflow.machine.explaining import KINDS
from workflow.values import Json

SCAN: Final[Mapping[str, Json]] = {
    "document": 1, "number": 1, "token": "walk", "name": "scan.pdf", "sha256": "0" * 64,
}  # fmt: skip
"""The scan that every paper has here, as in walks."""
_SHOWN: Final = 40
_WHOLE: Final = ("integer", "money", "percent", "unit")


def how(field: Field, *, language: Language) -> str:
    """Say how a value of a field is typed."""
    code = "type_external" if field.origin else f"type_{field.type}"
    if code not in PLAY:
        return in_language(KINDS[field.type], language)
    return PLAY.say(code, language, columns=[*field.columns], options=[*field.of])


def shortened(value: Json) -> str:
    """Show a value at hand in a few words; of a paper its number."""
    if isinstance(value, dict):
        return str(value.get("symbol") or value.get("name") or value)[:_SHOWN]
    return json.dumps(value, ensure_ascii=False)[:_SHOWN] if isinstance(value, list) else str(value)[:_SHOWN]


def typed(field: Field, line: str, *, people: Mapping[str, int]) -> Json:
    """Read what was typed; JSON is taken as it stands. `people` are those on the stage, by name."""
    if line[0] in "[{":
        value: Json = json.loads(line)
        return value
    match field.type:
        case "table":
            return [_row(field, row) for row in line.split(";")]
        case "document":
            return {**SCAN, **_paper(field, line)}
        case "person":
            return {"name": line, **_known(line, people)}
        case "nominee":
            return {"kind": "person", "name": line, **_known(line, people)}
        case "flag":
            return {"yes": True, "no": False}.get(line, line)
    return _scalar(field, line)


def _paper(field: Field, line: str) -> dict[str, Json]:
    """Read a paper's number and date, of an external one also sender and day of receipt. Numbers may have commas."""
    parts = ("dated", "sender", "received") if field.origin else ("dated",)
    symbol, *rest = (part.strip() for part in line.rsplit(",", len(parts)))
    return {"symbol": symbol, **dict(zip(parts, rest, strict=False))}


def _row(field: Field, row: str) -> Json:
    cells = [cell.strip() for cell in row.split(",")]
    columns = field.columns.values()
    return {column.name: _scalar(column, cell) for column, cell in zip(columns, cells, strict=False)}


def _scalar(field: Field, line: str) -> Json:
    return int(line) if field.type in _WHOLE and line.lstrip("-").isdecimal() else line


def _known(name: str, people: Mapping[str, int]) -> dict[str, Json]:
    return {"person": people[name]} if name in people else {}

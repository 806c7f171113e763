"""Reads a table out of an uploaded file: CSV in UTF-8, or the first sheet of an Excel workbook. Every cell is text.

Knows formats and their dangers (sizes, encodings, bombs), no column of ours. A workbook is parsed in a child process,
because a parser of foreign archives is not trusted.
"""

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from workflow.catalogue import Language
from workflow.child import ChildCrashed, OutOfCpu, OutOfMemory, OutOfTime, ask
from workflow.error_messages import ERRORS, PLACES
from workflow.errors import WorkflowError
from workflow.exchange.spreadsheet import first_sheet

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ROWS: Final = 20_000
MAX_CELL: Final = 2_000
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class TableFault:
    """One thing wrong with a file: the row as a person counts them (the heading is 1), and the column, where known."""

    code: str
    row: int | None = None
    column: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Say what is wrong in one sentence, without the place."""
        return ERRORS.say(self.code, language, **self.facts)

    def line(self, language: Language) -> str:
        """Say what is wrong with its row and column."""
        row = PLACES.say("row", language, row=self.row) if self.row else ""
        place = ", ".join(part for part in (row, self.column) if part)
        return f"{place}: {self.sentence(language)}" if place else self.sentence(language)


class FaultyFile(WorkflowError):
    """A file cannot be imported; `faults` says everything that is wrong with it, and nothing of it was imported."""

    def __init__(self, faults: list[TableFault], *, name: str) -> None:
        super().__init__(f"{name}: {len(faults)} faults, first {faults[0]}")
        self.faults, self.name = tuple(faults), name


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row by its headings, and its number as a person counts."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings in their order, and the rows that are not empty."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read(content: bytes, *, name: str) -> Table:
    """Read the table in a file. Raises `FaultyFile` when there is none."""
    if len(content) > MAX_BYTES:
        raise FaultyFile([TableFault("table_too_large", facts={"most": MAX_BYTES // 1024 // 1024})], name=name)
    if content.startswith(_OLE):
        raise FaultyFile([TableFault("file_old_excel")], name=name)
    lines = _workbook(content, name=name) if content.startswith(_ZIP) else _csv(content, name=name)
    return _table(lines, name=name)


def _csv(content: bytes, *, name: str) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise FaultyFile([TableFault("file_not_utf8", row=line)], name=name) from None
    if "\0" in text:
        raise FaultyFile([TableFault("file_unreadable")], name=name)
    heading = text.partition("\n")[0]
    # Excel in Vietnamese saves CSV with semicolons.
    delimiter = max(",;\t", key=heading.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise FaultyFile([TableFault("file_unreadable")], name=name) from None


def _workbook(content: bytes, *, name: str) -> list[list[str]]:
    try:
        answer: Any = ask(first_sheet, content)
    except (OutOfMemory, OutOfCpu, OutOfTime):
        raise FaultyFile([TableFault("file_too_complex")], name=name) from None
    except ChildCrashed:
        raise FaultyFile([TableFault("file_unreadable")], name=name) from None
    if "fault" in answer:
        raise FaultyFile([TableFault(answer["fault"])], name=name)
    rows: list[list[str]] = answer["rows"]
    return rows


def _table(lines: list[list[str]], *, name: str) -> Table:
    if len(lines) > MAX_ROWS:
        raise FaultyFile([TableFault("file_too_many_rows", facts={"most": MAX_ROWS})], name=name)
    cleaned = [[_clean(cell) for cell in line] for line in lines]
    if not cleaned or not any(cleaned[0]):
        raise FaultyFile([TableFault("table_empty")], name=name)
    headings = tuple(cell.lower() for cell in cleaned[0])
    faults = [
        *(
            TableFault("heading_twice", 1, heading)
            for heading in sorted({h for h in headings if h and headings.count(h) > 1})
        ),
        *(TableFault("row_too_long", number) for number, line in enumerate(cleaned, 1) if any(line[len(headings) :])),
        *(
            TableFault("cell_too_long", number, facts={"most": MAX_CELL})
            for number, line in enumerate(cleaned, 1)
            if any(len(cell) > MAX_CELL for cell in line)
        ),
    ]
    if faults:
        raise FaultyFile(faults, name=name)
    rows = (
        TableRow(number, dict(zip(headings, _padded(line, len(headings)), strict=True)))
        for number, line in enumerate(cleaned[1:], 2)
        if any(line)
    )
    return Table(tuple(heading for heading in headings if heading), tuple(rows))


def _padded(line: list[str], width: int) -> list[str]:
    return [*line, *[""] * width][:width]


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())

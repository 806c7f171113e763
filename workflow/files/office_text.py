"""What stands in a Word or Excel file, as plain blocks of text. Runs in a child process, which may be lost.

Pure: bytes to JSON. Pictures, page breaks, fonts and formulas stay out; what is cut off is said.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from workflow.files.archives import archive_fault
from workflow.values import Json

MOST_BLOCKS: Final = 2_000
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 40
MOST_SHEETS: Final = 20
LONGEST: Final = 5_000


def word_text(content: bytes) -> Json:
    """Return the paragraphs, headings and tables of a Word file in their order, or what is wrong with it."""
    if fault := archive_fault(content):
        return {"fault": fault}
    from docx import Document  # noqa: PLC0415 - only in a child, under its limits

    try:
        blocks = list(islice(_word_blocks(Document(io.BytesIO(content))), MOST_BLOCKS + 1))
    except (KeyError, ValueError, SyntaxError, AttributeError):  # A broken XML part is a SyntaxError.
        return {"fault": "file_unreadable"}
    return {"blocks": list(blocks[:MOST_BLOCKS]), "cut": len(blocks) > MOST_BLOCKS}


def workbook_text(content: bytes) -> Json:
    """Return the sheets of an Excel file as tables of text, each with its name, or what is wrong with it."""
    if fault := archive_fault(content):
        return {"fault": fault}
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only in a child, under its limits

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        sheets = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)) for name in names[:MOST_SHEETS]
        ]
    except CalamineError:
        return {"fault": "file_unreadable"}
    blocks: list[Json] = []
    for name, lines in sheets:
        blocks += [
            {"kind": "heading", "text": name[:LONGEST]},
            _table([[_cell(cell) for cell in row] for row in lines]),
        ]
    cut = len(names) > MOST_SHEETS or any(
        len(lines) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in lines) for _, lines in sheets
    )
    return {"blocks": blocks, "cut": cut}


def _word_blocks(document: Any) -> Iterator[Json]:
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            yield _table([[cell.text for cell in row.cells] for row in islice(part.rows, MOST_ROWS)])
        elif text := part.text.strip():
            style = (part.style.name or "") if part.style is not None else ""
            kind = "heading" if style.startswith(("Heading", "Title")) else "text"
            yield {"kind": kind, "text": text[:LONGEST]}


def _table(lines: list[list[str]]) -> Json:
    rows: list[Json] = [[text.strip()[:LONGEST] for text in line[:MOST_COLUMNS]] for line in lines[:MOST_ROWS]]
    return {"kind": "table", "rows": rows}


def _cell(cell: object) -> str:
    """Write a cell as people here read it: 12,5, and dates as 15/11/2017."""
    if isinstance(cell, bool):
        return "✓" if cell else ""
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",") if not cell.is_integer() else str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)

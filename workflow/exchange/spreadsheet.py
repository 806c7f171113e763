"""Reads the first sheet of a workbook. Runs in a child process: a parser of foreign archives is not trusted."""

import io
from datetime import datetime

from workflow.files import archive_fault
from workflow.values import Json


def first_sheet(content: bytes) -> Json:
    """Return the cells of the first sheet as text, or what is wrong with the archive."""
    fault = archive_fault(content)
    return {"fault": fault} if fault else {"rows": [[*row] for row in _rows(content)]}


def _rows(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only in a child, under its limits

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = workbook.get_sheet_by_index(0)
    return [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def as_text(cell: object) -> str:
    """Write a cell as a person reads it: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)

"""The child process that reads a workbook: bytes on standard input, JSON on standard output, then it ends.

Runs by itself (`python -I spreadsheet.py`) under limits of memory and time, looks into the archive before it unpacks
anything, and imports nothing of the project.
"""

import io
import json
import resource
import sys
import zipfile
from datetime import datetime

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 1_000


def main() -> None:
    """Answer one workbook and end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    content = sys.stdin.buffer.read()
    fault = archive_fault(content)
    answer = {"fault": fault} if fault else {"rows": rows(content)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def archive_fault(content: bytes) -> str | None:
    """Say what is wrong with the archive before anything of it is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        return "file_unreadable"
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 1):
        return "file_too_complex"
    if any(entry.flag_bits & 1 for entry in entries):
        return "file_encrypted"
    return None


def rows(content: bytes) -> list[list[str]]:
    """Return the first sheet's cells as text."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only after the limits are set

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


if __name__ == "__main__":
    main()

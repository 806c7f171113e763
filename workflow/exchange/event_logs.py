"""Reads the event log of another system: a table with one line an event, in the order in which they happened.

Knows the columns that every log has and checks their form; what an action means, and whether it was allowed, the
definition says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflow.exchange import tables
from workflow.exchange.tables import FaultyFile, TableFault, TableRow

REQUIRED: Final = ("case", "at", "person", "action")
OPTIONAL: Final = ("role", "place")


@dataclass(frozen=True, slots=True)
class Event:
    """One line: who did what to which case when, as which role at which unit; `values` are the other cells filled."""

    number: int
    case: str
    at: datetime
    person: str
    action: str
    role: str
    place: str
    values: Mapping[str, str]


def read(content: bytes, *, name: str) -> list[Event]:
    """Read a log, CSV or Excel, in order of time. Raises `FaultyFile` with all faults, if there is one."""
    table = tables.read(content, name=name)
    faults = [TableFault("column_missing", 1, column) for column in REQUIRED if column not in table.headings]
    if not faults:
        faults = [fault for row in table.rows for fault in _faults(row)]
    if faults:
        raise FaultyFile(faults, name=name)
    return sorted(map(_event, table.rows), key=lambda event: (event.at, event.number))


def _faults(row: TableRow) -> Iterator[TableFault]:
    yield from (TableFault("value_needed", row.number, column) for column in REQUIRED if not row.cells[column])
    if row.cells["at"] and find_moment(row.cells["at"]) is None:
        yield TableFault("moment_malformed", row.number, "at", {"found": row.cells["at"]})


def find_moment(text: str) -> datetime | None:
    """Read a moment with its offset from UTC; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _event(row: TableRow) -> Event:
    cells = row.cells
    known = (*REQUIRED, *OPTIONAL)
    values = {column: text for column, text in cells.items() if column and column not in known and text}
    return Event(
        row.number,
        cells["case"],
        datetime.fromisoformat(cells["at"]),
        cells["person"],
        cells["action"],
        cells.get("role", ""),
        cells.get("place", ""),
        values,
    )

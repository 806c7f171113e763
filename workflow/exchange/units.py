"""Units from a file: reads the table, finds every fault with its row and column, returns rows or nothing.

Knows the columns and what may stand in them, against the kinds and units already in the record; writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from workflow.exchange import tables
from workflow.exchange.tables import FaultyFile, TableFault, TableRow
from workflow.vietnamese import looks_like_legacy_font

REQUIRED: Final = ("code", "name", "kind", "parent", "valid_from")
OPTIONAL: Final = ("short_name", "line", "valid_to", "blocks", "owes", "note", "source")
OWES: Final = ("yes", "invited", "no")
_LONGEST: Final = {"code": 64, "name": 500, "short_name": 500, "line": 200}
_LENGTH_OF_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file has it; `parent` and `block` are codes. `valid_to` is the first day it no longer is."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    line: str | None
    valid_from: date
    valid_to: date | None
    block: str | None
    owes: str
    note: str
    source: str

    def is_valid(self, on_date: date) -> bool:
        """Tell whether the unit stands on a day."""
        return self.valid_from <= on_date and (self.valid_to is None or on_date < self.valid_to)


@dataclass(frozen=True, slots=True)
class KnownUnits:
    """What the record has already: the kinds of unit, and every unit's parent by their codes."""

    kinds: frozenset[str]
    parents: Mapping[str, str | None]


def read(content: bytes, *, name: str, known: KnownUnits) -> list[UnitRow]:
    """Read the units in a file. Raises `FaultyFile` with all faults, if there is one."""
    table = tables.read(content, name=name)
    missing = [TableFault("column_missing", 1, column) for column in REQUIRED if column not in table.headings]
    allowed = ", ".join((*REQUIRED, *OPTIONAL))
    unknown = [
        TableFault("column_unknown", 1, column, {"allowed": allowed})
        for column in table.headings
        if column not in REQUIRED + OPTIONAL
    ]
    if missing or unknown:
        raise FaultyFile(missing + unknown, name=name)
    if not table.rows:
        raise FaultyFile([TableFault("table_empty")], name=name)
    return checked(table.rows, name=name, known=known)


def form(cells: Mapping[str, str], *, known: KnownUnits) -> UnitRow:
    """Read one unit as a person typed it, under the same rules; the faults name no row."""
    row = TableRow(0, {**dict.fromkeys(REQUIRED + OPTIONAL, ""), **{key: text.strip() for key, text in cells.items()}})
    return checked((row,), name=row.cells["code"], known=known)[0]


def checked(rows: tuple[TableRow, ...], *, name: str, known: KnownUnits) -> list[UnitRow]:
    """Return the rows if they have no fault. Raises `FaultyFile` with all faults otherwise."""
    faults = [fault for row in rows for fault in _faults(row, known)]
    faults += _doubled(rows)
    faults += _tree_faults(rows, known)
    if faults:
        raise FaultyFile(sorted(faults, key=lambda fault: (fault.row or 0, fault.column or "")), name=name)
    return [_unit(row) for row in rows]


def day(text: str) -> date | None:
    """Read a date as people write it: dd/mm/yyyy or yyyy-mm-dd; None for anything else."""
    parts = text.split("/")
    if len(parts) == len(("day", "month", "year")):
        text = "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if len(parts[2]) == _LENGTH_OF_YEAR else ""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _faults(row: TableRow, known: KnownUnits) -> Iterator[TableFault]:
    cells = row.cells
    for column, text in cells.items():
        if looks_like_legacy_font(text):
            yield TableFault("legacy_font", row.number, column, {"found": text})
        elif not text.isprintable():
            yield TableFault("hidden_character", row.number, column)
        most = _LONGEST.get(column, tables.MAX_CELL)
        if len(text) > most:
            yield TableFault("text_too_long", row.number, column, {"most": most})
    for column in ("code", "name", "kind", "valid_from"):
        if not cells[column]:
            yield TableFault("value_needed", row.number, column)
    if cells["kind"] and cells["kind"] not in known.kinds:
        yield TableFault(
            "kind_unknown", row.number, "kind", {"found": cells["kind"], "allowed": ", ".join(sorted(known.kinds))}
        )
    if cells.get("owes", "") not in ("", *OWES):
        yield TableFault("owes_unknown", row.number, "owes", {"found": cells["owes"], "allowed": ", ".join(OWES)})
    if "," in cells.get("blocks", "") or ";" in cells.get("blocks", ""):
        yield TableFault("one_block_a_year", row.number, "blocks")
    yield from _date_faults(row)


def _date_faults(row: TableRow) -> Iterator[TableFault]:
    read_days = {}
    for column in ("valid_from", "valid_to"):
        text = row.cells.get(column, "")
        read_days[column] = day(text) if text else None
        if text and read_days[column] is None:
            yield TableFault("date_malformed", row.number, column, {"found": text})
    starts, ends = read_days["valid_from"], read_days["valid_to"]
    if starts and ends and ends <= starts:
        yield TableFault("span_empty", row.number, "valid_to")


def _doubled(rows: tuple[TableRow, ...]) -> list[TableFault]:
    first: dict[str, int] = {}
    return [
        TableFault("code_twice", row.number, "code", {"found": row.cells["code"], "first": first[row.cells["code"]]})
        for row in rows
        if row.cells["code"] and first.setdefault(row.cells["code"], row.number) != row.number
    ]


def _tree_faults(rows: tuple[TableRow, ...], known: KnownUnits) -> list[TableFault]:
    """Find the faults of the tree as it would be: parents and blocks that do not exist, circles, a second top."""
    numbers = {row.cells["code"]: row.number for row in rows}
    parents = {**known.parents, **{row.cells["code"]: row.cells["parent"] or None for row in rows}}
    faults = []
    for row in rows:
        for column, code in (("parent", "parent_unknown"), ("blocks", "block_unknown")):
            named = row.cells.get(column, "")
            if named and named not in parents:
                faults.append(TableFault(code, row.number, column, {"found": named}))
    tops = [code for code, parent in parents.items() if parent is None and code]
    faults += [
        TableFault("second_top", numbers[top], "parent", {"first": tops[0]}) for top in tops[1:] if top in numbers
    ]
    if not tops and rows:
        faults.append(TableFault("no_top", rows[0].number, "parent"))
    faults += [
        TableFault("parent_circle", numbers[code], "parent", {"found": code})
        for code in numbers
        if _circles(code, parents)
    ]
    return faults


def _circles(code: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == code


def _unit(row: TableRow) -> UnitRow:
    cells = row.cells
    starts = day(cells["valid_from"])
    assert starts is not None  # noqa: S101 - a row with a fault has been refused
    return UnitRow(
        code=cells["code"],
        name=cells["name"],
        short_name=cells.get("short_name") or cells["name"],
        kind=cells["kind"],
        parent=cells["parent"] or None,
        line=cells.get("line") or None,
        valid_from=starts,
        valid_to=day(cells.get("valid_to", "")),
        block=cells.get("blocks") or None,
        owes=cells.get("owes") or "no",
        note=cells.get("note", ""),
        source=cells.get("source", ""),
    )

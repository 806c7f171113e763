"""Units: importing the organisation from a file, editing one, and reading the tree.

Knows that there is one tree with one top and that a unit is ended, never deleted: cases and history point at it.
Every edit is an administrator's act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow import calendars
from workflow.audit import admin_acts
from workflow.errors import NotFound
from workflow.exchange import KnownUnits, UnitRow
from workflow.exchange import units as exchange
from workflow.organisation import access
from workflow.storage.queries import settings
from workflow.storage.queries.organisation import BlockView, UnitView
from workflow.storage.queries.organisation import units as records
from workflow.storage.queries.settings import Word
from workflow.storage.session import Tx
from workflow.storage.writing import case_words
from workflow.values import CaseWord, Json
from workflow.vietnamese import fold, sort_key, words_in


@dataclass(frozen=True, slots=True)
class Imported:
    """How many units an import added and how many it changed."""

    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """A unit that ended and the one that took over, by code, on a day."""

    code: str
    successor: str
    on_date: date


def kinds(tx: Tx) -> list[Word]:
    """The kinds of unit with their labels."""
    return settings.kinds(tx)


def every(tx: Tx) -> list[UnitView]:
    """All units in Vietnamese order, ended ones too."""
    return records.every(tx)


def find(tx: Tx, unit_id: int) -> UnitView:
    """A unit by id."""
    unit = records.find(tx, unit_id)
    if unit is None:
        raise NotFound("unit_unknown", unit=unit_id)
    return unit


def find_code(tx: Tx, code: str) -> UnitView:
    """A unit by code."""
    unit = records.find_code(tx, code)
    if unit is None:
        raise NotFound("unit_unknown", unit=code)
    return unit


def branches(tx: Tx, *, also: int | None = None) -> dict[int, str]:
    """The units that have others below them, and one more, in Vietnamese order: names by id."""
    return records.branches(tx, also=also)


def path(tx: Tx, unit_id: int) -> list[UnitView]:
    """The units from the top down to a unit."""
    return records.path(tx, unit_id)


def search(tx: Tx, words: str, *, limit: int = 20) -> list[UnitView]:
    """Units by words of their name, with or without marks, or by code."""
    return records.search(tx, fold(words), limit=limit)


def import_file(tx: Tx, content: bytes, *, name: str, person_id: int | None, now: datetime) -> Imported:
    """Import units from CSV or Excel. Raises `FaultyFile` with every fault; then nothing is written."""
    access.require_admin(tx, person_id, now)
    return import_rows(tx, read_file(tx, content, name=name), person_id=person_id, now=now)


def read_file(tx: Tx, content: bytes, *, name: str) -> list[UnitRow]:
    """Read units from CSV or Excel against what the record has, and write nothing."""
    return exchange.read(content, name=name, known=_known(tx))


def import_rows(tx: Tx, rows: Sequence[UnitRow], *, person_id: int | None, now: datetime) -> Imported:
    """Write units that have been read; those of a known code are changed. Blocks count for the year of `now`."""
    access.require_admin(tx, person_id, now)
    before = {unit.code: unit for unit in records.every(tx)}
    ids = records.write(tx, [_row(row) for row in rows])
    records.place(tx, {ids[row.code]: ids[row.parent] if row.parent else None for row in rows})
    records.rewrite_closure(tx)
    year = calendars.local_date(tx, now).year
    for row in rows:
        was = before.get(row.code)
        if was is not None and (was.name, was.short_name) != (row.name, row.short_name):
            case_words.rename_unit(tx, was.id, _words(row))
    records.put_blocks(tx, [BlockView(ids[row.code], year, ids[row.block]) for row in rows if row.block])
    changed = sum(row.code in before for row in rows)
    imported = Imported(len(rows) - changed, changed)
    facts: dict[str, Json] = {"added": imported.added, "changed": changed, "codes": [*sorted(row.code for row in rows)]}
    admin_acts.record(tx, "units_imported", facts, person_id=person_id, at=now)
    return imported


def import_successors(tx: Tx, rows: Iterable[SuccessorRow], *, person_id: int | None, now: datetime) -> None:
    """Write what became of units that ended."""
    access.require_admin(tx, person_id, now)
    ids = records.ids_by_code(tx)
    named = [{"unit_id": ids[row.code], "successor_id": ids[row.successor], "on_date": row.on_date} for row in rows]
    records.put_successors(tx, named)
    admin_acts.record(tx, "successors_imported", {"count": len(named)}, person_id=person_id, at=now)


def edit(tx: Tx, cells: Mapping[str, str], *, person_id: int | None, now: datetime) -> int:
    """Add a unit or change the one of that code, from the cells a form has; answer its id.

    The same rules hold as for an import, and the same `FaultyFile` says what is wrong in which column.
    """
    access.require_admin(tx, person_id, now)
    row = exchange.form(cells, known=_known(tx))
    import_rows(tx, [row], person_id=person_id, now=now)
    return find_code(tx, row.code).id


def _known(tx: Tx) -> KnownUnits:
    everybody = records.every(tx)
    codes = {unit.id: unit.code for unit in everybody}
    parents = {unit.code: codes[unit.parent_id] if unit.parent_id else None for unit in everybody}
    return KnownUnits(frozenset(word.code for word in settings.kinds(tx)), parents)


def _words(row: UnitRow) -> list[CaseWord]:
    words = words_in(f"{row.name} {row.short_name} {row.code}")
    return [CaseWord(word.folded, word.marked, "unit") for word in words]


def _row(row: UnitRow) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "line": row.line,
        "owes": row.owes,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "search_key": fold(f"{row.name} {row.short_name} {row.code}"),
        "sort_key": sort_key(row.name),
    }

"""Writing Plans on SQLite: plain statements by the driver itself, because a statement costs no round trip there."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from workflow.storage.case_columns import CASE_COLUMNS, Kind
from workflow.storage.models import EPOCH, MICROSECOND
from workflow.storage.session import Tx
from workflow.storage.statements import SQLITE_NOW
from workflow.storage.writing.streams import (
    ASSIGNMENT,
    CASE_WORD,
    CLOSED_ASSIGNMENT,
    DEADLINE,
    ENTRY,
    HISTORY_COLUMNS,
    HOLD,
    HOLD_SECONDS,
    LISTED_FIELD,
    NOTICES,
    SET_DEADLINE,
    SET_LISTED_FIELD,
    Kinds,
    names,
)

_FRESH_KEY = "NOT EXISTS (SELECT 1 FROM history WHERE request_key = :request_key)"
_CHANGED = ", ".join(f"{column.name} = :{column.value}" for column in CASE_COLUMNS if not column.fixed)
_MOVE = f"UPDATE case_file SET {_CHANGED} WHERE id = :id AND version = :version - 1 AND {_FRESH_KEY}"  # noqa: S608 - constants of this room
_OPEN = f"""
INSERT INTO case_file ({names(column.name for column in CASE_COLUMNS)})
SELECT {names((column.value for column in CASE_COLUMNS), ":")}
WHERE {_FRESH_KEY}
"""
_RECORDED = {"recorded_at": f"coalesce(:recorded_at, {SQLITE_NOW})"}
_HISTORY = f"""
INSERT INTO history ({names(column.name for column in HISTORY_COLUMNS)})
VALUES ({names(_RECORDED.get(column.value, f":{column.value}") for column in HISTORY_COLUMNS)})
"""  # noqa: S608 - constants of this room
_TELL = f"""
INSERT INTO job (kind, key, payload, state, made_at, due_at, tries, rung_at, hold_until)
VALUES ('tell', :key, :payload, 'due', {SQLITE_NOW}, {SQLITE_NOW}, 0, {SQLITE_NOW},
  CASE WHEN :held_for IS NOT NULL THEN {SQLITE_NOW} + 1000000 * coalesce(
    (SELECT CAST(value AS INTEGER) FROM person_setting WHERE person_id = :held_for AND name = '{HOLD}'), {HOLD_SECONDS}
  ) END) RETURNING id
"""  # noqa: S608 - constants of this room


def _insert(table: str, columns: Kinds) -> str:
    return f"INSERT INTO {table} ({names(columns)}) VALUES ({names(columns, ':')})"  # noqa: S608 - constants of this room


_STATEMENTS = {
    "closes": "UPDATE assignment SET closed_at = :at WHERE case_id = :case_id AND slot = :slot AND closed_at IS NULL",
    "opens": _insert("assignment", ASSIGNMENT),
    "drafts": "DELETE FROM draft WHERE case_id = :case_id",
    "stops": "DELETE FROM deadline WHERE case_id = :case_id AND name = :name",
    "sets": f"{_insert('deadline', DEADLINE)} ON CONFLICT (case_id, name) DO UPDATE SET {SET_DEADLINE}",
    "unwords": f"DELETE FROM case_word WHERE {' AND '.join(f'{name} = :{name}' for name in CASE_WORD)}",  # noqa: S608 - constants of this room
    "words": f"{_insert('case_word', CASE_WORD)} ON CONFLICT DO NOTHING",
    "unlists": "DELETE FROM listed_field WHERE case_id = :case_id AND name = :name",
    "lists": f"{_insert('listed_field', LISTED_FIELD)} ON CONFLICT (case_id, name) DO UPDATE SET {SET_LISTED_FIELD}",
}
"""In the order they run: what closes comes before what opens."""


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


_Converts = tuple[tuple[str, Callable[[Any], Any]], ...]
_CONVERTS: Final[Mapping[Kind, Callable[[Any], Any]]] = {"instant": _microseconds, "json": bytes.decode}


def _converts(kinds: Kinds) -> _Converts:
    return tuple((name, _CONVERTS[kind]) for name, kind in kinds.items() if kind in _CONVERTS)


_WRITTEN: Final[Mapping[str, _Converts]] = {
    "entries": _converts(ENTRY),
    "closes": _converts(CLOSED_ASSIGNMENT),
    "opens": _converts(ASSIGNMENT),
    "sets": _converts(DEADLINE),
    "tells": _converts(NOTICES),
}
"""How the values of a stream are converted for SQLite: instants become microseconds, JSON becomes text."""


def move(tx: Tx, streams: Mapping[str, list[dict[str, Any]]]) -> tuple[int, list[int]]:
    """Write entries of cases that exist; return how many stood at the right version, and the jobs made."""
    return _run(tx, _MOVE, streams)


def open_cases(tx: Tx, streams: Mapping[str, list[dict[str, Any]]]) -> tuple[int, list[int]]:
    """Write first entries with their cases; return how many were new, and the jobs made."""
    return _run(tx, _OPEN, streams)


def _run(tx: Tx, statement: str, streams: Mapping[str, list[dict[str, Any]]]) -> tuple[int, list[int]]:
    entries = _whole(streams, "entries")
    with tx.driver() as link:
        written: int = link.executemany(statement, entries).rowcount
        if written != len(entries):
            return written, []
        link.executemany(_HISTORY, entries)
        for name, change in _STATEMENTS.items():
            if streams[name]:
                link.executemany(change, _whole(streams, name))
        return written, [link.execute(_TELL, row).fetchone()[0] for row in _whole(streams, "tells")]


def _whole(streams: Mapping[str, list[dict[str, Any]]], name: str) -> list[dict[str, Any]]:
    converts = _WRITTEN.get(name)
    if converts is None:
        return streams[name]
    return [
        row | {column: convert(value) for column, convert in converts if (value := row[column]) is not None}
        for row in streams[name]
    ]

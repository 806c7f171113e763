"""Writing Plans on SQLite: plain statements by the driver itself, for a statement costs no round trip there.

Called by `applying` only, inside its transaction.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from workflow.storage.models.base import EPOCH, MICROSECOND
from workflow.storage.session import Tx
from workflow.storage.statements import SQLITE_NOW

_FRESH_KEY = "NOT EXISTS (SELECT 1 FROM history WHERE request_key = :request_key)"
_MOVE = f"""
UPDATE case_file SET definition = :definition, params = :params, state = :state, outcome = :outcome,
  version = :version, acted_version = :acted_version, entered_at = :entered_at, last_at = :at, due_at = :due_at,
  fields = :fields, done = :done, asks = :asks, clocks = :clocks, back = :back, head = :head, title = :title,
  search_key = :search_key
WHERE id = :id AND version = :version - 1 AND {_FRESH_KEY}
"""  # noqa: S608 - constants of this module
_OPEN = f"""
INSERT INTO case_file (id, code, definition, definition_name, params, unit_id, movement_id, state, outcome, version,
  acted_version, opened_at, entered_at, last_at, due_at, fields, done, asks, clocks, back, head,
  title, search_key)
SELECT :id, :code, :definition, :definition_name, :params, :unit_id, :movement_id, :state, :outcome, :version,
  :acted_version, :opened_at, :entered_at, :at, :due_at, :fields, :done, :asks, :clocks, :back, :head,
  :title, :search_key
WHERE {_FRESH_KEY}
"""
_HISTORY = f"""
INSERT INTO history (case_id, seq, at, recorded_at, action, was, state, person_id, on_behalf_id, capacity, body, hash,
  request_key)
VALUES (:id, :version, :at, coalesce(:recorded_at, {SQLITE_NOW}), :action, :was, :state, :person_id, :on_behalf_id,
  :capacity, :body, :head, :request_key)
"""  # noqa: S608 - constants of this room
_TELL = f"""
INSERT INTO job (kind, key, payload, state, made_at, due_at, tries, rung_at)
VALUES ('tell', :key, :payload, 'due', {SQLITE_NOW}, {SQLITE_NOW}, 0, {SQLITE_NOW}) RETURNING id
"""  # noqa: S608 - constants of this room
_STATEMENTS = {
    "closes": "UPDATE assignment SET closed_at = :at WHERE case_id = :case_id AND slot = :slot AND closed_at IS NULL",
    "opens": """
INSERT INTO assignment (case_id, slot, role, unit_id, person_id, excluded, opened_at, due_at, urgent_at)
VALUES (:case_id, :slot, :role, :unit_id, :person_id, :excluded, :opened_at, :due_at, :urgent_at)
""",
    "drafts": "DELETE FROM draft WHERE case_id = :case_id",
    "stops": "DELETE FROM deadline WHERE case_id = :case_id AND name = :name",
    "sets": """
INSERT INTO deadline (case_id, name, due_at, rung, seq) VALUES (:case_id, :name, :due_at, :rung, :seq)
ON CONFLICT (case_id, name)
DO UPDATE SET due_at = excluded.due_at, rung = excluded.rung, seq = excluded.seq, rung_at = NULL
""",
    "unlists": "DELETE FROM listed_field WHERE case_id = :case_id AND name = :name",
    "lists": """
INSERT INTO listed_field (case_id, name, text_value, number_value, date_value)
VALUES (:case_id, :name, :text_value, :number_value, :date_value)
ON CONFLICT (case_id, name) DO UPDATE SET text_value = excluded.text_value,
  number_value = excluded.number_value, date_value = excluded.date_value
""",
}
"""In the order they run: what closes comes before what opens."""


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


_Converts = tuple[tuple[str, Callable[[Any], Any]], ...]
_AT: Final[_Converts] = (("at", _microseconds),)
_WRITTEN: Final[Mapping[str, _Converts]] = {
    "entries": (
        *_AT,
        *((name, _microseconds) for name in ("recorded_at", "opened_at", "entered_at", "due_at")),
        *((name, bytes.decode) for name in ("params", "fields", "done", "asks", "clocks", "body")),
    ),
    "closes": _AT,
    "opens": tuple((name, _microseconds) for name in ("opened_at", "due_at", "urgent_at")),
    "sets": (("due_at", _microseconds),),
    "tells": (("payload", bytes.decode),),
}
"""Which values of a stream lie otherwise in SQLite than they come: instants, and JSON, which is text there."""


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

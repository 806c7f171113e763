"""Writing Plans on PostgreSQL: one data-modifying statement, whatever the Plans hold and however many there are.

The cost there is round trips first and the parts of the statement next, so only parts with rows to write are in it;
what it may consist of stands here, and each combination is built once. One entry travels as parameters, several as a
JSON array, like all other rows. Called by `applying` only.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple

import orjson

from workflow.storage.session import Tx
from workflow.storage.statements import Prepared

Rows = list[dict[str, Any]]
Take = Callable[[Rows], Iterable[Any]]

_ENTRY: Final = {
    "id": "bigint", "code": "text", "definition": "text", "definition_name": "text", "params": "text",
    "unit_id": "bigint", "movement_id": "bigint", "state": "text", "outcome": "text", "version": "int",
    "acted_version": "int", "opened_at": "timestamptz", "entered_at": "timestamptz", "due_at": "timestamptz",
    "fields": "text", "done": "text", "asks": "text", "clocks": "text", "back": "text", "head": "text",
    "title": "text", "search_key": "text", "at": "timestamptz", "recorded_at": "timestamptz", "action": "text",
    "was": "text", "person_id": "bigint", "on_behalf_id": "bigint", "capacity": "text", "body": "text",
    "request_key": "text",
}  # fmt: skip
_COLUMNS: Final = ", ".join(f"{name} {kind}" for name, kind in _ENTRY.items())
_MANY: Final = f"MATERIALIZED (SELECT * FROM json_to_recordset(%(entries)s::json) AS e({_COLUMNS}))"  # noqa: S608 - constants of this module
_FRESH_KEY: Final = "NOT EXISTS (SELECT 1 FROM history WHERE history.request_key = e.request_key)"
_MOVE: Final = """
  UPDATE case_file c SET
    definition = e.definition, params = e.params, state = e.state, outcome = e.outcome, version = e.version,
    acted_version = e.acted_version, entered_at = e.entered_at, last_at = e.at, due_at = e.due_at,
    fields = e.fields, done = e.done, asks = e.asks, clocks = e.clocks, back = e.back, head = e.head,
    title = e.title, search_key = e.search_key
  FROM entry e WHERE c.id = e.id AND c.version = e.version - 1
  RETURNING c.id
"""
_OPEN: Final = f"""
  INSERT INTO case_file (id, code, definition, definition_name, params, unit_id, movement_id, state, outcome, version,
    acted_version, opened_at, entered_at, last_at, due_at, fields, done, asks, clocks, back, head,
    title, search_key)
  SELECT id, code, definition, definition_name, params, unit_id, movement_id, state, outcome, version,
    acted_version, opened_at, entered_at, at, due_at, fields, done, asks, clocks, back, head,
    title, search_key
  FROM entry e WHERE {_FRESH_KEY}
  RETURNING id
"""  # noqa: S608 - constants of this module
_HISTORY: Final = """
  INSERT INTO history (case_id, seq, at, recorded_at, action, was, state, person_id, on_behalf_id, capacity, body,
    hash, request_key)
  SELECT e.id, e.version, e.at, coalesce(e.recorded_at, clock_timestamp()), e.action, e.was, e.state, e.person_id,
    e.on_behalf_id, e.capacity, e.body, e.head, e.request_key
  FROM entry e JOIN moved ON moved.id = e.id
"""
_PARTS: Final[Mapping[str, tuple[Mapping[str, str], str]]] = {
    "closes": (
        {"case_id": "bigint", "slot": "text", "at": "timestamptz"},
        """
  UPDATE assignment a SET closed_at = x.at FROM moved, {rows}
  WHERE moved.id = x.case_id AND a.case_id = x.case_id AND a.slot = x.slot AND a.closed_at IS NULL
""",
    ),
    "opens": (
        {
            "case_id": "bigint", "slot": "text", "role": "text", "unit_id": "bigint", "person_id": "bigint",
            "excluded": "text", "opened_at": "timestamptz", "due_at": "timestamptz", "urgent_at": "timestamptz",
        },
        """
  INSERT INTO assignment (case_id, slot, role, unit_id, person_id, excluded, opened_at, due_at, urgent_at)
  SELECT x.case_id, x.slot, x.role, x.unit_id, x.person_id, x.excluded, x.opened_at, x.due_at, x.urgent_at
  FROM {rows} JOIN moved ON moved.id = x.case_id
""",
    ),
    "drafts": (
        {"case_id": "bigint"},
        """
  DELETE FROM draft d USING moved, {rows} WHERE moved.id = x.case_id AND d.case_id = x.case_id
""",
    ),
    "stops": (
        {"case_id": "bigint", "name": "text"},
        """
  DELETE FROM deadline d USING moved, {rows}
  WHERE moved.id = x.case_id AND d.case_id = x.case_id AND d.name = x.name
""",
    ),
    "sets": (
        {"case_id": "bigint", "name": "text", "due_at": "timestamptz", "rung": "int", "seq": "int"},
        """
  INSERT INTO deadline (case_id, name, due_at, rung, seq)
  SELECT x.case_id, x.name, x.due_at, x.rung, x.seq FROM {rows} JOIN moved ON moved.id = x.case_id
  ON CONFLICT (case_id, name)
  DO UPDATE SET due_at = excluded.due_at, rung = excluded.rung, seq = excluded.seq, rung_at = NULL
""",
    ),
    "unlists": (
        {"case_id": "bigint", "name": "text"},
        """
  DELETE FROM listed_field f USING moved, {rows}
  WHERE moved.id = x.case_id AND f.case_id = x.case_id AND f.name = x.name
""",
    ),
    "lists": (
        {"case_id": "bigint", "name": "text", "text_value": "text", "number_value": "bigint", "date_value": "date"},
        """
  INSERT INTO listed_field (case_id, name, text_value, number_value, date_value)
  SELECT x.case_id, x.name, x.text_value, x.number_value, x.date_value FROM {rows} JOIN moved ON moved.id = x.case_id
  ON CONFLICT (case_id, name) DO UPDATE SET text_value = excluded.text_value,
    number_value = excluded.number_value, date_value = excluded.date_value
""",
    ),
    "tells": (
        {"case_id": "bigint", "key": "text", "payload": "text"},
        """
  INSERT INTO job (kind, key, payload, state, made_at, due_at, tries, rung_at)
  SELECT 'tell', x.key, x.payload, 'due', clock_timestamp(), clock_timestamp(), 0, clock_timestamp()
  FROM {rows} JOIN moved ON moved.id = x.case_id
  RETURNING id
""",
    ),
}  # fmt: skip
"""What else an act writes: of which rows `x`, and how."""
_STREAMS: Final = ("entries", *_PARTS)
_SEVERAL: Final = 2


def move(tx: Tx, streams: Mapping[str, Rows]) -> tuple[int, list[int]]:
    """Write entries of cases that exist; return how many stood at the right version, and the jobs made."""
    return _run(tx, _MOVE, streams)


def open_cases(tx: Tx, streams: Mapping[str, Rows]) -> tuple[int, list[int]]:
    """Write first entries with their cases; return how many were new, and the jobs made."""
    return _run(tx, _OPEN, streams)


def _run(tx: Tx, change: str, streams: Mapping[str, Rows]) -> tuple[int, list[int]]:
    whole = _whole(change, tuple([min(len(streams[name]), _SEVERAL) for name in _STREAMS]))
    values = [*chain.from_iterable(take(streams[name]) for name, take in whole.takes)]
    with tx.driver():
        [(written, job_ids)] = whole.statement.rows(tx, values)
    return written, job_ids or []


class _Whole(NamedTuple):
    """A statement, and how its values are taken in order from the rows of which streams."""

    statement: Prepared
    takes: tuple[tuple[str, Take], ...]


@cache
def _whole(change: str, rows: tuple[int, ...]) -> _Whole:
    """Build the statement for so many rows of each stream: none, one, several."""
    found = dict(zip(_STREAMS, rows, strict=True))
    names = [name for name in _PARTS if found[name]]
    alone = {name for name in names if found[name] == found["entries"] == 1}
    entries, take = _one(change) if found["entries"] == 1 else (_MANY, _as_json)
    tables = {"entry": entries, "moved": f"({change})", "written": f"({_HISTORY})"}
    tables |= {name: f"({_part(name, alone=name in alone)})" for name in names}
    ids = "(SELECT array_agg(id) FROM tells)" if "tells" in tables else "NULL"
    parts = ", ".join(f"{name} AS {table}" for name, table in tables.items())
    whole = f"WITH {parts} SELECT (SELECT count(*) FROM moved), {ids}"  # noqa: S608 - constants of this module
    takes = ((name, _columns(_PARTS[name][0]) if name in alone else _as_json) for name in names)
    return _Whole(Prepared(" ".join(whole.split())), (("entries", take), *takes))


def _one(change: str) -> tuple[str, Take]:
    # Parameters are cheaper read where they are used than through a table of one row.
    read = set(re.findall(r"\w+", change + _HISTORY))
    columns = {name: kind for name, kind in _ENTRY.items() if name in read}
    words = [f"%({name})s{'' if kind == 'text' else f'::{kind}'} AS {name}" for name, kind in columns.items()]
    return f"NOT MATERIALIZED (SELECT {', '.join(words)})", _columns(columns)


def _part(name: str, *, alone: bool) -> str:
    columns, text = _PARTS[name]
    if alone:
        # Reading JSON takes longer than what most acts do: close one turn, open one, set one deadline, tell once.
        given = ", ".join(f"%({name}_{column})s::{kind} AS {column}" for column, kind in columns.items())
        return text.format(rows=f"(SELECT {given}) AS x")
    kinds = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    return text.format(rows=f"json_to_recordset(%({name})s::json) AS x({kinds})")


def _columns(names: Iterable[str]) -> Take:
    """Take the values of the only row."""
    first, *others = names
    # Of one column itemgetter would hand out the value itself.
    take = itemgetter(first, *others) if others else lambda row: (row[first],)
    return lambda rows: take(rows[0])


def _as_json(rows: Rows) -> tuple[bytes]:
    """Take all rows as one value."""
    return (orjson.dumps(rows, default=bytes.decode),)

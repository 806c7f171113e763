"""Writing Plans on PostgreSQL: one data-modifying statement, whatever the Plans hold and however many there are.

The cost on PostgreSQL is round trips first and the parts of the statement next, so it has only the parts that have rows
to write. Each combination of parts is built once. One entry is sent as parameters, several as a JSON array, and so are
all other rows.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple

import orjson

from workflow.storage.case_columns import CASE_COLUMNS, Kind
from workflow.storage.session import Tx
from workflow.storage.statements import Prepared
from workflow.storage.writing.streams import (
    ASSIGNMENT,
    CASE_ID,
    CASE_WORD,
    CLOSED_ASSIGNMENT,
    DEADLINE,
    ENTRY,
    HISTORY_COLUMNS,
    HOLD,
    HOLD_SECONDS,
    LISTED_FIELD,
    NAME_OF_CASE,
    NOTICES,
    SET_DEADLINE,
    SET_LISTED_FIELD,
    Kinds,
    names,
)

Rows = list[dict[str, Any]]
Take = Callable[[Rows], Iterable[Any]]

_TYPES: Final[Mapping[Kind, str]] = {
    "bigint": "bigint",
    "int": "int",
    "text": "text",
    "json": "text",
    "instant": "timestamptz",
    "date": "date",
}
_FRESH_KEY: Final = "NOT EXISTS (SELECT 1 FROM history WHERE history.request_key = e.request_key)"
_CHANGED: Final = ", ".join(f"{column.name} = e.{column.value}" for column in CASE_COLUMNS if not column.fixed)
_MOVE: Final = f"""
  UPDATE case_file c SET {_CHANGED}
  FROM entry e WHERE c.id = e.id AND c.version = e.version - 1
  RETURNING c.id
"""  # noqa: S608 - constants of this room
_OPEN: Final = f"""
  INSERT INTO case_file ({names(column.name for column in CASE_COLUMNS)})
  SELECT {names(column.value for column in CASE_COLUMNS)}
  FROM entry e WHERE {_FRESH_KEY}
  RETURNING id
"""  # noqa: S608 - constants of this room
_RECORDED: Final = {"recorded_at": "coalesce(e.recorded_at, clock_timestamp())"}
_HISTORY: Final = f"""
  INSERT INTO history ({names(column.name for column in HISTORY_COLUMNS)})
  SELECT {names(_RECORDED.get(column.value, f"e.{column.value}") for column in HISTORY_COLUMNS)}
  FROM entry e JOIN moved ON moved.id = e.id
"""  # noqa: S608 - constants of this room


def _types(kinds: Kinds) -> str:
    return ", ".join(f"{name} {_TYPES[kind]}" for name, kind in kinds.items())


_MANY: Final = f"MATERIALIZED (SELECT * FROM json_to_recordset(%(entries)s::json) AS e({_types(ENTRY)}))"  # noqa: S608 - constants of this room


def _insert(table: str, columns: Kinds) -> str:
    return f"""
  INSERT INTO {table} ({names(columns)})
  SELECT {names(columns, "x.")} FROM {{rows}} JOIN moved ON moved.id = x.case_id
"""  # noqa: S608 - constants of this room


_HELD: Final = f"""
  clock_timestamp() + make_interval(secs => coalesce(
    (SELECT s.value::int FROM person_setting s WHERE s.person_id = x.held_for AND s.name = '{HOLD}'), {HOLD_SECONDS}
  ))
"""  # noqa: S608 - constants of this room
_TELLS: Final = f"""
  INSERT INTO job (kind, key, payload, state, made_at, due_at, tries, rung_at, hold_until)
  SELECT 'tell', x.key, x.payload, 'due', clock_timestamp(), clock_timestamp(), 0, clock_timestamp(),
    CASE WHEN x.held_for IS NOT NULL THEN {_HELD} END
  FROM {{rows}} JOIN moved ON moved.id = x.case_id
  RETURNING id
"""  # noqa: S608 - constants of this room

_PARTS: Final[Mapping[str, tuple[Kinds, str]]] = {
    "closes": (
        CLOSED_ASSIGNMENT,
        """
  UPDATE assignment a SET closed_at = x.at FROM moved, {rows}
  WHERE moved.id = x.case_id AND a.case_id = x.case_id AND a.slot = x.slot AND a.closed_at IS NULL
""",
    ),
    "opens": (ASSIGNMENT, _insert("assignment", ASSIGNMENT)),
    "drafts": (CASE_ID, "DELETE FROM draft d USING moved, {rows} WHERE moved.id = x.case_id AND d.case_id = x.case_id"),
    "stops": (
        NAME_OF_CASE,
        """
  DELETE FROM deadline d USING moved, {rows}
  WHERE moved.id = x.case_id AND d.case_id = x.case_id AND d.name = x.name
""",
    ),
    "sets": (DEADLINE, f"{_insert('deadline', DEADLINE)} ON CONFLICT (case_id, name) DO UPDATE SET {SET_DEADLINE}"),
    "unlists": (
        NAME_OF_CASE,
        """
  DELETE FROM listed_field f USING moved, {rows}
  WHERE moved.id = x.case_id AND f.case_id = x.case_id AND f.name = x.name
""",
    ),
    "lists": (
        LISTED_FIELD,
        f"{_insert('listed_field', LISTED_FIELD)} ON CONFLICT (case_id, name) DO UPDATE SET {SET_LISTED_FIELD}",
    ),
    "unwords": (
        CASE_WORD,
        """
  DELETE FROM case_word w USING moved, {rows}
  WHERE moved.id = x.case_id AND w.case_id = x.case_id AND w.word = x.word AND w.marked = x.marked
    AND w.source = x.source
""",
    ),
    "words": (CASE_WORD, f"{_insert('case_word', CASE_WORD)} ON CONFLICT DO NOTHING"),
    "tells": (NOTICES, _TELLS),
}
"""What an act writes beside its entry, by stream: the columns of the rows `x`, and the statement."""
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
    """A statement, and in order from which stream and how its values are taken."""

    statement: Prepared
    takes: tuple[tuple[str, Take], ...]


@cache
def _whole(change: str, counts: tuple[int, ...]) -> _Whole:
    """Build the statement for the number of rows in each stream: none, one or several."""
    count_of = dict(zip(_STREAMS, counts, strict=True))
    parts = [name for name in _PARTS if count_of[name]]
    alone = {name for name in parts if count_of[name] == count_of["entries"] == 1}
    entries, take = _one(change) if count_of["entries"] == 1 else (_MANY, _as_json)
    tables = {"entry": entries, "moved": f"({change})", "written": f"({_HISTORY})"}
    tables |= {name: f"({_part(name, alone=name in alone)})" for name in parts}
    ids = "(SELECT array_agg(id) FROM tells)" if "tells" in tables else "NULL"
    texts = ", ".join(f"{name} AS {table}" for name, table in tables.items())
    whole = f"WITH {texts} SELECT (SELECT count(*) FROM moved), {ids}"  # noqa: S608 - constants of this module
    takes = ((name, _columns(_PARTS[name][0]) if name in alone else _as_json) for name in parts)
    return _Whole(Prepared(" ".join(whole.split())), (("entries", take), *takes))


def _one(change: str) -> tuple[str, Take]:
    # Parameters that are read where they are used cost less than a table of one row.
    read = set(re.findall(r"\w+", change + _HISTORY))
    kinds = {name: kind for name, kind in ENTRY.items() if name in read}
    return f"NOT MATERIALIZED (SELECT {_parameters(kinds)})", _columns(kinds)


def _part(name: str, *, alone: bool) -> str:
    kinds, text = _PARTS[name]
    if alone:
        # Reading JSON takes longer than what most acts do: close one turn, open one, set one deadline, tell once.
        return text.format(rows=f"(SELECT {_parameters(kinds, prefix=f'{name}_')}) AS x")
    return text.format(rows=f"json_to_recordset(%({name})s::json) AS x({_types(kinds)})")


def _parameters(kinds: Kinds, prefix: str = "") -> str:
    types = {name: _TYPES[kind] for name, kind in kinds.items()}
    return ", ".join(
        f"%({prefix}{name})s{'' if type_ == 'text' and not prefix else f'::{type_}'} AS {name}"
        for name, type_ in types.items()
    )


def _columns(names: Iterable[str]) -> Take:
    """Take the values of the only row."""
    first, *others = names
    # Of one column itemgetter would hand out the value itself.
    take = itemgetter(first, *others) if others else lambda row: (row[first],)
    return lambda rows: take(rows[0])


def _as_json(rows: Rows) -> tuple[bytes]:
    """Take all rows as one JSON value."""
    return (orjson.dumps(rows, default=bytes.decode),)

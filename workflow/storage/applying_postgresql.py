"""Writing Plans on PostgreSQL: one data-modifying statement, whatever the Plans hold and however many there are.

The cost there is round trips, not the disk. Rows travel as JSON arrays. Called by `applying` only.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, TextClause, text

_NEW_OR_MOVED = """
WITH entry AS MATERIALIZED (
  SELECT * FROM json_to_recordset(CAST(:entries AS json)) AS e(
    id bigint, code text, definition text, definition_name text, params text, unit_id bigint, movement_id bigint,
    state text, outcome text, version int, acted_version int, opened_at timestamptz, entered_at timestamptz,
    due_at timestamptz, fields text, done text, asks text, clocks text, back text, head text, title text,
    search_key text, at timestamptz, recorded_at timestamptz, action text, was text, person_id bigint,
    on_behalf_id bigint, capacity text, body text, request_key text)
),
"""
_FRESH_KEY = """
  NOT EXISTS (SELECT 1 FROM history WHERE history.request_key = e.request_key)
"""
_MOVE = f"""
moved AS (
  UPDATE case_file c SET
    definition = e.definition, params = e.params, state = e.state, outcome = e.outcome, version = e.version,
    acted_version = e.acted_version, entered_at = e.entered_at, last_at = e.at, due_at = e.due_at,
    fields = e.fields, done = e.done, asks = e.asks, clocks = e.clocks, back = e.back, head = e.head,
    title = e.title, search_key = e.search_key
  FROM entry e WHERE c.id = e.id AND c.version = e.version - 1 AND {_FRESH_KEY}
  RETURNING c.id
),
"""  # noqa: S608 - constants of this module
_OPEN = f"""
moved AS (
  INSERT INTO case_file (id, code, definition, definition_name, params, unit_id, movement_id, state, outcome, version,
    acted_version, opened_at, entered_at, last_at, due_at, fields, done, asks, clocks, back, head,
    title, search_key)
  SELECT id, code, definition, definition_name, params, unit_id, movement_id, state, outcome, version,
    acted_version, opened_at, entered_at, at, due_at, fields, done, asks, clocks, back, head,
    title, search_key
  FROM entry e WHERE {_FRESH_KEY}
  RETURNING id
),
"""  # noqa: S608 - constants of this module
_THE_REST = """
written AS (
  INSERT INTO history (case_id, seq, at, recorded_at, action, was, state, person_id, on_behalf_id, capacity, body,
    hash, request_key)
  SELECT e.id, e.version, e.at, coalesce(e.recorded_at, clock_timestamp()), e.action, e.was, e.state, e.person_id,
    e.on_behalf_id, e.capacity, e.body, e.head, e.request_key
  FROM entry e JOIN moved ON moved.id = e.id
),
closed AS (
  UPDATE assignment a SET closed_at = x.at
  FROM json_to_recordset(CAST(:closes AS json)) AS x(case_id bigint, slot text, at timestamptz), moved
  WHERE moved.id = x.case_id AND a.case_id = x.case_id AND a.slot = x.slot AND a.closed_at IS NULL
),
opened AS (
  INSERT INTO assignment (case_id, slot, role, unit_id, person_id, excluded, opened_at, due_at, urgent_at)
  SELECT x.case_id, x.slot, x.role, x.unit_id, x.person_id, x.excluded, x.opened_at, x.due_at, x.urgent_at
  FROM json_to_recordset(CAST(:opens AS json)) AS x(case_id bigint, slot text, role text, unit_id bigint,
    person_id bigint, excluded text, opened_at timestamptz, due_at timestamptz, urgent_at timestamptz)
  JOIN moved ON moved.id = x.case_id
),
stopped AS (
  DELETE FROM deadline d
  USING json_to_recordset(CAST(:stops AS json)) AS x(case_id bigint, name text), moved
  WHERE moved.id = x.case_id AND d.case_id = x.case_id AND d.name = x.name
),
due AS (
  INSERT INTO deadline (case_id, name, due_at, rung, seq)
  SELECT x.case_id, x.name, x.due_at, x.rung, x.seq
  FROM json_to_recordset(CAST(:sets AS json))
    AS x(case_id bigint, name text, due_at timestamptz, rung int, seq int)
  JOIN moved ON moved.id = x.case_id
  ON CONFLICT (case_id, name)
  DO UPDATE SET due_at = excluded.due_at, rung = excluded.rung, seq = excluded.seq, rung_at = NULL
),
given AS MATERIALIZED (
  SELECT * FROM json_to_recordset(CAST(:listed AS json))
    AS x(case_id bigint, name text, text_value text, number_value bigint, date_value date)
),
unlisted AS (
  DELETE FROM listed_field f USING moved
  WHERE f.case_id = moved.id AND NOT EXISTS (SELECT 1 FROM given g WHERE g.case_id = f.case_id AND g.name = f.name)
),
listed AS (
  INSERT INTO listed_field (case_id, name, text_value, number_value, date_value)
  SELECT g.case_id, g.name, g.text_value, g.number_value, g.date_value FROM given g JOIN moved ON moved.id = g.case_id
  ON CONFLICT (case_id, name) DO UPDATE SET text_value = excluded.text_value,
    number_value = excluded.number_value, date_value = excluded.date_value
),
undrafted AS (
  DELETE FROM draft d USING json_to_recordset(CAST(:drafts AS json)) AS x(case_id bigint), moved
  WHERE moved.id = x.case_id AND d.case_id = x.case_id
),
told AS (
  INSERT INTO job (kind, key, payload, state, made_at, due_at, tries, rung_at)
  SELECT 'tell', x.key, x.payload, 'due', clock_timestamp(), clock_timestamp(), 0, clock_timestamp()
  FROM json_to_recordset(CAST(:tells AS json)) AS x(case_id bigint, key text, payload text)
  JOIN moved ON moved.id = x.case_id
  RETURNING id
)
SELECT (SELECT count(*) FROM moved), (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM told)
"""
_move_statement = text(_NEW_OR_MOVED + _MOVE + _THE_REST)
_open_statement = text(_NEW_OR_MOVED + _OPEN + _THE_REST)


def move(connection: Connection, streams: Mapping[str, list[dict[str, Any]]]) -> tuple[int, list[int]]:
    """Write entries of cases that exist; return how many stood at the right version, and the jobs made."""
    return _run(connection, _move_statement, streams)


def open_cases(connection: Connection, streams: Mapping[str, list[dict[str, Any]]]) -> tuple[int, list[int]]:
    """Write first entries with their cases; return how many were new, and the jobs made."""
    return _run(connection, _open_statement, streams)


def _run(
    connection: Connection, statement: TextClause, streams: Mapping[str, list[dict[str, Any]]]
) -> tuple[int, list[int]]:
    rows = {name: _json(stream) for name, stream in streams.items()}
    written, job_ids = connection.execute(statement, rows).one()
    return written, job_ids


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=datetime.isoformat, ensure_ascii=False) if rows else "[]"

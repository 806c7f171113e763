"""One act, complete, beside a plain transaction of the same four rows: what the rules and the record cost together.

Ours loads, authorises, decides, chains a hash and writes six rows; the reference compares and swaps the case and
writes history, job and deadline as the drivers' own users would, into the same tables, and decides nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import psycopg
from sqlalchemy import make_url, text

from benchmarks.measuring import Figure, in_turns
from benchmarks.stages import KINDS, Plans
from workflow.storage.session import Database

PLANS = 40

SWAP = """
UPDATE case_file SET state = 'review', version = version + 1, acted_version = version + 1, entered_at = {at},
  last_at = {at}, due_at = {due}, fields = {fields}, head = {hash} WHERE id = {case_id} AND version = {seen}
"""
HISTORY = """
INSERT INTO history (case_id, seq, at, recorded_at, action, was, state, person_id, body, hash, request_key)
VALUES ({case_id}, {seen} + 1, {at}, {at}, 'receive', 'submitted', 'review', {person}, {body}, {hash}, {key})
"""
JOB = """
INSERT INTO job (kind, key, payload, state, made_at, due_at, tries)
VALUES ('bench', {key}, {payload}, 'done', {at}, {at}, 0)
"""
DEADLINE = """
INSERT INTO deadline (case_id, name, due_at, rung, seq) VALUES ({case_id}, 'turn', {due}, 0, {seen})
ON CONFLICT (case_id, name) DO UPDATE SET due_at = excluded.due_at, rung = excluded.rung, seq = excluded.seq
"""
NAMES = ("case_id", "seen", "at", "due", "fields", "hash", "body", "person", "key", "payload")


def measure() -> Iterator[Figure]:
    """Measure on both databases."""
    yield from _on("postgresql", must=0.60, aim=1.2)
    yield from _on("sqlite", must=0.18, aim=0.28)


def _on(kind: str, *, must: float, aim: float) -> Iterator[Figure]:
    with KINDS[kind]() as url:
        database = Database(url)
        plans = Plans(database, plans=PLANS)
        with _plainly(url, _sample(plans)) as plain:
            pair = in_turns(plans.act, plain)
        database.close()
    beside = f"{pair.ours:,.0f}/s beside {pair.reference:,.0f}/s plain"
    yield Figure(f"one act, complete, {kind}", pair.ratio, "×", must=must, aim=aim, beside=beside)


def _sample(plans: Plans) -> dict[str, Any]:
    """Take a case out of the round for the reference alone, with texts as long as ours are."""
    code, _ = plans.rounds.popitem()
    with plans.database.reading() as tx:
        row = tx.connection.execute(
            text(
                "SELECT c.id AS case_id, c.version AS seen, c.fields, c.head AS hash, h.body, j.payload"
                " FROM case_file c JOIN history h ON h.case_id = c.id AND h.seq = c.version, job j"
                " WHERE c.code = :code ORDER BY j.id DESC LIMIT 1"
            ),
            {"code": code},
        ).one()
    plans.restart()
    return {**row._asdict(), "person": plans.stage.people["nhoquan.officer"]}


@contextmanager
def _plainly(url: str, sample: dict[str, Any]) -> Iterator[Callable[[], None]]:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        link = sqlite3.connect(str(address.database), isolation_level=None)
        link.execute("PRAGMA synchronous=FULL")
        yield _sqlite(link, sample)
        link.close()
        return
    with psycopg.connect(address.set(drivername="postgresql").render_as_string(), autocommit=True) as postgres:
        yield _postgresql(postgres, sample)


def _postgresql(link: "psycopg.Connection[Any]", sample: dict[str, Any]) -> Callable[[], None]:
    """Six round trips: BEGIN, four statements, COMMIT."""
    statements = [
        template.format_map({name: f"%({name})s" for name in NAMES}) for template in (SWAP, HISTORY, JOB, DEADLINE)
    ]
    numbers = count(1)

    def step() -> None:
        now = datetime.now(UTC)
        words = _words(sample, next(numbers)) | {"at": now, "due": now + timedelta(days=3)}
        link.execute("BEGIN")
        for statement in statements:
            link.execute(statement, words)
        link.execute("COMMIT")

    return step


def _sqlite(link: sqlite3.Connection, sample: dict[str, Any]) -> Callable[[], None]:
    statements = [
        template.format_map({name: f":{name}" for name in NAMES}) for template in (SWAP, HISTORY, JOB, DEADLINE)
    ]
    numbers = count(1)

    def step() -> None:
        now = int(datetime.now(UTC).timestamp() * 1e6)
        words = _words(sample, next(numbers)) | {"at": now, "due": now + 3}
        link.execute("BEGIN IMMEDIATE")
        for statement in statements:
            link.execute(statement, words)
        link.execute("COMMIT")

    return step


def _words(sample: dict[str, Any], number: int) -> dict[str, Any]:
    return {**sample, "seen": sample["seen"] + number - 1, "key": f"plain:{number}"}

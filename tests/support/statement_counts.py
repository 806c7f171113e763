"""Counts what is said to the database: every statement, BEGIN and COMMIT included, by whatever way it went.

On SQLite the driver's own trace says what was run, on PostgreSQL libpq's says what the server answered to.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from psycopg import pq
from sqlalchemy import event

from workflow.storage.session import Database

PREPARES = "…"
_ANSWERED = re.compile(r'^B\t\d+\tCommandComplete\t "(\w+)', re.MULTILINE)
_ROUND_TRIP = re.compile(r"^F\t\d+\t(?:Sync|Query)\b", re.MULTILINE)


class BySqlite:
    """Hears each statement as it is run."""

    def __init__(self, said: list[str]) -> None:
        self.said = said
        self.listens = True

    def hear(self, statement: str) -> None:
        if self.listens:
            self.said.append(statement.split(None, 1)[0].upper())

    def taken_up(self, link, _entry, _pooled):
        link.set_trace_callback(self.hear)

    def leave(self):
        self.listens = False


class ByLibpq:
    """Reads what went over the wire once all of it has."""

    def __init__(self, said: list[str]) -> None:
        self.said = said
        self.traced: dict[Any, IO[bytes]] = {}

    def taken_up(self, link, _entry, _pooled):
        if link not in self.traced:
            self.traced[link] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `leave`
            link.pgconn.trace(self.traced[link].fileno())
            link.pgconn.set_trace_flags(pq.Trace.SUPPRESS_TIMESTAMPS | pq.Trace.REGRESS_MODE)

    def leave(self):
        for link, file in self.traced.items():
            link.pgconn.untrace()
            file.seek(0)
            wire = file.read().decode()
            self.said += _ANSWERED.findall(wire)
            self.said += [PREPARES] * (len(_ROUND_TRIP.findall(wire)) - len(_ANSWERED.findall(wire)))
            file.close()


@contextmanager
def count_statements(database: Database) -> Iterator[list[str]]:
    """Give a list that has the statements of every connection taken up while the block lasted, once it is left.

    A round trip that answered to no statement, because one is prepared, stands there as `PREPARES`.
    """
    said: list[str] = []
    ear = BySqlite(said) if database.dialect == "sqlite" else ByLibpq(said)
    # Connections at hand were taken up before.
    database.clear_connections()
    event.listen(database.engine, "checkout", ear.taken_up)
    try:
        yield said
    finally:
        event.remove(database.engine, "checkout", ear.taken_up)
        ear.leave()

"""Counts what an act says to the database: every statement, BEGIN and COMMIT included, by whatever way it went."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import event

from workflow.storage.session import Database


class Ear:
    """Hears the drivers' connections that are taken up while it listens."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.listens = True

    def hear(self, statement: str | bytes) -> None:
        if self.listens:
            self.said.append(str(statement).split(None, 1)[0].upper())

    def by_sqlite(self, link, _entry, _pooled):
        link.set_trace_callback(self.hear)

    def by_psycopg(self, link, _entry, _pooled):
        hear = self.hear

        class Cursor(psycopg.Cursor):
            def execute(self, query, *rest, **words):
                hear(query)
                return super().execute(query, *rest, **words)

        link.cursor_factory = Cursor

    def begin(self, _connection):
        self.hear("BEGIN")

    def commit(self, _connection):
        self.hear("COMMIT")


@contextmanager
def count_statements(database: Database) -> Iterator[list[str]]:
    """Give a list that fills with the statements of every connection that is taken up while the block lasts."""
    ear = Ear()
    listeners = {"checkout": ear.by_sqlite}
    if database.dialect == "postgresql":
        # BEGIN and COMMIT the driver sends by itself, without a cursor.
        listeners = {"checkout": ear.by_psycopg, "begin": ear.begin, "commit": ear.commit}
    for name, listener in listeners.items():
        event.listen(database.engine, name, listener)
    try:
        yield ear.said
    finally:
        ear.listens = False
        for name, listener in listeners.items():
            event.remove(database.engine, name, listener)

"""Counts what an act says to the database: every statement, BEGIN and COMMIT included."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from workflow.storage.session import Database


@contextmanager
def count_statements(database: Database) -> Iterator[list[str]]:
    """Give a list that fills with the statements of every connection while the block lasts."""
    said: list[str] = []

    def executed(_connection, _cursor, statement, *_rest):
        said.append(statement.split(None, 1)[0].upper())

    def begun(_connection):
        # SQLite's BEGIN is a statement of our own; the PostgreSQL driver sends one by itself.
        if database.dialect == "postgresql":
            said.append("BEGIN")

    def committed(_connection):
        said.append("COMMIT")

    listeners = {"before_cursor_execute": executed, "begin": begun, "commit": committed}
    for name, listener in listeners.items():
        event.listen(database.engine, name, listener)
    try:
        yield said
    finally:
        for name, listener in listeners.items():
            event.remove(database.engine, name, listener)

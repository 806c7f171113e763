"""Transactions: how the record is opened, written and read, and when the bell rings.

Knows both databases' traps (one writer at a time on SQLite, snapshots on PostgreSQL) and that a job is rung only after
its commit. Knows no table. Doors open transactions here and hand them to verbs; nobody else commits.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, Final, cast

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

from workflow.errors import WorkflowError
from workflow.storage.dialects import DialectName, machine_now
from workflow.storage.prebuilt import by_driver

Bell = Callable[[Sequence[int]], None]

POOL_SIZE: Final = 16
POOL_OVERFLOW: Final = 16
POOL_WAIT_SECONDS: Final = 10
SQLITE_BUSY_SECONDS: Final = 15
WRITER_WAIT_SECONDS: Final = 30
LOCK_WAIT_SECONDS: Final = 10
IDLE_IN_TRANSACTION_SECONDS: Final = 60

_log = logging.getLogger(__name__)
_writer_locks: dict[str, threading.Lock] = {}
_now_statement = select(machine_now())


class DatabaseError(WorkflowError):
    """The database could not be reached or would not do it; nothing of the transaction stands."""


class CommitUncertain(DatabaseError):
    """The connection went away during the commit: the transaction may stand or not. Ask again with the request key."""


class Tx:
    """One open transaction. `rung` are the jobs to ring once it has committed.

    `administers`: an administrator's act has been written in it, which may still be given up.
    """

    __slots__ = ("administers", "connection", "dialect", "rung", "writes")

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self.connection = connection
        self.writes = writes
        self.dialect = cast("DialectName", connection.dialect.name)
        self.rung: list[int] = []
        self.administers = False

    def machine_now(self) -> datetime:
        """Read the database's clock, which may move within a transaction."""
        return self.connection.execute(_now_statement).scalar_one()


class Database:
    """The record behind a URL: `sqlite:///path` or `postgresql://…`. `bell` is told the ids of committed jobs."""

    def __init__(self, url: str, bell: Bell | None = None) -> None:
        self.engine = make_engine(url)
        self.bell = bell
        self._one_writer = partial(_one_writer, self.engine) if self.engine.dialect.name == "sqlite" else nullcontext
        self._writer = self.engine.execution_options(trinh_writes=True)
        self._reader = self.engine.execution_options(**_reading_options(self.engine))

    @property
    def dialect(self) -> DialectName:
        return cast("DialectName", self.engine.dialect.name)

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Open a transaction that commits when the block ends; then ring its jobs."""
        with self._one_writer(), _named_errors(), self._writer.connect() as connection:
            tx = Tx(connection, writes=True)
            transaction = connection.begin()
            try:
                yield tx
            except BaseException:
                # What went wrong inside is the news; a rollback that fails as well would hide it.
                if not connection.invalidated:
                    transaction.rollback()
                raise
            _commit(connection)
        self._ring(tx.rung)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Open a snapshot that is thrown away when the block ends."""
        with _named_errors(), self._reader.connect() as connection, connection.begin() as transaction:
            yield Tx(connection, writes=False)
            transaction.rollback()

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    def _ring(self, job_ids: Sequence[int]) -> None:
        if not job_ids or self.bell is None:
            return
        try:
            self.bell(job_ids)
        except Exception:  # noqa: BLE001 - the act is committed, no bell may make it fail; the sweeper rings again
            _log.warning("the bell failed for jobs %s", list(job_ids), exc_info=True)


def make_engine(url: str) -> Engine:
    """Make an engine with the settings that either database needs to keep its promises."""
    address = make_url(url)
    return _postgresql(address) if address.get_backend_name() == "postgresql" else _sqlite(address)


def _postgresql(address: URL) -> Engine:
    settings = {
        "timezone": "UTC",
        "default_transaction_isolation": "read\\ committed",
        "lock_timeout": f"{LOCK_WAIT_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{IDLE_IN_TRANSACTION_SECONDS}s",
    }
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_use_lifo=True,
        # Every transaction is ended where it was begun.
        pool_reset_on_return=None,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            # Every statement of this room is built once and run for ever: prepare at the second use.
            "prepare_threshold": 1,
        },
    )


def _sqlite(address: URL) -> Engine:
    engine = create_engine(
        address,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_use_lifo=True,
        pool_reset_on_return=None,
        connect_args={"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(link: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred and comes too late: readers that write later fail with "locked".
    link.isolation_level = None
    # REPLACE deletes without asking the triggers that keep history append-only, unless triggers recurse.
    for setting in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "temp_store=MEMORY",
    ):  # fmt: skip
        link.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("trinh_writes", False)
    with by_driver(connection) as link:
        link.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reading_options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {}


@contextmanager
def _one_writer(engine: Engine) -> Iterator[None]:
    """Let one thread of the process write at a time: waiting in order is far cheaper than busy retries."""
    lock = _writer_locks.setdefault(str(engine.url.database), threading.Lock())
    if not lock.acquire(timeout=WRITER_WAIT_SECONDS):
        raise DatabaseError(f"no writer's turn within {WRITER_WAIT_SECONDS} s")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError) as error:
        raise DatabaseError(str(error)) from error


def _commit(connection: Connection) -> None:
    try:
        connection.commit()
    except exc.DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUncertain(str(error)) from error
        raise

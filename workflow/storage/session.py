"""Transactions: how the record is opened, written and read, and when the bell rings.

Knows both databases' traps (one writer at a time on SQLite, snapshots on PostgreSQL) and that a job is rung only after
its commit. Knows no table. Doors open transactions here and hand them to verbs; nothing else commits.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from workflow.errors import WorkflowError
from workflow.storage.statements import ByDriver, ConnectionCache, DialectName, Prebuilt, forget, machine_now, shares

Bell = Callable[[Sequence[int]], None]
Value = TypeVar("Value")

POOL_SIZE: Final = 16
POOL_OVERFLOW: Final = 16
POOL_WAIT_SECONDS: Final = 10
SQLITE_BUSY_SECONDS: Final = 15
WRITER_WAIT_SECONDS: Final = 30
LOCK_WAIT_SECONDS: Final = 10
IDLE_IN_TRANSACTION_SECONDS: Final = 60

MODE: Final = "trinh_mode"
_BEGIN: Final[Mapping[tuple[DialectName, str], str | None]] = {
    ("sqlite", "writing"): "BEGIN IMMEDIATE",
    ("postgresql", "reading"): "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    ("sqlite", "statements"): None,
    ("postgresql", "statements"): None,
}
"""How a connection begins a transaction in a mode, where that is not just BEGIN."""

_log = logging.getLogger(__name__)
_writer_locks: dict[str, threading.Lock] = {}
_NOW: Final = Prebuilt(select(machine_now().label("now")))


class DatabaseError(WorkflowError):
    """The database could not be reached or refused; nothing of the transaction was written."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.code, self.facts = "database_unreachable", {"problem": problem.strip().partition("\n")[0]}


class CommitUncertain(DatabaseError):
    """The connection was lost during the commit, which may have happened or not. Ask again with the request key."""


class Tx:
    """One open transaction, or statements that are each a transaction. `jobs_to_ring` are rung once it is over.

    `administers`: an administrator's act has been written in it and is not committed yet.
    """

    __slots__ = (
        "__weakref__",
        "_connection",
        "_remembered",
        "administers",
        "dialect",
        "engine",
        "jobs_to_ring",
        "link",
        "writes",
    )

    def __init__(
        self,
        engine: Engine,
        link: PoolProxiedConnection,
        *,
        writes: bool,
        connection: Connection | None = None,
        remembered: dict[str, Any] | None = None,
    ) -> None:
        self.engine, self.link, self._connection = engine, link, connection
        self.writes = writes
        self.dialect = cast("DialectName", engine.dialect.name)
        self.jobs_to_ring: list[int] = []
        self.administers = False
        self._remembered = remembered

    @property
    def connection(self) -> Connection:
        """The connection as SQLAlchemy knows it, made when it is first needed: statements of the driver do without."""
        if self._connection is None:
            self._connection = Connection(self.engine, self.link)
        return self._connection

    def once(self, name: str, find: Callable[["Tx"], Value]) -> Value:
        """Find something by name; a snapshot never changes, so there it is found once and remembered."""
        if self._remembered is None:
            return find(self)
        if name not in self._remembered:
            self._remembered[name] = find(self)
        return cast("Value", self._remembered[name])

    def driver(self) -> AbstractContextManager[Any]:
        """Hand out the driver's own connection, for statements that are built once."""
        return ByDriver(self.link, self.engine.dialect, self._connection or self.link)

    def leave(self, cache: ConnectionCache) -> None:
        """Give the connection back."""
        if self._connection is None:
            cache.release(self.link)
        else:
            self._connection.close()

    def machine_now(self) -> datetime:
        """Read the database's clock, which may move within a transaction."""
        now: datetime = _NOW.first(self, {}).now
        return now


class Database:
    """The record behind a URL: `sqlite:///path` or `postgresql://…`. `bell` receives the ids of committed jobs."""

    def __init__(self, url: str, bell: Bell | None = None) -> None:
        self.engine = make_engine(url)
        self.bell = bell
        self._one_writer = partial(_one_writer, self.engine) if self.engine.dialect.name == "sqlite" else nullcontext
        self._writer = self.engine.execution_options(**{MODE: "writing"})
        self._autocommit = self.engine.execution_options(**{MODE: "statements"})
        self._connections = ConnectionCache(self._autocommit)
        self._reader = self.engine.execution_options(**{MODE: "reading"})
        # When one connection is lost, all may be: each one that is kept would make another act fail.
        event.listen(self.engine, "invalidate", lambda *_lost: self.close())

    @property
    def dialect(self) -> DialectName:
        return cast("DialectName", self.engine.dialect.name)

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        """Open a transaction that commits when the block ends; then ring its jobs."""
        with self._one_writer(), _named_errors, self._writer.connect() as connection:
            tx = Tx(self.engine, connection.connection, writes=True, connection=connection)
            transaction = connection.begin()
            try:
                yield tx
            except BaseException:
                # The first error is the one to report; a rollback that fails as well would hide it.
                if not connection.invalidated:
                    transaction.rollback()
                raise
            _commit(connection)
        self._ring(tx.jobs_to_ring)

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """Open a snapshot that ends with the block. (psycopg forgets all it has prepared when it rolls back.)"""
        with _named_errors, self._reader.connect() as connection, connection.begin():
            yield Tx(self.engine, connection.connection, writes=False, connection=connection, remembered={})

    @contextmanager
    def statements(self) -> Iterator[Tx]:
        """Let each statement be a transaction of its own, which is committed when it returns; then ring its jobs.

        No lock holds from one statement to the next. It is for acts that write in one statement, and that compare in it
        what they were decided on.
        """
        with _named_errors:
            tx = Tx(self._autocommit, self._connections.acquire(), writes=False)
            try:
                yield tx
            except exc.DBAPIError as error:
                if error.connection_invalidated:
                    raise CommitUncertain(str(error)) from error
                raise
            finally:
                tx.leave(self._connections)
        self._ring(tx.jobs_to_ring)

    def clear_connections(self) -> None:
        """Give kept connections back to the pool."""
        self._connections.clear()

    def close(self) -> None:
        """Close every connection that nobody is using; the next transaction opens a new one."""
        self.clear_connections()
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
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_use_lifo=True,
        # Every transaction is ended where it was begun, so the pool has nothing to roll back.
        pool_reset_on_return=None,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            # The statements of this package are built once and run again and again: prepare at the second use.
            "prepare_threshold": 1,
            # Transactions are begun explicitly, so that a single statement can also be one.
            "autocommit": True,
        },
    )
    event.listen(engine, "connect", _look_for_pooler)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "rollback", _forget_prepared)
    return engine


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
    event.listen(engine, "begin", _begin)
    return engine


def _look_for_pooler(link: Any, entry: ConnectionPoolEntry) -> None:
    if shares(link, entry.info):
        _log.info("connected through a pooler: no statement is kept prepared")


def _prepare_sqlite(link: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred and comes too late: readers that write later fail with "locked".
    link.isolation_level = None
    # REPLACE deletes without asking the triggers that keep history append-only, unless triggers recurse.
    for setting in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "temp_store=MEMORY",
    ):  # fmt: skip
        link.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """Begin the transaction of `writing` or `reading`; `statements` begins none."""
    mode = connection.get_execution_options().get(MODE, "")
    begin = _BEGIN.get((cast("DialectName", connection.dialect.name), mode), "BEGIN")
    if begin is not None:
        with ByDriver(connection.connection, connection.dialect, connection) as link:
            link.execute(begin)


def _forget_prepared(connection: Connection) -> None:
    # Where each statement is a transaction, a rollback has nothing to undo.
    if not connection.invalidated and connection.get_execution_options().get(MODE) != "statements":
        forget(connection.connection)


@contextmanager
def _one_writer(engine: Engine) -> Iterator[None]:
    """Let one thread of the process write at a time: waiting for a lock is far cheaper than busy retries."""
    lock = _writer_locks.setdefault(str(engine.url.database), threading.Lock())
    if not lock.acquire(timeout=WRITER_WAIT_SECONDS):
        raise DatabaseError(f"no writer's turn within {WRITER_WAIT_SECONDS} s")
    try:
        yield
    finally:
        lock.release()


class _NamedErrors:
    """Raises what the database could not do as `DatabaseError`."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, exc.OperationalError | exc.InterfaceError | exc.InternalError | exc.TimeoutError):
            raise DatabaseError(str(error)) from error


_named_errors: Final = _NamedErrors()


def _commit(connection: Connection) -> None:
    try:
        connection.commit()
    except exc.DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUncertain(str(error)) from error
        raise

"""Statements that run for every act or every page: compiled once for each database, executed by its driver itself.

What SQLAlchemy does around a statement costs more than these statements do; its types still convert the values. Knows
no table.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache, partial
from typing import Any, NamedTuple, Protocol

from sqlalchemy import CompoundSelect, Connection, Dialect, Select, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.expression import TextualSelect

from workflow.storage.statements.prepared import Prepared

_DIALECTS: Mapping[str, Dialect] = {
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call] # SQLAlchemy's
    "sqlite": sqlite.pysqlite.dialect(paramstyle="named"),
}

Convert = Callable[[Any], Any]


class Driven(Protocol):
    """What a statement needs of a transaction: the name of its dialect, its connection, the driver's."""

    @property
    def dialect(self) -> str: ...

    @property
    def link(self) -> PoolProxiedConnection: ...

    def driver(self) -> AbstractContextManager[Any]: ...


Rows = Callable[[Driven, Any, Mapping[str, Any]], Sequence[Sequence[Any]]]
Row = Callable[[Iterable[Any]], Any]


class _Compiled(NamedTuple):
    """A statement in the SQL of one database, and how its values are converted in both directions."""

    rows: Rows
    constants: Mapping[str, Any]
    inward: Mapping[str, Convert]
    row: Row


class Prebuilt:
    """A SELECT that is run as the driver runs it; its rows are named tuples."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | TextualSelect) -> None:
        self._statement = statement
        self._compiled = cache(self._compile)

    def first(self, tx: Driven, words: Mapping[str, Any]) -> Any:
        """Return the only row, or None where there is none."""
        rows = self.all(tx, words)
        return rows[0] if rows else None

    def all(self, tx: Driven, words: Mapping[str, Any]) -> list[Any]:
        """Return every row."""
        compiled = self._compiled(tx.dialect)
        given = {**compiled.constants, **words}
        for name, convert in compiled.inward.items():
            given[name] = convert(given[name])
        with tx.driver() as link:
            rows = compiled.rows(tx, link, given)
        return [*map(compiled.row, rows)]

    def _compile(self, dialect_name: str) -> _Compiled:
        dialect = _DIALECTS[dialect_name]
        compiled = self._statement.compile(dialect=dialect)
        columns = self._statement.selected_columns
        kind: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc] # noqa: PYI024
        row: Row = kind._make
        inward = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in compiled.binds.items()
        }
        if dialect_name == "postgresql":
            rows: Rows = partial(_by_libpq, Prepared(str(compiled)))
        else:
            rows = partial(_by_sqlite, str(compiled))
            outward = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
            row = partial(_read, row, outward)
        return _Compiled(
            rows,
            {name: bound.value for name, bound in compiled.binds.items() if bound.value is not None},
            {name: convert for name, convert in inward.items() if convert is not None},
            row,
        )


def _by_sqlite(text: str, _tx: Driven, link: Any, words: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    rows: Sequence[Sequence[Any]] = link.execute(text, words).fetchall()
    return rows


def _read(row: Row, outward: Sequence[Convert | None], values: Sequence[Any]) -> Any:
    return row([value if read is None else read(value) for read, value in zip(outward, values, strict=True)])


def _by_libpq(statement: Prepared, tx: Driven, _link: Any, words: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
    return statement.rows(tx, [words[name] for name in statement.names])


class ByDriver:
    """Hands out the driver's own connection; its errors are raised as SQLAlchemy's.

    `holder` is marked as lost together with the connection. This is a class because a generator would cost as much time
    as the statement.
    """

    __slots__ = ("_dialect", "_holder", "_pooled")

    def __init__(
        self, pooled: PoolProxiedConnection, dialect: Dialect, holder: Connection | PoolProxiedConnection
    ) -> None:
        self._pooled, self._dialect, self._holder = pooled, dialect, holder

    def __enter__(self) -> Any:
        return self._pooled.driver_connection

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        raised = self._dialect.loaded_dbapi.Error
        if not isinstance(error, raised):
            return
        is_lost = self._dialect.is_disconnect(error, self._pooled, None)
        if is_lost:
            self._holder.invalidate(error)
        raise exc.DBAPIError.instance(
            None, None, error, raised, connection_invalidated=is_lost, dialect=self._dialect
        ) from error

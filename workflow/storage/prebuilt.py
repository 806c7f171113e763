"""Statements that run for every act: compiled once for each database, executed by its driver itself.

What SQLAlchemy does around a statement costs more than these statements do; its types still say how values travel.
Knows no table. Used by the statements of `queries.cases` and by both ways of `applying`.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select, exc
from sqlalchemy.dialects import postgresql, sqlite

_DIALECTS: Mapping[str, Dialect] = {
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call] # SQLAlchemy's
    "sqlite": sqlite.pysqlite.dialect(paramstyle="named"),
}

Convert = Callable[[Any], Any]


class _Compiled(NamedTuple):
    """A statement in the words of one database, and what must be done to values on their way."""

    text: str
    constants: Mapping[str, Any]
    inward: Mapping[str, Convert]
    outward: tuple[tuple[int, Convert], ...]
    row: Callable[..., Any]


class Prebuilt:
    """A SELECT that is run as the driver runs it; its rows are named tuples."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled = cache(self._compile)

    def first(self, connection: Connection, words: Mapping[str, Any]) -> Any:
        """Return the first row, or None where there is none."""
        it = self._compiled(connection.dialect.name)
        given = {**it.constants, **words}
        for name, convert in it.inward.items():
            given[name] = convert(given[name])
        with by_driver(connection) as link:
            found = link.execute(it.text, given).fetchone()
        if found is None:
            return None
        values = list(found)
        for position, convert in it.outward:
            values[position] = convert(values[position])
        return it.row(*values)

    def _compile(self, dialect_name: str) -> _Compiled:
        dialect = _DIALECTS[dialect_name]
        compiled = self._statement.compile(dialect=dialect)
        columns = self._statement.selected_columns
        inward = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in compiled.binds.items()
        }
        outward = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        return _Compiled(
            str(compiled),
            {name: bound.value for name, bound in compiled.binds.items() if bound.value is not None},
            {name: convert for name, convert in inward.items() if convert is not None},
            tuple((position, convert) for position, convert in enumerate(outward) if convert is not None),
            namedtuple("Row", [str(column.key) for column in columns]),  # noqa: PYI024 - the columns are known here only
        )


@contextmanager
def by_driver(connection: Connection) -> Iterator[Any]:
    """Hand out the driver's own connection; what it raises comes back as SQLAlchemy's errors."""
    pooled, dialect = connection.connection, connection.dialect
    raised = dialect.loaded_dbapi.Error
    try:
        yield pooled.driver_connection
    except raised as error:
        is_lost = dialect.is_disconnect(error, pooled, None)
        if is_lost:
            connection.invalidate(error)
        raise exc.DBAPIError.instance(
            None, None, error, raised, connection_invalidated=is_lost, dialect=dialect
        ) from error

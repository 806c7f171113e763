"""The few words that SQLite and PostgreSQL say differently, as SQLAlchemy constructs that compile to either.

Knows the database's clock (machine time) and how to compare a column with a list in one prepared statement.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    Float,
    Integer,
    String,
    bindparam,
    literal_column,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine

from workflow.storage.models import Instant

DialectName = Literal["sqlite", "postgresql"]

SQLITE_NOW = (
    "(CAST(strftime('%s', 'now') AS INTEGER) * 1000000 + CAST(substr(strftime('%f', 'now'), 4) AS INTEGER) * 1000)"
)
POSTGRESQL_NOW = "clock_timestamp()"


class machine_now(FunctionElement[datetime]):  # noqa: N801 - reads as a function in a statement, like SQLAlchemy's own
    """The database's clock, in the form instants have there (milliseconds on SQLite)."""

    type = Instant()
    inherit_cache = True


@compiles(machine_now, "postgresql")
def _postgresql_now(_element: machine_now, _compiler: SQLCompiler, **_words: Any) -> str:
    return POSTGRESQL_NOW


@compiles(machine_now, "sqlite")
def _sqlite_now(_element: machine_now, _compiler: SQLCompiler, **_words: Any) -> str:
    return SQLITE_NOW


class machine_time_after(FunctionElement[datetime]):  # noqa: N801 - the same
    """`machine_time_after(seconds)`: the database's clock so many seconds from now, or ago where negative."""

    type = Instant()
    inherit_cache = True


@compiles(machine_time_after, "postgresql")
def _postgresql_after(element: machine_time_after, compiler: SQLCompiler, **words: Any) -> str:
    return f"({POSTGRESQL_NOW} + make_interval(secs => {compiler.process(element.clauses, **words)}))"


@compiles(machine_time_after, "sqlite")
def _sqlite_after(element: machine_time_after, compiler: SQLCompiler, **words: Any) -> str:
    return f"({SQLITE_NOW} + CAST({compiler.process(element.clauses, **words)} * 1000000 AS INTEGER))"


def seconds(name: str) -> BindParameter[float]:
    """Return a parameter that takes seconds, for `machine_time_after`."""
    return bindparam(name, type_=Float)


class Listing(TypeDecorator[Sequence[Any]]):
    """A list as one parameter: an array on PostgreSQL, JSON on SQLite; so the statement is the same for any length."""

    impl = String
    cache_ok = True

    def __init__(self, item: type[BigInteger | Integer | String] = BigInteger) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(self.item))
        return dialect.type_descriptor(String())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        if dialect.name == "postgresql" or value is None:
            return value
        return json.dumps(list(value))


class among(FunctionElement[bool]):  # noqa: N801 - reads as a function in a statement, like SQLAlchemy's own
    """`among(column, items)`: the column equals one of the items of a `Listing` parameter."""

    type = Boolean()
    inherit_cache = True


@compiles(among, "postgresql")
def _postgresql_among(element: among, compiler: SQLCompiler, **words: Any) -> str:
    column, items = element.clauses
    return f"{compiler.process(column, **words)} = ANY({compiler.process(items, **words)})"


@compiles(among, "sqlite")
def _sqlite_among(element: among, compiler: SQLCompiler, **words: Any) -> str:
    column, items = element.clauses
    column_sql, items_sql = compiler.process(column, **words), compiler.process(items, **words)
    return f"{column_sql} IN (SELECT value FROM json_each({items_sql}))"  # noqa: S608 - compiled parts, no input


def most(name: str = "most") -> BindParameter[int]:
    """Return a LIMIT that is passed as a parameter and written into the text of the statement as a whole number.

    Without the number PostgreSQL plans for a tenth of all rows, and so would read and sort them.
    """
    return bindparam(name, type_=Integer, literal_execute=True)


def at_most(number: int) -> ColumnElement[int]:
    """Return the same for a statement that is made for one number."""
    return literal_column(str(int(number)), Integer)


def listing(name: str, item: type[BigInteger | Integer | String] = BigInteger) -> BindParameter[Any]:
    """Return a parameter that takes a list of numbers, or of whatever `item` says."""
    return bindparam(name, type_=Listing(item))

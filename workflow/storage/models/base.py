"""Base class, naming convention and column types of every table.

Knows how an instant lies in each database, and no rule.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
"""The urgency of a turn without a deadline."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime: integer microseconds since 1970 on SQLite, timestamptz on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[int]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        if value is None or dialect.name == "postgresql":
            return value
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: datetime | int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if isinstance(value, int):
            return EPOCH + value * MICROSECOND
        return value.astimezone(UTC) if value is not None else None


BigId = BigInteger().with_variant(Integer(), "sqlite")

Id = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]
Hash = Annotated[str, mapped_column(String(64))]
Code = Annotated[str, mapped_column(String(64))]
Name = Annotated[str, mapped_column(String(500))]
Long = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """Every table; constraints are named by convention so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant(), dict: JSON()}  # noqa: RUF012 - SQLAlchemy reads it from the class

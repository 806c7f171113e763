"""Bringing a database's tables to the shape of the models, and saying where it stands.

Knows Alembic and where the revisions lie (inside the package, so that an installed wheel migrates too).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, exc, text

from workflow.storage.models import Base
from workflow.storage.session import MODE, DatabaseError, make_engine

MIGRATION_LOCK = 0x7472_696E_68
"""One number for every process, so that two of them never migrate a PostgreSQL database at once."""


def migrate(url: str, *, to: str = "head") -> None:
    """Run every revision the database has not seen. Raises `DatabaseError`."""
    _run(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, *, to: str) -> None:
    """Undo revisions down to `to` (`base`: all of them)."""
    _run(url, lambda config: command.downgrade(config, to))


def rebuild(url: str) -> None:
    """Make all tables anew; nothing is left of what stood in them."""

    def order(config: Config) -> None:
        command.downgrade(config, "base")
        command.upgrade(config, "head")

    _run(url, order)


def revision(url: str) -> str | None:
    """Return the revision the database stands at; None before the first. Raises `DatabaseError`."""
    with _opened(make_engine(url)) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Return the revision this release expects."""
    with as_file(_folder()) as folder:
        return ScriptDirectory(str(folder)).get_current_head()


def drift(url: str) -> list[Any]:
    """Return the differences between the models and the database, as Alembic's operations."""
    with _opened(make_engine(url)) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _folder() -> Any:
    return files("workflow.storage") / "migrations"


def _run(url: str, order: Any) -> None:
    engine = make_engine(url).execution_options(**{MODE: "writing"})
    with as_file(_folder()) as folder, _opened(engine) as connection:
        _lock(connection)
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        order(config)


@contextmanager
def _opened(engine: Engine) -> Iterator[Connection]:
    """Open one transaction. Raises `DatabaseError` where the database cannot be reached."""
    try:
        with engine.begin() as connection:
            yield connection
    except exc.OperationalError as error:
        raise DatabaseError(str(error)) from error
    finally:
        engine.dispose()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})

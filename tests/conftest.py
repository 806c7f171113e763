"""The stage that tests share: an empty migrated database of either kind, Redis, an SMTP sink, a browser."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.servers.smtp import SmtpSink

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

settings.register_profile(
    "trinh",
    database=DirectoryBasedExampleDatabase(ROOT / ".venv" / "cache" / "hypothesis"),
    deadline=None,
)
settings.load_profile("trinh")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test process with a migrated template; for crash tests start one of your own."""
    with PostgresServer() as server:
        server.migrate_template()
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, closed and without a write-ahead log beside it."""
    from workflow.storage.migrating import migrate

    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty migrated SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'trinh.sqlite3')}"


@pytest.fixture
def postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    """An empty migrated PostgreSQL database."""
    with postgres.fresh_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A Redis of this test, to be killed, paused and restarted at will."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of an empty Redis."""
    return redis_server.url


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """An SMTP server that keeps every letter; its `mood` may be changed at any time."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, unless TRINH_BROWSER=required."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.environ.get("TRINH_BROWSER") == "required":
        pytest.fail("TRINH_BROWSER=required, but no Chromium is on PATH (apt-get install chromium)")
    if found is None:
        pytest.skip("no Chromium on PATH (apt-get install chromium)")
    return found

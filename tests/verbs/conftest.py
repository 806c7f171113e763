"""An empty database of either kind, or a copy of one with the small province in it, built once."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.servers.postgres import PostgresServer
from tests.support import small_province
from tests.support.small_province import Stage
from workflow.storage.session import Database


def _build(url: str) -> Stage:
    database = Database(url)
    with database.writing() as tx:
        built = small_province.build(tx)
    database.close()
    return built


@pytest.fixture(scope="session")
def sqlite_province(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """A file with the province in it, without a write-ahead log beside it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("province") / "province.sqlite3"))
    built = _build(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path, built


@pytest.fixture(scope="session")
def postgresql_province(postgres: PostgresServer) -> Iterator[tuple[str, Stage]]:
    """The name of a database with the province in it."""
    with postgres.fresh_database() as url:
        built = _build(url)
        yield str(make_url(url).database), built


@pytest.fixture
def sqlite_province_url(sqlite_province: tuple[Path, Stage], tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_province[0], tmp_path / 'province.sqlite3')}"


@pytest.fixture
def postgresql_province_url(postgres: PostgresServer, postgresql_province: tuple[str, Stage]) -> Iterator[str]:
    with postgres.fresh_database(template=postgresql_province[0]) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that asks for one runs on both."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def database(request: pytest.FixtureRequest, kind: str) -> Iterator[Database]:
    """The province where the test asks for `province`, else an empty database."""
    what = f"{kind}_province_url" if "province" in request.fixturenames else f"{kind}_url"
    opened = Database(request.getfixturevalue(what))
    yield opened
    opened.close()


@pytest.fixture
def province(request: pytest.FixtureRequest, kind: str) -> Stage:
    """The ids of what stands in the database."""
    built: Stage = request.getfixturevalue(f"{kind}_province")[1]
    return built

"""The small province as a demonstration whose clock stands at 16 October 2017, with workers beside it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.journeys.days import Journey
from tests.servers.postgres import PostgresServer
from tests.support import small_province
from tests.support.calendar_facts import hanoi
from tests.support.small_province import Stage
from workers.letters.posting import Post
from workers.process import Workers
from workers.sweeper import Sweeper
from workflow.files import Blobs
from workflow.installation import business_time
from workflow.storage.session import Database


@pytest.fixture(scope="session")
def sqlite_demonstration(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """A file with the demonstration in it, without a write-ahead log beside it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("demonstration") / "demonstration.sqlite3"))
    built = _build(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path, built


@pytest.fixture(scope="session")
def postgresql_demonstration(postgres: PostgresServer) -> Iterator[tuple[str, Stage]]:
    """The name of a database with the demonstration in it."""
    with postgres.fresh_database() as url:
        built = _build(url)
        yield str(make_url(url).database), built


def _build(url: str) -> Stage:
    database = Database(url)
    with database.writing() as tx:
        # The clock runs on while the tests do, and only forward: each test moves its own from the day before.
        business_time.mark_demo(tx, starts_at=hanoi("2017-10-15 07:30"))
        built = small_province.build(tx)
    database.close()
    return built


@pytest.fixture
def sqlite_demonstration_url(sqlite_demonstration: tuple[Path, Stage], tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_demonstration[0], tmp_path / 'trinh.sqlite3')}"


@pytest.fixture
def postgresql_demonstration_url(
    postgres: PostgresServer, postgresql_demonstration: tuple[str, Stage]
) -> Iterator[str]:
    with postgres.fresh_database(template=postgresql_demonstration[0]) as url:
        yield url


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.long), "postgresql"])
def journey(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journey]:
    database = Database(request.getfixturevalue(f"{request.param}_demonstration_url"))
    province: Stage = deepcopy(request.getfixturevalue(f"{request.param}_demonstration")[1])
    with database.writing() as tx:
        business_time.move_to(tx, hanoi("2017-10-16 07:30"), person_id=province.people["admin"])
    with Workers(database, post=Post("https://trinh.example")) as workers:
        # As that of a second process: it sweeps when the test asks.
        sweeper = Sweeper(database, workers.bell, process="journey", is_working=workers.is_working)
        yield Journey(database, province, Blobs(tmp_path / "documents"), sweeper)
    database.close()

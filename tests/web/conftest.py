"""A site for each test, copied from one that is built once for each kind of database: a test runs on both, or on one
and on the other in the long run (`kinds`)."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.servers.postgres import PostgresServer
from tests.support import site as sites
from tests.support.site import Site
from tests.support.small_province import Stage
from tests.web.casting import Cast


@pytest.fixture(scope="session")
def sqlite_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """A file with the site in it, without a write-ahead log beside it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("site") / "site.sqlite3"))
    return path, sites.build(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def postgresql_site(postgres: PostgresServer) -> Iterator[tuple[str, Stage]]:
    """The name of a database with the site in it."""
    with postgres.fresh_database() as url:
        built = sites.build(url)
        yield str(make_url(url).database), built


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test that asks for a site runs on both."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def sqlite_site_url(sqlite_site: tuple[Path, Stage], tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_site[0], tmp_path / 'site.sqlite3')}"


@pytest.fixture
def postgresql_site_url(postgres: PostgresServer, postgresql_site: tuple[str, Stage]) -> Iterator[str]:
    with postgres.fresh_database(template=postgresql_site[0]) as url:
        yield url


@pytest.fixture
def open_site(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Open the site of this test under settings of its own."""
    url: str = request.getfixturevalue(f"{kind}_site_url")
    built: Stage = request.getfixturevalue(f"{kind}_site")[1]
    opened: list[Site] = []

    def open_with(**settings: object) -> Site:
        opened.append(Site(url, tmp_path, built, **settings))
        return opened[-1]

    yield open_with
    for site in opened:
        site.close()


@pytest.fixture
def site(open_site: Callable[..., Site]) -> Site:
    return open_site()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def cast(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """One site for all visitors of a module, who find it as those before left it."""
    folder: Path = tmp_path_factory.mktemp("cast")
    template, built = request.getfixturevalue(f"{request.param}_site")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{shutil.copy(template, folder / 'site.sqlite3')}"
        else:
            postgres: PostgresServer = request.getfixturevalue("postgres")
            url = stack.enter_context(postgres.fresh_database(template=template))
        site = Site(url, folder, built)
        stack.callback(site.close)
        yield Cast(site)

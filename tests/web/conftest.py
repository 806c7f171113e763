"""A site for each test, copied from one that is built once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verbs.stage import Stage
from tests.web import site as sites
from tests.web.site import Site


@pytest.fixture(scope="session")
def site_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("site") / "site.sqlite3"))
    return path, sites.build(path)


@pytest.fixture
def site(site_template: tuple[Path, Stage], tmp_path: Path) -> Iterator[Site]:
    path, built = site_template
    opened = Site(path, tmp_path, built)
    yield opened
    opened.close()

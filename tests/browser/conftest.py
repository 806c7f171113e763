"""A browser, and the site behind a real server on a free port."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from waitress.server import create_server

from tests.support import site as sites
from tests.support.site import Site
from tests.support.small_province import Stage


@pytest.fixture(scope="session")
def site_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("site") / "site.sqlite3"))
    return path, sites.build(f"sqlite:///{path}")


@pytest.fixture
def site(site_template: tuple[Path, Stage], tmp_path: Path) -> Iterator[Site]:
    path, built = site_template
    opened = Site(f"sqlite:///{shutil.copy(path, tmp_path / 'site.sqlite3')}", tmp_path, built)
    yield opened
    opened.close()


@pytest.fixture
def address(site: Site, browser: Browser) -> Iterator[str]:
    """Where the site answers. The browser's pages are closed first: the server ends with its last connection."""
    server = create_server(site.app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    for context in browser.contexts:
        context.close()
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()

"""A demonstration loaded once by the real command, and copies of it; nothing of the operator's environment gets in."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import called
from tests.support.processes import PASSWORD, Trinh, free_port

ADMINISTRATORS = ("admin", "admin2")
UNITS = "code,name,kind,parent,valid_from\n37,UBND tỉnh Ninh Bình,province,,01/04/1992\n"


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `home` as `trinh run --demo` left it and `said`, what it printed. Loaded once for all processes.

    The tables were migrated before, as an operator of several processes does: the demonstration begins anew.

    Nobody opens that database: SQLite's files beside it would come and go while another process copies them.
    """
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "first_start"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "said").exists():
            with Trinh("migrate", home=place / "home", port=None) as migrating:
                assert migrating.wait_for_end() == 0, migrating.said
            with Trinh("run", "--demo", home=place / "home", port=free_port()) as running:
                running.wait_until_alive(within=240)
            assert running.ended_with == 0, running.said
            (place / "said").write_text(running.said, "utf-8")
    return place


@pytest.fixture
def demo_home(first_start: Path, tmp_path: Path) -> Path:
    """A copy of the home of a loaded demonstration."""
    return Path(shutil.copytree(first_start / "home", tmp_path / "home"))


@pytest.fixture(scope="module")
def running(first_start: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trinh]:
    """A second start on a loaded home, shared by tests that only look."""
    home = Path(shutil.copytree(first_start / "home", tmp_path_factory.mktemp("running") / "home"))
    with Trinh("run", "--demo", home=home, port=free_port()) as running:
        running.wait_until_alive(within=60)
        yield running


@pytest.fixture(scope="session")
def migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an installation without people, migrated once, to be copied."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    with pytest.MonkeyPatch.context() as environment:
        operate(environment, home)
        _call("migrate")
    return home


@pytest.fixture(scope="session")
def administered_home(migrated_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an installation with one unit and two administrators, to be copied."""
    folder = tmp_path_factory.mktemp("administered")
    home = Path(shutil.copytree(migrated_home, folder / "home"))
    units = folder / "units.csv"
    units.write_text(UNITS, "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        operate(environment, home)
        _call("units", "import", units)
        for name in ADMINISTRATORS:
            words = ("people", "add", name, "Người Quản Trị", "--role", "admin@37", "--password-stdin")
            _call(*words, typed=PASSWORD + "\n")
    return home


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment of an operator with a home of their own; the home."""
    home = tmp_path / "home"
    operate(monkeypatch, home)
    return home


@pytest.fixture
def migrated(environment: Path, migrated_home: Path) -> Path:
    """The home of an installation without people."""
    return Path(shutil.copytree(migrated_home, environment))


@pytest.fixture
def administered(environment: Path, administered_home: Path) -> Path:
    """The home of an installation with one unit and two administrators."""
    return Path(shutil.copytree(administered_home, environment))


def operate(environment: pytest.MonkeyPatch, home: Path) -> None:
    """Leave nothing of the operator's environment but a home and a password."""
    for name in [name for name in os.environ if name.startswith("TRINH_") or name == "PORT"]:
        environment.delenv(name)
    environment.setenv("TRINH_HOME", str(home))
    environment.setenv("TRINH_DEMO_PASSWORD", PASSWORD)


def _call(*words: object, typed: str = "") -> None:
    answer = called(*words, typed=typed)
    assert answer.exit_code == 0, answer.output

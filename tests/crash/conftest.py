"""The stage of the crash tests: a small province, a mail server, processes that die on their own account."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.crash.checking import at_rest, broken
from tests.servers.belongings import spawn
from tests.support import errand_cases
from tests.support.waiting import eventually
from workflow.storage.session import Database

LIVES = Path(__file__).with_name("lives.py")
START_SECONDS = 60.0


class Mortal:
    """A process of `lives.py`: what it said, and its end."""

    def __init__(self, script: dict, folder: Path) -> None:
        paper = folder / "script.json"
        paper.write_text(json.dumps(script))
        self._log = folder / "log"
        self._process = spawn(
            [sys.executable, str(LIVES), str(paper)],
            log=self._log,
            dying_wish=signal.SIGKILL,
            unprivileged=False,
        )

    def said(self, word: str) -> list[str]:
        """Return the lines that begin with a word."""
        return [line for line in self._log.read_text().splitlines() if line.split(" ", 1)[0] == word]

    def until(self, word: str, *, within: float = START_SECONDS) -> None:
        """Wait until it says a word; its death by anything else is a failure with its last words."""
        eventually(lambda: self.said(word) or self._process.poll() is not None, within=within)
        assert self.said(word), self._log.read_text()

    def leave(self) -> None:
        """Ask it to end in order."""
        self._process.terminate()
        assert self._process.wait(30) == 0, self._log.read_text()

    def close(self) -> None:
        self._process.kill()
        self._process.wait(30)


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """A small province with errands on either kind of database."""
    opened = Database(database_url)
    errand_cases.build(opened)
    yield opened
    opened.close()


@pytest.fixture
def redis_or_none(request, database) -> str | None:
    """PostgreSQL goes with Redis, SQLite with the broker in memory: as they are installed."""
    return request.getfixturevalue("redis_url") if database.dialect == "postgresql" else None


@pytest.fixture
def start(database_url, redis_or_none, smtp_sink, tmp_path) -> Iterator[Callable[..., Mortal]]:
    """Start processes over this database; they end with the test."""
    started: list[Mortal] = []

    def begin(role: str, **more) -> Mortal:
        folder = tmp_path / f"{role}-{len(started)}"
        folder.mkdir()
        script = {
            "role": role,
            "database": database_url,
            "redis": redis_or_none,
            "smtp_port": smtp_sink.port,
            "threads": 1,
            "lives": [],
            **more,
        }
        started.append(Mortal(script, folder))
        return started[-1]

    yield begin
    for process in started:
        process.close()


@pytest.fixture
def prove(database, smtp_sink) -> Callable[..., None]:
    """Wait until nothing is left to do, then check every promise."""

    def check(acknowledged: list[str], *, within: float = 60.0) -> None:
        eventually(lambda: at_rest(database), within=within)
        assert broken(database, acknowledged=acknowledged, letters=smtp_sink.letters) == []

    return check

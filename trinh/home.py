"""The folder of an installation (`TRINH_HOME`): locked while it runs, and keeper of the secrets it made itself.

Knows files and their modes. The operating system holds the lock, so it is released however the process ends; the file
only says who holds it.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from workflow.errors import WorkflowError

LOCK: Final = "lock"
SECRET_KEY: Final = "secret_key"  # noqa: S105 - the name of a file
DEMO_PASSWORD: Final = "demo_password"  # noqa: S105 - the name of a file
DOCUMENTS: Final = "documents"
_SECRET_BYTES: Final = 48
# Read aloud and typed by people: no characters that look alike, no Vietnamese typing sequences (aa, dd, oo).
_LETTERS: Final = "bcfghkmnpqtvz"
_DIGITS: Final = "23456789"


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who runs on a home: the process and the address it answers at."""

    pid: int
    address: str


class HomeTaken(WorkflowError):
    """Another process runs on this home."""

    def __init__(self, home: Path, holder: LockHolder) -> None:
        super().__init__(f"{home}: {holder}")
        self.code = "home_taken"
        self.facts = {"home": home, "pid": holder.pid, "address": holder.address}


class HomeUnusable(WorkflowError):
    """The home cannot be made or written."""

    def __init__(self, home: Path, problem: OSError) -> None:
        super().__init__(f"{home}: {problem}")
        self.code, self.facts = "home_unusable", {"home": home, "problem": problem.strerror or str(problem)}


def make(home: Path) -> None:
    """Make the folder if it is not there, for its owner alone."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise HomeUnusable(home, problem) from problem


@contextmanager
def locked(home: Path, *, address: str) -> Iterator[None]:
    """Hold a home while the block runs; raises `HomeTaken`, naming the holder."""
    make(home)
    try:
        file = (home / LOCK).open("a+", encoding="utf-8")
    except OSError as problem:
        raise HomeUnusable(home, problem) from problem
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeTaken(home, _read(file)) from None
        _write(file, LockHolder(os.getpid(), address))
        yield


def secret_key(home: Path) -> str:
    """The key that signs this installation's cookies, made at first use."""
    return _kept(home / SECRET_KEY, secrets.token_urlsafe(_SECRET_BYTES))


def demo_password(home: Path) -> str:
    """The password of the demo's accounts where the operator named none, made at first use."""
    syllables = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return _kept(home / DEMO_PASSWORD, f"{syllables}-{secrets.choice(_DIGITS)}{secrets.choice(_DIGITS)}")


def _kept(path: Path, fresh: str) -> str:
    """Return the secret in a file; a new file gets the fresh one and is readable by its owner alone from the start."""
    make(path.parent)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(fresh + "\n")
    return fresh


def _read(file: TextIO) -> LockHolder:
    file.seek(0)
    text = file.read()
    # Between taking the lock and saying so the holder's file is empty, or the former holder's.
    return LockHolder(**json.loads(text)) if text else LockHolder(0, "")


def _write(file: TextIO, holder: LockHolder) -> None:
    file.seek(0)
    file.truncate()
    json.dump({"pid": holder.pid, "address": holder.address}, file)
    file.flush()

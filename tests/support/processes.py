"""The command as a process of its own, and a visitor who signs in there."""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from types import TracebackType
from typing import Self

from tests.support.waiting import eventually

ROOT = Path(__file__).parents[2]
PASSWORD = "ninh-binh-2017"
COMMAND = [sys.executable, "-c", "from trinh.command import main; main()"]
NOT_ANSWERED = (OSError, HTTPException)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def environment_of(home: Path, port: int | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRINH_") and name != "PORT"}
    kept |= {"TRINH_HOME": str(home), "TRINH_DEMO_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"}
    return kept | ({"PORT": str(port)} if port else {})


class Trinh:
    """`trinh WORDS` while the block lasts; then it is asked to end, and must end in order."""

    def __init__(self, *words: str, home: Path, port: int | None, **settings: str) -> None:
        self.home, self.port = home, port
        # A file, not a pipe: nobody reads before the end, and a full pipe would stop the process.
        self._log = TemporaryFile("w+")  # noqa: SIM115 - read and closed when the process ends
        self._process = subprocess.Popen(
            [*COMMAND, *words],
            cwd=ROOT,
            env=environment_of(home, port) | settings,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self.said = ""
        self.ended_with: int | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait_until_alive(self, *, within: float) -> float:
        """Wait until /healthz says 200; say how long it took."""
        began = monotonic()
        eventually(self._is_alive, within=within)
        return monotonic() - began

    def _is_alive(self) -> bool:
        if self._process.poll() is not None:
            raise AssertionError(self._words())
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return bool(json.load(answer)["status"] == "ok")
        except (OSError, urllib.error.URLError):
            return False

    def wait_for_end(self) -> int:
        """Wait until it ends by itself."""
        return self._ended()

    def end(self) -> int:
        """Ask it to end in order."""
        if self.ended_with is None:
            self._process.send_signal(signal.SIGTERM)
            return self._ended()
        return self.ended_with

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._process.kill()
        self._ended()

    def _ended(self) -> int:
        self.ended_with = self._process.wait(timeout=60)
        if not self._log.closed:
            self.said = self._words()
            self._log.close()
        return self.ended_with

    def _words(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.kill()
        self.end() if self.ended_with is None else None


class Visitor:
    """A browser without scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )
        self.page = ""

    def go(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=20) as answer:
            self.page = answer.read().decode()
        return self.page

    def send(self, path: str, **fields: str) -> str:
        """Send a form of the present page with its hidden fields."""
        return self.post(path, self.filled(**fields))

    def filled(self, **fields: str) -> bytes:
        """Fill a form of the present page in."""
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', self.page)
        return urllib.parse.urlencode({name: unescape(value) for name, value in hidden} | fields).encode()

    def post(self, path: str, body: bytes, **headers: str) -> str:
        """Send a form that is filled in."""
        request = urllib.request.Request(self.address + path, body, headers)
        with self._opener.open(request, timeout=20) as answer:
            self.page = answer.read().decode()
        return self.page

    def sign_in(self, username: str, password: str = PASSWORD) -> str:
        self.go("/sign-in")
        return self.send("/sign-in", username=username, password=password)

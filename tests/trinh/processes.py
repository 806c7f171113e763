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
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from tests.workers.waiting import eventually

ROOT = Path(__file__).parents[2]
PASSWORD = "ninh-binh-2017"
COMMAND = [sys.executable, "-c", "from trinh.command import main; main()"]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def environment_of(home: Path, port: int | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRINH_") and name != "PORT"}
    kept |= {"TRINH_HOME": str(home), "TRINH_DEMO_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"}
    return kept | ({"PORT": str(port)} if port else {})


class Trinh:
    """`trinh WORDS` while the block lasts; then it is asked to end, and must end in order."""

    def __init__(self, *words: str, home: Path, port: int | None, **settings: str) -> None:
        self.home, self.port = home, port
        self._process = subprocess.Popen(
            [*COMMAND, *words],
            cwd=ROOT,
            env=environment_of(home, port) | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
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
            raise AssertionError(self._process.stdout.read())
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return json.load(answer)["status"] == "ok"
        except (OSError, urllib.error.URLError):
            return False

    def wait_for_end(self) -> int:
        """Wait until it ends by itself."""
        self.said, _ = self._process.communicate(timeout=60)
        self.ended_with = self._process.returncode
        return self.ended_with

    def end(self) -> int:
        """Ask it to end in order."""
        if self.ended_with is None:
            self._process.send_signal(signal.SIGTERM)
            self.said, _ = self._process.communicate(timeout=60)
            self.ended_with = self._process.returncode
        return self.ended_with

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self._process.kill()
        self.said, _ = self._process.communicate()
        self.ended_with = self._process.returncode

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
        hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', self.page)
        body = urllib.parse.urlencode({name: unescape(value) for name, value in hidden} | fields).encode()
        with self._opener.open(self.address + path, body, timeout=20) as answer:
            self.page = answer.read().decode()
        return self.page

    def sign_in(self, username: str, password: str = PASSWORD) -> str:
        self.go("/sign-in")
        return self.send("/sign-in", username=username, password=password)

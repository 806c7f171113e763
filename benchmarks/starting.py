"""How long somebody waits for `trinh run --demo`: the first time, with the demonstration to load, and the second.

Counted from the start of the process to the first answer 200 of `/healthz`. Needs what `make install` makes.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, sleep
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measuring import Figure
from tests.servers.belongings import free_port

LONGEST_SECONDS: Final = 300


def measure() -> Iterator[Figure]:
    """Start twice on one home."""
    with tempfile.TemporaryDirectory(prefix="trinh-b-") as home:
        first, second = _until_it_answers(home), _until_it_answers(home)
    yield Figure("first start with the demonstration loaded", first, "s", must=60, better="less")
    yield Figure("second start, data kept", second, "s", must=10, aim=4, better="less")


def _until_it_answers(home: str) -> float:
    port = free_port()
    begun = perf_counter()
    with _running(home, port) as process:
        while perf_counter() - begun < LONGEST_SECONDS and process.poll() is None:
            if _is_well(port):
                return perf_counter() - begun
            sleep(0.05)
    raise RuntimeError(f"no answer; exit code {process.returncode}")


@contextmanager
def _running(home: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "TRINH_HOME": home, "PORT": str(port)}
    command = [sys.executable, "-c", "from trinh.command import main; main()", "run", "--demo"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _is_well(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False

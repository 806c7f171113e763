"""How long somebody waits for a command that says one line, and for `trinh run --demo`, the first time and the second.

A line is counted in CPU time, beside `flask --version`; a start until the first answer 200 of `/healthz`. The first
start loads the demonstration. Needs what `make install` makes.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, sleep
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measuring import Figure, cpu_seconds_of
from tests.servers.belongings import free_port

LONGEST_SECONDS: Final = 300
LINES: Final = 7
TRINH: Final = (sys.executable, "-c", "from trinh.command import main; main()")
FLASK: Final = (sys.executable, "-m", "flask")


def measure() -> Iterator[Figure]:
    """Say a line in turns with Flask, then start twice on one home."""
    yield _one_line()
    with tempfile.TemporaryDirectory(prefix="trinh-b-") as home:
        first, second = _until_it_answers(home), _until_it_answers(home)
    yield Figure("first start with the demonstration loaded", first, "s", must=60, better="less")
    yield Figure("second start, data kept", second, "s", must=10, aim=4, better="less")


def _one_line() -> Figure:
    pairs = [(cpu_seconds_of(*TRINH, "--version"), cpu_seconds_of(*FLASK, "--version")) for _ in range(LINES)]
    ours, ratio = statistics.median(mine for mine, _ in pairs), statistics.median(mine / its for mine, its in pairs)
    beside = f"{ratio:.2f} of `flask --version`"
    return Figure("`trinh --version`, CPU time", ours, "s", must=0.5, aim=0.3, better="less", beside=beside)


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
    process = subprocess.Popen(
        [*TRINH, "run", "--demo"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
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

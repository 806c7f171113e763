"""Functions that a child calls in tests: each does what hostile content could make a parser do."""

import os
import signal
import threading
import time
from pathlib import Path


def length(content: bytes) -> int:
    return len(content)


def crash(_content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(_content: bytes) -> None:
    raise RuntimeError("nobody expected this")


def spin(_content: bytes) -> None:
    while True:
        pass


def want_eight_gigabytes(_content: bytes) -> int:
    return len(bytearray(8 << 30))


def sleep(_content: bytes) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def surroundings(_content: bytes) -> dict[str, object]:
    """What a child could steal: variables, open files, threads."""
    return {
        "environment": Path("/proc/self/environ").read_text(),
        "variables": sorted(os.environ),
        "files": sorted(int(path.name) for path in Path("/proc/self/fd").iterdir()),
        "threads": threading.active_count(),
        "main": getattr(__import__("__main__"), "__file__", None),
    }


def write_a_file(content: bytes) -> str:
    try:
        Path(content.decode()).write_bytes(b"x")
    except OSError as error:
        return type(error).__name__
    return "written"

"""Papers as PDF: a paper is data, `layout.typ` is its look, a process of its own sets it.

At most two are set at a time: each takes a processor for a quarter of a second and up to 1 GB. Who waits longer than
`MOST_WAITING` is refused.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from workflow.errors import WorkflowError
from workflow.values import Json

AT_ONCE: Final = 2
MOST_WAITING: Final = 10.0
"""Seconds until a paper must have its turn."""
MOST_SECONDS: Final = 30.0
"""Seconds until it must be set; its processor time is limited by the process itself."""

_FOLDER: Final = Path(__file__).parent
_log = logging.getLogger(__name__)
_turns: Final = threading.BoundedSemaphore(AT_ONCE)


class PaperNotMade(WorkflowError):
    """A paper could not be set now; why is for the log."""


def typeset(paper: Mapping[str, Json], *, fonts: Path) -> bytes:
    """Set a paper and return its PDF. Raises `PaperNotMade` where that takes too long or fails."""
    order = {"layout": str(_FOLDER / "layout.typ"), "fonts": str(fonts), "paper": paper}
    if not _turns.acquire(timeout=MOST_WAITING):
        raise PaperNotMade("too many papers at once")
    try:
        return _run(json.dumps(order).encode())
    except PaperNotMade as error:
        _log.error("a paper could not be made: %s", error)
        raise
    finally:
        _turns.release()


def _run(order: bytes) -> bytes:
    # Isolated: no environment, no folder of the caller's on the path, and none of the project's modules.
    command = [sys.executable, "-I", str(_FOLDER / "compiler.py")]
    try:
        done = subprocess.run(command, input=order, capture_output=True, timeout=MOST_SECONDS, env={}, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        raise PaperNotMade("timeout") from None
    if done.returncode or not done.stdout:
        raise PaperNotMade(f"exit {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout

"""Waiting for what happens by itself in another thread or process, no longer than it takes."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

LOOK_EVERY_SECONDS = 0.02


def eventually(look: Callable[[], T], *, within: float = 20.0) -> T:
    """Look until the answer is true and return it; fail with the last answer when it takes too long."""
    until, pause = monotonic() + within, Event()
    while not (seen := look()):
        if monotonic() > until:
            raise AssertionError(f"not within {within} s; last seen: {seen!r}")
        pause.wait(LOOK_EVERY_SECONDS)
    return seen

"""Counted steps: what a check may spend before it has to give up, the same on every machine and under every load.

A step is a guard asked on a cell, a cell gone through, a situation entered: whatever is done so often that its number
decides how long a check takes. Nothing is counted where nobody set a bound.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

Item = TypeVar("Item")
MOST_STEPS: Final = 100_000
"""A second or two; what ships takes some thousand at most."""


class StepsSpentError(Exception):
    """A check took as many steps as it may."""


class _Purse:
    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


_purse: ContextVar[_Purse | None] = ContextVar("purse", default=None)


@contextmanager
def bounded(most: int = MOST_STEPS) -> Iterator[None]:
    """Let everything done inside take so many steps together; an outer bound holds on."""
    if _purse.get() is not None:
        yield
        return
    token = _purse.set(_Purse(most))
    try:
        yield
    finally:
        _purse.reset(token)


def spend(steps: int = 1) -> None:
    """Take steps. Raises `StepsSpentError` where there are none left."""
    purse = _purse.get()
    if purse is None:
        return
    purse.left -= steps
    if purse.left < 0:
        raise StepsSpentError


def each(items: Iterable[Item]) -> Iterator[Item]:
    """Go through items, each of which is a step."""
    for item in items:
        spend()
        yield item

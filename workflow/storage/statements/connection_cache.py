"""Connections at hand: a few of the pool's, lent to one after the other without the pool being asked.

A pool keeps a queue, a lock and a finaliser for every loan; for an act of two statements that is a twentieth of its
time. Whoever borrows must leave nothing open on the connection. Knows no statement. Used by `session`.
"""

from collections import deque
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

AT_HAND: Final = 4
"""Connections that are kept; what is given back beyond that goes to the pool."""


class AtHand:
    """The connections of one engine that are at hand, the last used first; any thread may borrow."""

    __slots__ = ("_engine", "_kept")

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: deque[PoolProxiedConnection] = deque()

    def borrow(self) -> PoolProxiedConnection:
        """Take a connection that is at hand, or else one of the pool's."""
        try:
            return self._kept.pop()
        except IndexError:
            return self._engine.raw_connection()

    def give_back(self, link: PoolProxiedConnection) -> None:
        """Keep a connection for the next, unless it was lost or enough are kept."""
        if link.is_valid and len(self._kept) < AT_HAND:
            self._kept.append(link)
        else:
            link.close()

    def let_go(self) -> None:
        """Give all that is kept to the pool."""
        while self._kept:
            self._kept.pop().close()

"""A few connections of the pool that are kept open and reused without asking the pool.

A pool keeps a queue, a lock and a finaliser for every loan; for an act of two statements that is a twentieth of its
time. A connection must be released with nothing open on it. Knows no statement.
"""

from collections import deque
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

MOST_KEPT: Final = 4
"""Connections that are kept; what is released beyond that goes back to the pool."""


class ConnectionCache:
    """Kept connections of one engine, the last used first; any thread may acquire one."""

    __slots__ = ("_connections", "_engine")

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connections: deque[PoolProxiedConnection] = deque()

    def acquire(self) -> PoolProxiedConnection:
        """Take a kept connection, or else one of the pool's."""
        try:
            return self._connections.pop()
        except IndexError:
            return self._engine.raw_connection()

    def release(self, link: PoolProxiedConnection) -> None:
        """Keep a connection for the next, unless it was lost or enough are kept."""
        if link.is_valid and len(self._connections) < MOST_KEPT:
            self._connections.append(link)
        else:
            link.close()

    def clear(self) -> None:
        """Give all kept connections back to the pool."""
        while self._connections:
            self._connections.pop().close()

"""Statements that PostgreSQL keeps prepared, asked through the libpq that psycopg hands out.

An act is two statements, and what a cursor does around each takes longer in Python than the server takes for it. Values
travel as text both ways, and come back as psycopg reads them. Knows no table and no transaction. Used by `prebuilt` for
reads, by `applying_postgresql`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import count
from typing import Any, Final, NamedTuple, Protocol

from psycopg import abc
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from sqlalchemy.pool import PoolProxiedConnection

_PLACE: Final = re.compile(r"%\((\w+)\)s|%%")
_DONE: Final = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_KNOWN: Final = "prepared"
_KEPT: Final = 64
"""Instants whose text is kept: one act writes its moment and its due date several times each."""
_numbers = count(1)

_WRITTEN: Final[Mapping[type, Callable[[Any], bytes]]] = {
    str: str.encode,
    bytes: bytes,
    bool: lambda value: b"t" if value else b"f",
    int: lambda value: b"%d" % value,
    date: lambda value: value.isoformat().encode(),
    datetime: lru_cache(maxsize=_KEPT)(lambda value: value.isoformat().encode()),
}


class _Known(NamedTuple):
    """What one connection knows: which statements are prepared, and how values of its server are read."""

    keys: set[bytes]
    reader: abc.Transformer


class PooledLink(Protocol):
    """What a statement needs of a transaction: the pooled connection, on which it remembers that it is prepared."""

    @property
    def link(self) -> PoolProxiedConnection: ...


class Prepared:
    """One statement, with its values written as `%(name)s`; each connection prepares it once.

    `names` are those of its values, in the order in which they are handed in.
    """

    __slots__ = ("_key", "_text", "names")

    def __init__(self, text: str) -> None:
        names: dict[str, int] = {}
        self._text = _PLACE.sub(partial(_numbered, names), text).encode()
        self.names = tuple(names)
        self._key = b"trinh_%d" % next(_numbers)

    def rows(self, tx: PooledLink, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return every row. Raises psycopg's errors."""
        pooled = tx.link
        link: Any = pooled.driver_connection
        server = link.pgconn
        known: _Known | None = pooled.info.get(_KNOWN)
        if known is None:
            known = pooled.info[_KNOWN] = _Known(set(), Transformer(link))
        if self._key not in known.keys:
            # Closing what is not there is no error; what psycopg has had dropped, or has not, is prepared anew.
            _checked(server.close_prepared(self._key))
            _checked(server.prepare(self._key, self._text))
            known.keys.add(self._key)
        written = [None if value is None else _WRITTEN[type(value)](value) for value in values]
        found = _checked(server.exec_prepared(self._key, written))
        known.reader.set_pgresult(found)
        return known.reader.load_rows(0, found.ntuples, tuple)


def forget(pooled: PoolProxiedConnection) -> None:
    """Prepare anew on a connection that rolls back: psycopg may have the server drop all that is prepared there."""
    pooled.info.pop(_KNOWN, None)


def _numbered(names: dict[str, int], place: re.Match[str]) -> str:
    name = place[1]
    return f"${names.setdefault(name, len(names) + 1)}" if name else "%"


def _checked(result: Any) -> Any:
    if result.status not in _DONE:
        raise error_from_result(result)
    return result

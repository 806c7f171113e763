"""Statements that PostgreSQL keeps prepared, asked through the libpq that psycopg hands out.

An act is two statements, and what a cursor does around each takes longer in Python than the server takes for it. Values
travel as text both ways. Knows no table and no transaction. Used by `prebuilt` for reads, by `applying_postgresql`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count, repeat
from typing import Any, Final, Protocol

from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from sqlalchemy.pool import PoolProxiedConnection

_PLACE: Final = re.compile(r"%\((\w+)\)s|%%")
_DONE: Final = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_KNOWN: Final = "prepared"
_numbers = count(1)

_WRITTEN: Final[Mapping[type, Callable[[Any], bytes]]] = {
    str: str.encode,
    bool: lambda value: b"t" if value else b"f",
    int: lambda value: b"%d" % value,
    datetime: lambda value: value.isoformat().encode(),
}


class Linked(Protocol):
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

    def first(self, tx: Linked, values: Sequence[Any]) -> list[bytes | None] | None:
        """Return the values of the first row as text, or None where there is none. Raises psycopg's errors."""
        pooled = tx.link
        server = pooled.driver_connection.pgconn  # type: ignore[union-attr] # psycopg's
        known = pooled.info.setdefault(_KNOWN, set())
        if self._key not in known:
            # Closing what is not there is no error; what psycopg has had dropped, or has not, is prepared anew.
            _checked(server.close_prepared(self._key))
            _checked(server.prepare(self._key, self._text))
            known.add(self._key)
        written = [None if value is None else _WRITTEN[type(value)](value) for value in values]
        found = _checked(server.exec_prepared(self._key, written))
        return [*map(found.get_value, repeat(0), range(found.nfields))] if found.ntuples else None


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

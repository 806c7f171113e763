"""Statements that PostgreSQL keeps prepared, asked through the libpq that psycopg hands out.

An act is two statements, and what a cursor does around each takes longer in Python than the server takes for it. Values
are sent and received as text, and read as psycopg reads them. A statement is named by the hash of its text: on a server
connection that several processes share through a pooler, one name never means two texts. Knows no table and no
transaction.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, Final, NamedTuple, Protocol

from psycopg import abc
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from sqlalchemy.pool import PoolProxiedConnection

_PLACE: Final = re.compile(r"%\((\w+)\)s|%%")
_DONE: Final = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_KNOWN: Final = "prepared"
_KEPT: Final = 64
"""Instants whose text is cached: one act writes its moment and its due date several times each."""
_NAME_LENGTH: Final = 40
"""Hexadecimal digits of the hash in a name; PostgreSQL cuts names off after 63 letters."""
_MISSING: Final = b"26000"
_EXISTS: Final = b"42P05"
_POOLER: Final = "pooler"

_WRITTEN: Final[Mapping[type, Callable[[Any], bytes]]] = {
    str: str.encode,
    bytes: bytes,
    bool: lambda value: b"t" if value else b"f",
    int: lambda value: b"%d" % value,
    date: lambda value: value.isoformat().encode(),
    datetime: lru_cache(maxsize=_KEPT)(lambda value: value.isoformat().encode()),
    list: lambda values: f"{{{','.join(map(_item, values))}}}".encode(),
}


def _item(value: str | int | None) -> str:
    """Write one item of a list as PostgreSQL reads it within an array."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


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

    `name` is what the server knows it by, `names` are those of its values, in the order in which they are handed in.
    """

    __slots__ = ("_text", "name", "names")

    def __init__(self, text: str) -> None:
        names: dict[str, int] = {}
        self._text = _PLACE.sub(partial(_numbered, names), text).encode()
        self.names = tuple(names)
        self.name = f"trinh_{sha256(self._text).hexdigest()[:_NAME_LENGTH]}".encode()

    def rows(self, tx: PooledLink, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return every row. Raises psycopg's errors."""
        pooled = tx.link
        link: Any = pooled.driver_connection
        known: _Known | None = pooled.info.get(_KNOWN)
        if known is None:
            known = pooled.info[_KNOWN] = _Known(set(), Transformer(link))
        written = [None if value is None else _WRITTEN[type(value)](value) for value in values]
        if _POOLER in pooled.info:
            result = link.pgconn.exec_params(self._text, written)
        else:
            result = self._execute(link.pgconn, known.keys, written)
        known.reader.set_pgresult(_checked(result))
        return known.reader.load_rows(0, result.ntuples, tuple)

    def _execute(self, server: Any, keys: set[bytes], written: Sequence[bytes | None]) -> Any:
        if self.name not in keys:
            self._prepare(server)
            keys.add(self.name)
        result = server.exec_prepared(self.name, written)
        if _sqlstate(result) != _MISSING:
            return result
        if server.transaction_status != TransactionStatus.IDLE:
            # The transaction has failed. When it is tried again, the statement is prepared anew.
            keys.discard(self.name)
            return result
        self._prepare(server)
        return server.exec_prepared(self.name, written)

    def _prepare(self, server: Any) -> None:
        # psycopg may have had the statement dropped or not. Closing one that is not there is no error.
        _checked(server.close_prepared(self.name))
        result = server.prepare(self.name, self._text)
        # Another process has prepared it meanwhile; the same name always means the same text.
        if _sqlstate(result) != _EXISTS:
            _checked(result)


def shares(link: Any, info: dict[Any, Any]) -> bool:
    """Find out whether a new connection goes through a pooler; if so, no statement is prepared on it, nor by psycopg.

    A pooler hands each transaction to a server connection of its choice, where what was prepared before is missing. It
    tells its clients a process number that is not the one that the server answers with.
    """
    cursor = link.execute("SELECT pg_backend_pid()")
    is_shared: bool = cursor.fetchone()[0] != link.pgconn.backend_pid
    if is_shared:
        link.prepare_threshold = None
        info[_POOLER] = True
    return is_shared


def forget(pooled: PoolProxiedConnection) -> None:
    """Prepare anew on a connection that was rolled back: psycopg may have dropped all that was prepared on it."""
    pooled.info.pop(_KNOWN, None)


def _numbered(names: dict[str, int], place: re.Match[str]) -> str:
    name = place[1]
    return f"${names.setdefault(name, len(names) + 1)}" if name else "%"


def _checked(result: Any) -> Any:
    if result.status not in _DONE:
        raise error_from_result(result)
    return result


def _sqlstate(result: Any) -> bytes | None:
    state: bytes | None = None if result.status in _DONE else result.error_field(DiagnosticField.SQLSTATE)
    return state

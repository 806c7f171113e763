"""A frozen record: the whole of a database as text, compressed, and how it is put back into an empty one.

SQLite's text is what its own driver writes. PostgreSQL's is a plain dump by pg_dump, put back through the driver alone:
what stands between the COPY blocks is executed, the blocks are streamed.
"""

import lzma
import re
import sqlite3
import subprocess
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import make_url

KINDS: Final = ("sqlite", "postgresql")
KEY: Final = bytes(range(32))
"""Signs the checkpoints of frozen records; anybody may know it."""
PACKED: Final = 9 | lzma.PRESET_EXTREME

_COPY: Final = re.compile(r"^(COPY [^\n]+) FROM stdin;\n(.*?)^\\\.\n", re.MULTILINE | re.DOTALL)
_OF_ITS_SESSION: Final = re.compile(r"^(SET |SELECT pg_catalog\.set_config|\\(un)?restrict|--).*\n", re.MULTILINE)
"""Lines of a dump about the session of psql; some of them no older server knows."""


def connected(url: str) -> AbstractContextManager[Any]:
    """A connection of the database's own driver, which knows nothing of this project's code."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return closing(sqlite3.connect(str(address.database)))
    return psycopg.connect(address.set(drivername="postgresql").render_as_string(), autocommit=True)


def file_of(folder: Path, kind: str) -> Path:
    """Where the text of a kind of database lies in the folder of a record."""
    return folder / f"{kind}.sql.xz"


def freeze(url: str, folder: Path, *, programs: Path) -> None:
    """Write down a database; `programs` is the folder of pg_dump."""
    address = make_url(url)
    kind = address.get_backend_name()
    if kind == "sqlite":
        with connected(url) as link:
            text = "\n".join(link.iterdump())
    else:
        plain = address.set(drivername="postgresql").render_as_string()
        order = [str(programs / "pg_dump"), "--no-owner", "--no-privileges", f"--dbname={plain}"]
        text = subprocess.run(order, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    write_packed(file_of(folder, kind), text)


def restore(folder: Path, url: str) -> None:
    """Put a frozen record back into an empty database."""
    kind = make_url(url).get_backend_name()
    text = read_packed(file_of(folder, kind))
    with connected(url) as link:
        if kind == "sqlite":
            link.executescript(text)
        else:
            _load(link, text)


def _load(link: psycopg.Connection, text: str) -> None:
    statements, *blocks = _COPY.split(text)
    _execute(link, statements)
    for order, rows, after in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True):
        with link.cursor().copy(f"{order} FROM stdin") as copy:
            copy.write(rows)
        _execute(link, after)


def _execute(link: psycopg.Connection, statements: str) -> None:
    wanted = _OF_ITS_SESSION.sub("", statements).strip()
    if wanted:
        link.execute(wanted)


def read_packed(path: Path) -> str:
    return lzma.decompress(path.read_bytes()).decode()


def write_packed(path: Path, text: str) -> None:
    path.write_bytes(lzma.compress(text.encode(), preset=PACKED))

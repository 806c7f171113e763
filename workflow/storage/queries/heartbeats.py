"""Heartbeats: which processes say that they are alive, and how long ago by the database's clock."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import Heartbeat
from workflow.storage.session import Tx
from workflow.storage.statements import machine_now


class Seen(NamedTuple):
    """The last sign of life of one kind, whichever process gave it."""

    kind: str
    ago: timedelta


_LATEST = select(Heartbeat.kind, func.max(Heartbeat.seen_at)).group_by(Heartbeat.kind)
_FORGET = delete(Heartbeat).where(Heartbeat.process == bindparam("the_process"))
_FORGET_OLD = delete(Heartbeat).where(Heartbeat.seen_at < bindparam("before", type_=Heartbeat.seen_at.type))


def _beat(make: Any) -> Any:
    statement = make(Heartbeat).values(process=bindparam("process"), kind=bindparam("kind"), seen_at=machine_now())
    keys = [Heartbeat.process, Heartbeat.kind]
    return statement.on_conflict_do_update(index_elements=keys, set_={"seen_at": machine_now()})


_BEAT = {"postgresql": _beat(postgresql.insert), "sqlite": _beat(sqlite.insert)}


def beat(tx: Tx, process: str, kinds: Iterable[str]) -> None:
    """Note that a process does these kinds of work now."""
    tx.connection.execute(_BEAT[tx.dialect], [{"process": process, "kind": kind} for kind in kinds])


def latest(tx: Tx) -> list[Seen]:
    """Say how long ago each kind of work last gave a sign of life."""
    now = tx.machine_now()
    return [Seen(kind, now - seen_at) for kind, seen_at in tx.connection.execute(_LATEST)]


def forget(tx: Tx, process: str, *, silent_for: timedelta) -> None:
    """Remove a process that ends, and all that have been silent for that long."""
    tx.connection.execute(_FORGET, {"the_process": process})
    tx.connection.execute(_FORGET_OLD, {"before": tx.machine_now() - silent_for})

"""Whether the installation is alive: workers and sweepers note in the database that they are, and the report reads it.

Knows machine time only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflow.storage.queries import heartbeats
from workflow.storage.session import Database, DatabaseError, Tx

WORKER: Final = "worker"
SWEEPER: Final = "sweeper"
EXPECTED: Final = (WORKER, SWEEPER)

STALE_AFTER: Final = timedelta(seconds=10)
FORGOTTEN_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What was asked and what it answered, in words for the operator; `well` when all is as it should be."""

    well: bool
    checks: Mapping[str, str]


def report(database: Database) -> HealthReport:
    """Ask the database, and in it for the last signs of life of worker and sweeper."""
    try:
        with database.reading() as tx:
            seen = dict(heartbeats.latest(tx))
    except DatabaseError:
        return HealthReport(well=False, checks={"database": "unreachable", **dict.fromkeys(EXPECTED, "unknown")})
    alive = {kind: kind in seen and seen[kind] <= STALE_AFTER for kind in EXPECTED}
    checks = {kind: "alive" if alive[kind] else _silence(seen.get(kind)) for kind in EXPECTED}
    return HealthReport(well=all(alive.values()), checks={"database": "alive", **checks})


def beat(tx: Tx, process: str, kinds: Iterable[str] = EXPECTED) -> None:
    """Say that this process does its work."""
    heartbeats.beat(tx, process, kinds)


def leave(tx: Tx, process: str) -> None:
    """Say that this process ends, and forget those that ended without a word."""
    heartbeats.forget(tx, process, silent_for=FORGOTTEN_AFTER)


def _silence(ago: timedelta | None) -> str:
    return "never seen" if ago is None else f"silent for {round(ago.total_seconds())} s"

"""Administrators' acts outside cases: one hash chain of who changed units, people, grants, calendar, law or clock.

Knows how an act becomes an entry and how the chain is checked.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workflow.audit.faults import ChainFault
from workflow.canonical import ADMINISTRATION, LARGEST, canonical, link_hash
from workflow.storage import administration
from workflow.storage.administration import ActRow
from workflow.storage.session import Tx
from workflow.values import Json


@dataclass(frozen=True, slots=True)
class AdminAct:
    """One act as a page shows it."""

    seq: int
    at: datetime
    person_id: int | None
    full_name: str | None
    action: str
    facts: Mapping[str, Json]


def record(tx: Tx, action: str, facts: Mapping[str, Json], *, person_id: int | None, at: datetime) -> int:
    """Write down what an administrator (None: the command line) did; return its number."""
    last, previous = administration.lock_head(tx)
    seq = last + 1
    body = canonical({"action": action, "at": _instant(at), "facts": dict(facts), "person": person_id, "seq": seq})
    digest = link_hash(ADMINISTRATION, seq, previous, body)
    administration.append(tx, ActRow(seq, at, person_id, action, body.decode(), digest))
    return seq


def entries(tx: Tx, *, before: int | None = None, limit: int = 50) -> list[AdminAct]:
    """List acts, newest first, before a number."""
    rows = administration.latest(tx, before=LARGEST if before is None else before, limit=limit)
    return [
        AdminAct(row.seq, row.at, row.person_id, row.full_name, row.action, json.loads(row.body)["facts"])
        for row in rows
    ]


def verify(tx: Tx) -> Iterator[ChainFault]:
    """Walk the chain from its beginning and give every fault found."""
    previous, expected = "", 1
    for row in administration.every(tx):
        if row.seq != expected:
            yield ChainFault("gap", None, row.seq, {"expected": expected})
        if link_hash(ADMINISTRATION, row.seq, previous, row.body) != row.hash:
            yield ChainFault("changed", None, row.seq)
        elif _differs(row):
            yield ChainFault("column", None, row.seq)
        previous, expected = row.hash, row.seq + 1


def _differs(row: ActRow) -> bool:
    body: dict[str, Any] = json.loads(row.body)
    said = (body["seq"], body["at"], body["person"], body["action"])
    return said != (row.seq, _instant(row.at), row.person_id, row.action)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

"""History as it lies in the table: one case's entries with names, or every chain in order, to be checked.

Knows rows; how an entry is hashed is not known here.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, insert, select
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseRow, Checkpoint, HistoryRow, Person
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, machine_now

READ_AT_ONCE = 500


class EntryRow(NamedTuple):
    """One entry with the names of the people in it."""

    seq: int
    at: datetime
    recorded_at: datetime
    action: str
    was: str
    state: str
    person_id: int | None
    person: str | None
    on_behalf: str | None
    capacity: str | None
    body: str
    hash: str


class ChainRow(NamedTuple):
    """One entry beside its case as it stands now; `seq` is None for a case without entries."""

    case_id: int
    code: str
    version: int
    state: str
    outcome: str | None
    due_at: datetime | None
    head: str
    seq: int | None
    at: datetime
    action: str
    was: str
    entry_state: str
    person_id: int | None
    on_behalf_id: int | None
    capacity: str | None
    body: str
    hash: str


class HeadRow(NamedTuple):
    """Where one chain ends."""

    case_id: int
    seq: int
    hash: str


_person, _principal = aliased(Person), aliased(Person)
_entries = Prebuilt(
    select(
        HistoryRow.seq, HistoryRow.at, HistoryRow.recorded_at, HistoryRow.action, HistoryRow.was, HistoryRow.state,
        HistoryRow.person_id, _person.full_name.label("person"), _principal.full_name.label("on_behalf"),
        HistoryRow.capacity, HistoryRow.body, HistoryRow.hash,
    )
    .outerjoin(_person, _person.id == HistoryRow.person_id)
    .outerjoin(_principal, _principal.id == HistoryRow.on_behalf_id)
    .where(HistoryRow.case_id == bindparam("case"))
    .order_by(HistoryRow.seq)
)  # fmt: skip
_chains = (
    select(
        CaseRow.id, CaseRow.code, CaseRow.version, CaseRow.state, CaseRow.outcome, CaseRow.due_at, CaseRow.head,
        HistoryRow.seq, HistoryRow.at, HistoryRow.action, HistoryRow.was, HistoryRow.state, HistoryRow.person_id,
        HistoryRow.on_behalf_id, HistoryRow.capacity, HistoryRow.body, HistoryRow.hash,
    )
    .outerjoin(HistoryRow, HistoryRow.case_id == CaseRow.id)
    .order_by(CaseRow.id, HistoryRow.seq)
)  # fmt: skip
_orphans = (
    select(HistoryRow.case_id)
    .distinct()
    .where(~exists().where(CaseRow.id == HistoryRow.case_id))
    .order_by(HistoryRow.case_id)
)
_bodies = select(HistoryRow.body).where(HistoryRow.case_id == bindparam("case")).order_by(HistoryRow.seq)
_heads = select(CaseRow.id, CaseRow.version, CaseRow.head).order_by(CaseRow.id)
_hash_at = select(HistoryRow.hash).where(HistoryRow.case_id == bindparam("case"), HistoryRow.seq == bindparam("seq"))
_ids = select(CaseRow.id).order_by(CaseRow.id)
_keep_checkpoint = insert(Checkpoint).values(
    made_at=machine_now(),
    cases=bindparam("cases"),
    entries=bindparam("entries"),
    digest=bindparam("digest"),
    signature=bindparam("signature"),
    public_key=bindparam("public_key"),
)


def entries(tx: Tx, case_id: int) -> list[EntryRow]:
    """Read the entries of a case, first to last."""
    return [EntryRow._make(row) for row in _entries.all(tx, {"case": case_id})]


def chains(tx: Tx) -> Iterator[ChainRow]:
    """Read every entry of every case in order, a batch at a time."""
    for row in tx.connection.execute(_chains.execution_options(yield_per=READ_AT_ONCE)):
        yield ChainRow._make(row)


def orphans(tx: Tx) -> list[int]:
    """Find the ids under which there is history but no case."""
    return list(tx.connection.scalars(_orphans))


def bodies(tx: Tx, case_id: int) -> list[str]:
    """Read the bodies of a case's entries, first to last."""
    return list(tx.connection.scalars(_bodies, {"case": case_id}))


def heads(tx: Tx) -> list[HeadRow]:
    """Read where every chain ends, in order of the cases."""
    return [HeadRow._make(row) for row in tx.connection.execute(_heads)]


def find_hash(tx: Tx, case_id: int, seq: int) -> str | None:
    """Return the hash of an entry, if it is there."""
    digest: str | None = tx.connection.execute(_hash_at, {"case": case_id, "seq": seq}).scalar_one_or_none()
    return digest


def case_ids(tx: Tx) -> list[int]:
    """List every case."""
    return list(tx.connection.scalars(_ids))


def keep_checkpoint(
    tx: Tx, *, cases: int, entries: int, digest: str, signature: str, public_key: str
) -> None:  # fmt: skip
    """Remember that a checkpoint was made."""
    tx.connection.execute(
        _keep_checkpoint,
        {"cases": cases, "entries": entries, "digest": digest, "signature": signature, "public_key": public_key},
    )

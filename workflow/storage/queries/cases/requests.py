"""Requests that were carried out already, by the key that came with them."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import String, bindparam, select

from workflow.storage.models import HistoryRow
from workflow.storage.session import Tx
from workflow.storage.statements import among, listing

_by_key = select(HistoryRow.case_id, HistoryRow.seq).where(HistoryRow.request_key == bindparam("key"))
_by_keys = select(HistoryRow.request_key).where(among(HistoryRow.request_key, listing("keys", String)))


def find_request(tx: Tx, key: str) -> tuple[int, int] | None:
    """Return the case and the entry that a request made, if it has been carried out."""
    row = tx.connection.execute(_by_key, {"key": key}).one_or_none()
    return cast("tuple[int, int]", tuple(row)) if row is not None else None


def carried_out(tx: Tx, keys: Iterable[str]) -> frozenset[str]:
    """Return which of these requests have been carried out."""
    wanted = list(keys)
    return frozenset(tx.connection.scalars(_by_keys, {"keys": wanted})) if wanted else frozenset()

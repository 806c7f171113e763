"""Requests that were carried out already, by the key their asker gave them."""

from typing import cast

from sqlalchemy import bindparam, select

from workflow.storage.models import HistoryRow
from workflow.storage.session import Tx

_by_key = select(HistoryRow.case_id, HistoryRow.seq).where(HistoryRow.request_key == bindparam("key"))


def find_request(tx: Tx, key: str) -> tuple[int, int] | None:
    """Return the case and the entry that a request made, if it has been carried out."""
    row = tx.connection.execute(_by_key, {"key": key}).one_or_none()
    return cast("tuple[int, int]", tuple(row)) if row is not None else None

"""Acts that wait for a second administrator: rows only, which go when the act is done or withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import aliased

from workflow.storage.models import PendingActRow, Person
from workflow.storage.session import Tx


class PendingView(NamedTuple):
    """An act that waits, with the names of whom it is about and who proposed it."""

    id: int
    action: str
    facts: str
    about: int
    about_name: str
    proposed_by: int
    proposer: str
    proposed_at: datetime
    not_before: datetime
    expires_at: datetime


_about, _proposer = aliased(Person), aliased(Person)
_VIEW = (
    select(
        PendingActRow.id, PendingActRow.action, PendingActRow.facts, PendingActRow.about, _about.full_name,
        PendingActRow.proposed_by, _proposer.full_name, PendingActRow.proposed_at, PendingActRow.not_before,
        PendingActRow.expires_at,
    )
    .join(_about, _about.id == PendingActRow.about)
    .join(_proposer, _proposer.id == PendingActRow.proposed_by)
)  # fmt: skip


def add(tx: Tx, row: Mapping[str, Any]) -> int:
    """Write an act that waits and answer its id."""
    act_id: int = tx.connection.execute(insert(PendingActRow).returning(PendingActRow.id), dict(row)).scalar_one()
    return act_id


def find(tx: Tx, act_id: int) -> PendingView | None:
    """An act that waits, by id."""
    row = tx.connection.execute(_VIEW.where(PendingActRow.id == act_id)).one_or_none()
    return PendingView._make(row) if row is not None else None


def every(tx: Tx, *, now: datetime) -> list[PendingView]:
    """All acts whose time is not over, the oldest first."""
    statement = _VIEW.where(PendingActRow.expires_at > now).order_by(PendingActRow.id)
    return [PendingView._make(row) for row in tx.connection.execute(statement)]


def take(tx: Tx, act_id: int) -> bool:
    """Remove an act; False when somebody has removed it before."""
    return tx.connection.execute(delete(PendingActRow).where(PendingActRow.id == act_id)).rowcount == 1

"""Which contents of a case somebody has said that they have read."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import PaperViewing
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, machine_now

_SEEN = Prebuilt(
    select(PaperViewing.sha256).where(
        PaperViewing.case_id == bindparam("case"), PaperViewing.person_id == bindparam("person")
    )
)
_ADD = {
    name: dialect.insert(PaperViewing).on_conflict_do_nothing(
        index_elements=[PaperViewing.person_id, PaperViewing.case_id, PaperViewing.sha256]
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def seen(tx: Tx, case_id: int, *, person_id: int) -> frozenset[str]:
    """Return the hashes of the contents of a case that a person has ticked."""
    return frozenset(row[0] for row in _SEEN.all(tx, {"case": case_id, "person": person_id}))


def add(tx: Tx, case_id: int, sha256: str, *, person_id: int) -> None:
    """Tick a content; once is enough."""
    row = {"person_id": person_id, "case_id": case_id, "sha256": sha256, "viewed_at": machine_now()}
    tx.connection.execute(_ADD[tx.dialect].values(**row))


def remove(tx: Tx, case_id: int, sha256: str, *, person_id: int) -> None:
    """Take a tick back."""
    tx.connection.execute(
        delete(PaperViewing).where(
            PaperViewing.person_id == person_id, PaperViewing.case_id == case_id, PaperViewing.sha256 == sha256
        )
    )

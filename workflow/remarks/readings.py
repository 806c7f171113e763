"""How far somebody has read a case: who has seen what, and what is new since."""

from datetime import datetime

from workflow.cases import sight_of
from workflow.errors import CaseNotFound
from workflow.storage.queries import remark_rows
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx


def mark_read(tx: Tx, code: str, *, person_id: int, now: datetime) -> None:
    """Note that somebody has read a case as it stands; raises `CaseNotFound` for whoever may not know of it."""
    loaded = records.load(tx, code)
    sight = sight_of(tx, loaded.case, person_id, now=now) if loaded else None
    if loaded is None or sight is None or not sight.known:
        raise CaseNotFound(code)
    last = max((row.id for row in remark_rows.of_case(tx, loaded.case.id)), default=0)
    remark_rows.read(tx, loaded.case.id, person_id, version=loaded.case.version, remark=last)

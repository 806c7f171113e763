"""From which state to which the cases of a kind went, and when: what the expected end of a case is judged by.

Rows only, of the cases opened last: with more, a page would wait for cases that were handled otherwise long ago.
"""

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from workflow.storage.models import CaseRow, HistoryRow
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most

MOST_CASES: Final = 1_000


class PassageRow(NamedTuple):
    """One entry that took a case into another state; `definition` is the hash of the case's rules."""

    case_id: int
    definition: str
    at: datetime
    state: str


_lately = (
    select(CaseRow.id, CaseRow.definition)
    .where(CaseRow.definition_name == bindparam("name"))
    .order_by(CaseRow.id.desc())
    .limit(at_most(MOST_CASES))
    .subquery("lately")
)
_PASSAGES = Prebuilt(
    select(HistoryRow.case_id, _lately.c.definition, HistoryRow.at, HistoryRow.state)
    .join(_lately, _lately.c.id == HistoryRow.case_id)
    .where(HistoryRow.was != HistoryRow.state)
    .order_by(HistoryRow.case_id, HistoryRow.seq)
)


def of_kind(tx: Tx, definition_name: str) -> list[PassageRow]:
    """List the passages of the cases of a kind, case by case, first to last."""
    return [PassageRow._make(row) for row in _PASSAGES.all(tx, {"name": definition_name})]

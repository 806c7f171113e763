"""Cases by the codes that somebody would put on a list, locked when writing, in id order as all locks are taken.

Called by `workflow.facts`.
"""

from collections.abc import Iterable

from sqlalchemy import String, select

from workflow.storage.casefiles import COLUMNS, read_case
from workflow.storage.dialects import among, listing
from workflow.storage.models import CaseRow
from workflow.storage.session import Tx
from workflow.values import Case

_by_codes = select(*COLUMNS).where(among(CaseRow.code, listing("codes", String))).order_by(CaseRow.id)
_locked_by_codes = _by_codes.with_for_update(of=CaseRow)


def load(tx: Tx, codes: Iterable[str]) -> tuple[Case, ...]:
    """Load those that exist."""
    statement = _locked_by_codes if tx.writes else _by_codes
    return tuple(read_case(row) for row in tx.connection.execute(statement, {"codes": sorted(codes)}))

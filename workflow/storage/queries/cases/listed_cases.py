"""Cases that an act would put on a list, by code or by rule. In a writing transaction they are locked, in id order."""

from collections.abc import Iterable

from sqlalchemy import String, bindparam, select

from workflow.storage.case_columns import COLUMNS, read_case
from workflow.storage.models import CaseRow, UnitAbove
from workflow.storage.session import Tx
from workflow.storage.statements import among, listing
from workflow.values import Case, Gathering

_by_codes = select(*COLUMNS).where(among(CaseRow.code, listing("codes", String))).order_by(CaseRow.id)
_locked_by_codes = _by_codes.with_for_update(of=CaseRow)
_by_rule = select(*COLUMNS).where(
    CaseRow.definition_name == bindparam("definition_name"), CaseRow.state == bindparam("state")
)
_below = select(UnitAbove.unit_id).where(UnitAbove.above_id == bindparam("unit"), UnitAbove.distance > 0)
_BY_RULE = _by_rule.order_by(CaseRow.id)
_BY_RULE_BELOW = _by_rule.where(CaseRow.unit_id.in_(_below)).order_by(CaseRow.id)


def load(tx: Tx, codes: Iterable[str]) -> tuple[Case, ...]:
    """Load the cases of these codes that exist."""
    statement = _locked_by_codes if tx.writes else _by_codes
    return tuple(read_case(row) for row in tx.connection.execute(statement, {"codes": sorted(codes)}))


def gather(tx: Tx, rule: Gathering, *, unit_id: int) -> tuple[Case, ...]:
    """Load all cases of a definition that stand in a state, of units below one where the rule says so."""
    statement = _BY_RULE_BELOW if rule.below else _BY_RULE
    words = {"definition_name": rule.of, "state": rule.state} | ({"unit": unit_id} if rule.below else {})
    rows = tx.connection.execute(statement.with_for_update(of=CaseRow) if tx.writes else statement, words)
    return tuple(map(read_case, rows))


def units_below(tx: Tx, unit_id: int) -> frozenset[int]:
    """Return the units below one."""
    return frozenset(tx.connection.execute(_below, {"unit": unit_id}).scalars())

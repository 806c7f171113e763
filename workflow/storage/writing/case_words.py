"""Writing the words of cases outside acts: those of cases that had none yet, and those of a unit that is renamed."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, literal, select

from workflow.storage.case_columns import COLUMNS, read_case
from workflow.storage.models import CaseRow, CaseWordRow, Unit
from workflow.storage.session import Tx
from workflow.storage.statements import most
from workflow.storage.writing.applying import word_rows
from workflow.values import Case, CaseWord, WordSource

_UNIT: WordSource = "unit"
_UP_TO = (
    select(
        *COLUMNS, Unit.name.label("unit_name"), Unit.short_name.label("unit_short_name"), Unit.code.label("unit_code")
    )
    .join(Unit, Unit.id == CaseRow.unit_id)
    .where(CaseRow.id <= bindparam("last"))
    .order_by(CaseRow.id.desc())
    .limit(most())
)
_OF_UNIT = select(CaseRow.id).where(CaseRow.unit_id == bindparam("unit"))
_FORGET_UNIT = delete(CaseWordRow).where(CaseWordRow.source == _UNIT, CaseWordRow.case_id.in_(_OF_UNIT))
_NAME_UNIT = insert(CaseWordRow).from_select(
    ["case_id", "word", "marked", "source"],
    select(CaseRow.id, bindparam("word"), bindparam("marked"), literal(_UNIT)).where(
        CaseRow.unit_id == bindparam("unit")
    ),
)


def lock_up_to(tx: Tx, last: int, *, limit: int) -> list[tuple[Case, str]]:
    """Lock the cases up to an id, the last first, and return each with what its unit is called."""
    rows = tx.connection.execute(_UP_TO.with_for_update(of=CaseRow), {"last": last, "most": limit})
    return [(read_case(row), f"{row.unit_name} {row.unit_short_name} {row.unit_code}") for row in rows]


def replace(tx: Tx, words: Mapping[int, frozenset[CaseWord]]) -> None:
    """Let cases be found by these words and no others."""
    rows = [row for case_id, of_case in words.items() for row in word_rows(case_id, of_case)]
    tx.connection.execute(delete(CaseWordRow).where(CaseWordRow.case_id.in_(sorted(words))))
    if rows:
        tx.connection.execute(insert(CaseWordRow), rows)


def rename_unit(tx: Tx, unit_id: int, words: Sequence[CaseWord]) -> None:
    """Let all cases of a unit be found by what it is called now."""
    tx.connection.execute(_FORGET_UNIT, {"unit": unit_id})
    tx.connection.execute(
        _NAME_UNIT, [{"unit": unit_id, "word": word.word, "marked": word.marked} for word in dict.fromkeys(words)]
    )

"""The words that the record keeps of its cases, and those that it should keep, computed anew from every case."""

from sqlalchemy import select

from workflow.definitions import publishing
from workflow.machine.words import case_words
from workflow.storage.case_columns import COLUMNS, read_case
from workflow.storage.models import CaseRow, CaseWordRow
from workflow.storage.queries.organisation import units
from workflow.storage.session import Tx

Rows = set[tuple[int, str, str, str]]


def kept_words(tx: Tx) -> Rows:
    """Every word of every case, as it is kept."""
    columns = CaseWordRow.case_id, CaseWordRow.word, CaseWordRow.marked, CaseWordRow.source
    return {
        (case_id, word, marked, source) for case_id, word, marked, source in tx.connection.execute(select(*columns))
    }


def expected_words(tx: Tx) -> Rows:
    """Every word that a case should have as it stands."""
    cases = [read_case(row) for row in tx.connection.execute(select(*COLUMNS).order_by(CaseRow.id))]
    return {
        (case.id, *word)
        for case in cases
        for word in case_words.words_of(publishing.compiled(tx, case.definition), case, units.name_of(tx, case.unit))
    }

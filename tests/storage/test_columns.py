"""The table of columns that reads and both databases' writers are made from is the table that the database has."""

import pytest

from workflow.storage.case_columns import CASE_COLUMNS
from workflow.storage.models import AssignmentRow, CaseRow, DeadlineRow, HistoryRow, ListedField
from workflow.storage.writing import streams
from workflow.values import Case


def columns_of(model):
    return set(model.__table__.columns.keys())


def test_a_case_is_written_whole_and_read_whole():
    assert {column.name for column in CASE_COLUMNS} == columns_of(CaseRow)
    assert {column.attribute for column in CASE_COLUMNS if column.attribute} == set(Case._fields)


def test_history_is_written_whole():
    assert {column.name for column in streams.HISTORY_COLUMNS} == columns_of(HistoryRow)


@pytest.mark.parametrize(
    ("stream", "model", "elsewhere"),
    [
        (streams.ASSIGNMENT, AssignmentRow, {"id", "closed_at"}),
        (streams.DEADLINE, DeadlineRow, {"rung_at"}),
        (streams.LISTED_FIELD, ListedField, set()),
    ],
)
def test_what_an_act_writes_beside_the_case_is_written_whole(stream, model, elsewhere):
    assert set(stream) == columns_of(model) - elsewhere

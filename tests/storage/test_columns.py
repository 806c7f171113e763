"""The table of columns that reads and both databases' writers are made from is the table that the database has."""

import pytest

from tests.support import small_record
from workflow.machine.calendar import Days, ledgers
from workflow.storage.case_columns import CASE_COLUMNS
from workflow.storage.models import AssignmentRow, CaseRow, DeadlineRow, HistoryRow, ListedField
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.writing import streams
from workflow.values import Case, Done, OpenAsk


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


def test_a_case_is_read_as_it_was_written(database):
    clock = ledgers.to_json(ledgers.start(ledgers.ClockLedger("remark", Days(3)), small_record.MORNING))
    with database.writing() as tx:
        case = small_record.new_case(tx)
        done = {"send": Done(2, frozenset({1, 3}), fallen=True, digests={"plan": "00ff"}, last=3)}
        asks = {"remark": OpenAsk((1, 3), {1: "seen"}, 2, parties={"lead": (3,)}, certain={"": "passed"}, clock=clock)}
        plan = small_record.moved(case, to="submitted")
        written = plan.case._replace(done=done, asks=asks)
        small_record.write(tx, plan._replace(case=written))
        kept = records.load_by_id(tx, case.id).case
    assert (kept.done, kept.asks) == (done, asks)

"""Acts through the front door, as the record sees them: few statements, one winner, a history that folds."""

from functools import partial
from threading import Thread

import pytest
from sqlalchemy import text

from tests.support.small_province import NOW
from tests.support.statement_counts import count_statements
from workflow import calendars, cases
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.values import Act, Refusal

WITHDRAW = Act("withdraw", {"comment": "Đơn vị rút lại để xét trong năm sau."}, seen=1)
PEOPLE_AT_ONCE = 50


@pytest.fixture
def nomination(database, province):
    """A nomination that the clerk of Cúc Phương has opened; the code."""
    return opened(database, province).case.code


def opened(database, province, *, request_key=None):
    with database.writing() as tx:
        return cases.open_case(
            tx,
            "award_nomination",
            unit_id=province.units["14437"],
            person_id=province.people["cucphuong.clerk"],
            now=NOW,
            request_key=request_key,
        )


def withdrawn(database, province, code, *, request_key=None):
    with database.writing() as tx:
        clerk = province.people["cucphuong.clerk"]
        return cases.act_in(tx, code, WITHDRAW, person_id=clerk, now=NOW, request_key=request_key)


def withdrawn_by_itself(database, province, code, *, request_key=None):
    clerk = province.people["cucphuong.clerk"]
    return cases.act(database, code, WITHDRAW, person_id=clerk, now=NOW, request_key=request_key)


WAYS = pytest.mark.parametrize("withdraw", [withdrawn, withdrawn_by_itself])


def refolded(database):
    with database.reading() as tx:
        again = audits.refold(tx, definition_of=partial(publishing.compiled, tx), calendar=calendars.calendar_of(tx))
        return [(fault.kind, fault.case_id, fault.seq) for fault in [*audits.verify(tx), *again]]


@pytest.mark.parametrize("kind", ["postgresql"])
def test_one_act_by_itself_takes_two_statements_on_postgresql(database, province, nomination):
    # Who is who is asked once after each change of the organisation.
    withdrawn_by_itself(database, province, opened(database, province).case.code)
    with count_statements(database) as said:
        answer = withdrawn_by_itself(database, province, nomination, request_key="k")
    assert not isinstance(answer, Refusal)
    assert said == ["SELECT", "SELECT"]


@pytest.mark.parametrize("kind", ["postgresql"])
def test_one_act_in_a_transaction_takes_four_statements_on_postgresql(database, province, nomination):
    withdrawn(database, province, opened(database, province).case.code)
    with count_statements(database) as said:
        answer = withdrawn(database, province, nomination, request_key="k")
    assert not isinstance(answer, Refusal)
    assert said == ["BEGIN", "SELECT", "SELECT", "COMMIT"]


@WAYS
def test_a_case_is_the_fold_of_its_history(database, province, nomination, withdraw):
    withdraw(database, province, nomination)
    assert refolded(database) == []


def test_a_case_that_is_not_what_its_history_folds_to_is_found(database, province, nomination):
    withdrawn(database, province, nomination)
    with database.writing() as tx:
        tx.connection.execute(text('UPDATE case_file SET fields = \'{"award":"bang_khen"}\''))
    assert refolded(database) == [("state", 1, 2)]


@WAYS
def test_fifty_identical_requests_are_one_act(database, province, nomination, withdraw):
    answers = all_at_once(lambda: withdraw(database, province, nomination, request_key="one"))
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * (PEOPLE_AT_ONCE - 1)


@WAYS
def test_fifty_people_at_once_have_one_winner_and_forty_nine_clear_answers(database, province, nomination, withdraw):
    answers = all_at_once(lambda: withdraw(database, province, nomination))
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refusals) == PEOPLE_AT_ONCE - 1
    assert {refusal.kind for refusal in refusals} <= {"stale", "not_open"}
    assert refolded(database) == []


def test_one_request_opens_one_case(database, province):
    first = opened(database, province, request_key="open")
    second = opened(database, province, request_key="open")
    assert (first.repeated, second.repeated, first.case.code) == (False, True, second.case.code)


def all_at_once(act):
    answers = []
    threads = [Thread(target=lambda: answers.append(act())) for _ in range(PEOPLE_AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers

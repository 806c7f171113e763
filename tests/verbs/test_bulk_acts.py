"""One act on many cases: an answer for each, refusals beside successes, a request sent twice carried out once."""

import pytest

from benchmarks.stages import Plans
from tests.support import errand_cases
from tests.support.small_record import CHAIR, CLERK, OFFICER
from workflow import cases
from workflow.audit import audits
from workflow.cases import Acted
from workflow.installation import business_time
from workflow.storage.session import Database
from workflow.values import Act, Refusal

SEND = Act("send")


@pytest.fixture
def database(request, kind):
    """An empty database of either kind."""
    opened = Database(request.getfixturevalue(f"{kind}_url"))
    yield opened
    opened.close()


@pytest.fixture
def errands(database):
    """Five errands with their clerk."""
    errand_cases.build(database)
    return [errand_cases.open_errand(database) for _ in range(5)]


def send(database, codes, *, by=CLERK, act=SEND, **more):
    with database.writing() as tx:
        now = business_time.read(tx)
        return cases.act_on_many(tx, codes, act, person_id=by, now=now, **more)


def faults(database):
    with database.reading() as tx:
        return list(audits.verify(tx))


def test_each_case_gets_its_answer_in_the_order_asked(database, errands):
    errand_cases.act(database, errands[1], "send", by=CLERK)
    asked = [errands[3], errands[1], "VN-2017-9999", errands[0]]
    items = send(database, asked)
    assert [item.code for item in items] == asked
    kinds = [type(item.answer) for item in items]
    assert kinds == [Acted, Refusal, type(None), Acted]
    assert items[0].answer.case.state == "submitted"
    assert [action for action, _ in errand_cases.history(database, errands[0])] == ["open", "send"]
    assert [action for action, _ in errand_cases.history(database, errands[2])] == ["open"]
    assert faults(database) == []


def test_everybody_who_must_know_is_told_of_each(database, errands):
    send(database, errands)
    told = errand_cases.column(database, "SELECT key FROM job WHERE kind = 'tell'")
    sent = errand_cases.column(database, "SELECT id FROM case_file")
    assert {f"tell:{case_id}:2" for case_id in sent} <= set(told)


def test_whoever_may_not_act_is_refused_and_whoever_may_not_know_learns_nothing(database, errands):
    send(database, errands)
    receive = Act("receive")
    assert [item.answer.kind for item in send(database, errands, act=receive)] == ["not_your_turn"] * len(errands)
    assert [item.answer for item in send(database, errands, by=CHAIR, act=receive)] == [None] * len(errands)
    assert errand_cases.column(database, "SELECT count(*) FROM history") == [2 * len(errands)]


def test_a_request_sent_twice_acts_once_on_each_and_does_what_was_left(database, errands):
    first = send(database, errands[:3], request_key="once")
    again = send(database, errands, request_key="once")
    assert [item.answer.repeated for item in first] == [False] * 3
    assert [item.answer.repeated for item in again] == [True] * 3 + [False] * 2
    assert errand_cases.column(database, "SELECT count(*) FROM history WHERE action = 'send'") == [5]


def test_a_version_that_has_moved_on_is_refused_alone(database, errands):
    errand_cases.act(database, errands[0], "send", by=CLERK)
    errand_cases.act(database, errands[0], "return", by=OFFICER)
    items = send(database, errands[:2], seen={errands[0]: 1, errands[1]: 1})
    assert items[0].answer.kind == "stale"
    assert isinstance(items[1].answer, Acted)


def test_acts_that_read_linked_cases_are_done_one_after_the_other(database):
    plans = Plans(database, plans=3)
    for _ in range(3 * 3):
        plans.act()
    codes = list(plans.rounds)
    by = plans.stage.people["nhoquan.head"]
    with database.writing() as tx:
        items = cases.act_on_many(
            tx, [*codes, "KH-0-0"], Act("acknowledge"), person_id=by, now=plans.now, request_key="all"
        )
    assert [item.answer.case.state for item in items[:-1]] == ["acknowledged"] * 3
    assert items[-1].answer is None
    assert faults(database) == []

"""Fifty people approve the same plan at the same moment: one does, everybody else gets a clear answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.journeys.days import PLAN, Journey
from tests.support.small_province import SINCE
from workflow import cases
from workflow.installation import business_time
from workflow.machine.words import sentence
from workflow.organisation import GrantForm, PersonForm, grants, people
from workflow.values import Refusal

PEOPLE = 50


@pytest.fixture
def crowd(journey: Journey) -> list[str]:
    """Fifty reviewers of Nho Quan."""
    names = [f"reviewer{number}" for number in range(PEOPLE)]
    with journey.database.writing() as tx:
        now = business_time.read(tx)
        for name in names:
            added = people.add(tx, PersonForm(name, "Người Xem Xét"), person_id=None, now=now)
            journey.province.people[name] = added
            desk = GrantForm(added, "plan_reviewer", journey.province.units["372"], SINCE)
            grants.grant(tx, desk, person_id=None, now=now)
    return names


@pytest.mark.parametrize("seen", [True, False], ids=["having seen the page", "whatever stands there"])
def test_of_fifty_approvals_at_once_one_wins_and_forty_nine_hear_why_not(
    journey: Journey, crowd: list[str], *, seen: bool
):
    journey.publish()
    journey.must("begin", by="cucphuong.clerk")
    journey.must("send", by="cucphuong.clerk", **PLAN)
    journey.must("sign", by="cucphuong.head", plan=journey.signed(symbol="12/KH-UBND", dated="2017-10-16"))
    version = journey.must("receive", by="nhoquan.officer").version
    together = Barrier(PEOPLE)

    def approve(name: str) -> cases.Acted | Refusal:
        together.wait()
        return journey.act("acknowledge", by=name, seen=version if seen else None)

    with ThreadPoolExecutor(PEOPLE) as threads:
        answers = list(threads.map(approve, crowd))

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert (len(answers) - len(refused), len(refused)) == (1, PEOPLE - 1)
    assert {answer.kind for answer in refused} <= {"stale", "not_open"}
    assert all(sentence(reason, language="vi") for answer in refused for reason in answer.reasons)
    assert journey.case.state == "acknowledged"
    assert [action for action, _, _ in journey.history()].count("acknowledge") == 1

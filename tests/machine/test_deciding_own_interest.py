"""Nobody decides on their own case: not as one of a list, and not through whoever acts for them."""

import pytest

from tests.support.council import COUNCIL, codes_of, council, nominee
from tests.support.scenes import actor, codes, does, paper, refused
from workflow.machine.walks.simulation import Cast
from workflow.values import Plan

DEPUTY = Cast({**COUNCIL.places, "deputy": ()}, {"deputy": (("decider", "KT"),)})


def decision_about(scene, *people):
    """A decision that waits for the chairman's signature, about nominees whom the council passed."""
    cases = [nominee(scene, person=person) for person in people]
    session = scene.open(actor(scene, "secretary"), definition="council_session")
    assert isinstance(session, Plan)
    of = session.case.id
    does(scene, "secretary", "convene", case=of, mode="meeting", day="2018-03-28", nominees=codes_of(*cases))
    five = {"issued": 5, "collected": 5, "valid": 5, "invalid": 0, "agree": 5, "disagree": 0}
    does(scene, "secretary", "count:ballot", case=of, count=dict.fromkeys(codes_of(*cases), five))
    does(scene, "secretary", "close", case=of, minutes=paper())
    decision = scene.open(actor(scene, "secretary"), definition="decision")
    assert isinstance(decision, Plan)
    does(scene, "secretary", "submit", case=decision.case.id, draft=paper(), nominees=codes_of(*cases))
    assert scene.cases[decision.case.id].state == "signing"
    return decision.case.id


@pytest.mark.parametrize("who", ["decider", "deputy"])
def test_a_decision_on_others_is_signed_by_the_chairman_or_for_him(who):
    scene = council(DEPUTY)
    case = decision_about(scene, None)
    assert does(scene, who, "sign", case=case, decision=paper()).case.state == "signed"


@pytest.mark.parametrize("who", ["decider", "deputy"])
def test_a_decision_on_the_chairman_himself_is_signed_neither_by_him_nor_for_him(who):
    scene = council(DEPUTY)
    case = decision_about(scene, None, "decider")
    assert codes(refused(scene, who, "sign", case=case, decision=paper())) == ["linked_refuses", "own_interest"]


def test_who_acts_for_another_is_remembered_with_the_cases_of_the_list_too():
    scene = council(DEPUTY)
    does(scene, "deputy", "sign", case=decision_about(scene, None), decision=paper())
    assert scene.cases[1].done["award"].people == {scene.cast.id_of("deputy"), scene.cast.id_of("decider")}

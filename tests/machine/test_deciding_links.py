"""Linked cases: amendments, superseding in one act, all or nothing; and questions put to several."""

from tests.support.scenes import (
    COMMENT,
    PLAN_CAST,
    actor,
    at,
    codes,
    does,
    paper,
    plan_scene,
    refused,
    to_acknowledged,
    to_review,
    tries,
)
from workflow.machine.deciding import moving
from workflow.machine.walks.simulation import Cast
from workflow.values import Act, Place, Plan


def amended():
    scene = to_acknowledged(plan_scene())
    does(scene, "hoa", "amend", comment=COMMENT)
    return scene


def to_acknowledged_again(scene):
    does(scene, "hoa", "send", case=2)
    does(scene, "tam", "sign", case=2, plan=paper("15/KH-UBND"))
    does(scene, "lan", "receive", case=2)
    return does(scene, "minh", "acknowledge", case=2)


def test_amending_opens_a_copy_that_replaces_the_case():
    scene = amended()
    old, new = scene.cases[1], scene.cases[2]
    assert (old.state, new.state) == ("acknowledged", "revise")
    assert new.fields == old.fields
    assert scene.links == [(2, "replaces", 1)]


def test_only_one_amendment_is_open_at_a_time():
    refusal = refused(amended(), "hoa", "amend", comment=COMMENT)
    assert (refusal.kind, codes(refusal)) == ("refused", ["already_open"])
    assert refusal.reasons[0].facts["case"] == "unit_plan-2"


def test_acknowledging_an_amendment_supersedes_the_old_plan_in_the_same_act():
    scene = amended()
    plan = to_acknowledged_again(scene)
    assert [(move.case.id, move.case.state, move.action) for move in plan.moves] == [(1, "superseded", "supersede")]
    assert scene.cases[1].outcome == "neutral"
    assert scene.cases[1].done["supersede"].people == {PLAN_CAST.id_of("minh")}


def test_a_superseded_plan_is_woken_no_more():
    scene = amended()
    to_acknowledged_again(scene)
    assert (1, "wake") not in scene.deadlines


def test_when_a_linked_case_refuses_nothing_happens_at_all():
    scene = amended()
    does(scene, "hoa", "send", case=2)
    does(scene, "tam", "sign", case=2, plan=paper())
    does(scene, "lan", "receive", case=2)
    scene.cases[1] = scene.cases[1]._replace(state="superseded")
    refusal = refused(scene, "minh", "acknowledge", case=2)
    assert codes(refusal) == ["linked_refuses", "not_open"]
    assert scene.cases[2].state == "review"


def test_only_a_link_takes_what_is_left_to_links():
    scene = to_acknowledged(plan_scene())
    by_link = moving(actor(scene, "minh"), scene.cases[1], on_behalf=None)
    assert isinstance(scene.act(1, Act("supersede"), by_link), Plan)


def test_a_link_takes_nothing_that_is_left_to_people():
    scene = plan_scene()
    answer = scene.act(1, Act("begin"), moving(actor(scene, "hoa"), scene.cases[1], on_behalf=None))
    assert codes(answer) == ["no_right"]


def test_a_case_may_be_amended_again_once_its_amendment_is_acknowledged():
    scene = amended()
    to_acknowledged_again(scene)
    assert isinstance(tries(scene, "hoa", "amend", case=2, comment=COMMENT), Plan)
    assert scene.cases[3].state == "revise"


def test_a_question_is_put_to_those_who_hold_its_seats_when_the_state_is_entered():
    scene = to_review(plan_scene())
    binh = PLAN_CAST.id_of("binh")
    assert scene.cases[1].asks["remark"].members == (binh,)
    opened = scene.entries[-1][1].opens
    assert [(each.slot, each.person) for each in opened] == [("turn", None), (f"remark:{binh}", binh)]
    assert [(notice.kind, notice.people) for notice in scene.entries[-1][1].notices if notice.people] == [
        ("ask", (binh,))
    ]


def test_where_nobody_leads_a_block_the_question_is_not_put():
    places = {name: found for name, found in PLAN_CAST.places.items() if name != "binh"}
    scene = to_review(plan_scene(Cast(places)))
    assert scene.cases[1].asks == {}
    assert (1, "remark") not in scene.deadlines


def test_an_answer_closes_the_members_slot_and_leaves_other_forms_current():
    scene = to_review(plan_scene())
    seen = scene.cases[1].version
    binh = PLAN_CAST.id_of("binh")
    plan = does(scene, "binh", "answer:remark", answer="seen")
    assert plan.closes == {f"remark:{binh}"}
    assert "remark" in plan.stops
    assert plan.case.asks["remark"].answers == {binh: "seen"}
    assert does(scene, "minh", "acknowledge", seen=seen).case.state == "acknowledged"


def test_nobody_answers_twice():
    scene = to_review(plan_scene())
    does(scene, "binh", "answer:remark", answer="seen")
    assert codes(refused(scene, "binh", "answer:remark", answer="seen")) == ["already_answered"]


def test_an_answer_that_was_not_offered_is_refused():
    scene = to_review(plan_scene())
    assert codes(refused(scene, "binh", "answer:remark", answer="agreed")) == ["not_a_choice"]
    assert codes(refused(scene, "binh", "answer:remark")) == ["missing"]
    assert codes(refused(scene, "binh", "answer:remark", answer="seen", plan="x")) == ["not_asked_for"]


def test_whoever_is_not_asked_may_not_answer():
    refusal = refused(to_review(plan_scene()), "minh", "answer:remark", answer="seen")
    assert (refusal.kind, codes(refusal)) == ("not_your_turn", ["not_asked"])


def test_there_is_no_answering_where_no_question_is_open():
    assert refused(plan_scene(), "binh", "answer:remark", answer="seen").kind == "not_open"


def test_a_substitute_answers_for_a_member():
    cast = Cast(PLAN_CAST.places, {"kien": (("binh", "TL"),)})
    scene = to_review(plan_scene(cast))
    plan = does(scene, "kien", "answer:remark", answer="seen")
    assert (plan.on_behalf, plan.capacity) == (PLAN_CAST.id_of("binh"), "TL")
    assert codes(refused(scene, "binh", "answer:remark", answer="seen")) == ["already_answered"]


def test_silence_answers_when_the_time_has_passed():
    scene = to_review(plan_scene(begins="2017-11-13 08:00"))
    assert scene.deadlines[1, "remark"].due_at == at("2017-11-16 17:00")
    scene.advance(at("2017-11-16 17:00"))
    assert scene.cases[1].asks["remark"].answers == {PLAN_CAST.id_of("binh"): "seen"}
    assert "remark" not in "".join(scene.cases[1].done)


def test_leaving_the_state_annuls_its_questions():
    scene = to_review(plan_scene())
    binh = PLAN_CAST.id_of("binh")
    plan = does(scene, "minh", "acknowledge")
    assert plan.case.asks == {}
    assert plan.closes == {"turn", f"remark:{binh}"}


def test_a_member_sees_the_question_as_something_to_do():
    scene = to_review(plan_scene())
    offered = {offer.action: offer.refusal for offer in scene.offers(1, actor(scene, "binh"))}
    assert offered["answer:remark"] is None
    assert offered["acknowledge"] is not None


def test_a_member_who_is_also_the_reviewer_answers_and_decides():
    cast = Cast({**PLAN_CAST.places, "binh": (Place("block_lead", "block"), Place("plan_reviewer", "above unit"))})
    scene = to_review(plan_scene(cast))
    assert does(scene, "binh", "answer:remark", answer="seen").on_behalf is None
    assert does(scene, "binh", "acknowledge").case.state == "acknowledged"

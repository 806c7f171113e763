"""Who may act: turns, substitutions, acts that must stand apart, one's own interest, stale forms."""

import pytest

from tests.support.scenes import (
    COMMENT,
    DEFECTS,
    PLAN_CAST,
    READY,
    actor,
    at,
    calendar,
    codes,
    does,
    paper,
    plan_scene,
    refused,
    shipped,
    to_acknowledged,
    to_review,
    to_submitted,
)
from workflow.machine.case import UndeclaredFact
from workflow.machine.deciding import decide
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import SYSTEM, Act, Actor, Desk, Facts, Place, Plan, Refusal

AWARD_CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "lan": (Place("award_officer", "above unit"),),
        "minh": (Place("award_reviewer", "above unit"),),
        "quang": (Place("award_decider", "above unit"),),
        "thu": (Place("admin", "province"),),
        "kien": (),
        "dung": (Place("award_decider", "above unit"), Place("unit_head", "unit")),
    },
    {"kien": (("minh", "KT"), ("quang", "TUQ"), ("tam", "KT"))},
)


def award(nominee: int | None = None) -> Scene:
    """A nomination in draft; `nominee` is the account of the person it is about."""
    scene = Scene(shipped("award_nomination"), calendar(), AWARD_CAST, at("2018-03-01 08:00"))
    opened = scene.open(actor(scene, "hoa"))
    assert isinstance(opened, Plan)
    about = {"kind": "person", "name": "Phạm Văn An"} | ({"person": nominee} if nominee else {})
    does(
        scene,
        "hoa",
        "send",
        nominee=about,
        award="giay_khen",
        achievement="Giúp mười hai hộ nghèo trong xã thoát nghèo bền vững.",
        report=paper(),
        minutes=paper("03/BB"),
    )
    return scene


def to_reviewed(scene: Scene, *, signer: str = "tam", appraiser: str = "lan", reviewer: str = "minh") -> Scene:
    does(scene, signer, "sign", letter=paper("05/TTr"))
    does(scene, "lan", "receive")
    does(scene, appraiser, "appraise", opinion="Đủ hồ sơ, thành tích rõ ràng.")
    does(scene, reviewer, "endorse", comment=COMMENT)
    return scene


def test_a_plan_travels_from_owed_to_acknowledged():
    scene = to_acknowledged(plan_scene())
    assert (scene.cases[1].state, scene.cases[1].outcome) == ("acknowledged", "good")


def test_whoever_holds_no_desk_of_the_turn_is_told_who_does():
    refusal = refused(plan_scene(), "tam", "begin")
    assert refusal.kind == "not_your_turn"
    assert codes(refusal) == ["no_right"]
    assert [seat.holders for seat in refusal.could_act] == [(PLAN_CAST.id_of("hoa"),)]


def test_an_action_that_the_state_does_not_have_is_not_open():
    refusal = refused(plan_scene(), "minh", "acknowledge")
    assert refusal.kind == "not_open"
    assert refusal.reasons[0].facts == {"action": "acknowledge", "state": "owed"}


def test_a_form_seen_before_the_last_act_is_stale():
    scene = to_submitted(plan_scene())
    seen = scene.cases[1].version
    does(scene, "hoa", "withdraw")
    assert refused(scene, "lan", "receive", seen=seen).kind == "stale"


def test_a_reminder_does_not_make_a_form_stale():
    scene = plan_scene()
    seen = scene.cases[1].version
    scene.advance(at("2017-11-10 08:00"))
    assert scene.cases[1].version == seen + 1
    assert does(scene, "hoa", "begin", seen=seen).case.state == "draft"


def test_a_substitute_acts_for_the_principal_in_the_capacity_given():
    scene = plan_scene()
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    plan = does(scene, "kien", "sign", plan=paper())
    assert (plan.on_behalf, plan.capacity, plan.desk) == (PLAN_CAST.id_of("tam"), "KT", Desk("unit_head", 1))
    assert plan.case.done["sign"].people == {PLAN_CAST.id_of("tam"), PLAN_CAST.id_of("kien")}


def test_ones_own_right_comes_before_a_principals():
    cast = Cast(PLAN_CAST.places, {"hoa": (("hoa", "TUQ"),)})
    assert does(plan_scene(cast), "hoa", "begin").on_behalf is None


@pytest.mark.parametrize("who", ["tam", "kien"])
def test_the_signer_cannot_acknowledge_not_even_as_a_substitute(who):
    places = {**PLAN_CAST.places, "tam": (Place("unit_head", "unit"), Place("plan_reviewer", "above unit"))}
    scene = plan_scene(Cast(places, PLAN_CAST.substitutes))
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    does(scene, who, "sign", plan=paper())
    does(scene, "lan", "receive")
    refusal = refused(scene, "tam", "acknowledge")
    assert (refusal.kind, codes(refusal)) == ("not_your_turn", ["separate"])
    assert PLAN_CAST.id_of("tam") not in [person for seat in refusal.could_act for person in seat.holders]


def test_a_substitute_who_signed_cannot_acknowledge_for_a_reviewer_who_did_not():
    scene = plan_scene()
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    does(scene, "kien", "sign", plan=paper())
    does(scene, "lan", "receive")
    assert codes(refused(scene, "kien", "acknowledge")) == ["separate"]
    assert does(scene, "minh", "acknowledge").case.state == "acknowledged"


def test_what_must_stand_apart_does_so_whichever_came_first():
    places = {**AWARD_CAST.places, "lan": (Place("award_officer", "above unit"), Place("unit_clerk", "unit"))}
    scene = award()
    scene.cast = Cast(places)
    to_reviewed(scene)
    does(scene, "quang", "recheck", comment=COMMENT)
    does(scene, "lan", "return", defects=DEFECTS)
    assert codes(refused(scene, "lan", "send")) == ["separate"]
    assert does(scene, "hoa", "send").case.state == "signing"


def test_a_substitute_who_endorsed_cannot_approve_for_somebody_else():
    scene = to_reviewed(award(), reviewer="kien")
    assert codes(refused(scene, "kien", "approve", decision=paper("9/QĐ"))) == ["separate"]
    assert codes(refused(scene, "minh", "approve", decision=paper("9/QĐ"))) == ["no_right"]
    assert does(scene, "quang", "approve", decision=paper("9/QĐ")).case.outcome == "good"


def test_a_nominee_may_not_decide_on_the_own_nomination():
    scene = to_reviewed(award(AWARD_CAST.id_of("quang")))
    refusal = refused(scene, "quang", "approve", decision=paper("9/QĐ"))
    assert (refusal.kind, codes(refusal)) == ("not_your_turn", ["own_interest"])


def test_nobody_decides_for_a_nominee_who_is_the_principal():
    scene = to_reviewed(award(AWARD_CAST.id_of("quang")))
    assert codes(refused(scene, "kien", "approve", decision=paper("9/QĐ"))) == ["own_interest"]


def test_a_nominee_may_prepare_the_own_nomination_and_nothing_more():
    scene = award(AWARD_CAST.id_of("hoa"))
    does(scene, "tam", "rewrite", comment=COMMENT)
    assert does(scene, "hoa", "send").case.state == "signing"
    other = award(AWARD_CAST.id_of("tam"))
    assert codes(refused(other, "tam", "sign", letter=paper())) == ["own_interest"]


def test_a_nominee_who_prepared_may_do_nothing_once_others_have_the_turn():
    text = shipped("award_nomination").text
    definition = load(text.replace("withdrawn, by: head, to: withdrawn", "withdrawn, by: clerk, to: withdrawn"))
    scene = Scene(definition, calendar(), AWARD_CAST, at("2018-03-01 08:00"))
    scene.cases = award(AWARD_CAST.id_of("hoa")).cases
    does(scene, "tam", "sign", letter=paper("05/TTr"))
    assert codes(refused(scene, "hoa", "withdraw", comment=COMMENT)) == ["own_interest"]


def test_the_desk_of_a_turn_excludes_those_who_can_do_nothing_there():
    scene = award(AWARD_CAST.id_of("quang"))
    plan = to_reviewed(scene).entries[-1][1]
    (turn,) = plan.opens
    assert turn.desk.role == "award_decider"
    assert AWARD_CAST.id_of("quang") in turn.excluded
    (letter,) = plan.notices
    assert AWARD_CAST.id_of("quang") in letter.excluded


def test_whoever_acted_gets_no_letter_about_it():
    scene = plan_scene()
    does(scene, "hoa", "begin")
    (letter,) = does(scene, "hoa", "send", **READY).notices
    assert (letter.kind, letter.desks) == ("turn", (Desk("unit_head", 1),))
    assert letter.excluded == {PLAN_CAST.id_of("hoa")}


def test_a_desk_that_keeps_the_turn_gets_no_letter_that_it_has_it():
    assert does(plan_scene(), "hoa", "begin").notices == ()


def test_an_outcome_is_told_to_those_who_prepared_the_case():
    scene = to_review(plan_scene())
    letters = does(scene, "minh", "acknowledge").notices
    assert [(letter.kind, letter.desks) for letter in letters] == [("outcome", (Desk("unit_clerk", 1),))]
    assert letters[0].facts["tone"] == "good"


def test_nobody_but_the_system_makes_a_deadline_pass():
    scene = plan_scene()
    scene.now = at("2017-11-10 08:00")
    assert refused(scene, "hoa", "due:turn").kind == "not_open"


def test_people_may_not_take_what_the_system_takes_by_itself():
    scene = to_acknowledged(plan_scene())
    scene.now = at("2021-01-05 08:00")
    assert codes(refused(scene, "hoa", "close")) == ["no_right"]
    assert codes(refused(scene, "hoa", "supersede")) == ["no_right"]


def test_the_system_does_not_act_in_place_of_people():
    assert codes(refused(plan_scene(), "system", "begin")) == ["no_right"]


def test_an_actor_without_any_standing_is_refused_and_not_an_error():
    scene = plan_scene()
    answer = scene.act(1, Act("begin"), Actor(99))
    assert isinstance(answer, Refusal)
    assert answer.kind == "not_your_turn"


def test_reading_more_than_was_declared_is_an_error_of_the_machine():
    scene = plan_scene()
    with pytest.raises(UndeclaredFact):
        decide(
            scene.definition,
            scene.cases[1],
            Act("begin"),
            actor=actor(scene, "hoa"),
            facts=Facts(),
            now=scene.now,
            calendar=calendar(),
        )


def test_an_obligation_is_opened_by_its_movement_and_by_nobody_else():
    scene = Scene(shipped("unit_plan"), calendar(), PLAN_CAST, at("2017-10-16 08:00"), {"plans": "2017-11-15"})
    refusal = scene.open(actor(scene, "hoa"))
    assert isinstance(refusal, Refusal)
    assert refusal.kind == "not_your_turn"
    assert isinstance(scene.open(SYSTEM), Plan)


def test_a_return_brings_the_case_back_to_those_who_prepared_it():
    scene = to_review(plan_scene())
    plan = does(scene, "minh", "return", defects=DEFECTS)
    assert plan.case.state == "revise"
    assert [letter.facts["action"] for letter in plan.notices] == ["return"]


def test_sending_back_returns_to_where_the_case_came_from():
    scene = plan_scene()
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    assert does(scene, "tam", "rewrite", comment=COMMENT).case.state == "draft"
    does(scene, "hoa", "send")
    does(scene, "tam", "sign", plan=paper())
    does(scene, "hoa", "withdraw")
    does(scene, "hoa", "send")
    assert does(scene, "tam", "rewrite", comment=COMMENT).case.state == "revise"

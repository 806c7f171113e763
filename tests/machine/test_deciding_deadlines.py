"""Clocks, escalations and wakings of the unit's plan on the real calendar of 2017."""

import pytest

from tests.support.scenes import (
    COMMENT,
    DEFECTS,
    PLAN_CAST,
    READY,
    at,
    does,
    paper,
    plan_scene,
    refused,
    to_acknowledged,
    to_review,
    to_submitted,
)
from workflow.machine.walks.simulation import Cast
from workflow.values import Desk


def fired(scene, until):
    """What each fired deadline said: when it fired, the notice, the role that hears of it."""
    heard = []
    start = len(scene.entries)
    scene.advance(at(until))
    for entry, plan in scene.entries[start:]:
        heard += [(entry.now, notice.kind, notice.desks[0].role) for notice in plan.notices]
    return heard


def test_a_plan_not_started_is_reminded_then_overdue_then_told_to_the_chair_every_week():
    scene = plan_scene()
    assert scene.cases[1].due_at == at("2017-11-15 00:00")
    assert fired(scene, "2017-12-01 08:00") == [
        (at("2017-11-10 08:00"), "reminder", "unit_clerk"),
        (at("2017-11-15 08:00"), "overdue", "unit_clerk"),
        (at("2017-11-17 08:00"), "escalation", "chair"),
        (at("2017-11-24 08:00"), "escalation", "chair"),
        (at("2017-12-01 08:00"), "escalation", "chair"),
    ]


def test_a_rung_changes_nothing_but_the_version():
    scene = plan_scene()
    before = scene.cases[1]
    (plan,) = scene.advance(at("2017-11-10 08:00"))
    after = plan.case
    assert (after.version, after.acted_version, after.state) == (2, 1, "owed")
    assert (after.fields, after.done, after.due_at, after.entered_at) == (
        before.fields,
        before.done,
        before.due_at,
        before.entered_at,
    )


def test_letters_say_how_many_working_days_are_left_or_passed():
    scene = plan_scene()
    scene.advance(at("2017-11-17 08:00"))
    facts = [notice.facts for _, notice in scene.letters[1:]]
    assert [(fact.get("days_left"), fact.get("days_late"), fact["rung"]) for fact in facts] == [
        (2, None, 0),
        (None, 1, 1),
        (None, 3, 2),
    ]


def test_a_rung_that_fired_does_not_fire_again_in_the_next_state_of_the_same_clock():
    scene = plan_scene()
    scene.advance(at("2017-11-13 08:00"))
    does(scene, "hoa", "begin")
    assert scene.deadlines[1, "turn"].due_at == at("2017-11-15 08:00")
    assert scene.deadlines[1, "turn"].step == 1


def test_a_rung_that_fired_in_the_same_instant_does_not_fire_again():
    scene = plan_scene()
    scene.advance(at("2017-11-10 08:00"))
    does(scene, "hoa", "begin")
    assert scene.deadlines[1, "turn"].step == 1


def test_a_rung_does_not_fire_before_its_time():
    scene = plan_scene()
    refusal = refused(scene, "system", "due:turn")
    assert [reason.code for reason in refusal.reasons] == ["not_due"]


def test_signing_stops_the_clock_of_the_movement_and_withdrawing_starts_it_again():
    scene = to_submitted(plan_scene())
    assert scene.cases[1].due_at == at("2017-10-18 17:00")
    scene.advance(at("2017-10-17 09:00"))
    does(scene, "hoa", "withdraw")
    assert scene.cases[1].due_at == at("2017-10-24 17:00")
    does(scene, "hoa", "send")
    scene.advance(at("2017-11-13 09:00"))
    assert scene.cases[1].due_at == at("2017-10-20 17:00")


def test_the_nearer_of_two_clocks_shows_and_the_escalation_follows_the_turn():
    scene = plan_scene(begins="2017-11-14 09:00")
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    assert scene.cases[1].due_at == at("2017-11-15 00:00")
    assert scene.deadlines[1, "turn"].due_at == at("2017-11-15 08:00")
    scene.advance(at("2017-11-15 09:00"))
    assert scene.deadlines[1, "turn"].due_at == at("2017-11-20 08:00")


def test_a_returned_plan_has_five_working_days_of_its_own():
    scene = to_review(plan_scene(begins="2017-11-13 08:00"))
    does(scene, "minh", "return", defects=DEFECTS)
    assert scene.cases[1].due_at == at("2017-11-20 17:00")


def test_a_rung_whose_people_cannot_be_found_goes_to_the_administrators():
    places = {name: found for name, found in PLAN_CAST.places.items() if name != "quang"}
    scene = plan_scene(Cast(places))
    heard = fired(scene, "2017-11-17 08:00")
    assert heard[-1] == (at("2017-11-17 08:00"), "escalation", "admin")


def test_a_turn_nobody_holds_is_chased_at_the_administrators():
    places = {name: found for name, found in PLAN_CAST.places.items() if name != "hoa"}
    scene = plan_scene(Cast(places))
    assert [opened.desk for opened in scene.entries[0][1].opens] == [Desk("unit_clerk", 1)]
    assert fired(scene, "2017-11-10 08:00") == [(at("2017-11-10 08:00"), "reminder", "admin")]


def test_a_case_archives_itself_on_the_day_after_the_movement_ends():
    scene = to_acknowledged(plan_scene())
    assert scene.deadlines[1, "wake"].due_at == at("2021-01-01 00:00")
    scene.advance(at("2020-12-31 23:59"))
    assert scene.cases[1].state == "acknowledged"
    scene.advance(at("2021-01-01 00:00"))
    assert (scene.cases[1].state, scene.cases[1].outcome) == ("archived", "good")
    assert scene.entries[-1][1].action == "close"
    assert not scene.deadlines


def test_a_case_acknowledged_after_the_end_archives_itself_at_once():
    scene = to_acknowledged(plan_scene(begins="2021-02-01 08:00"))
    scene.advance(scene.now)
    assert scene.cases[1].state == "archived"


def test_waking_too_early_changes_nothing_and_sets_the_next_waking():
    scene = to_acknowledged(plan_scene())
    plan = does(scene, "system", "due:wake")
    assert (plan.case.state, plan.case.acted_version) == ("acknowledged", 6)
    assert [deadline.due_at for deadline in plan.deadlines] == [at("2021-01-01 00:00")]


def test_leaving_a_state_closes_its_turn_and_stops_its_deadlines():
    scene = to_review(plan_scene())
    plan = does(scene, "minh", "acknowledge")
    assert "turn" in plan.closes
    assert plan.stops == {"turn", "remark"}


def test_leaving_a_state_in_which_the_system_may_act_stops_its_waking():
    scene = to_acknowledged(plan_scene())
    (*_, plan) = scene.advance(at("2021-01-01 00:00"))
    assert (plan.case.state, plan.stops) == ("archived", {"wake"})


@pytest.mark.parametrize("action", ["due:turn", "due:remark", "due:wake"])
def test_a_deadline_of_a_state_already_left_is_not_open_or_does_nothing(action):
    scene = plan_scene()
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    does(scene, "tam", "rewrite", comment=COMMENT)
    if action == "due:wake":
        assert does(scene, "system", action).deadlines == ()
    else:
        assert refused(scene, "system", action).kind in {"not_open", "refused"}


def test_an_amendment_inherits_no_obligation_clock_even_after_withdrawing():
    scene = to_acknowledged(plan_scene())
    scene.advance(at("2018-03-01 08:00"))
    does(scene, "hoa", "amend", comment=COMMENT)
    assert scene.cases[2].due_at == at("2018-03-08 17:00")
    does(scene, "hoa", "send", case=2)
    does(scene, "tam", "sign", case=2, plan=paper())
    does(scene, "hoa", "withdraw", case=2)
    assert scene.cases[2].due_at == at("2018-03-08 17:00")

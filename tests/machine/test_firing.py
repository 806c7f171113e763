"""Which way an action goes: order of the file, `to: back`, staying; and that definitions reach nothing of Python."""

import hashlib
import threading

import pytest

from tests.support.scenes import (
    PLAN_CAST,
    actor,
    at,
    calendar,
    codes,
    does,
    refused,
    shipped,
    tries,
)
from workflow.machine.deciding.firing import find_alternative, machine_of
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Plan, Refusal

ORDERED = """
definition: loan
title: Mượn | Loan
basis: test
fields:
  amount: {is: money, label: Số tiền | Amount}
  note:   {is: text, label: Ghi chú | Note}
people: {clerk: unit_clerk at unit, head: unit_head at unit}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: [amount, note]}
    actions:
      send:
        - {label: Gửi | Send, requires: [amount], when: amount > 100 && times(send) == 0, to: high}
        - {requires: [amount], when: amount > 10, warn: amount < 50, to: low}
      save: {label: Lưu | Save}
      stamp:
        {label: Đóng dấu | Stamp, when: has(amount), set: {note: '"đã đóng dấu"', amount: amount + 1}, notify: head}
  high:
    label: Cao | High
    turn: {who: head}
    actions: {back: {label: Trả | Back, to: back}, again: {label: Lại | Again, to: high}}
  low:  {label: Thấp | Low, outcome: neutral}
"""


def loan():
    scene = Scene(load(ORDERED), calendar(), PLAN_CAST, at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    return scene


@pytest.mark.parametrize(("amount", "state"), [(101, "high"), (100, "low"), (11, "low")])
def test_the_first_alternative_that_holds_fires(amount, state):
    assert does(loan(), "hoa", "send", amount=amount).case.state == state


def test_the_same_action_goes_another_way_the_second_time():
    scene = loan()
    does(scene, "hoa", "send", amount=200)
    does(scene, "tam", "back")
    assert does(scene, "hoa", "send").case.state == "low"


def test_coming_into_the_same_state_again_keeps_the_way_back():
    scene = loan()
    does(scene, "hoa", "send", amount=200)
    assert does(scene, "tam", "again").opens
    assert does(scene, "tam", "back").case.state == "draft"


def test_when_no_alternative_holds_every_reason_shows():
    refusal = refused(loan(), "hoa", "send", amount=5)
    assert (refusal.kind, codes(refusal)) == ("refused", ["unmet", "unmet"])
    assert [reason.facts["code"] for reason in refusal.reasons] == [">", ">"]


def test_a_warning_does_not_hold_the_act_up():
    plan = does(loan(), "hoa", "send", amount=60)
    assert (plan.case.state, [reason.code for reason in plan.warnings]) == ("low", ["warning"])


def test_an_action_without_a_target_stays_and_keeps_the_turn():
    scene = loan()
    plan = does(scene, "hoa", "save", note="x")
    assert (plan.case.state, plan.closes, plan.opens) == ("draft", frozenset(), ())
    assert (plan.case.fields, plan.case.version) == ({"note": "x"}, 2)


def test_effects_read_the_state_before_and_happen_together():
    scene = loan()
    does(scene, "hoa", "save", amount=5)
    plan = does(scene, "hoa", "stamp")
    assert plan.case.fields == {"amount": 6, "note": "đã đóng dấu"}
    assert [(notice.kind, notice.desks[0].role) for notice in plan.notices] == [("told", "unit_head")]


def test_a_guard_over_what_is_still_to_be_given_does_not_hide_the_action():
    scene = loan()
    offered = {offer.action: offer.refusal for offer in scene.offers(1, actor(scene, "hoa"))}
    assert offered["send"] is None
    assert offered["stamp"] is None


def test_people_open_a_case_with_the_fields_they_may_edit():
    scene = Scene(load(ORDERED), calendar(), PLAN_CAST, at("2018-03-01 08:00"))
    opened = scene.open(actor(scene, "hoa"), {"amount": 7})
    assert isinstance(opened, Plan)
    assert opened.case.fields == {"amount": 7}
    assert isinstance(scene.open(actor(scene, "tam")), Refusal)
    wrong = scene.open(actor(scene, "hoa"), {"state": "low"})
    assert codes(wrong) == ["not_asked_for"]


def test_a_version_opens_new_cases_only_while_it_is_in_force():
    text = ORDERED.replace("basis: test", "basis: test\nvalid: {from: 2018-03-01, to: 2018-03-31}")
    for day, codes_expected in (("2018-02-28", ["not_in_force"]), ("2018-03-01", []), ("2018-04-01", ["not_in_force"])):
        scene = Scene(load(text), calendar(), PLAN_CAST, at(f"{day} 08:00"))
        opened = scene.open(actor(scene, "hoa"))
        assert (codes(opened) if isinstance(opened, Refusal) else []) == codes_expected


def asking(ask):
    """A loan that the head passes to a vote before it is high."""
    vote = "ask: {vote: {label: Hỏi | Ask, of: head, answers: {yes: Có | Yes, no: Không | No}, " + ask + "}}"
    text = ORDERED.replace("    turn: {who: head}\n", f"    turn: {{who: clerk}}\n    {vote}\n")
    text = text.replace("label: Lại | Again, to: high", "label: Lại | Again, when: vote.passed, to: low")
    scene = Scene(load(text), calendar(), PLAN_CAST, at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    return scene


def test_a_result_counts_answers_against_all_members():
    scene = asking("result: {passed: yes * 100 >= 80 * members && amount > 100, failed: else}")
    does(scene, "hoa", "send", amount=200)
    assert codes(refused(scene, "hoa", "again")) == ["unmet"]
    does(scene, "tam", "answer:vote", answer="yes")
    assert does(scene, "hoa", "again").case.state == "low"


def test_a_question_that_nobody_could_be_asked_is_not_passed():
    scene = asking("result: {passed: yes * 100 >= 80 * members, failed: else}")
    scene.cast = Cast({"hoa": PLAN_CAST.places["hoa"]})
    does(scene, "hoa", "send", amount=200)
    assert codes(refused(scene, "hoa", "again")) == ["unmet"]


def test_names_of_a_definition_are_never_called():
    text = ORDERED.replace("send:", "trigger:").replace("save:", "process:").replace("times(send)", "times(trigger)")
    definition = load(text)
    assert find_alternative(definition, "draft", "process", back=None, holds=lambda _: True) == (0, "draft")
    callbacks = [
        callback
        for event in machine_of(definition).events.values()
        for transitions in event.transitions.values()
        for transition in transitions
        for callback in (*transition.before, *transition.after, *(c.func for c in transition.conditions))
    ]
    assert not [callback for callback in callbacks if isinstance(callback, str)]


def test_one_machine_serves_many_threads_at_once():
    definition = shipped("unit_plan")
    states: list[str] = []

    def play() -> None:
        for _ in range(200):
            fired = find_alternative(definition, "review", "acknowledge", back="submitted", holds=lambda _: True)
            states.append(fired.state if fired else "")

    threads = [threading.Thread(target=play) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == ["acknowledged"] * 1600


def test_a_machine_is_made_once_for_a_definition():
    definition = load(ORDERED)
    assert machine_of(definition) is machine_of(definition)
    assert hashlib.sha256(definition.text.encode()).hexdigest() == definition.hash


def test_an_action_of_another_state_is_refused_and_does_not_raise():
    answer = tries(loan(), "tam", "back")
    assert isinstance(answer, Refusal)
    assert answer.kind == "not_open"

"""What guards ask of the past of a case and of who acts: `stands`, `changed`, `overdue`, `actor`."""

import pytest

from tests.support.scenes import actor, at, calendar, codes, does, refused, tries
from workflow.machine.case.codec import case_from_json, case_to_json
from workflow.machine.checking import check
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Place, Plan

LAW = """
definition: purchase
title: Mua sắm | Purchase
basis: 12/QĐ-SNV
fields:
  amount: {is: money, label: Số tiền | Amount}
  what: {is: text, label: Nội dung | What}
  contact: {is: person, label: Đầu mối | Contact}
people:
  clerk: unit_clerk at unit
  legal: unit_lawyer at unit
  head:  unit_head at unit
  chair: chair above unit
clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions:
      send:
        - {label: Trình | Send, when: 'stands(vet) && !changed(amount, vet)', to: signing, requires: [amount, what]}
        - {to: vetting, requires: [amount, what]}
      remark: {label: Sửa | Remark, when: changed(what), requires: [what]}
  vetting:
    label: Thẩm định | Vetting
    turn: {who: legal, due: 3 wd, escalate_to: chair}
    actions:
      vet: {label: Đạt | Vetted, to: signing}
      drop: {label: Bỏ | Drop, when: overdue(turn), to: dropped}
  signing:
    label: Chờ ký | Signing
    turn: {who: head, due: 3 wd, escalate_to: chair}
    actions:
      sign: {label: Ký | Sign, when: '!overdue(answer)', to: signed}
      take_over: {label: Ký thay | Sign instead, by: chair, when: 'overdue(answer) && !actor(contact)', to: signed}
      return: {label: Trả lại | Return, to: draft}
      lapse: {label: Hết hạn | Lapsed, by: system, when: overdue(turn), to: dropped}
  signed: {label: Đã ký | Signed, outcome: good}
  dropped: {label: Bỏ | Dropped, outcome: bad}
"""
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "luat": (Place("unit_lawyer", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "quang": (Place("chair", "above unit"),),
        "thu": (Place("admin", "province"),),
    }
)
HANDED_IN = {"amount": 500, "what": "Máy in"}


def law(old: str = "", new: str = "") -> Definition:
    assert old in LAW
    return load(LAW.replace(old, new))


def opened(definition: Definition) -> Scene:
    scene = Scene(definition, calendar(), CAST, at("2017-10-16 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    return scene


def to_signing(definition: Definition | None = None) -> Scene:
    scene = opened(definition or law())
    does(scene, "hoa", "send", **HANDED_IN)
    does(scene, "luat", "vet")
    return scene


def test_the_law_has_no_fault():
    assert [finding.code for finding in check(law())] == []


def test_an_approval_that_stands_is_not_asked_for_again():
    scene = to_signing()
    does(scene, "tam", "return")
    assert does(scene, "hoa", "send", what="Máy in màu").case.state == "signing"


def test_what_was_approved_is_asked_for_again_once_it_is_changed():
    scene = to_signing()
    does(scene, "tam", "return")
    assert does(scene, "hoa", "send", amount=900).case.state == "vetting"
    assert does(scene, "luat", "vet").case.state == "signing"
    does(scene, "tam", "return")
    assert does(scene, "hoa", "send", amount=900).case.state == "signing"


def test_a_value_changed_and_changed_back_is_not_changed():
    scene = to_signing()
    does(scene, "tam", "return")
    does(scene, "hoa", "remark", what="Máy ảnh", amount=900)
    assert does(scene, "hoa", "send", amount=500).case.state == "signing"


def test_an_act_stands_until_the_case_comes_back_to_where_it_is_done():
    scene = opened(law("{to: vetting, requires", "{to: vetting, when: '!stands(send)', requires"))
    does(scene, "hoa", "send", **HANDED_IN)
    assert not scene.cases[1].done["send"].fallen
    does(scene, "luat", "vet")
    does(scene, "tam", "return")
    assert not scene.cases[1].done["vet"].fallen
    assert scene.cases[1].done["send"].fallen
    does(scene, "hoa", "send", amount=700)
    assert scene.cases[1].done["vet"].fallen
    assert not scene.cases[1].done["send"].fallen


def test_whether_an_act_changes_a_field_is_seen_with_what_is_handed_in():
    scene = opened(law())
    does(scene, "hoa", "remark", what="Máy in")
    refusal = refused(scene, "hoa", "remark", what="Máy in")
    assert codes(refusal) == ["unmet"]
    assert (
        sentence(refusal.reasons[0], language="en", definition=scene.definition)
        == "A condition is not met: must hold: “What” is changed by this act."
    )
    (_, remark) = scene.offers(1, actor(scene, "hoa"))
    assert (remark.action, remark.refusal) == ("remark", None)


def test_overdue_is_a_fact_and_not_a_state():
    scene = opened(law())
    does(scene, "hoa", "send", **HANDED_IN)
    scene.advance(at("2017-10-19 16:59"))
    assert codes(refused(scene, "luat", "drop")) == ["unmet"]
    scene.advance(at("2017-10-19 17:00"))
    assert does(scene, "luat", "drop").case.state == "dropped"


def test_a_named_clock_that_was_overrun_stays_so_when_it_stands():
    scene = to_signing(law("      lapse: {label: Hết hạn | Lapsed, by: system, when: overdue(turn), to: dropped}\n"))
    assert codes(refused(scene, "quang", "take_over")) == ["unmet"]
    scene.advance(at("2017-10-24 09:00"))
    assert codes(refused(scene, "tam", "sign")) == ["unmet"]
    does(scene, "tam", "return")
    assert does(scene, "hoa", "send").case.state == "signing"
    assert does(scene, "quang", "take_over").case.state == "signed"


def test_the_system_acts_at_the_moment_at_which_the_clock_runs_out():
    scene = to_signing()
    fired = scene.advance(at("2017-10-19 16:59"))
    assert scene.cases[1].state == "signing"
    fired = scene.advance(at("2017-10-19 17:00"))
    assert (fired[-1].action, scene.cases[1].state) == ("lapse", "dropped")


@pytest.mark.parametrize(("contact", "state"), [(4, "signing"), (3, "signed")])
def test_a_guard_may_ask_who_acts(contact, state):
    scene = to_signing(law("      lapse: {label: Hết hạn | Lapsed, by: system, when: overdue(turn), to: dropped}\n"))
    does(scene, "tam", "return")
    does(scene, "hoa", "send", contact={"name": "Quang", "person": contact})
    scene.advance(at("2017-10-26 09:00"))
    tries(scene, "quang", "take_over")
    assert scene.cases[1].state == state


def test_a_guard_may_ask_whether_the_actor_holds_a_role():
    scene = opened(law("when: changed(what)", "when: actor(head)"))
    refusal = refused(scene, "hoa", "remark", what="Máy in")
    said = sentence(refusal.reasons[0], language="vi", definition=scene.definition)
    assert said == "Điều kiện chưa đạt: phải đúng: người thực hiện là “head”."


def test_what_is_remembered_survives_history_and_storage():
    scene = to_signing()
    does(scene, "tam", "return")
    case = scene.cases[1]
    assert case.done["vet"].digests
    assert case_from_json(case_to_json(case)).done == case.done
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _hash: scene.definition, entries, calendar=calendar()).done == case.done


def test_an_act_that_can_never_still_stand_is_found():
    sound = law("when: '!overdue(answer)'", "when: stands(vet)")
    assert [finding.code for finding in check(sound) if finding.severity == "error"] == []
    dead = law("when: overdue(turn), to: dropped}\n  signing", "when: stands(vet), to: dropped}\n  signing")
    assert "dead_action" in {finding.code for finding in check(dead)}


def test_a_case_whose_guards_ask_nothing_remembers_nothing():
    scene = opened(law("when: 'stands(vet) && !changed(amount, vet)'", "when: amount < 0"))
    does(scene, "hoa", "send", **HANDED_IN)
    assert "send" in scene.cases[1].done
    assert all(not done.fallen and not done.digests for done in scene.cases[1].done.values())

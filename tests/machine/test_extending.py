"""A clock is extended once, before it has run out, with an apology and a later date."""

import pytest

from tests.support.scenes import at, calendar, codes, does, paper, refused
from tests.support.small_definition import faults_of, findings_of, leave
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Place, Plan

CLOCK = "clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}"
EXTENDED = "clocks: {answer: {budget: 5 wd, starts: [send], stops: [return], extend: {prolong: newly_due}}}"
FIELDS = (
    "fields:\n",
    """fields:
  newly_due: {is: date, label: Hạn mới | New date}
  apology: {is: document, label: Thư xin lỗi | Apology}
""",
)
PROLONG = (
    "      grant:  {",
    "      prolong: {label: Gia hạn | Extend, requires: [newly_due, apology]}\n      grant:  {",
)
LAW = leave(FIELDS, (CLOCK, EXTENDED), PROLONG)
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "quang": (Place("chair", "above unit"),),
    }
)


def sent(law=LAW):
    """A leave asked for on Monday 13 November 2017, due on the 20th."""
    scene = Scene(load(law), calendar(), CAST, at("2017-11-13 09:00"), None)
    assert isinstance(scene.open(CAST.actor("hoa")), Plan)
    does(scene, "hoa", "send", reason="Việc nhà", days=1)
    assert scene.cases[1].due_at == at("2017-11-20 17:00")
    return scene


def test_an_extension_moves_the_due_date_the_inbox_and_the_escalation():
    scene = sent()
    scene.advance(at("2017-11-20 10:00"))
    plan = does(scene, "tam", "prolong", newly_due="2017-11-24", apology=paper())
    assert plan.case.due_at == at("2017-11-25 00:00")
    assert [opened.due_at for opened in plan.opens] == [at("2017-11-25 00:00")]
    assert [(deadline.name, deadline.due_at) for deadline in plan.deadlines] == [("turn", at("2017-11-23 08:00"))]
    told = len(scene.letters)
    scene.advance(at("2017-11-24 17:00"))
    assert [notice.kind for _, notice in scene.letters[told:]] == ["reminder"]
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _: scene.definition, entries, calendar=calendar()) == scene.cases[1]


@pytest.mark.parametrize(
    ("now", "given", "wanted"),
    [
        ("2017-11-20 17:01", {"newly_due": "2017-11-24", "apology": paper()}, ["extended_too_late"]),
        ("2017-11-14 09:00", {"newly_due": "2017-11-17", "apology": paper()}, ["extension_not_later"]),
        ("2017-11-14 09:00", {"apology": paper()}, ["missing"]),
        ("2017-11-14 09:00", {"newly_due": "2017-11-24"}, ["missing"]),
    ],
)
def test_an_extension_that_may_not_be_is_refused_with_the_reason(now, given, wanted):
    scene = sent()
    scene.advance(at(now))
    refusal = refused(scene, "tam", "prolong", **given)
    assert codes(refusal) == wanted
    assert all(sentence(each, language="vi", definition=scene.definition) for each in refusal.reasons)


def test_there_is_one_extension_and_its_button_says_so_afterwards():
    scene = sent()
    does(scene, "tam", "prolong", newly_due="2017-11-24", apology=paper())
    assert codes(refused(scene, "tam", "prolong", newly_due="2017-11-30", apology=paper())) == ["extended_already"]
    (offer,) = [offer for offer in scene.offers(1, CAST.actor("tam")) if offer.action == "prolong"]
    assert [reason.code for reason in offer.refusal.reasons] == ["extended_already"]


@pytest.mark.parametrize(("again", "due"), [("", "2017-11-25 00:00"), (", again: restart", "2017-11-22 17:00")])
def test_a_clock_that_stood_meanwhile_keeps_its_extension_unless_it_restarts(again, due):
    scene = sent(LAW.replace("stops: [return],", f"stops: [return]{again},"))
    does(scene, "tam", "prolong", newly_due="2017-11-24", apology=paper())
    does(scene, "tam", "return", comment="Cần nói rõ người làm thay.")
    scene.advance(at("2017-11-15 09:00"))
    assert does(scene, "hoa", "send", reason="Việc nhà", days=1).case.due_at == at(due)
    assert codes(refused(scene, "tam", "prolong", newly_due="2017-11-30", apology=paper())) == ["extended_already"]


def test_it_is_sound_and_told():
    assert [found for found in findings_of(LAW) if found.severity == "error"] == []
    assert "extended once by “Extend”, until the end of “New date”" in explain(load(LAW), language="en")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("requires: [newly_due, apology]", "requires: [newly_due]", "extension_without_apology"),
        ("requires: [newly_due, apology]", "requires: [apology]", "extension_without_date"),
        ("prolong: newly_due}", "prolonged: newly_due}", "unknown_action_near"),
        ("prolong: newly_due}", "prolong: newly}", "unknown_field_near"),
        ("prolong: newly_due}", "prolong: days}", "wrong_field_type"),
        ("extend: {prolong: newly_due}", "extend: [prolong]", "not_a_mapping"),
    ],
)
def test_what_is_wrong_with_an_extension_is_found(old, new, code):
    text = LAW.replace(old, new)
    assert code in [found.code for found in faults_of(text) or findings_of(text)]

"""What is handed in with an act: forms of values, what is missing, what nobody asked for; and the offers of a page."""

import pytest

from tests.support.scenes import (
    COMMENT,
    CONTACT,
    DEFECTS,
    READY,
    TARGETS,
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
)
from tests.support.small_definition import leave
from workflow.machine.case.field_values import normal_value
from workflow.machine.definition import Field
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Place, Plan, Text

LABEL = Text("Nhãn", "Label")


def drafting():
    scene = plan_scene()
    does(scene, "hoa", "begin")
    return scene


def field(kind, **parts):
    return Field("x", kind, LABEL, **parts)


OPTIONS = {"meeting": LABEL, "written": LABEL}
COLUMNS = {"name": Field("name", "text", LABEL), "sum": Field("sum", "money", LABEL)}
PAPER = paper()


@pytest.mark.parametrize(
    ("of", "given", "expected"),
    [
        (field("text"), "  Ke\u0302\u0301 hoa\u0323ch ", "Kế hoạch"),
        (field("long_text"), "một\r\nhai", "một\nhai"),
        (field("text"), "   ", None),
        (field("integer"), -3, -3),
        (field("money"), 1_500_000, 1_500_000),
        (field("percent"), 90, 90),
        (field("decimal"), "12.50", "12.50"),
        (field("date"), "2017-11-15", "2017-11-15"),
        (field("flag"), False, False),
        (field("choice", of=OPTIONS), "meeting", "meeting"),
        (field("unit"), 7, 7),
        (field("person"), {"name": " Hoa ", "person": 3}, {"name": "Hoa", "person": 3}),
        (
            field("nominee"),
            {"kind": "person", "name": "An", "position": "", "born_on": "1970-02-28", "unit": None},
            {"kind": "person", "name": "An", "born_on": "1970-02-28"},
        ),
        (field("document", numbered=True), PAPER, PAPER),
        (
            field("table", columns=COLUMNS),
            [{"name": "An", "sum": 5}, {"name": " ", "sum": None}, {}],
            [{"name": "An", "sum": 5}],
        ),
        (field("integer"), None, None),
        (field("table", columns=COLUMNS), [], None),
    ],
)
def test_values_are_kept_in_the_form_of_their_type(of, given, expected):
    found = normal_value(of, given)
    assert (found.value, found.fault) == (expected, None)


@pytest.mark.parametrize(
    ("of", "given", "code"),
    [
        (field("text"), "một\nhai", "one_line"),
        (field("text"), 5, "not_text"),
        (field("text"), "x" * 501, "too_long"),
        (field("text"), "a\x07b", "control_characters"),
        (field("long_text", min=20), "ngắn", "too_short"),
        (Field("comment", "long_text", LABEL), "ngắn quá", "too_short"),
        (field("integer"), "5", "not_a_number"),
        (field("integer"), True, "not_a_number"),
        (field("integer"), 2**60, "out_of_range"),
        (field("money"), -1, "out_of_range"),
        (field("percent"), 101, "out_of_range"),
        (field("decimal"), "1,5", "not_a_decimal"),
        (field("decimal"), 1, "not_a_decimal"),
        (field("decimal", min=0), "-0.5", "out_of_range"),
        (field("date"), "2017-02-30", "not_a_date"),
        (field("flag"), "yes", "not_a_flag"),
        (field("choice", of=OPTIONS), "online", "not_a_choice"),
        (field("unit"), 0, "not_a_number"),
        (field("person"), "Hoa", "not_an_object"),
        (field("person"), {"name": "Hoa", "role": "admin"}, "unknown_part"),
        (field("nominee"), {"kind": "person"}, "name_missing"),
        (field("nominee"), {"kind": "robot", "name": "R"}, "not_a_choice"),
        (field("document"), {"name": "x.pdf"}, "file_missing"),
        (field("document", numbered=True), {**PAPER, "symbol": ""}, "number_missing"),
        (field("table", columns=COLUMNS), "x", "not_a_table"),
        (field("table", columns=COLUMNS), [{"name": "An"}], "empty_cell"),
        (field("table", columns=COLUMNS), [{"name": "An", "sum": "5"}], "wrong_cell"),
        (field("table", columns=COLUMNS, min=2), [{"name": "An", "sum": 5}], "too_few_rows"),
        (field("table", columns=COLUMNS, max=1), [{"name": "An", "sum": 5}] * 2, "too_many_rows"),
    ],
)
def test_values_in_another_form_are_refused_with_the_reason(of, given, code):
    found = normal_value(of, given)
    assert found.value is None
    assert (found.fault.code, found.fault.field) == (code, of.name)


def test_everything_missing_is_said_at_once():
    refusal = refused(drafting(), "hoa", "send")
    assert (refusal.kind, codes(refusal)) == ("refused", ["missing"] * 3)
    assert [reason.field for reason in refusal.reasons] == ["targets", "launch", "contact"]


def test_a_faulty_value_is_not_missing_too():
    refusal = refused(drafting(), "hoa", "send", **{**READY, "launch": "mai"})
    assert [(reason.code, reason.field) for reason in refusal.reasons] == [("not_a_date", "launch")]


@pytest.mark.parametrize("name", ["plan", "defects", "comment", "state", "unit", "targets.0"])
def test_inputs_that_nobody_asked_for_are_refused(name):
    assert codes(refused(drafting(), "hoa", "send", **READY, **{name: "x"})) == ["not_asked_for"]


def test_fields_of_the_form_are_refused_from_those_who_may_not_edit():
    scene = to_review(plan_scene())
    assert codes(refused(scene, "minh", "acknowledge", targets=TARGETS)) == ["not_asked_for"]


def test_edits_ride_along_with_the_act():
    assert does(drafting(), "hoa", "send", **READY).case.fields == READY


def test_what_the_form_holds_need_not_be_typed_again():
    scene = to_review(plan_scene())
    does(scene, "minh", "return", defects=DEFECTS)
    assert does(scene, "hoa", "send", launch="2017-11-12").case.fields["launch"] == "2017-11-12"


def test_emptying_a_field_that_must_be_given_makes_it_missing():
    scene = to_review(plan_scene())
    does(scene, "minh", "return", defects=DEFECTS)
    assert [reason.field for reason in refused(scene, "hoa", "send", contact=None).reasons] == ["contact"]


def test_a_paper_is_signed_anew_each_time():
    scene = to_review(plan_scene())
    does(scene, "minh", "return", defects=DEFECTS)
    does(scene, "hoa", "send")
    assert [reason.field for reason in refused(scene, "tam", "sign").reasons] == ["plan"]


def test_a_comment_belongs_to_its_act_and_not_to_the_form():
    scene = drafting()
    does(scene, "hoa", "send", **READY)
    plan = does(scene, "tam", "rewrite", comment=COMMENT)
    assert plan.inputs == {"comment": COMMENT}
    assert "comment" not in plan.case.fields


def test_listed_fields_that_change_are_told_to_the_index():
    scene = drafting()
    assert does(scene, "hoa", "send", **READY).listed == {}
    assert does(scene, "tam", "sign", plan=PAPER).listed == {"plan": "12/KH-UBND"}


def test_offers_show_what_is_open_with_what_must_be_given():
    scene = drafting()
    (send,) = scene.offers(1, actor(scene, "hoa"))
    assert (send.action, send.refusal, send.to) == ("send", None, "signing")
    assert send.requires == ("targets", "launch", "contact")
    assert send.edits == ("targets", "launch", "contact")


def test_offers_show_what_is_refused_with_who_could_act():
    scene = drafting()
    (send,) = scene.offers(1, actor(scene, "tam"))
    assert send.refusal.kind == "not_your_turn"
    assert send.refusal.could_act[0].holders == (scene.cast.id_of("hoa"),)


def test_what_the_system_and_links_take_is_not_offered():
    scene = to_acknowledged(plan_scene())
    assert [offer.action for offer in scene.offers(1, actor(scene, "hoa"))] == ["amend"]


def test_everything_of_the_form_does_not_mean_what_others_hand_in():
    scene = plan_scene()
    does(scene, "hoa", "begin")
    (send,) = scene.offers(1, actor(scene, "hoa"))
    assert not {"plan", "defects"} & set(send.edits)
    assert set(send.edits) < set(shipped("unit_plan").fields)


def test_a_contact_is_a_name_that_may_have_no_account():
    plan = does(drafting(), "hoa", "send", **READY)
    assert plan.case.fields["contact"] == CONTACT


def test_a_field_that_is_only_handed_in_with_an_act_cannot_be_emptied_by_it():
    """One alternative asks for `days`, the other fires where it is left empty: what was filled in before stands."""
    text = leave(
        (
            "return: {label: Trả lại | Return, to: draft, requires: [comment]}",
            "return: [{label: Sửa | Correct, to: granted, requires: [days], when: has(days) && days > 9}, {to: draft}]",
        )
    )
    cast = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
    scene = Scene(load(text), calendar(), cast, at("2017-11-13 09:00"))
    assert isinstance(scene.open(scene.cast.actor("hoa")), Plan)
    does(scene, "hoa", "send", reason="Việc nhà", days=3)
    plan = does(scene, "tam", "return", days=None)
    assert (plan.case.state, plan.case.fields["days"], plan.inputs) == ("draft", 3, {})
    emptied = does(scene, "hoa", "send", reason="Việc nhà", days=2, until=None)
    assert emptied.case.fields["days"] == 2

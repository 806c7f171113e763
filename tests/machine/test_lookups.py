"""People whom a param names for the case: approvers looked up by cost centre and level, and by what layers set."""

import pytest

from tests.support.scenes import at, calendar, does, refused
from tests.support.small_definition import faults_of, findings_of
from workflow.machine.case import pinned
from workflow.machine.case.parameters import unusable
from workflow.machine.deciding import needs
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.drawing.diagram import draw
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Act, Desk, Figure, Place, Plan

LAW = """\
definition: spending
title: Đề nghị chi | Request to spend
basis: Quy chế chi tiêu
fields:
  what:   {is: text, label: Việc chi | What for}
  centre: {is: choice, of: {it: CNTT | IT, hr: Nhân sự | HR}, label: Đầu mối | Cost centre}
  level:  {is: choice, of: {small: Nhỏ | Small, large: Lớn | Large}, label: Mức | Level}
params:
  approvers:
    is: people
    by: [centre, level]
    values: {it: {small: it_head, large: chair}, hr: {large: chair}}
    else: hr_head
    source: Quy chế
people:
  clerk:    unit_clerk at unit
  it_head:  it_head at unit
  hr_head:  hr_head at unit
  chair:    chair above unit
  approver: by approvers else chair
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions: {send: {label: Trình | Send, to: asked, requires: [what, centre, level]}}
  asked:
    label: Chờ duyệt | Asked
    turn: {who: approver, due: 3 wd, escalate_to: chair}
    actions:
      grant: {label: Duyệt | Grant, to: granted}
      pass:  {label: Chuyển mức | Pass on, requires: [level]}
  granted: {label: Được chi | Granted, outcome: good}
"""
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "binh": (Place("it_head", "unit"),),
        "thu": (Place("hr_head", "unit"),),
        "quang": (Place("chair", "above unit"),),
    }
)


def asked(centre, level, *, cast=CAST, figures=()):
    scene = Scene(load(LAW), calendar(), cast, at("2017-11-13 09:00"), None, figures=tuple(figures))
    assert isinstance(scene.open(cast.actor("hoa")), Plan)
    return scene, does(scene, "hoa", "send", what="Máy tính", centre=centre, level=level)


def roles(plan):
    return [opened.desk.role for opened in plan.opens]


@pytest.mark.parametrize(
    ("centre", "level", "who", "role"),
    [("it", "small", "binh", "it_head"), ("it", "large", "quang", "chair"), ("hr", "small", "thu", "hr_head")],
)
def test_the_turn_goes_to_whom_the_param_names_for_the_case(centre, level, who, role):
    scene, sent = asked(centre, level)
    assert roles(sent) == [role]
    for other in {"binh", "quang", "thu"} - {who}:
        refusal = refused(scene, other, "grant")
        assert (refusal.kind, [seat.desk.role for seat in refusal.could_act]) == ("not_your_turn", [role])
    does(scene, who, "grant")
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _: scene.definition, entries, calendar=calendar()) == scene.cases[1]


def test_where_nobody_is_there_the_stand_in_is_asked():
    empty = Cast({**CAST.places, "binh": ()})
    _, sent = asked("it", "small", cast=empty)
    assert roles(sent) == ["chair"]


def test_a_field_that_changes_moves_the_turn_and_nobody_moves_it_to_themselves():
    scene, _ = asked("it", "small")
    # The one who will have the turn afterwards has no right to bring that about.
    assert refused(scene, "quang", "pass", level="large").kind == "not_your_turn"
    passed = does(scene, "binh", "pass", level="large")
    assert (passed.closes, roles(passed)) == (frozenset({"turn"}), ["chair"])
    assert refused(scene, "binh", "grant").kind == "not_your_turn"
    assert does(scene, "quang", "grant").desk == Desk("chair", passed.opens[0].desk.unit)


def test_a_layer_may_name_other_people_of_the_definition():
    province = Figure("province", "approvers", ("it", "small"), "hr_head", "QĐ tỉnh")
    assert roles(asked("it", "small", figures=[province])[1]) == ["hr_head"]
    wrong = Figure("province", "approvers", ("it", "small"), "boss", "QĐ tỉnh")
    assert unusable(load(LAW), wrong).code == "not_a_choice"
    assert unusable(load(LAW), wrong._replace(value="approver")).code == "not_a_choice"
    assert pinned(load(LAW), [wrong]) == {}


def test_only_those_whom_the_figures_of_the_case_may_name_are_looked_for():
    set_for_all = [Figure("province", "approvers", (), "it_head", "QĐ 9")]
    for figures, named in (((), {"it_head", "hr_head", "chair"}), (set_for_all, {"it_head", "chair"})):
        scene, _ = asked("it", "small", figures=figures)
        wanted = needs(scene.definition, scene.cases[1], Act("pass"))
        assert {place.role for place in wanted.places} == named


def test_the_escalation_reaches_whom_the_param_names():
    scene, _ = asked("it", "small")
    scene.advance(at("2017-11-20 08:00"))
    assert [notice.desks[0].role for _, notice in scene.letters if notice.kind == "overdue"] == ["it_head"]


def test_it_is_sound():
    assert findings_of(LAW) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("small: it_head,", "small: it_hed,", "unknown_people_near"),
        ("    else: hr_head\n", "    else: approver\n", "unknown_people"),
        ("by approvers else chair", "by approver else chair", "unknown_param_near"),
        ("is: people\n", "is: text\n", "wrong_field_type"),
        ("    else: hr_head\n", "", "people_without_else"),
        ("by approvers", "by the approvers", "not_people"),
        ("by: [centre, level]", "by: [center, level]", "unknown_key_field"),
        ("chair above unit\n", "chair above unit else skip\n", "empty_last_step"),
    ],
)
def test_what_is_wrong_with_a_lookup_is_found(old, new, code):
    assert LAW.count(old) == 1
    text = LAW.replace(old, new)
    assert code in [found.code for found in faults_of(text) or findings_of(text)]


def test_drawing_and_telling_say_whom_it_may_name():
    definition = load(LAW)
    assert "Waits for: it_head / chair / hr_head" in draw(definition, language="en")
    assert "looked up in “approvers”" in explain(definition, language="en")

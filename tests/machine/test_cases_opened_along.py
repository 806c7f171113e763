"""What an act opens: under another definition, by a case that is moved along, for people of the unit it came from."""

import pytest

from tests.support.linked_definitions import PART, PLAN
from tests.support.scenes import actor, at, calendar, codes, does, refused
from workflow.machine.checking import check, check_family
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Act, Place, Plan

CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "link:part_of"),)})


def scene_of(plan=PLAN, part=PART):
    laws = {name: load(text) for name, text in (("plan", plan), ("part", part))}
    scene = Scene(laws["plan"], calendar(), CAST, at("2017-10-16 08:00"), family={"part": laws["part"]})
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "fill", steps=2)
    return scene


def test_the_two_have_no_fault():
    laws = {"plan": load(PLAN), "part": load(PART)}
    said = [finding.sentence("en") for law in laws.values() for finding in check(law) if finding.severity == "error"]
    said += [one.sentence("en") for found in check_family(laws).values() for one in found if one.severity == "error"]
    assert said == []


def test_a_part_opens_when_the_one_before_it_closes_and_the_last_ends_the_whole():
    scene = scene_of()
    does(scene, "hoa", "first")
    assert [case.state for case in scene.cases.values()] == ["running", "doing"]
    does(scene, "tam", "finish", case=2)
    assert [case.state for case in scene.cases.values()] == ["running", "done", "doing"]
    does(scene, "tam", "finish", case=3)
    assert [case.state for case in scene.cases.values()] == ["done", "done", "done"]


def test_a_second_part_does_not_open_while_the_first_is_on_its_way():
    scene = scene_of()
    does(scene, "hoa", "first")
    assert codes(refused(scene, "hoa", "first")) == ["already_open"]


@pytest.mark.parametrize(
    ("copy", "field", "fields"),
    [
        ("all", "steps: {is: text", {}),
        ("all", "steps: {is: integer", {"steps": 2}),
        ("all", "other: {is: integer", {}),
        ("{count: steps}", "count: {is: integer", {"count": 2}),
    ],
)
def test_of_a_copy_the_other_form_takes_what_it_has_by_its_own_names(copy, field, fields):
    scene = scene_of(PLAN.replace("copy: all", f"copy: {copy}"), PART.replace("steps: {is: text", field))
    does(scene, "hoa", "first")
    assert dict(scene.cases[2].fields) == fields


def test_history_replays_with_the_case_that_opened_it():
    scene = scene_of()
    does(scene, "hoa", "first")
    does(scene, "tam", "finish", case=2)
    laws = {law.hash: law for law in (scene.definition, *scene.family.values())}
    assert len(scene.cases) > 1
    for number, case in scene.cases.items():
        own = [(one, plan) for one, plan in scene.entries if one.identity.id == number]
        entries = [entry_from_json(entry_to_json(one, plan)) for one, plan in own]
        assert fold(laws.__getitem__, entries, calendar=calendar()) == case


def test_people_at_a_link_are_those_of_the_unit_it_came_from():
    scene = scene_of()
    does(scene, "hoa", "first")
    (turn,) = scene.entries[-2][1].opens
    assert turn.desk.role == "unit_head"
    assert scene.act(2, Act("finish"), actor(scene, "hoa")).kind == "not_your_turn"


@pytest.mark.parametrize(
    ("plan", "part", "code"),
    [
        (PLAN.replace("copy: all, at: doing", "copy: all, at: nowhere"), PART, "opened_state_unknown"),
        (PLAN.replace("copy: all", "copy: [steps]"), PART, "opened_field_unknown"),
        (PLAN.replace("copy: all", "copy: {many: steps}"), PART, "opened_field_unknown"),
    ],
)
def test_what_is_opened_elsewhere_must_have_a_place_and_fields_for_it(plan, part, code):
    found = check_family({"plan": load(plan), "part": load(part)})
    assert code in [finding.code for finding in found["plan"]]


def test_an_act_through_a_link_moves_nobody_in_turn():
    text = PART.replace("finish: {label: Xong | Finish,", "finish: {by: link,")
    assert "link_moves_on" in [finding.code for finding in check(load(text))]


def test_within_one_definition_a_copy_bears_the_same_name():
    opens = "definition: part, as: part_of, copy: all, at: doing"
    text = PLAN.replace(opens, "as: more, copy: {steps: steps}, at: running")
    assert "copied_by_other_names" in [finding.code for finding in check(load(text))]

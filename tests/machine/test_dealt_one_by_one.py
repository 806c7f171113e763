"""A list that is dealt with one by one: who takes the act goes along, the others stay; else all go or none does."""

import pytest

from tests.support.linked_definitions import BATCH, LISTED_NAME
from tests.support.scenes import actor, at, calendar, codes, does, refused
from workflow.machine.checking import check, check_family
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Place, Plan

CAST = Cast({"lan": (Place("award_officer", "unit"),)})


def scene_of(*years, law=BATCH):
    scene = Scene(load(law), calendar(), CAST, at("2017-10-16 08:00"), family={"name": load(LISTED_NAME)})
    for count in years:
        assert isinstance(scene.open(actor(scene, "lan"), definition="name"), Plan)
        does(scene, "lan", "fill", case=len(scene.cases), years=count)
    assert isinstance(scene.open(actor(scene, "lan")), Plan)
    does(scene, "lan", "put", case=len(scene.cases), names=[f"name-{n + 1}" for n in range(len(years))])
    return scene


def states(scene):
    return [case.state for case in scene.cases.values()]


def test_who_takes_the_act_goes_along_and_the_others_stay_and_are_named():
    scene = scene_of(5, 1, 9)
    does(scene, "lan", "suspend", case=1)
    plan = does(scene, "lan", "decide", case=4)
    assert states(scene) == ["ready", "listed", "awarded", "done"]
    assert [(reason.code, reason.facts["case"]) for reason in plan.warnings] == [("left", "name-1"), ("left", "name-2")]
    for language in ("vi", "en"):
        assert "name-1" in sentence(plan.warnings[0], language=language, definition=scene.definition)


def test_where_nobody_takes_it_the_act_is_refused_with_why():
    scene = scene_of(1, 2)
    assert codes(refused(scene, "lan", "decide", case=3)) == ["linked_refuses", "unmet"] * 2
    assert states(scene) == ["listed", "listed", "closed"]


def test_an_empty_list_holds_nothing_up():
    scene = scene_of()
    assert does(scene, "lan", "decide").case.state == "done"


def test_else_one_that_refuses_stops_them_all():
    scene = scene_of(5, 1, law=BATCH.replace("order: one", "order: all"))
    assert codes(refused(scene, "lan", "decide", case=3)) == ["linked_refuses", "unmet"]
    assert states(scene) == ["listed", "listed", "closed"]


def test_history_replays():
    scene = scene_of(5, 1)
    does(scene, "lan", "decide", case=3)
    laws = {law.hash: law for law in (scene.definition, *scene.family.values())}
    assert len(scene.cases) > 1
    for number, case in scene.cases.items():
        own = [(one, plan) for one, plan in scene.entries if one.identity.id == number]
        entries = [entry_from_json(entry_to_json(one, plan)) for one, plan in own]
        assert fold(laws.__getitem__, entries, calendar=calendar()) == case


@pytest.mark.parametrize(("order", "codes_found"), [("one", []), ("all", ["holder_blocked"])])
def test_a_case_that_may_never_take_the_act_blocks_only_a_list_that_goes_together(order, codes_found):
    stubborn = LISTED_NAME.replace(
        "suspend: {label: Tạm dừng | Suspend, to: ready}", "keep: {label: Giữ | Keep, to: kept}"
    )
    stubborn = stubborn.replace("  dropped:", "  kept: {label: Giữ | Kept, outcome: neutral}\n  dropped:")
    laws = {"batch": load(BATCH.replace("order: one", f"order: {order}")), "name": load(stubborn)}
    assert [finding.code for law in laws.values() for finding in check(law) if finding.severity == "error"] == []
    found = [one.code for name in laws for one in check_family(laws)[name] if one.severity == "error"]
    assert found == codes_found

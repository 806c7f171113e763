"""An act that opens two cases of which the second is refused by its own law: nothing of the act stands."""

from copy import copy

import pytest

from tests.support.batch_definitions import HEAVY, batches
from tests.support.scenes import actor, at, calendar, codes, does, refused
from workflow.machine.checking import check, check_family
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Place, Plan

CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
FIRST, SECOND = 1, 2
"""The items on the list of the batch."""
BATCH = 3


@pytest.fixture
def scene():
    """A batch with two light items."""
    laws = batches()
    stage = Scene(laws["batch"], calendar(), CAST, at("2017-10-16 08:00"), family=laws)
    clerk = actor(stage, "hoa")
    for item in (FIRST, SECOND):
        assert isinstance(stage.open(clerk, definition="item"), Plan)
        does(stage, "hoa", "weigh", case=item, weight=1)
    assert isinstance(stage.open(clerk), Plan)
    return stage


def ships(scene):
    does(scene, "hoa", "ship", case=BATCH, items=["item-1", "item-2"])


def standing(scene):
    """Everything that a scene holds but its clock, its people and its laws."""
    held = ("cases", "links", "deadlines", "letters", "entries", "ballots", "places")
    return {name: copy(getattr(scene, name)) for name in held}


def test_the_family_has_no_fault():
    laws = batches()
    findings = [finding for law in laws.values() for finding in check(law)]
    findings += [finding for of_law in check_family(laws).values() for finding in of_law]
    assert len(laws) == 4
    assert [finding.sentence("en") for finding in findings if finding.severity == "error"] == []


def test_an_act_opens_a_case_from_each_that_it_moves(scene):
    ships(scene)
    assert [case.state for case in scene.cases.values()] == ["released", "released", "shipped", "written", "written"]
    assert [link for link in scene.links if link[1] == "slip_of"] == [(4, "slip_of", FIRST), (5, "slip_of", SECOND)]


@pytest.mark.parametrize("heavy", [FIRST, SECOND])
def test_one_refused_opening_of_two_leaves_nothing_standing(scene, heavy):
    does(scene, "hoa", "weigh", case=heavy, weight=HEAVY)
    before = standing(scene)
    refusal = refused(scene, "hoa", "ship", case=BATCH, items=["item-1", "item-2"])
    assert codes(refusal) == ["cannot_open", "unmet"]
    assert standing(scene) == before


def test_after_a_refusal_the_next_cases_are_numbered_without_a_gap(scene):
    does(scene, "hoa", "weigh", case=SECOND, weight=HEAVY)
    refused(scene, "hoa", "ship", case=BATCH, items=["item-1", "item-2"])
    does(scene, "hoa", "weigh", case=SECOND, weight=1)
    ships(scene)
    assert [case.code for case in scene.cases.values()][-2:] == ["slip-4", "slip-5"]

"""A scene hands over facts as the record would: what was asked for, linked cases in the order of their ids."""

import pytest

from tests.support.batch_definitions import batches
from tests.support.scenes import MOVEMENT, actor, at, calendar, does
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Place, Plan

CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
SLIPS = (4, 5)


@pytest.fixture
def scene():
    """Two signed slips, opened in a movement."""
    laws = batches()
    stage = Scene(laws["batch"], calendar(), CAST, at("2017-10-16 08:00"), MOVEMENT, family=laws)
    for item in (1, 2):
        assert isinstance(stage.open(actor(stage, "hoa"), definition="item"), Plan)
        does(stage, "hoa", "weigh", case=item, weight=1)
    assert isinstance(stage.open(actor(stage, "hoa")), Plan)
    does(stage, "hoa", "ship", case=3, items=["item-1", "item-2"])
    for slip in SLIPS:
        does(stage, "tam", "sign", case=slip)
    return stage


def test_an_opening_that_reads_no_date_of_the_movement_is_handed_none(scene):
    assert [entry.facts.movement for entry, _ in scene.entries if entry.act.action == "open"] == [None] * 5


def test_linked_cases_come_in_the_order_of_their_ids_whatever_order_they_were_put_in(scene):
    assert isinstance(scene.open(actor(scene, "hoa"), definition="pool"), Plan)
    does(scene, "hoa", "put", case=6, slips=["slip-5", "slip-4"])
    does(scene, "hoa", "again", case=6, comment="Ghi thiếu một phiếu, làm lại.")
    again = next(entry for entry, _ in reversed(scene.entries) if entry.act.action == "again")
    assert [linked.case.id for linked in again.facts.links["slips"]] == [*SLIPS]


def test_no_unit_is_said_to_be_below_that_no_case_asked_for_is_of(scene):
    shipped = next(entry for entry, _ in scene.entries if entry.act.action == "ship")
    assert len(shipped.facts.cases) == 2
    assert shipped.facts.below == frozenset()

"""Who hears of an act: one letter to each, and the one that asks for something goes before the one that only tells."""

from tests.support.scenes import at, calendar, does
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Place, Plan

LAW = """\
definition: trip
title: Đi công tác | Trip
basis: Quy chế
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
  voter: council_member at province
  chair: chair above unit
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    actions: {send: {label: Trình | Send, to: asked, notify: [head, voter, chair]}}
  asked:
    label: Chờ duyệt | Asked
    turn: {who: head, due: 3 wd, escalate_to: chair}
    ask: {view: {label: Ý kiến | View, of: voter, due: 1 wd, answers: {fine: Được | Fine, poor: Chưa được | Poor}}}
    actions: {grant: {label: Duyệt | Grant, to: granted}}
  granted: {label: Được đi | Granted, outcome: good}
"""
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "binh": (Place("unit_head", "unit"),),
        "thu": (Place("council_member", "province"), Place("chair", "above unit")),
        "quang": (Place("chair", "above unit"),),
    }
)


def test_whoever_is_asked_or_has_the_turn_is_not_told_besides():
    scene = Scene(load(LAW), calendar(), CAST, at("2017-11-13 09:00"), None)
    assert isinstance(scene.open(CAST.actor("hoa")), Plan)
    notices = does(scene, "hoa", "send").notices
    assert [[desk.role for desk in notice.desks] for notice in notices if notice.kind == "turn"] == [["unit_head"]]
    assert [notice.people for notice in notices if notice.kind == "ask"] == [(CAST.id_of("thu"),)]
    told = [notice for notice in notices if notice.kind == "told"]
    assert {desk.role for notice in told for desk in notice.desks} == {"council_member", "chair"}
    assert all(CAST.id_of("thu") in notice.excluded for notice in told)

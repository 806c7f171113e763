"""Quotas and things that may not happen twice: places are taken, given back, never held by two, however many ask."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import workflow
from tests.support.scenes import actor, at, calendar, codes, does, refused
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.machine.checking import check
from workflow.machine.deciding import needs
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.definition import DefinitionFaults
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Act, Place, Plan, Refusal

LAW = """
definition: award
title: Khen thưởng | Award
basis: 12/QĐ-SNV
fields:
  whom:  {is: nominee, label: Ai | Whom}
  kind:  {is: choice, of: {paper: Giấy khen | Paper, medal: Huân chương | Medal}, label: Loại | Kind}
params: {quota: {is: integer, by: [kind], values: {medal: 1}, else: 5, source: test}}
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
reserves:
  places: {by: [kind, unit], most: quota}
  once:   {by: [whom, kind], most: 1}
members: {batch: {of: award, in: asked}}
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: [kind, batch]}
    actions:
      send: {label: Trình | Send, to: asked, requires: [whom, kind], reserve: once}
      grant_all: {label: Khen cả | Grant all, each: {batch: granted}}
  asked:
    label: Chờ | Asked
    turn: {who: head, due: 3 wd, escalate_to: clerk}
    actions:
      grant: {label: Khen | Grant, to: granted, reserve: places}
      granted: {label: Khen theo | Granted along, by: link, to: granted, reserve: places}
      refuse: {label: Không | Refuse, to: refused}
      return: {label: Trả lại | Return, to: draft, release: once}
  granted:
    label: Đã khen | Granted
    outcome: good
    actions:
      revoke: {label: Thu hồi | Revoke, by: head, to: refused}
      spare: {label: Nhường chỗ | Make room, by: head, release: places}
  refused: {label: Không khen | Refused, outcome: bad}
"""
CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
NOW = at("2017-10-16 08:00")


def someone(number, **more):
    return {"kind": "person", "name": f"Nguyễn Văn {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]}", **more}


def scene_of(count, kind="paper", *, send=True):
    scene = Scene(load(LAW), calendar(), CAST, NOW)
    for number in range(count):
        assert isinstance(scene.open(actor(scene, "hoa")), Plan)
        if send:
            does(scene, "hoa", "send", case=number + 1, whom=someone(number), kind=kind)
    return scene


def test_the_law_has_no_fault():
    assert [finding.code for finding in check(load(LAW)) if finding.severity == "error"] == []


def test_a_quota_gives_out_so_many_places_and_then_says_so():
    scene = scene_of(6)
    for case in range(1, 6):
        assert [place.number for place in does(scene, "tam", "grant", case=case).reserves] == [case]
    refusal = refused(scene, "tam", "grant", case=6)
    assert (refusal.kind, codes(refusal)) == ("refused", ["none_left"])
    for language in ("vi", "en"):
        assert "5" in sentence(refusal.reasons[0], language=language, definition=scene.definition)


def offered(scene, who, action, *, case):
    return next(offer for offer in scene.offers(case, actor(scene, who)) if offer.action == action)


def test_that_no_place_is_left_shows_before_the_act():
    scene = scene_of(2, "medal")
    assert offered(scene, "tam", "grant", case=2).refusal is None
    does(scene, "tam", "grant", case=1)
    refusal = offered(scene, "tam", "grant", case=2).refusal
    assert (refusal.kind, codes(refusal)) == ("refused", ["none_left"])
    assert offered(scene, "tam", "refuse", case=2).refusal is None


def test_an_offer_is_left_open_where_the_act_itself_says_which_place():
    scene = scene_of(2, send=False)
    does(scene, "hoa", "send", case=1, whom=someone(0), kind="paper")
    assert offered(scene, "hoa", "send", case=2).refusal is None


def test_what_the_system_does_by_itself_takes_places_too():
    text = LAW.replace(
        "      refuse: {label",
        "      lapse: {by: system, when: overdue(turn), to: granted, reserve: places}\n      refuse: {label",
    )
    scene = Scene(load(text), calendar(), CAST, NOW)
    for number in (1, 2):
        assert isinstance(scene.open(actor(scene, "hoa")), Plan)
        does(scene, "hoa", "send", case=number, whom=someone(number), kind="medal")
    scene.advance(at("2017-10-25 08:00"))
    assert [case.state for case in scene.cases.values()] == ["granted", "asked"]
    does(scene, "tam", "spare", case=1)
    scene.advance(at("2017-10-26 08:00"))
    assert [case.state for case in scene.cases.values()] == ["granted", "granted"]


def test_each_key_has_its_own_places_and_a_param_says_how_many():
    scene = scene_of(2, "medal")
    does(scene, "tam", "grant", case=1)
    assert codes(refused(scene, "tam", "grant", case=2)) == ["none_left"]
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "send", case=3, whom=someone(7), kind="paper")
    assert does(scene, "tam", "grant", case=3).case.state == "granted"


@pytest.mark.parametrize(("action", "state"), [("revoke", "refused"), ("spare", "granted")])
def test_a_place_comes_free_by_release_or_by_an_end_that_is_not_good(action, state):
    scene = scene_of(2, "medal")
    does(scene, "tam", "grant", case=1)
    assert does(scene, "tam", action, case=1).case.state == state
    assert does(scene, "tam", "grant", case=2).case.state == "granted"


def test_the_same_subject_is_not_put_forward_twice_however_the_name_is_written():
    scene = scene_of(2, send=False)
    does(scene, "hoa", "send", case=1, whom={"kind": "person", "name": "Nguyễn Văn An"}, kind="paper")
    again = {"kind": "person", "name": "NGUYỄN VĂN AN", "position": "Trưởng phòng"}
    assert codes(refused(scene, "hoa", "send", case=2, whom=again, kind="paper")) == ["none_left"]
    assert does(scene, "hoa", "send", case=2, whom=again, kind="medal").case.state == "asked"


def test_a_case_that_asks_again_keeps_its_place_or_changes_it():
    scene = scene_of(2, send=False)
    first, second = someone(0), someone(1)
    does(scene, "hoa", "send", case=1, whom=first, kind="paper")
    does(scene, "tam", "return", case=1)
    does(scene, "hoa", "send", case=1, whom=first, kind="paper")
    assert len(scene.places) == 1
    does(scene, "tam", "return", case=1)
    does(scene, "hoa", "send", case=1, whom=second, kind="paper")
    assert does(scene, "hoa", "send", case=2, whom=first, kind="paper").case.state == "asked"


def test_cases_moved_along_take_different_places_all_or_none():
    scene = scene_of(7)
    does(scene, "tam", "grant", case=1)
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    batch = [f"award-{case}" for case in range(2, 8)]
    refusal = refused(scene, "hoa", "grant_all", case=8, batch=batch)
    assert codes(refusal) == ["linked_refuses", "none_left"]
    plan = does(scene, "hoa", "grant_all", case=8, batch=batch[:4])
    assert [place.number for move in plan.moves for place in move.reserves] == [2, 3, 4, 5]


def test_only_acts_that_reserve_need_limits_and_history_replays():
    scene = scene_of(2)
    does(scene, "tam", "grant", case=1)
    assert not needs(scene.definition, scene.cases[2], Act("refuse")).limits
    assert len(needs(scene.definition, scene.cases[2], Act("grant")).limits) == 1
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries if entry.identity.id == 1]
    assert fold(lambda _hash: scene.definition, entries, calendar=calendar()) == scene.cases[1]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("reserve: places}\n      granted", "reserve: place}\n      granted", "unknown_reserve_near"),
        ("by: [kind, unit]", "by: [sort, unit]", "unknown_field"),
        ("most: quota", "most: quotas", "unknown_param_near"),
        ("requires: [whom, kind], ", "requires: [whom], ", "reserve_maybe_empty"),
    ],
)
def test_what_is_wrong_with_a_reserve_is_found(old, new, code):
    assert old in LAW
    assert code in {finding.code for finding in check(load(LAW.replace(old, new)))}


@pytest.mark.parametrize("most", ["0", "10001"])
def test_there_is_a_sensible_number_of_places(most):
    with pytest.raises(DefinitionFaults) as caught:
        load(LAW.replace("most: quota", f"most: {most}"))
    assert [fault.code for fault in caught.value.faults] == ["not_places"]


def test_twenty_at_once_for_five_places_give_five_and_fifteen_clear_refusals(database_url):
    with workflow.open_engine(database_url) as engine:
        engine.publish(LAW, now=NOW)
        engine.add_unit("U", "Tỉnh", now=NOW)
        for name, role in (("hoa", "unit_clerk"), ("tam", "unit_head")):
            engine.add_person(name, name.title(), now=NOW)
            engine.grant(name, role, at="U", now=NOW)
        waiting = []
        for number in range(20):
            code = engine.open_case("award", unit="U", by="hoa", now=NOW).case.code
            engine.act(code, "send", by="hoa", now=NOW, inputs={"whom": someone(number), "kind": "paper"})
            waiting.append(code)
        with ThreadPoolExecutor(20) as crowd:
            answers = list(crowd.map(lambda code: engine.act(code, "grant", by="tam", now=NOW), waiting))
        refusals = [answer for answer in answers if isinstance(answer, Refusal)]
        assert (len(answers) - len(refusals), len(refusals)) == (5, 15)
        assert {code for refusal in refusals for code in codes(refusal)} == {"none_left"}
        granted = next(answer.case.code for answer in answers if not isinstance(answer, Refusal))
        engine.act(granted, "revoke", by="tam", now=NOW)
        freed = next(code for code, answer in zip(waiting, answers, strict=True) if isinstance(answer, Refusal))
        assert engine.act(freed, "grant", by="tam", now=NOW).case.state == "granted"
        with engine.database.reading() as tx:
            law_of = {definition.hash: definition for definition in [publishing.current(tx, "award")]}
            assert list(audits.refold(tx, definition_of=law_of.__getitem__, calendar=calendar())) == []

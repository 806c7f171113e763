"""Whose of a desk a turn is: taken, given back, handed out, found by load or by name; on both databases."""

import pytest

import workflow
from tests.support.scenes import actor, at, calendar, codes, does, refused, tries
from workflow.audit import audits
from workflow.cases import act_in, assignments
from workflow.definitions import publishing
from workflow.machine.checking import check
from workflow.machine.deciding import needs
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.organisation import people
from workflow.values import ASSIGN, CLAIM, RELEASE, Act, Place, Plan, Refusal

LAW = """
definition: request
title: Đề nghị | Request
basis: 12/QĐ-SNV
fields:
  contact: {is: person, label: Đầu mối | Contact}
people:
  clerk:   unit_clerk at unit
  officer: unit_officer at unit
  head:    unit_head at unit
separate: [[send, grant]]
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions: {send: {label: Trình | Send, to: asked}}
  asked:
    label: Chờ xử lý | Asked
    turn: {who: officer, due: 3 wd, escalate_to: headPICK}
    actions:
      grant: {label: Đồng ý | Grant, to: granted}
      return: {label: Trả lại | Return, to: draft}
      note: {label: Ghi chú | Note, by: head}
  granted: {label: Xong | Granted, outcome: good}
"""
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "an": (Place("unit_officer", "unit"),),
        "binh": (Place("unit_officer", "unit"),),
        "chi": (Place("unit_officer", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "quang": (Place("chair", "above unit"),),
        "thu": (Place("admin", "province"),),
        "kien": (),
    },
    {"kien": (("an", "KT"),)},
)
AN, BINH, CHI = (CAST.id_of(name) for name in ("an", "binh", "chi"))
NOW = at("2017-10-16 08:00")


def law(pick=""):
    return load(LAW.replace("PICK", pick))


def asked(pick="", *, cast=CAST, cases=1, **fields):
    scene = Scene(law(pick), calendar(), cast, NOW)
    for case in range(1, cases + 1):
        assert isinstance(scene.open(actor(scene, "hoa")), Plan)
        does(scene, "hoa", "send", case=case, **fields)
    return scene


def waiting(scene, case=1):
    """Who has the turn by name, in the last Plan that opened it."""
    plans = [plan for entry, plan in scene.entries if entry.identity.id == case and plan.opens]
    return [(opened.desk.role, opened.person) for opened in plans[-1].opens]


@pytest.mark.parametrize("pick", ["", *(f", pick: {who}" for who in ("claim", "least", "head", "contact", "return"))])
def test_every_pick_is_sound(pick):
    assert [finding.code for finding in check(law(pick))] == []


def test_a_pick_that_names_nothing_is_found():
    assert "unknown_people" in {finding.code for finding in check(law(", pick: nobody_at_all"))}


def test_whoever_takes_a_turn_has_it_alone():
    scene = asked()
    assert waiting(scene) == [("unit_officer", None)]
    does(scene, "an", CLAIM)
    assert waiting(scene) == [("unit_officer", AN)]
    refusal = refused(scene, "binh", "grant")
    assert (refusal.kind, codes(refusal)) == ("not_your_turn", ["taken"])
    assert codes(refused(scene, "binh", CLAIM)) == ["taken"]
    assert does(scene, "an", "grant").case.state == "granted"


def test_what_others_than_the_desk_may_do_they_still_may():
    scene = asked()
    does(scene, "an", CLAIM)
    assert does(scene, "tam", "note").case.state == "asked"


def test_a_substitute_acts_for_whoever_has_it_and_may_take_it_for_them():
    scene = asked()
    does(scene, "kien", CLAIM)
    assert waiting(scene) == [("unit_officer", AN)]
    assert does(scene, "kien", "grant").on_behalf == AN


def test_a_turn_is_given_back_by_its_holder_or_from_above_and_by_nobody_else():
    scene = asked()
    assert codes(refused(scene, "tam", RELEASE)) == ["not_taken"]
    does(scene, "an", CLAIM)
    assert codes(refused(scene, "binh", RELEASE)) == ["no_right"]
    does(scene, "an", RELEASE)
    assert waiting(scene) == [("unit_officer", None)]
    does(scene, "binh", CLAIM)
    does(scene, "tam", RELEASE)
    assert does(scene, "chi", "grant").case.state == "granted"


def test_a_turn_is_handed_over_within_the_desk_and_the_new_holder_is_told():
    scene = asked()
    does(scene, "an", CLAIM)
    assert codes(refused(scene, "an", ASSIGN, person=CAST.id_of("hoa"))) == ["not_of_desk"]
    assert codes(refused(scene, "an", ASSIGN, person=True)) == ["not_of_desk"]
    assert codes(refused(scene, "binh", ASSIGN, person=BINH)) == ["no_right"]
    plan = does(scene, "an", ASSIGN, person=BINH)
    assert [(notice.kind, notice.people) for notice in plan.notices] == [("turn", (BINH,))]
    assert codes(refused(scene, "an", "grant")) == ["taken"]
    assert does(scene, "tam", ASSIGN, person=CHI).inputs == {"person": CHI}


def test_who_must_stand_apart_cannot_have_the_turn():
    both = Cast({**CAST.places, "hoa": (*CAST.places["hoa"], Place("unit_officer", "unit"))}, CAST.substitutes)
    text = LAW.replace("PICK", "").replace("return: {label: Trả lại | Return, to: draft}\n      ", "")
    scene = Scene(load(text), calendar(), both, NOW)
    scene.open(actor(scene, "hoa"))
    does(scene, "hoa", "send")
    assert codes(refused(scene, "hoa", CLAIM)) == ["cannot_have_turn"]
    assert codes(refused(scene, "tam", ASSIGN, person=1)) == ["cannot_have_turn"]


def test_a_holder_who_left_the_desk_binds_nobody():
    scene = asked()
    does(scene, "an", CLAIM)
    scene.cast = Cast({**CAST.places, "an": ()})
    assert does(scene, "binh", "grant").case.state == "granted"


def test_a_turn_that_comes_again_is_nobodys():
    scene = asked()
    does(scene, "an", CLAIM)
    does(scene, "an", "return")
    does(scene, "hoa", "send")
    assert waiting(scene) == [("unit_officer", None)]


def test_the_least_loaded_get_the_turn_ties_by_number():
    scene = asked(", pick: least", cases=5)
    assert [waiting(scene, case)[0][1] for case in range(1, 6)] == [AN, BINH, CHI, AN, BINH]
    does(scene, "an", "grant", case=1)
    does(scene, "an", "grant", case=4)
    scene.open(actor(scene, "hoa"))
    does(scene, "hoa", "send", case=6)
    assert waiting(scene, 6) == [("unit_officer", AN)]
    assert codes(refused(scene, "binh", "grant", case=6)) == ["taken"]


def test_only_a_definition_that_asks_for_loads_needs_them():
    plain, least = (asked(pick) for pick in ("", ", pick: least"))
    does(least, "an", "return")
    does(plain, "an", "return")
    for scene, count in ((plain, 0), (least, 1)):
        assert len(needs(scene.definition, scene.cases[1], Act("send")).loads) == count


def test_where_others_hand_it_out_nobody_acts_before():
    scene = asked(", pick: head")
    assert waiting(scene) == [("unit_head", None)]
    assert codes(refused(scene, "an", "grant")) == ["not_handed_out"]
    assert codes(refused(scene, "an", CLAIM)) == ["not_handed_out"]
    does(scene, "tam", ASSIGN, person=BINH)
    assert waiting(scene) == [("unit_officer", BINH)]
    assert codes(refused(scene, "an", "grant")) == ["taken"]
    assert does(scene, "binh", "grant").case.state == "granted"


@pytest.mark.parametrize(("person", "waits"), [(CHI, CHI), (1, None)])
def test_the_person_a_field_names_has_the_turn_if_of_the_desk(person, waits):
    scene = asked(", pick: contact", contact={"name": "Chi", "person": person})
    assert waiting(scene) == [("unit_officer", waits)]


def test_history_replays_with_the_loads_it_was_decided_on():
    scene = asked(", pick: least", cases=3)
    does(scene, "binh", ASSIGN, case=2, person=CHI)
    does(scene, "chi", "grant", case=2)
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries if entry.identity.id == 2]
    assert fold(lambda _hash: scene.definition, entries, calendar=calendar()) == scene.cases[2]


def test_a_state_without_a_turn_has_none_to_take():
    scene = asked()
    does(scene, "an", "grant")
    assert [tries(scene, "an", action).kind for action in (CLAIM, "turn:nothing")] == ["not_open", "not_open"]


def test_my_turn_follows_on_both_databases(database_url):
    with workflow.open_engine(database_url) as engine:
        engine.publish(LAW.replace("PICK", ", pick: least"), now=NOW)
        engine.add_unit("P", "Tỉnh", now=NOW)
        engine.add_unit("U", "Xã", above="P", now=NOW)
        grants = {"hoa": "unit_clerk", "an": "unit_officer", "binh": "unit_officer", "tam": "unit_head"}
        for name, role in grants.items():
            engine.add_person(name, name.title(), now=NOW)
            engine.grant(name, role, at="U", now=NOW)
        found = [engine.open_case("request", unit="U", by="hoa", now=NOW).case.code for _ in range(3)]
        for code in found:
            engine.act(code, "send", by="hoa", now=NOW)

        def turns(tx, name):
            who = people.find_username(tx, name).id
            return sorted(row.code for row in assignments.my_turn(tx, person_id=who, now=NOW).rows)

        with engine.database.writing() as tx:
            ids = {name: people.find_username(tx, name).id for name in grants}
            assert (turns(tx, "an"), turns(tx, "binh")) == ([found[0], found[2]], [found[1]])
            given = Act(ASSIGN, {"person": ids["binh"]})
            assert not isinstance(act_in(tx, found[0], given, person_id=ids["tam"], now=NOW), Refusal)
            assert (turns(tx, "an"), turns(tx, "binh")) == ([found[2]], [found[0], found[1]])
            assert not isinstance(act_in(tx, found[0], Act(RELEASE), person_id=ids["binh"], now=NOW), Refusal)
            assert turns(tx, "an") == [found[0], found[2]]
            assert not isinstance(act_in(tx, found[0], Act(CLAIM), person_id=ids["an"], now=NOW), Refusal)
            assert turns(tx, "binh") == [found[1]]
            assert isinstance(act_in(tx, found[0], Act(CLAIM), person_id=ids["binh"], now=NOW), Refusal)
        assert [entry.action for entry in engine.history(found[0])][-3:] == [ASSIGN, RELEASE, CLAIM]
        with engine.database.reading() as tx:
            law_of = {definition.hash: definition for definition in [publishing.current(tx, "request")]}
            assert list(audits.refold(tx, definition_of=law_of.__getitem__, calendar=calendar())) == []


def test_what_was_returned_comes_back_to_whoever_returned_it():
    scene = asked(", pick: return")
    assert waiting(scene) == [("unit_officer", None)]
    does(scene, "binh", "return")
    does(scene, "hoa", "send")
    assert waiting(scene) == [("unit_officer", BINH)]
    assert codes(refused(scene, "an", "grant")) == ["taken"]
    does(scene, "binh", "return")
    does(scene, "hoa", "send")
    does(scene, "binh", "turn:release")
    does(scene, "an", "return")
    does(scene, "hoa", "send")
    assert waiting(scene) == [("unit_officer", AN)]
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _hash: scene.definition, entries, calendar=calendar()) == scene.cases[1]


def test_for_whom_it_was_done_gets_it_again_and_whoever_left_the_desk_does_not():
    scene = asked(", pick: return")
    does(scene, "kien", "return")
    does(scene, "hoa", "send")
    assert waiting(scene) == [("unit_officer", AN)]
    does(scene, "an", "return")
    scene.cast = Cast({**CAST.places, "an": ()}, CAST.substitutes)
    does(scene, "hoa", "send")
    assert waiting(scene) == [("unit_officer", None)]

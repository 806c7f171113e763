"""Guards that read linked cases: those this one leads to, and those that lead to it; acts on either end."""

import workflow
from tests.support.scenes import actor, at, calendar, codes, does, refused
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.machine.checking import check
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import DUE, Place, Plan

LAW = """
definition: grant
title: Cấp phép | Grant
basis: 12/QĐ-SNV
fields: {days: {is: integer, label: Số ngày | Days}}
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
  chair: chair above unit
links:
  longer: {as: extends, reads: {days: integer}}
  extends: {reads: {days: integer}}
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions:
      send: {label: Trình | Send, when: 'extends.all(e, has(e.days) && e.days >= days)', to: granted, requires: [days]}
      drop: {label: Bỏ | Drop, by: link, to: dropped}
  granted:
    label: Đã cấp | Granted
    turn: {who: head, due: 30 d, escalate_to: chair}
    actions:
      extend:
        label: Gia hạn | Extend
        by: clerk
        when: 'longer.count(r, r.settled) < 3 && longer.sum(r, has(r.days) ? r.days : 0) <= 20'
        open: {as: extends, copy: none, at: draft}
      recall: {label: Thu hồi | Recall, when: 'longer.any(r, r.state == "draft")', to: over, each: {longer: drop}}
      close: {label: Xong | Close, by: system, when: 'size(longer) > 0 && longer.all(r, r.settled)', to: over}
      end: {label: Kết thúc | End, to: over}
  over: {label: Kết thúc | Over, outcome: good}
  dropped: {label: Bỏ | Dropped, outcome: bad}
"""
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "quang": (Place("chair", "above unit"),),
        "thu": (Place("admin", "province"),),
    }
)


NOW = at("2017-10-16 08:00")


def law() -> Definition:
    return load(LAW)


def granted() -> Scene:
    scene = Scene(law(), calendar(), CAST, at("2017-10-16 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "send", days=30)
    return scene


def test_the_law_has_no_fault():
    assert [finding.code for finding in check(law()) if finding.severity == "error"] == []


def test_a_case_reads_the_one_it_leads_to():
    scene = granted()
    does(scene, "hoa", "extend")
    assert codes(refused(scene, "hoa", "send", case=2, days=40)) == ["unmet"]
    assert does(scene, "hoa", "send", case=2, days=10).case.state == "granted"


def test_a_case_reads_those_that_lead_to_it_and_counts_them():
    scene = granted()
    does(scene, "hoa", "extend")
    assert codes(refused(scene, "hoa", "extend")) == ["already_open"]
    does(scene, "hoa", "send", case=2, days=15)
    does(scene, "tam", "end", case=2)
    does(scene, "hoa", "extend")
    does(scene, "hoa", "send", case=3, days=15)
    does(scene, "tam", "end", case=3)
    assert codes(refused(scene, "hoa", "extend")) == ["unmet"]


def test_an_act_moves_the_cases_that_lead_to_this_one():
    scene = granted()
    assert codes(refused(scene, "tam", "recall")) == ["unmet"]
    does(scene, "hoa", "extend")
    plan = does(scene, "tam", "recall")
    assert [move.case.state for move in plan.moves] == ["dropped"]
    assert scene.cases[2].outcome == "bad"


def test_the_system_looks_every_morning_at_the_cases_it_waits_for():
    scene = granted()
    does(scene, "hoa", "extend")
    scene.advance(at("2017-10-17 07:00"))
    assert scene.cases[1].state == "granted"
    does(scene, "hoa", "send", case=2, days=10)
    does(scene, "tam", "end", case=2)
    fired = scene.advance(at("2017-10-18 07:00"))
    assert (scene.cases[1].state, fired[-1].action, scene.now) == ("over", "close", at("2017-10-18 07:00"))
    assert DUE not in fired[-1].action


def test_what_was_read_of_linked_cases_replays():
    scene = granted()
    does(scene, "hoa", "extend")
    does(scene, "hoa", "send", case=2, days=10)
    does(scene, "tam", "end")
    assert len(scene.cases) > 1
    for case_id, case in scene.cases.items():
        own = [(entry, plan) for entry, plan in scene.entries if entry.identity.id == case_id]
        entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in own]
        assert fold(lambda _hash: scene.definition, entries, calendar=calendar()) == case


def test_both_databases_read_linked_cases_and_refold_them(database_url):
    with workflow.open_engine(database_url) as engine:
        engine.publish(LAW, now=NOW)
        engine.add_unit("P", "Tỉnh", now=NOW)
        engine.add_unit("U", "Xã", above="P", now=NOW)
        for name, role, place in (("hoa", "unit_clerk", "U"), ("tam", "unit_head", "U"), ("quang", "chair", "P")):
            engine.add_person(name, name.title(), now=NOW)
            engine.grant(name, role, at=place, now=NOW)
        first = engine.open_case("grant", unit="U", by="hoa", now=NOW).case.code
        engine.act(first, "send", by="hoa", now=NOW, inputs={"days": 30})
        (second,) = engine.act(first, "extend", by="hoa", now=NOW).opened
        refusal = engine.act(second.code, "send", by="hoa", now=NOW, inputs={"days": 40})
        assert codes(refusal) == ["unmet"]
        recalled = engine.act(first, "recall", by="tam", now=NOW)
        assert recalled.case.state == "over"
        assert engine.case(second.code).state == "dropped"
        with engine.database.reading() as tx:
            faults = list(
                audits.refold(
                    tx, definition_of=lambda text_hash: publishing.compiled(tx, text_hash), calendar=calendar()
                )
            )
        assert faults == []


def test_a_case_is_opened_with_what_the_act_itself_hands_in():
    opens = "open: {as: extends, copy: none, at: draft}"
    handing = opens.replace("copy: none", "copy: [days]")
    definition = load(LAW.replace(opens, f"requires: [days]\n        {handing}"))
    assert [finding.code for finding in check(definition) if finding.severity == "error"] == []
    scene = Scene(definition, calendar(), CAST, NOW)
    scene.open(actor(scene, "hoa"))
    does(scene, "hoa", "send", days=9)
    does(scene, "hoa", "extend", days=5)
    assert (scene.cases[1].fields["days"], scene.cases[2].fields["days"]) == (5, 5)

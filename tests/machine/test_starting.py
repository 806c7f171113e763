"""Several ways to open a case: the first fires that is the opener's and whose guard holds."""

import pytest

from tests.support.scenes import at, calendar, codes, does, refused
from tests.support.small_definition import faults_of, findings_of, leave
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.drawing.diagram import draw
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import SYSTEM, Place, Plan

ONE = "start: {by: clerk, to: draft}"
SEVERAL = """start:
  - {by: clerk, to: draft, when: has(days) && days <= 3}
  - {by: head, to: asked}
  - {by: clerk, to: draft, when: today >= date("2018-01-01")}
  - {by: movement, to: draft}"""
CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "both": (Place("unit_clerk", "unit"), Place("unit_head", "unit")),
        "quang": (Place("chair", "above unit"),),
    }
)


def scene(now="2017-11-13 09:00", law=None):
    return Scene(load(law or leave((ONE, SEVERAL))), calendar(), CAST, at(now), {"begins": "2017-10-16"})


def opens(stage, who, **fields):
    return stage.open(SYSTEM if who == "system" else stage.cast.actor(who), fields)


@pytest.mark.parametrize(
    ("now", "who", "fields", "state", "place"),
    [
        ("2017-11-13 09:00", "hoa", {"days": 3}, "draft", 0),
        ("2018-01-02 09:00", "hoa", {"days": 4}, "draft", 2),
        ("2017-11-13 09:00", "tam", {}, "asked", 1),
        ("2017-11-13 09:00", "system", {}, "draft", 3),
        ("2017-11-13 09:00", "both", {"days": 1}, "draft", 0),
        ("2017-11-13 09:00", "both", {}, "asked", 1),
    ],
)
def test_the_first_way_that_fits_opens_the_case(now, who, fields, state, place):
    stage = scene(now)
    plan = opens(stage, who, **fields)
    assert isinstance(plan, Plan), plan
    assert (plan.case.state, plan.alternative, plan.case.fields) == (state, place, fields)
    entries = [entry_from_json(entry_to_json(entry, made)) for entry, made in stage.entries]
    assert fold(lambda _: stage.definition, entries, calendar=calendar()) == plan.case


def test_where_no_guard_holds_the_reasons_of_all_that_are_theirs_show():
    refusal = opens(scene(), "hoa", days=5)
    assert (refusal.kind, codes(refusal)) == ("refused", ["unmet", "unmet"])


def test_whoever_no_way_names_learns_who_could():
    refusal = opens(scene(), "quang")
    assert (refusal.kind, codes(refusal)) == ("not_your_turn", ["no_right"])
    assert [seat.desk.role for seat in refusal.could_act] == ["unit_clerk", "unit_head"]


def test_a_link_must_satisfy_the_ways_by_link_into_its_state():
    law = leave(
        (ONE, 'start:\n  - {by: clerk, to: draft}\n  - {by: link, to: asked, when: today < date("2018-01-01")}'),
        ("outcome: good", "outcome: good, actions: {more: {label: A | B, by: clerk, open: {as: more, at: asked}}}"),
    )
    for now, allowed in (("2017-11-13 09:00", True), ("2018-01-02 09:00", False)):
        stage = scene(now, law)
        opens(stage, "hoa")
        does(stage, "hoa", "send", reason="Việc nhà", days=1)
        does(stage, "tam", "grant")
        if allowed:
            does(stage, "hoa", "more")
            assert stage.cases[2].state == "asked"
        else:
            assert codes(refused(stage, "hoa", "more")) == ["cannot_open", "unmet"]
            assert (len(stage.cases), stage.cases[1].version) == (1, 3)


def test_several_sound_ways_have_no_findings():
    assert (
        findings_of(leave((ONE, SEVERAL), ("[reason, days, until]", "all"), ("[send], stops", "[send, open], stops")))
        == ()
    )


@pytest.mark.parametrize(
    ("ways", "code", "line"),
    [
        ("start:\n  - {by: clerk, to: draft}\n  - {by: clerk, to: asked}", "start_shadowed", 16),
        ("start:\n  - {by: clerk, to: draft, when: false}\n  - {by: head, to: asked}", "guard_never", 15),
        ("start:\n  - {by: clerk, to: draft}\n  - {by: head, to: askd}", "unknown_state_near", 16),
        ("start:\n  - {by: clerk, to: draft}\n  - {by: boss, to: asked}", "unknown_people", 16),
        ("start:\n  - {by: clerk, to: draft}\n  - {by: head, to: asked, when: days > 1}", "maybe", 16),
    ],
)
def test_what_is_wrong_with_one_way_is_found_at_its_line(ways, code, line):
    found = [(finding.code, finding.line) for finding in findings_of(leave((ONE, ways)))]
    assert any(code in each and line == at_line for each, at_line in found), found


@pytest.mark.parametrize(
    "ways", ["start: []", "start: [draft]", f"start: [{', '.join(['{by: clerk, to: draft}'] * 13)}]"]
)
def test_what_is_no_way_to_open_a_case_is_refused(ways):
    assert faults_of(leave((ONE, ways)))


def test_a_state_that_only_the_second_way_leads_to_is_reachable_and_its_way_is_the_shortest():
    law = leave((ONE, "start:\n  - {by: clerk, to: draft}\n  - {by: head, to: alone}"), ("  granted:", ALONE))
    (finding,) = [found for found in findings_of(law) if found.severity == "error"]
    assert (finding.code, [(step.action, step.by) for step in finding.steps]) == ("no_way_to_end", [("open", "head")])


ALONE = """  alone:
    label: A | B
    turn: {who: head}
    actions: {wait: {label: A | B, to: alone}}
  granted:"""


def test_drawing_and_telling_name_every_way():
    definition = load(leave((ONE, SEVERAL)))
    told = explain(definition, language="en")
    assert "A case is opened in the first of these ways that fits:" in told
    assert told.count("\n- ") >= 4
    assert "head opens; The movement opens" in draw(definition, language="en")

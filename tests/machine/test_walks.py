"""Walks: those beside the shipped definitions come true and try everything; those that do not say so with the line."""

import pytest

from tests.support.scenes import ROOT, calendar, family, shipped
from workflow.machine.definition import DefinitionFaults
from workflow.machine.loading.loader import load
from workflow.machine.walks.runner import run

SHIPPED = sorted(path.parent.name for path in (ROOT / "definitions").glob("*/v1.yaml"))
GIVEN = """given:
  starts: 2017-10-16 08:00
  movement: {begins: 2017-10-16, plans: 2017-11-15, ends: 2020-12-31}
  people: {hoa: clerk, tam: head}
  values: {launch: 2017-11-10}
walks:
  - walk: Thử | A try
    steps:
"""


def played(steps, name="unit_plan"):
    return run(shipped(name), GIVEN + "".join(f"      - {step}\n" for step in steps), calendar=calendar())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_definition_has_walks_that_come_true(name):
    path = ROOT / f"definitions/{name}/walks.yaml"
    report = run(shipped(name), path.read_text("utf-8"), calendar=calendar(), path=path.name, family=family(name))
    assert report.sentences("en") == ()
    assert report.came_true


@pytest.mark.parametrize("name", SHIPPED)
def test_walks_go_through_every_transition_and_meet_every_refusal(name):
    path = ROOT / f"definitions/{name}/walks.yaml"
    coverage = run(shipped(name), path.read_text("utf-8"), calendar=calendar(), family=family(name)).coverage
    assert (coverage.untried, coverage.unrefused) == ((), ())
    assert coverage.tried == coverage.transitions


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("{who: hoa, does: begin, state: signing}", "state should be signing but is draft."),
        ("{who: hoa, does: begin, turn: tam}", "turn should be tam but is hoa."),
        ("{who: hoa, does: begin, due: none}", "due should be none but is 2017-11-15 00:00."),
        ("{until: 2017-11-10 08:00, letters: []}", "letters should be none but is reminder to hoa."),
        (
            "{who: hoa, does: begin, refused: stale}",
            "“begin” should be refused but was done; the case came to “draft”.",
        ),
        (
            "{who: tam, does: begin}",
            "“begin” was refused (not_your_turn: no_right): “Start the plan” is not yours to do.",
        ),
        (
            "{who: tam, does: begin, refused: not_your_turn, because: separate}",
            "because should be separate but is no_right.",
        ),
        ("{who: tam, does: begin, refused: stale}", "refused should be stale but is not_your_turn."),
        ("{case: 7, who: tam, does: begin}", "There is no case 7 yet."),
    ],
)
def test_a_step_that_does_not_come_true_is_said_with_its_line(step, sentence):
    report = played([step])
    assert not report.came_true
    assert report.sentences("en")[0] == f"walks.yaml:9: {sentence}"


def test_what_no_walk_tried_is_named():
    report = played(["{who: hoa, does: begin}"])
    assert report.came_true
    assert "draft.send -> signing" in report.coverage.untried
    assert "owed.begin -> draft" not in report.coverage.untried
    assert "owed.begin: no_right" in report.coverage.unrefused
    assert "No walk goes through: acknowledged.amend -> acknowledged" in report.sentences("en")[0]


def test_a_way_back_counts_for_each_state_it_leads_to():
    transitions = played(["{until: 2017-10-17 08:00}"]).coverage.transitions
    assert {"signing.rewrite -> draft", "signing.rewrite -> revise"} <= transitions
    assert "signing.rewrite -> owed" not in transitions


@pytest.mark.parametrize(
    ("step", "line", "said"),
    [
        ("{who: an, does: begin}", 9, "“an” is not among the walk's people."),
        ("{who: hoa}", 9, "A step has both who and does, or only until."),
        ("{until: tomorrow}", 9, "This must be a time like 2017-11-10 08:00."),
        ("{who: hoa, does: begin, stat: draft}", 9, "There is no key “stat”"),
        ("{who: hoa, does: begin, with: [plan]}", 9, "There is no value “plan” in given.values."),
    ],
)
def test_a_fault_of_the_file_is_said_with_its_place(step, line, said):
    with pytest.raises(DefinitionFaults) as caught:
        played([step])
    (fault,) = caught.value.faults
    assert fault.line == line
    assert fault.sentence("en").startswith(said)
    assert fault.sentence("vi")


def test_a_file_that_is_no_walk_at_all_is_refused_and_not_an_error():
    for text in ("", "- 1", "given: 3\nwalks: x", "[" * 1000):
        with pytest.raises(DefinitionFaults):
            run(shipped("unit_plan"), text, calendar=calendar())


def council_walks(**changes):
    text = (ROOT / "definitions/council_session/walks.yaml").read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return run(shipped("council_session"), text, calendar=calendar(), family=family("council_session"))


def test_walks_go_through_cases_of_a_whole_family_and_cover_their_own_definition():
    report = council_walks()
    assert report.sentences("en") == ()
    assert (
        report.coverage.tried
        == report.coverage.transitions
        == {
            "agenda.convene -> voting",
            "voting.close -> held",
            "voting.adjourn -> agenda",
        }
    )


def test_a_family_has_only_those_definitions_it_was_given():
    with pytest.raises(DefinitionFaults) as refused:
        council_walks(**{"of: nominee": "of: nominees"})
    assert {fault.code for fault in refused.value.faults} == {"walk_not_in_family"}


ELSE = """\
definition: leave
title: Xin nghỉ phép | Leave
fields: {days: {is: integer, label: Số ngày | Days}}
people: {clerk: unit_clerk at unit, head: unit_head at unit, board: member at unit}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    ask:
      vote:
        label: Biểu quyết | Vote
        of: board
        answers: {yes: Có | Yes, no: Không | No}
        due: 2 wd
        result: {passed: yes > 0, failed: else}
    actions:
      send:
        - {label: Trình | Send, to: asked, requires: [days], when: days > 3}
        - {BY, to: granted, requires: [days]}
  asked:   {label: Chờ | Asked, outcome: neutral}
  granted: {label: Được | Granted, outcome: good}
"""


@pytest.mark.parametrize(
    ("by", "refusals"),
    [("by: clerk", {"missing", "no_right"}), ("by: head", {"missing", "no_right", "unmet"})],
    ids=["somebody who fails the guard takes the other way", "the other way is somebody else's"],
)
def test_a_guard_refuses_only_where_no_other_way_is_open_to_the_same_people(by, refusals):
    text = ELSE.replace("BY", by).replace("{label: Trình", "{by: clerk, label: Trình")
    coverage = run(load(text), WALK_OF_LEAVE, calendar=calendar()).coverage
    assert coverage.refusals == {f"draft.send: {code}" for code in refusals}


def test_nobody_is_asked_any_more_once_the_result_is_certain():
    step = "      - {who: an, does: 'answer:vote', with: {answer: yes}, asked: 'vote: none'}\n"
    assert run(load(ELSE.replace("BY", "by: clerk")), WALK_OF_LEAVE + step, calendar=calendar()).came_true


WALK_OF_LEAVE = """\
given:
  starts: 2017-10-16 08:00
  people: {hoa: clerk, an: board, binh: board}
walks:
  - walk: Thử | A try
    steps:
      - {who: hoa, does: open, asked: 'vote: an binh'}
"""

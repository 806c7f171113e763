"""Walks are sharp: those that ship notice small wrongs, answer every guard both ways, and dull ones are found out."""

import pytest

from tests.support.scenes import ROOT, calendar, family, shipped
from trinh.mutation import mutated
from trinh.mutation.operators import OPERATORS, mutants
from workflow.machine.loading.loader import load
from workflow.machine.walks import watching
from workflow.machine.walks.runner import run

SHIPPED = sorted(path.parent.name for path in (ROOT / "definitions").glob("*/v1.yaml"))
TRIED_EACH_TIME = ("dossier", "unit_plan")
"""The rest are wronged by `make test-long`: each takes seconds, and walks change rarely."""
WRONGED = [pytest.param(name, marks=() if name in TRIED_EACH_TIME else pytest.mark.long) for name in SHIPPED]
LEAVE = """\
definition: leave
title: Xin nghỉ phép | Leave
basis: 12/QĐ-SNV
fields: {days: {is: integer, label: Số ngày | Days}, total: {is: integer, label: Tổng | Total}}
people: {clerk: unit_clerk at unit, head: unit_head at unit}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    actions:
      send:
        - {label: Trình | Send, to: asked, requires: [days], when: days > 3, set: {total: days + 1}, notify: head}
        - {to: granted, requires: [days]}
  asked:
    label: Chờ | Asked
    turn: {who: head}
    actions:
      grant: {label: Đồng ý | Grant, to: granted}
      back:  {label: Trả lại | Return, to: draft, requires: [comment]}
  granted: {label: Được | Granted, outcome: good}
"""
WALKS = """\
given:
  starts: 2017-10-16 08:00
  people: {hoa: clerk, tam: head}
walks:
  - walk: Ngắn | Short
    steps:
      - {who: hoa, does: open}
      - {who: hoa, does: send, with: {days: 3}, state: granted, outcome: good}
"""
LONG = """\
  - walk: Dài | Long
    steps:
      - {who: hoa, does: open}
      - {who: hoa, does: send, with: {days: 4}, state: asked, turn: tam}
      - {who: tam, does: grant, state: granted}
"""


def sharpness(walks):
    return mutated(load(LEAVE), walks, calendar=calendar())


@pytest.mark.parametrize("name", WRONGED)
def test_walks_that_ship_notice_four_wrongs_of_five(name):
    text = (ROOT / f"definitions/{name}/walks.yaml").read_text("utf-8")
    report = mutated(shipped(name), text, calendar=calendar(), family=family(name))
    assert len(report.noticed) > 30
    assert report.percent >= 80, [(one.operator, one.path, one.change) for one in report.survived]


@pytest.mark.parametrize("name", SHIPPED)
def test_walks_that_ship_see_every_guard_hold_and_fail(name):
    definition, guards = watching(shipped(name))
    text = (ROOT / f"definitions/{name}/walks.yaml").read_text("utf-8")
    run(definition, text, calendar=calendar(), family=family(name))
    assert guards.unanswered == ()


def test_watched_guards_change_nothing_but_are_written_down():
    definition, guards = watching(load(LEAVE))
    assert run(definition, WALKS, calendar=calendar()).came_true
    assert guards.unanswered == ("draft.send: days > 3 (yes)",)
    assert run(definition, WALKS + LONG, calendar=calendar()).came_true
    assert guards.unanswered == ()


def test_each_watch_sees_its_own_answers_however_many_there_were_before():
    law = shipped("unit_plan")
    text = (ROOT / "definitions/unit_plan/walks.yaml").read_text("utf-8")
    for _ in range(2):
        definition, guards = watching(law)
        run(definition, text, calendar=calendar())
        assert guards.unanswered == ()


def test_another_walk_notices_more():
    short, both = sharpness(WALKS), sharpness(WALKS + LONG)
    assert short.percent < both.percent
    assert {one.path for one in short.survived} >= {"states.asked.actions.grant"}
    assert "states.asked.actions.grant" not in {one.path for one in both.survived if one.operator == "leads nowhere"}


def test_wrongs_have_names_places_and_identities_of_their_own():
    found = list(mutants(load(LEAVE)))
    assert {one.operator for one in found} <= OPERATORS.keys()
    assert len({one.definition.hash for one in found}) == len(found)
    changes = [(one.operator, one.path, one.change) for one in found]
    assert ("comparison shifted", "states.draft.actions.send", "days >= 3") in changes
    assert ("alternatives swapped", "states.draft.actions.send", "swapped") in changes
    assert ("value not set", "states.draft.actions.send", "- set total") in changes
    assert ("nobody notified", "states.draft.actions.send", "- notify") in changes


def test_votes_are_wronged_too():
    answers, result = "{yes: Có | Yes, no: Không | No}", "{passed: yes * 2 > members, failed: else}"
    ask = f"ask: {{vote: {{of: head, answers: {answers}, due: 1 wd, silence: no, result: {result}}}}}"
    text = LEAVE.replace("    turn: {who: head}\n", f"    turn: {{who: head}}\n    {ask}\n")
    changes = [(one.operator, one.change) for one in mutants(load(text)) if one.path == "states.asked.ask.vote"]
    assert changes == [
        ("question dropped", "- ask"),
        ("result shifted", "yes * 2 >= members"),
        ("silence says nothing", "- no"),
    ]


def test_a_separation_that_another_group_still_demands_is_no_wrong():
    text = LEAVE.replace("start:", "separate: [[send, grant, back], [send, grant]]\nstart:")
    loosened = [(one.path, one.change) for one in mutants(load(text)) if one.operator == "separation loosened"]
    assert loosened == [("separate.0", "- send"), ("separate.0", "- grant"), ("separate.0", "- back")]

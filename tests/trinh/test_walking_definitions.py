"""`trinh definitions test`: walks that fail, leave something untried or notice too little end the command with 1."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import called

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "definitions/unit_plan/v1.yaml"
LEAVE = """\
definition: leave
title: Xin nghỉ phép | Leave
basis: 12/QĐ-SNV
fields: {days: {is: integer, label: Số ngày | Days}}
people: {clerk: unit_clerk at unit}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    actions:
      send: {label: Trình | Send, to: done, requires: [days], when: days > 3}
  done: {label: Xong | Done, outcome: good}
"""
WALKS = """\
given:
  starts: 2017-10-16 08:00
  people: {hoa: clerk, tam: admin at province}
walks:
  - walk: Trình | Sent
    steps:
      - {who: hoa, does: open, turn: hoa, outcome: none}
      - {who: tam, does: send, refused: not_your_turn, because: no_right}
      - {who: hoa, does: send, with: {days: 3}, refused: refused, because: unmet}
      - {who: hoa, does: send, with: {days: 4}, state: done, outcome: good}
"""


@pytest.fixture
def leave(tmp_path):
    path = tmp_path / "v1.yaml"
    path.write_text(LEAVE, "utf-8")
    return path


def walked(path, walks, *options):
    path.with_name("walks.yaml").write_text(walks, "utf-8")
    answer = called("definitions", "test", path, *options)
    return answer.exit_code, answer.output


def test_what_was_counted_is_said_for_programs():
    answer = called("definitions", "test", PLAN, "--format", "json")
    assert answer.exit_code == 0, answer.output
    (said,) = json.loads(answer.output)
    assert said["score"] >= 80
    assert (said["faults"], said["untried"], said["unrefused"], said["unanswered"]) == ([], [], [], [])
    assert said["counts"]["covered"] == said["counts"]["of"] == 14
    assert {"place", "operator", "change"} == set(said["survived"][0])


def test_a_refusal_that_was_not_tried_ends_with_one(leave):
    code, said = walked(leave, WALKS)
    assert code == 1
    assert "No walk is refused: draft.send: missing." in said
    assert "2 of 2 answers of guards" in said


def test_an_answer_a_guard_never_gave_ends_with_one(leave):
    lines = [line for line in WALKS.splitlines(keepends=True) if "days: 3" not in line]
    code, said = walked(leave, "".join(lines))
    assert code == 1
    assert "No walk makes a guard answer: draft.send: days > 3 (no)." in said


def test_a_step_that_does_not_come_true_ends_with_one_and_no_wrong_is_tried(leave):
    code, said = walked(leave, WALKS.replace("state: done", "state: draft"))
    assert code == 1
    assert f"{leave.with_name('walks.yaml')}:10: state should be draft but is done." in said
    assert "wrongs noticed" not in said


def test_wrongs_that_pass_unnoticed_are_placed_and_too_many_end_with_one(leave):
    dull = WALKS.replace("days: 4", "days: 5").replace("days: 3", "days: 2").replace(", state: done, outcome: good", "")
    code, said = walked(leave, dull, "--score", "90")
    assert code == 1
    assert f"{leave}:12: the walks do not notice a wrong: comparison shifted (days >= 3)." in said
    assert "wrongs noticed (" in said


def test_walks_only_does_no_wrongs(leave):
    code, said = walked(leave, WALKS, "--walks-only")
    assert "wrongs noticed" not in said
    assert code == 1


def test_without_walks_it_was_called_wrongly(leave):
    answer = called("definitions", "test", leave)
    assert (answer.exit_code, answer.output) == (2, f"There is no {leave.with_name('walks.yaml')}.\n")


@pytest.mark.parametrize("walks", ["", "[" * 2000, "given: {starts: soon}\nwalks: 3", "\x00", "- &a [*a]"])
def test_walks_that_cannot_be_read_are_faults_with_a_place(leave, walks):
    code, said = walked(leave, walks)
    assert code == 1
    assert str(leave) in said or "walks.yaml" in said
    assert "Traceback" not in said

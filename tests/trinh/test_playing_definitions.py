"""`trinh definitions play`: somebody is the people of a definition, moves the clock, and keeps the run as a walk."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import called

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "definitions/unit_plan/v1.yaml"
AWARD = ROOT / "definitions/award_nomination/v1.yaml"
LEAVE = """\
definition: leave
title: Xin nghỉ phép | Leave
basis: 12/QĐ-SNV
fields:
  days:   {is: integer, min: 1, label: Số ngày | Days}
  paid:   {is: flag, label: Có lương | Paid}
  kind:   {is: choice, of: {year: Năm | Yearly, ill: Ốm | Ill}, label: Loại | Kind}
  tasks:  {is: table, min: 1, label: Bàn giao | Handed over, columns: {what: text, hours: integer}}
  deputy: {is: person, label: Người thay | Deputy}
  paper:  {is: document, numbered: true, label: Đơn | Letter}
people: {clerk: unit_clerk at unit, head: unit_head at unit}
clocks: {late: {due: before movement.plans, starts: [open]}}
escalation: {0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: [days]}
    actions: {send: {label: Trình | Send, to: asked, requires: [days, paid, kind, tasks, deputy, paper]}}
  asked:
    label: Chờ duyệt | Asked
    turn: {who: head, due: 2 wd, escalate_to: clerk}
    actions:
      grant:  {label: Đồng ý | Grant, to: granted}
      refuse: {label: Từ chối | Refuse, to: refused, requires: [comment]}
  granted: {label: Được nghỉ | Granted, outcome: good}
  refused: {label: Không được | Refused, outcome: bad}
"""


def played(path, *lines, language="en"):
    answer = called("--lang", language, "definitions", "play", path, typed="".join(f"{line}\n" for line in lines))
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.fixture
def leave(tmp_path):
    path = tmp_path / "leave.yaml"
    path.write_text(LEAVE.replace("clocks: {late: {due: before movement.plans, starts: [open]}}\n", ""), "utf-8")
    return path


def comes_true(path, walks):
    answer = called("definitions", "test", path, "--walks", walks, "--walks-only", "--format", "json")
    return '"faults": []' in answer.output


def test_a_plan_is_played_with_the_values_at_hand_and_the_run_comes_true_as_a_walk(tmp_path):
    walks = tmp_path / "walks.yaml"
    said = played(
        PLAN, "do begin", "do send", "", "", "", "do sign", "as tam", "do sign", "", "next", "next",
        "as lan", "do receive", "as binh", "do answer:remark", "as minh", "do acknowledge", f"save {walks}", "quit",
    )  # fmt: skip
    assert "Case 1: Awaiting signature (signing)\n  waits for: tam" in said
    assert "Refused: “Sign and issue” is not yours to do." in said
    assert "letter: overdue to lan" in said
    assert "asks: remark: binh" in said
    assert "Case 1: Acknowledged (acknowledged)\n  an end: good" in said
    assert f"Kept 9 steps in {walks}." in said
    assert comes_true(PLAN, walks)


def test_a_kept_run_that_is_changed_does_not_come_true(tmp_path):
    walks = tmp_path / "walks.yaml"
    played(PLAN, "do begin", f"save {walks}")
    assert comes_true(PLAN, walks)
    walks.write_text(walks.read_text("utf-8").replace('state: "draft"', 'state: "signing"'), "utf-8")
    assert not comes_true(PLAN, walks)


def test_somebody_named_in_a_case_is_kept_by_name_and_may_not_act_on_it(tmp_path):
    walks = tmp_path / "walks.yaml"
    said = played(
        AWARD, "open", "", "", "", "", "", "do send", "lan", "", "", "", "", "as tam", "do sign", "",
        "as lan", "do receive", f"save {walks}",
    )  # fmt: skip
    assert "Refused: This case is about you" in said
    assert '"person": "lan"' in walks.read_text("utf-8")
    assert comes_true(AWARD, walks)


def test_without_walks_everybody_the_definition_names_stands_ready(leave, tmp_path):
    walks = tmp_path / "walks.yaml"
    said = played(
        leave, "look", "people", "open", "", "do send", "3", "yes", "ill", "Trực, 4; Báo cáo, 2", "head",
        "5/ĐX, 2017-11-13", "as head", "do grant", f"save {walks}",
    )  # fmt: skip
    assert "There is no case yet; type “open”." in said
    assert "  clerk: unit_clerk at unit\n  head: unit_head at unit" in said
    assert "Case 1: Granted (granted)" in said
    kept = walks.read_text("utf-8")
    assert '"tasks": [{"what": "Trực", "hours": 4}, {"what": "Báo cáo", "hours": 2}]' in kept
    assert '"paid": true' in kept
    assert '"deputy": {"name": "head", "person": "head"}' in kept
    assert '"paper": {"name": "scan.pdf", "symbol": "5/ĐX", "dated": "2017-11-13"}' in kept
    assert comes_true(leave, walks)


def test_a_refusal_names_the_fields_and_is_part_of_the_walk(leave, tmp_path):
    walks = tmp_path / "walks.yaml"
    said = played(leave, "open", "", "do send", "0", "-", "", "", "", "", f"save {walks}")
    assert "Refused: Days: This must be from 1 to " in said
    assert "Paid: Please give: Paid." in said
    assert 'refused: "refused", because: ["out_of_range", "missing"]' in walks.read_text("utf-8")
    assert comes_true(leave, walks)


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["dance"], "“dance” is not understood; type “help”."),
        (["help"], "move the clock to the next deadline"),
        (["as nobody"], "There is no “nobody”; there are: clerk, head."),
        (["do send"], "There is no case yet"),
        (["open", "", "do dance"], "There is no “dance”; there are: send."),
        (["until tomorrow"], "Write it like this: until 2017-11-10 08:00"),
        (["until 2017-11-01 08:00"], "The clock moves forward only."),
        (["next"], "No deadline is running."),
        (["case 4"], "There is no “4”"),
        (["save /no/such/folder/walks.yaml"], "/no/such/folder/walks.yaml cannot be written: No such file"),
        (["open", "", "do send", "[1", "3", "", "", "", "", ""], "Not understood: "),
        (["open", "", "open", "", "case 1"], "Case 1: Draft (draft)"),
        (["until 2017-11-14 09:30"], "2017-11-14 09:30 clerk> "),
    ],
)
def test_what_cannot_be_done_is_said_and_the_play_goes_on(leave, lines, answer):
    assert answer in played(leave, *lines)


def test_the_play_speaks_vietnamese(leave):
    said = played(leave, "open", "", "as head", "look", language="vi")
    assert "Hồ sơ 1: Nháp (draft)" in said
    assert "không: Trình – “Trình” không thuộc lượt xử lý của ông/bà." in said


def test_a_movement_opens_a_case_where_no_walks_say_how(tmp_path):
    path = tmp_path / "owed.yaml"
    path.write_text(
        LEAVE.replace("by: clerk, to", "by: movement, to").replace(
            "{who: clerk}", "{who: clerk, due: late, escalate_to: head}"
        ),
        "utf-8",
    )
    said = played(path, "next")
    assert "Case 1: Draft (draft)\n  waits for: clerk\n  due: 2017-12-13 00:00" in said
    assert "letter: overdue to clerk" in said


def test_a_time_that_is_none_ends_the_command(leave):
    answer = called("definitions", "play", leave, "--starts", "soon")
    assert (answer.exit_code, answer.stderr) == (1, "“soon” is no moment; write one like 2017-11-13 08:00.\n")


def test_playing_writes_nothing_but_what_is_saved(leave, environment, tmp_path):
    before = set(tmp_path.rglob("*"))
    played(leave, "open", "", "do send", "", "", "", "", "", "")
    assert set(tmp_path.rglob("*")) == before
    assert not environment.exists()


def test_it_can_be_played_at_a_terminal(leave):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from trinh.command import main; main()", "definitions", "play", str(leave)]
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs) as game:
        os.close(theirs)
        os.write(ours, b"open\n\nquit\n")
        said = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert game.returncode == 0, said
    assert "Case 1: Draft (draft)" in said.decode()


def _read(terminal: int) -> bytes:
    """Read what there is; a closed terminal says so with an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_paper_from_outside_is_typed_with_its_sender_and_day_of_receipt(tmp_path):
    walks = tmp_path / "walks.yaml"
    law = ROOT / "tests/support/outside.yaml"
    said = played(
        law, "open", "do send", "1/TTr, 2017-10-16", "do agreed", "9/BTĐKT, 2017-10-16, Ban TĐKT, 2017-10-15",
        "do agreed", "9/BTĐKT, 2017-10-16, Ban TĐKT, 2017-10-16", f"save {walks}", "quit",
    )  # fmt: skip
    assert "document: number, date, sender, day of receipt" in said
    assert "is before the answer was waited for" in said
    assert comes_true(law, walks)

"""A small definition that is sound, and what is said about variations of it."""

from pathlib import Path

from workflow.machine.checking import check
from workflow.machine.definition import DefinitionFaults, Finding
from workflow.machine.loading.loader import load

DEFINITIONS = Path(__file__).parents[2] / "definitions"
LEAVE = """\
definition: leave
title: Xin nghỉ phép | Leave
basis: 12/QĐ-SNV
fields:
  reason: {is: text, label: Lý do | Reason}
  days:   {is: integer, label: Số ngày | Days}
  until:  {is: date, label: Đến ngày | Until}
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
  chair: chair above unit
clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}
escalation: {-1 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: [reason, days, until]}
    actions: {send: {label: Trình | Send, to: asked, requires: [reason, days]}}
  asked:
    label: Chờ duyệt | Asked
    turn: {who: head, due: answer, escalate_to: chair}
    actions:
      grant:  {label: Đồng ý | Grant, to: granted}
      return: {label: Trả lại | Return, to: draft, requires: [comment]}
  granted: {label: Được nghỉ | Granted, outcome: good}
"""


def shipped(name: str) -> str:
    """The text of a definition that ships."""
    return (DEFINITIONS / name / "v1.yaml").read_text(encoding="utf-8")


def leave(*changes: tuple[str, str]) -> str:
    """The small definition with some words changed; each must stand in it exactly once."""
    text = LEAVE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def faults_of(source: str | bytes) -> tuple[Finding, ...]:
    """Everything that loading says is wrong; empty if it loads."""
    try:
        load(source, path="leave.yaml")
    except DefinitionFaults as refused:
        return refused.faults
    return ()


def findings_of(source: str) -> tuple[Finding, ...]:
    """Everything that loading or checking says."""
    return faults_of(source) or check(load(source, path="leave.yaml"))


def said(findings: tuple[Finding, ...]) -> list[tuple[str, int]]:
    """Codes with their lines."""
    return [(finding.code, finding.line) for finding in findings]


def lapsing_leave(when, *changes):
    """The small definition with an act of the system that grants by itself."""
    grant = "      grant:  {label: Đồng ý | Grant, to: granted}\n"
    by_itself = f"{grant}      lapse: {{label: Hết hạn | Lapsed, by: system, to: granted, when: '{when}'}}\n"
    return leave((grant, by_itself), ("[reason, days]}}", "[reason, days, until]}}"), *changes)

"""A small definition with a vote that is sound, a motion whose rule is filled in, and variations of both."""

from tests.support.small_definition import findings_of

VOTE = """\
definition: vote
title: Biểu quyết | Vote
basis: 12/QĐ-SNV
fields:
  size: {is: integer, min: 1, max: 9, label: Quy mô | Size}
people:
  clerk:   unit_clerk at unit
  chair:   chair above unit
  council: council_member at province
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: [size]}
    actions: {send: {label: Trình | Send, to: voting, requires: [size]}}
  voting:
    label: Biểu quyết | Voting
    turn: {who: chair, due: 5 wd, escalate_to: clerk}
    ask:
      ballot:
        label: Phiếu | Ballot
        of: council
        answers: {yes: Đồng ý | Yes, no: Không | No}
        due: 3 wd
        result: {passed: yes * 100 >= 80 * members, failed: else}
    actions:
      pass: {label: Thông qua | Pass, to: passed, when: ballot.passed}
      fail: {label: Không thông qua | Fail, to: failed, when: ballot.failed}
  passed: {label: Đã thông qua | Passed, outcome: good}
  failed: {label: Không thông qua | Failed, outcome: bad}
"""
FAIL = "      fail: {label: Không thông qua | Fail, to: failed, when: ballot.failed}\n"
PASS = "{label: Thông qua | Pass, to: passed, when: ballot.passed}"
BY_SYSTEM = (
    (PASS, "{label: A | B, by: system, to: passed, when: ballot.closed && ballot.passed}"),
    (
        "{label: Không thông qua | Fail, to: failed, when: ballot.failed}",
        """{label: A | B, by: system, to: failed, when: ballot.closed && ballot.failed}
      note: {label: Ghi chú | Note}""",
    ),
    ("due: 5 wd, escalate_to: clerk}", "escalate_to: clerk}"),
)
MOTION = """
definition: motion
title: Biểu quyết | Motion
basis: test
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
start: {by: clerk, to: draft}
states:
  draft: {label: Nháp | Draft, turn: {who: clerk}, actions: {put: {label: Trình | Put, to: asked}}}
  asked:
    label: Biểu quyết | Asked
    turn: {who: clerk}
    ask:
      vote:
        of: head
        answers: {yes: Có | Yes, no: Không | No, pass: Trắng | Abstain}
        result: {carried: RULE, lost: else}
    actions:
      end: {by: system, label: Xong | End, to: done, when: vote.closed && vote.carried}
      drop: {by: system, label: Bỏ | Drop, to: dropped, when: vote.closed && vote.lost}
  done: {label: Thông qua | Carried, outcome: good}
  dropped: {label: Không thông qua | Lost, outcome: bad}
"""


def vote(*changes):
    text = VOTE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def findings_by_code(text):
    return {finding.code: finding for finding in findings_of(text)}

"""`trinh definitions explain|draw`: the rules as people read them, the same at every call.

After a meant change, write the golden files anew:
trinh definitions explain definitions/NAME/v1.yaml --lang LANG -o tests/trinh/explained/NAME.LANG.md
"""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.command_line import called

ROOT = Path(__file__).parents[2]
EXPLAINED = Path(__file__).parent / "explained"
SHIPPED = sorted(path.parent.name for path in (ROOT / "definitions").glob("*/v1.yaml"))
GUARDED = """\
definition: leave
title: Xin nghỉ phép | Leave
basis: 12/QĐ-SNV
valid: {from: 2017-10-16, to: 2020-12-31}
fields:
  days:  {is: integer, min: 1, max: 30, label: Số ngày | Days}
  until: {is: date, label: Đến ngày | Until}
  kind:  {is: choice, of: {paid: Có lương | Paid, unpaid: Không lương | Unpaid}, label: Loại | Kind}
  other: {is: unit, label: Đơn vị thay | Other unit}
params: {quota: {is: integer, by: [kind], values: {paid: 12}, else: 30, source: Điều 113 BLLĐ}}
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
  chair: chair above unit else skip
  asked: unit_head at other else chair
escalation: {-1 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}
start: {by: clerk, to: draft, when: today > date("2017-10-16")}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk, due: 1 wd, escalate_to: head}
    edit: {clerk: [days, until, kind, other]}
    view: {public: [kind]}
    actions:
      send:
        - label: Trình | Send
          to: waiting
          requires: [days, until, kind]
          when: until >= today && days <= quota
          notify: chair
        - {to: waiting, requires: [days, until, kind, comment], warn: "!(kind == \\"paid\\" || days > 20)"}
  waiting:
    label: Chờ duyệt | Asked
    turn: {who: head, due: until until - 1 wd, escalate_to: chair}
    ask:
      vote:
        label: Biểu quyết | Vote
        of: asked
        answers: {yes: Đồng ý | Yes, no: Không | No}
        due: 3 wd
        silence: no
        result: {passed: yes * 100 >= 80 * members, failed: else}
    actions:
      grant:  {label: Đồng ý | Grant, to: granted, when: vote.passed}
      refuse: {label: Từ chối | Refuse, to: refused, requires: [comment]}
  granted:
    label: Được nghỉ | Granted
    outcome: good
    actions: {extend: {label: Xin thêm | Extend, by: clerk, open: {as: extends, copy: [kind], at: draft}}}
  refused: {label: Không được nghỉ | Not granted, outcome: bad}
"""
COUNCIL = """\
definition: council
title: Hội đồng | Council
basis: 12/QĐ-UBND
people:
  secretary: council_secretary at province
  council:   council_member at province
  chair:     chair at province
members: {nominees: {of: nominee, in: ready, where: points > 50, reads: {points: integer}}}
start: {by: secretary, to: voting}
states:
  voting:
    label: Bỏ phiếu | Voting
    turn: {who: secretary}
    edit: {secretary: [nominees]}
    ask:
      ballot:
        label: Phiếu | Ballot
        of: council
        about: nominees
        answers: {yes: Đồng ý | Yes, no: Không | No}
        due: 3 wd
        secret: true
        paper: true
        result: {passed: yes * 100 >= 80 * members, failed: else}
      review:
        label: Xem | Review
        of: [chair, council]
        in: order
        answers: {fine: Đạt | Fine, poor: Chưa đạt | Poor}
        due: 3 wd
        silence: poor
    actions:
      close: {label: Chốt | Close, to: held, each: {nominees: {ballot.passed: pass, ballot.failed: fail}}}
  held: {label: Đã họp | Held, outcome: neutral}
"""


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_rules_are_told_as_the_golden_files_say(name, language):
    answer = called("definitions", "explain", ROOT / f"definitions/{name}/v1.yaml", "--lang", language)
    assert answer.exit_code == 0, answer.output
    assert answer.output == (EXPLAINED / f"{name}.{language}.md").read_text("utf-8")


@pytest.fixture
def guarded(tmp_path):
    path = tmp_path / "leave.yaml"
    path.write_text(GUARDED, "utf-8")
    return path


@pytest.mark.parametrize(
    "line",
    [
        "New cases are opened from 16/10/2017 up to and including 31/12/2020.",
        "Unit clerk opens a case; it begins as “Draft”.",
        "Only if today must be after 16/10/2017.",
        "| Unit head | at the unit named in “Other unit” | Chairman of the People's Committee |",
        "| Chairman of the People's Committee | at the nearest unit above that has one | skipped |",
        "Unit clerk may write: Days, Until, Kind, Other unit. Everybody may see: Kind.",
        "| Until must not be before today; Days must be at most the figure “quota” | Days, Until, Kind | to “Asked”;",
        "a warning where this fails: Kind must not be Paid; Days must be at most 20",
        "“Vote” is asked: Unit head answers “Yes” / “No”. To be answered: 3 working days. Silence counts as “No”.",
        "“passed” if the answers “Yes” × 100 must be at least 80 × those asked. Otherwise “failed”.",
        "must hold: “Vote” came to “passed”",
        "opens a case of “Leave” at “Draft”, with a copy of Kind",
        "| 1 working day before the due day, 08:00 | whoever has the turn |",
        "| then every 5 working days | whoever the step names for lateness |",
        "| Days | whole number | at least 1; at most 30 |",
        "| quota | Paid: 12; otherwise: 30 | Điều 113 BLLĐ |",
        "Nothing but acting on a case about oneself is forbidden.",
    ],
)
def test_every_kind_of_rule_is_told(guarded, line):
    assert line in called("definitions", "explain", guarded, "--lang", "en").output


@pytest.mark.parametrize(
    "line",
    [
        "| nominees | nominee | ready | points must be more than 50 |",
        "“Ballot” is asked: Council member answers “Yes” / “No”. It is asked of each case of “nominees”.",
        "Secret: choices are kept apart from names. A count of papers may be typed in instead.",
        "Chairman of the People's Committee, Council member answers “Fine” / “Poor”. They are asked one after",
        "the cases of “nominees” whose “Ballot” is “passed” get “pass” with it",
    ],
)
def test_lists_and_votes_on_them_are_told(tmp_path, line):
    path = tmp_path / "council.yaml"
    path.write_text(COUNCIL, "utf-8")
    assert line in called("definitions", "explain", path, "--lang", "en").output


@pytest.mark.parametrize(("language", "told"), [("vi", "Dùng khi xin nghỉ."), ("en", "Use it to ask for leave.")])
def test_the_rules_open_with_what_the_definition_is_for(tmp_path, language, told):
    path = tmp_path / "leave.yaml"
    purpose = "purpose: Dùng khi xin nghỉ. | Use it to ask for leave.\n"
    path.write_text(GUARDED.replace("basis:", f"{purpose}basis:"), "utf-8")
    lines = called("definitions", "explain", path, "--lang", language).output.splitlines()
    assert lines[1:4] == ["", told, ""]


def test_nothing_is_left_untranslated(guarded):
    told = called("definitions", "explain", guarded, "--lang", "vi").output
    assert "Đến ngày không được trước hôm nay; Số ngày không được quá mức “quota”" in told
    assert not [word for word in ("working day", " may ", "Waits", "is told") if word in told]


def test_the_rules_go_into_a_file(guarded, tmp_path):
    answer = called("definitions", "explain", guarded, "-o", tmp_path / "leave.md")
    assert answer.output == f"Written into {tmp_path / 'leave.md'}.\n"
    assert (tmp_path / "leave.md").read_text("utf-8").startswith("# Leave\n")


def test_a_definition_with_a_fault_is_not_told_but_its_fault_is(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(GUARDED.replace("days <= quota", "days <= kwota"), "utf-8")
    answer = called("definitions", "explain", path)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert f"{path}:" in answer.stderr
    assert "kwota" in answer.stderr


def test_a_drawing_in_both_languages_says_everything_twice(guarded, tmp_path):
    answer = called("definitions", "draw", guarded, "--lang", "both", "-o", tmp_path / "leave.svg")
    assert answer.exit_code == 0, answer.output
    root = ET.fromstring((tmp_path / "leave.svg").read_text("utf-8"))
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Nháp", "Draft", "Hạn: 1 ngày làm việc", "Due: 1 working day", "Trình", "Send"} <= set(words)
    assert {"Cán bộ phụ trách thi đua", "Unit clerk", "Waits for: Unit clerk"} <= set(words)


def test_a_drawing_is_the_same_at_every_call(guarded):
    drawn = [called("definitions", "draw", guarded, "--lang", language).output for language in ("both", "both", "vi")]
    assert drawn[0] == drawn[1] != drawn[2]

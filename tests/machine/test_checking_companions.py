"""Several cases on the lists of one: what each alone lets pass, two together can block, and the verifier says so."""

import pytest

from workflow.machine.checking import check_family
from workflow.machine.loading.loader import load

BOARD = """\
definition: board
title: Phiên xét | Board
basis: 12/QĐ-SNV
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
members:
  papers: {of: paper, in: ready}
  guests: {of: guest, in: ready}
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk, due: 3 wd, escalate_to: head}
    edit: {clerk: [papers, guests]}
    actions: {begin: {label: Mở | Begin, to: sitting, each: {papers: take, guests: take}}}
  sitting:
    label: Đang họp | Sitting
    turn: {who: clerk, due: 3 wd, escalate_to: head}
    actions:
ACTIONS
  held: {label: Đã họp | Held, outcome: neutral}
"""
CASE = """\
definition: NAME
title: Hồ sơ | Case
basis: 12/QĐ-SNV
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: ready}
states:
  ready:
    label: Sẵn sàng | Ready
    turn: {who: clerk, due: 3 wd, escalate_to: head}
    actions:
      take: {label: Nhận | Take, by: link, to: taken}
      drop: {label: Thôi | Drop, to: gone}
  taken:
    label: Đang xét | Taken
    turn: {who: clerk, due: 3 wd, escalate_to: head}
    actions:
      leave:  {label: Rút | Leave, to: gone}
      finish: {label: Xong | Finish, to: settled}
      settle: {label: Xong | Settle, by: link, to: settled}
  settled:
    label: Xong | Settled
    outcome: good
    actions: {GONE: {label: Giữ | Keep, by: link}}
  gone:
    label: Đã rút | Gone
    outcome: neutral
    actions: {GONE: {label: Giữ | Keep, by: link}}
"""
CLOSE = "      close: {label: Đóng | Close, to: held, each: {papers: settle, guests: settle}}\n"
EITHER = (
    "      close_papers: {label: Đóng | Close, to: held, each: {papers: settle}}\n"
    "      close_guests: {label: Đóng | Close, to: held, each: {guests: settle}}\n"
)
BY_STATE = """\
      all_in:  {label: Đóng | Close, to: held, when: 'papers.all(p, p.state == "settled")'}
      all_out: {label: Đóng | Close, to: held, when: 'papers.all(p, p.state == "gone")'}
      clear:   {label: Đóng | Close, to: held, when: size(papers) == 0}
"""
MIXED = "      mixed: {label: Đóng | Close, to: held, when: 'papers.any(p, p.state == \"gone\")'}\n"


def said(actions, *, gone="archive", order="all"):
    """What is said of a board that ends by these acts; `gone` is what a case that left still takes."""
    texts = {"board": BOARD.replace("ACTIONS\n", actions).replace("in: ready}", f"in: ready, order: {order}}}")}
    texts |= {name: CASE.replace("NAME", name).replace("GONE", gone) for name in ("paper", "guest")}
    family = {name: load(text, path=name) for name, text in texts.items()}
    return {finding.code: finding for finding in check_family(family)["board"]}


def test_one_case_that_takes_nothing_any_more_blocks_an_act_on_all():
    assert "holder_blocked" in said(CLOSE)
    assert "holder_blocked_by_two" not in said(CLOSE)


def test_two_lists_of_different_definitions_block_between_them_what_each_alone_does_not():
    blocked = said(EITHER)["holder_blocked_by_two"]
    assert blocked.facts == {"state": "sitting", "links": ("papers", "guests"), "states": ("gone", "gone")}
    assert [step.action for step in blocked.steps] == [
        "board.open",
        "board.begin",
        "paper.leave",
        "guest.leave",
    ]


def test_cases_that_take_the_act_wherever_they_stand_block_nothing():
    assert said(EITHER, gone="settle") == {}


def test_lists_that_are_dealt_with_one_by_one_leave_behind_what_refuses():
    assert "holder_blocked_by_two" not in said(EITHER, order="one")


def test_two_cases_of_one_list_block_between_them_what_each_alone_does_not():
    blocked = said(BY_STATE)["holder_blocked_by_two"]
    assert (blocked.facts["links"], set(blocked.facts["states"])) == (("papers",), {"settled", "gone"})


def test_a_way_for_a_list_of_both_kinds_blocks_nothing():
    assert said(BY_STATE + MIXED) == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_said_in_both_languages(language):
    sentence = said(EITHER)["holder_blocked_by_two"].sentence(language)
    assert "papers, guests" in sentence
    assert "sitting" in sentence

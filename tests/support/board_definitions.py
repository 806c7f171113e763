"""A board with two lists of cases, and what is said of it by the acts that end it."""

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


def board_findings(actions, *, gone="archive", order="all"):
    """What is said of a board that ends by these acts; `gone` is what a case that left still takes."""
    texts = {"board": BOARD.replace("ACTIONS\n", actions).replace("in: ready}", f"in: ready, order: {order}}}")}
    texts |= {name: CASE.replace("NAME", name).replace("GONE", gone) for name in ("paper", "guest")}
    family = {name: load(text, path=name) for name, text in texts.items()}
    return {finding.code: finding for finding in check_family(family)["board"]}

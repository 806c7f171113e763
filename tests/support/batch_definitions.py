"""A family in which one act opens several cases, each from one that it moves, and each may be refused by its own law.

Items stand on the list of a batch; shipping it moves each and opens a slip from each, which the law of slips refuses
where the item is heavy. A pool gathers signed slips and asks about them. Everything is done at one unit.
"""

from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load

HEAVY = 10
BATCH = """
definition: batch
title: Lô hàng | Batch
basis: 1/QĐ
fields:
  note: {is: text, label: Ghi chú | Note}
people: {clerk: unit_clerk at unit, head: unit_head at unit}
members: {items: {label: Các món hàng | Items, of: item, in: weighed}}
escalation: {-1 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: packing}
states:
  packing:
    label: Đang gom | Packing
    turn: {who: clerk, due: 4 wd, escalate_to: head}
    edit: {clerk: [note, items]}
    actions:
      ship: {label: Gửi | Ship, when: size(items) > 0, to: shipped, each: {items: release}}
  shipped: {label: Đã gửi | Shipped, outcome: good}
"""
ITEM = """
definition: item
title: Món hàng | Item
basis: 1/QĐ
fields:
  weight: {is: integer, label: Khối lượng | Weight}
people: {clerk: unit_clerk at unit, head: unit_head at unit}
escalation: {-1 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: new}
states:
  new:
    label: Mới | New
    turn: {who: clerk, due: 3 wd, escalate_to: head}
    actions:
      weigh: {label: Cân | Weigh, requires: [weight], to: weighed}
  weighed:
    label: Đã cân | Weighed
    turn: {who: clerk, due: 6 wd, escalate_to: head}
    actions:
      weigh:   {label: Cân lại | Weigh again, requires: [weight], to: weighed}
      release:
        by: link
        label: Xuất | Release
        to: released
        open: {definition: slip, as: slip_of, copy: [weight], at: written}
  released: {label: Đã xuất | Released, outcome: good}
"""
SLIP = f"""
definition: slip
title: Phiếu xuất | Slip
basis: 1/QĐ
fields:
  weight: {{is: integer, label: Khối lượng | Weight}}
people: {{head: unit_head at unit, clerk: unit_clerk at unit}}
links: {{slip_of: {{}}}}
escalation: {{-1 wd: turn, 2 wd: escalate_to}}
start: {{by: link, to: written, when: 'has(weight) && weight < {HEAVY}'}}
states:
  written:
    label: Đã viết | Written
    turn: {{who: head, due: 2 wd, escalate_to: clerk}}
    actions:
      sign:   {{label: Ký | Sign, to: signed}}
      refuse: {{label: Không ký | Refuse, to: refused, requires: [comment]}}
  signed:
    label: Đã ký | Signed
    turn: {{who: clerk, due: 9 wd, escalate_to: head}}
    actions:
      list:   {{by: link, label: Đưa vào sổ | List, to: listed}}
      refuse: {{label: Hủy | Cancel, to: refused, requires: [comment]}}
  listed:
    label: Trong sổ | Listed
    turn: {{who: clerk, due: 20 wd, escalate_to: head}}
    actions:
      strike: {{by: link, label: Bỏ khỏi sổ | Strike, to: signed}}
      pass:   {{by: link, label: Thông qua | Pass, to: passed}}
      remark: {{label: Ghi chú | Remark, requires: [comment]}}
  passed:  {{label: Đã thông qua | Passed, outcome: good}}
  refused: {{label: Không ký | Refused, outcome: bad}}
"""
POOL = """
definition: pool
title: Sổ phiếu | Pool
basis: 1/QĐ
fields:
  note: {is: text, label: Ghi chú | Note}
people: {clerk: unit_clerk at unit, head: unit_head at unit}
members: {slips: {label: Các phiếu | Slips, of: slip, in: signed}}
escalation: {-1 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: filling}
states:
  filling:
    label: Đang ghi | Filling
    turn: {who: clerk, due: 5 wd, escalate_to: head}
    edit: {clerk: [note, slips]}
    actions:
      put: {label: Trình | Put, when: size(slips) > 0, to: asked, each: {slips: list}}
  asked:
    label: Đang hỏi | Asked
    turn: {who: clerk, due: 3 wd, escalate_to: head}
    ask:
      view:
        label: Ý kiến | View
        of: head
        due: 2 wd
        silence: agree
        answers: {agree: Đồng ý | Agree, disagree: Không | Disagree}
    actions:
      close: {label: Chốt | Close, when: view.agree > 0, to: closed, each: {slips: pass}}
      again: {label: Làm lại | Again, to: filling, requires: [comment], each: {slips: strike}}
  closed: {label: Đã chốt | Closed, outcome: good}
"""
TEXTS = {"batch": BATCH, "item": ITEM, "slip": SLIP, "pool": POOL}


def batches() -> dict[str, Definition]:
    """Load the family, by name."""
    return {name: load(text, path=name) for name, text in TEXTS.items()}

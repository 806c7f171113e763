"""Two small families: a plan that opens its parts one after the other, and a batch that deals with names one by one."""

PLAN = """
definition: plan
title: Kế hoạch | Plan
basis: 1/QĐ
fields:
  steps: {is: integer, label: Số bước | Steps}
people: {clerk: unit_clerk at unit}
links: {parts: {as: part_of}}
start: {by: clerk, to: running}
states:
  running:
    label: Đang làm | Running
    turn: {who: clerk}
    edit: {clerk: [steps]}
    actions:
      fill:  {label: Ghi | Fill in, requires: [steps]}
      first: {label: Bắt đầu | Begin, open: {definition: part, as: part_of, copy: all, at: doing}}
      next:
        - {by: link, when: 'has(steps) && size(parts) < steps', open: {definition: part, as: part_of, at: doing}}
        - {by: link, to: done}
  done: {label: Xong | Done, outcome: good}
"""
PART = """
definition: part
title: Phần việc | Part
basis: 1/QĐ
fields:
  steps: {is: text, label: Ghi chú | Note}
people:
  clerk: unit_clerk at unit
  boss:  unit_head at part_of
  chair: chair at province
escalation: {0 wd: turn, 2 wd: escalate_to}
links: {part_of: {}}
start: {by: link, to: doing}
states:
  doing:
    label: Đang làm | Doing
    turn: {who: boss, due: 3 wd, escalate_to: chair}
    actions: {finish: {label: Xong | Finish, to: done, each: {part_of: next}}}
  done: {label: Xong | Done, outcome: good}
"""
BATCH = """
definition: batch
title: Đợt | Batch
basis: 1/QĐ
people: {officer: award_officer at unit}
members: {names: {of: name, in: ready, order: one}}
start: {by: officer, to: open}
states:
  open:
    label: Đang lập | Being made
    turn: {who: officer}
    edit: {officer: [names]}
    actions:
      put: {label: Đưa vào | Put, to: closed, each: {names: list}}
  closed:
    label: Đã chốt | Closed
    turn: {who: officer}
    actions:
      decide: {label: Quyết định | Decide, to: done, each: {names: award}}
  done: {label: Xong | Done, outcome: neutral}
"""
LISTED_NAME = """
definition: name
title: Tên | Name
basis: 1/QĐ
fields: {years: {is: integer, label: Số năm | Years}}
people: {officer: award_officer at unit}
start: {by: officer, to: ready}
states:
  ready:
    label: Sẵn sàng | Ready
    turn: {who: officer}
    edit: {officer: [years]}
    actions:
      fill: {label: Ghi | Fill in, requires: [years]}
      list: {by: link, to: listed}
      drop: {label: Thôi | Drop, to: dropped}
  listed:
    label: Trong đợt | In a batch
    turn: {who: officer}
    actions:
      award:   {by: link, when: 'has(years) && years >= 5', to: awarded}
      suspend: {label: Tạm dừng | Suspend, to: ready}
  awarded: {label: Được khen | Awarded, outcome: good}
  dropped: {label: Thôi | Dropped, outcome: neutral}
"""

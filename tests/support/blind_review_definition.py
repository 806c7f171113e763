"""A paper under blind review, whose states say who sees which of its fields."""

BLIND_REVIEW = """
definition: paper
title: Bài viết | Paper
basis: 1/QĐ
heading: author
fields:
  author: {is: text, listed: true, label: Tác giả | Author}
  topic:  {is: text, listed: true, label: Đề tài | Topic}
  pages:  {is: integer, listed: true, label: Số trang | Pages}
  mark:   {is: integer, label: Điểm | Mark}
people:
  writer:   unit_clerk at unit
  reviewer: unit_head at unit
  editor:   chair above unit
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: writer, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: writer}
    edit: {writer: [author, topic, pages]}
    actions: {send: {label: Gửi | Send, to: blind, requires: [author, topic, pages]}}
  blind:
    label: Phản biện kín | Blind review
    turn: {who: reviewer, due: 5 wd, escalate_to: editor}
    edit: {reviewer: [mark]}
    view: {reviewer: [topic], editor: all, public: [topic]}
    actions:
      accept: {label: Nhận | Accept, to: shown, requires: [mark], when: pages <= 10}
      ask:    {label: Hỏi | Ask, to: draft, warn: pages <= 10, requires: [comment]}
  shown: {label: Công bố | Published, outcome: good, view: {public: [author, topic]}}
"""

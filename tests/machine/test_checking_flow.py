"""What is read while it may be empty is found before anything is published, wherever it stands."""

import pytest

from tests.support.small_definition import findings_of

LAW = """
definition: probe
title: Thử | Probe
basis: test
fields:
  days:  {is: integer, label: Số ngày | Days}
  until: {is: date, label: Đến ngày | Until}
  kind:  {is: choice, of: {a: Loại A | A, b: Loại B | B}, label: Loại | Kind}
  place: {is: unit, label: Nơi | Place}
  rows:  {is: table, label: Bảng | Table, columns: {n: {is: integer, label: Số | Number}}}
  text:  {is: text, label: Chữ | Text}
params:
  some: {is: integer, by: [kind], values: {a: 3}, source: test}
  each: {is: integer, by: [kind], values: {a: 3, b: 4}, source: test}
  whole: {is: integer, by: [kind], values: {a: 3}, else: 4, source: test}
people:
  clerk: unit_clerk at unit
  head:  unit_head at unit
  other: unit_head at place
  sub:   unit_head at subs
  boss:  chair at province
clocks: {c: {due: until until, starts: [tick]}}
links: {subs: {as: sub, reads: {days: integer}}}
reserves: {r: {by: [kind], most: 1}}
escalation: {0 wd: turn, 2 wd: boss}
start: {by: clerk, to: draftSTART}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions:
      go: {label: Đi | Go, to: nextGO}
      open: {label: Mở | Open, open: {as: sub, at: draft}}
      tick: {label: Ghi | Tick, requires: [until]}
  next:
    label: Sau | Next
    turn: TURN
    edit: {head: [text]}
    ask: {ASK}
    actions:
      end: {label: Xong | End, to: done}
      x: ACTION
  done: {label: Xong | Done, outcome: good}
"""
EMPTY = ("maybe_empty", "due_maybe_empty", "place_maybe_empty", "reserve_maybe_empty", "due_without_figure")


def found(*, action="to: done", turn="{who: head, due: 3 wd, escalate_to: boss}", go="", ask="", start=""):
    action = action if action.startswith("[") else f"{{label: A | B, {action}}}"
    asked = f"v: {{label: A | B, of: head, due: 2 wd, answers: {{yes: A | B}}, {ask}}}" if ask else ""
    text = LAW.replace("ACTION", action).replace("TURN", turn).replace("GO", go).replace("ASK", asked)
    every = [finding.code for finding in findings_of(text.replace("START", start))]
    return [code for code in every if code in EMPTY]


@pytest.mark.parametrize(
    "action",
    [
        "when: days > 3",
        "warn: days > 3",
        "set: {days: days + 1}",
        "when: has(days) || days > 3",
        "when: 'has(days) ? true : days > 3'",
        "when: 'min(days, 3) > 1'",
        "when: 'wd(until, 3) > today'",
        "when: 'kind in [\"a\"]'",
        "when: size(rows) > 3",
        "when: 'rows.all(r, r.n > 3)'",
        "when: 'has(rows) && rows.all(r, r.n > days)'",
        "when: 'subs.all(s, s.days > 3)'",
        "when: 'subs.all(s, s.outcome == \"good\")'",
        "when: some > 3",
        'when: comment == "x"',
        "when: today < movement.ends",
        "requires: [days], set: {until: 'days(until, days)'}",
        "[{label: A | B, when: '!has(days)', to: done}, {when: days > 3, to: done}, {to: draft}]",
        "[{label: A | B, requires: [days], when: days > 3, to: done}, {when: days <= 3, to: draft}]",
    ],
)
def test_a_guard_or_value_asks_for_what_may_be_empty_first(action):
    assert found(action=action) == ["maybe_empty"]


@pytest.mark.parametrize(
    "action",
    [
        "when: has(days) && days > 3",
        "when: '!has(days) || days > 3'",
        "when: '!(has(days) && days > 3)'",
        "when: 'has(days) ? days > 3 : false'",
        "requires: [days], when: days > 3",
        "requires: [days], set: {days: days + 1}",
        'requires: [comment], when: comment == "x"',
        "when: 'has(rows) && rows.all(r, r.n > 3)'",
        "when: 'subs.all(s, has(s.days) && s.days > 3)'",
        "when: has(some) && some > 3",
        "when: whole > 3",
        "when: changed(days)",
    ],
)
def test_what_is_asked_for_or_given_may_be_read(action):
    assert found(action=action) == []


def test_what_was_given_is_there_until_somebody_may_empty_it():
    assert found(go=", requires: [days]", action="when: days > 3") == []
    assert found(go=", requires: [text]", action="when: size(text) > 3") == ["maybe_empty"]


def test_a_start_reads_nothing_that_nobody_has_given_yet():
    assert found(start=", when: days > 3") == ["maybe_empty"]


@pytest.mark.parametrize(
    ("ask", "codes"),
    [
        ("result: {passed: yes > days, failed: else}", ["maybe_empty"]),
        ("result: {passed: 'has(days) && yes > days', failed: else}", []),
        ("secret: true", []),
    ],
)
def test_a_result_reads_what_is_there(ask, codes):
    assert found(ask=ask, action="when: v.closed") == codes


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("due: 2 wd", "due: until until", ["due_maybe_empty"]),
        ("due: 2 wd", "due: some wd", ["due_without_figure"]),
        ("due: 2 wd", "due: whole wd", []),
        ("of: head", "of: other", ["place_maybe_empty"]),
    ],
)
def test_a_question_is_due_on_a_day_that_is_there_and_put_to_people_who_are(old, new, codes):
    text = "v: {label: A | B, of: head, due: 2 wd, answers: {yes: A | B}}".replace(old, new)
    law = LAW.replace("ACTION", "{label: A | B, to: done}").replace("GO", "").replace("ASK", text).replace("START", "")
    said = [one.code for one in findings_of(law.replace("TURN", "{who: head, due: 3 wd, escalate_to: boss}"))]
    assert [code for code in said if code in EMPTY] == codes


@pytest.mark.parametrize(
    ("turn", "go", "codes"),
    [
        ("{who: other, due: 3 wd, escalate_to: boss}", "", ["place_maybe_empty"]),
        ("{who: head, due: 3 wd, escalate_to: other}", "", ["place_maybe_empty"]),
        ("{who: other, due: 3 wd, escalate_to: boss}", ", requires: [place]", []),
        ("{who: head, due: until, escalate_to: boss}", "", ["due_maybe_empty"]),
        ("{who: head, due: at until - 3 wd, escalate_to: boss}", "", ["due_maybe_empty"]),
        ("{who: head, due: until, escalate_to: boss}", ", requires: [until]", []),
        ("{who: head, due: some wd, escalate_to: boss}", ", requires: [kind]", ["due_without_figure"]),
        ("{who: head, due: each wd, escalate_to: boss}", "", ["due_without_figure"]),
        ("{who: head, due: each wd, escalate_to: boss}", ", requires: [kind]", []),
        ("{who: head, due: whole wd, escalate_to: boss}", "", []),
    ],
)
def test_a_turn_is_due_on_a_day_that_is_there_and_waits_for_people_who_are(turn, go, codes):
    assert found(turn=turn, go=go) == codes


@pytest.mark.parametrize(
    ("action", "codes"),
    [
        ("by: other, to: done", ["place_maybe_empty"]),
        ("by: other, when: has(place), to: done", []),
        ("reserve: r", ["reserve_maybe_empty"]),
        ("requires: [kind], reserve: r", []),
    ],
)
def test_whoever_acts_can_be_found_and_a_place_be_told(action, codes):
    assert found(action=action) == codes


def test_people_of_a_linked_unit_may_be_missing_where_a_case_is_opened_otherwise():
    text = LAW.replace("ACTION", "{label: A | B, to: done}").replace("GO", "").replace("ASK", "").replace("START", "")
    said = [
        (one.code, one.severity)
        for one in findings_of(text.replace("TURN", "{who: sub, due: 3 wd, escalate_to: boss}"))
    ]
    assert ("link_maybe_missing", "warning") in said

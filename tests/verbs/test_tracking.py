"""What who waits for a case is told: steps, what was promised and what moved that, when it is likely to end."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from tests.support.statement_counts import count_statements
from workflow import cases, documents, tracking
from workflow.cases import Acted
from workflow.definitions import publishing
from workflow.files import Blobs
from workflow.values import Act

TARGETS = [{"indicator": "Số hộ thoát nghèo", "target": "12"}]
DEFECTS = [{"place": "Mục 2", "what": "Chưa nêu số hộ"}]
REQUEST = """
definition: request
title: Đề nghị | Request
basis: 1/QĐ
people: {clerk: unit_clerk at unit, chair: chair above unit, board: plan_reviewer at province}
escalation: {0 wd: turn, 2 wd: escalate_to}
clocks:
  answer:
    label: Trả lời | Answering
    budget: 20 wd
    starts: [send]
    stops: [return, grant]
    extend: {prolong: newly_due}
start: {by: clerk, to: draft}
fields:
  newly_due: {is: date, label: Hạn mới | New date}
  apology: {is: document, label: Thư xin lỗi | Apology}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions: {send: {label: Trình | Send, done: Đã trình | Sent, to: asked}}
  asked:
    label: Chờ trả lời | Awaiting an answer
    turn: {who: chair, due: answer, escalate_to: board}
    actions:
      grant:  {label: Đồng ý | Grant, to: granted}
      return: {label: Trả lại | Return, to: draft}
      prolong: {label: Gia hạn | Extend, requires: [newly_due, apology]}
  granted: {label: Đã đồng ý | Granted, outcome: good}
"""


def on(day: int, hour: int = 9, month: int = 11) -> datetime:
    """An hour of a day of 2017 as the province's clocks show it; the 13th of November is a Monday."""
    return datetime(2017, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def local(at: datetime) -> str:
    return (at + timedelta(hours=7)).strftime("%d/%m %H:%M")


class Plan:
    """A commune's plan, acted on by its people at chosen moments."""

    def __init__(self, database, province, blobs) -> None:
        self.database, self.province, self.blobs = database, province, blobs
        with database.writing() as tx:
            unit = province.units["14437"]
            self.code = cases.open_case(tx, "unit_plan", unit_id=unit, person_id=None, now=on(1)).case.code

    def act(self, who, action, at, **inputs) -> None:
        with self.database.writing() as tx:
            answer = cases.act_in(tx, self.code, Act(action, inputs), person_id=self.province.people[who], now=at)
        assert isinstance(answer, Acted), answer

    def hand_in(self, at):
        contact = {"name": "Trần Thị Lan"}
        self.act("cucphuong.clerk", "send", at, targets=TARGETS, launch="2017-11-20", contact=contact)
        head = self.province.people["cucphuong.head"]
        scan = documents.store(self.blobs, BytesIO(b"%PDF-1.7"), "plan.pdf")
        with self.database.writing() as tx:
            version = documents.upload(tx, self.code, "plan", scan, person_id=head, now=at)
        paper = {**documents.value_of(version), "symbol": "12/KH-UBND", "dated": "2017-11-01"}
        self.act("cucphuong.head", "sign", at, plan=paper)

    def track(self, now, who="cucphuong.clerk"):
        with self.database.reading() as tx:
            view = cases.view(tx, self.code, person_id=self.province.people[who], now=now)
            return tracking.track(tx, view, now=now)


@pytest.fixture
def plan(database, province, tmp_path) -> Plan:
    begun = Plan(database, province, Blobs(tmp_path / "blobs"))
    begun.act("cucphuong.clerk", "begin", on(1))
    return begun


def test_nothing_is_promised_before_the_plan_is_handed_in(plan):
    track = plan.track(on(2))
    assert track.promise is None
    assert track.handling.handed_in_at is None


def test_the_promise_is_the_limits_of_all_steps_to_come(plan):
    plan.hand_in(on(6))
    track = plan.track(on(6, 10))
    # Two working days until it is received, five to review it.
    assert local(track.promise.due_at) == "15/11 17:00"
    assert track.handling == (on(6), None)


def test_a_step_that_was_early_moves_nothing(plan):
    plan.hand_in(on(6))
    plan.act("nhoquan.officer", "receive", on(6, 14))
    track = plan.track(on(7))
    assert (local(track.promise.due_at), track.promise.shifts) == ("15/11 17:00", ())
    assert track.handling == (on(6), on(6, 14))


def test_a_step_that_was_late_moves_the_promise_and_is_told(plan):
    plan.hand_in(on(6))
    plan.act("nhoquan.officer", "receive", on(10))
    promise = plan.track(on(13)).promise
    assert (local(promise.first), local(promise.due_at)) == ("15/11 17:00", "17/11 17:00")
    assert [(shift.why, shift.days, shift.by) for shift in promise.shifts] == [("late", 2, "receive")]


def test_a_correction_moves_the_promise_by_the_time_it_took(plan):
    plan.hand_in(on(6))
    plan.act("nhoquan.officer", "receive", on(6, 14))
    plan.act("nhoquan.head", "return", on(8), defects=DEFECTS)
    paused = plan.track(on(9)).promise
    assert (local(paused.due_at), paused.paused_since) == ("15/11 17:00", on(8))
    plan.hand_in(on(14))
    track = plan.track(on(14, 11))
    assert (local(track.promise.first), local(track.promise.due_at)) == ("15/11 17:00", "23/11 17:00")
    [shift] = track.promise.shifts
    assert (shift.why, shift.days, shift.since, shift.at, shift.by) == ("pause", 6, on(8), on(14), "return")
    assert track.handling == (on(14), None)


def test_what_is_late_has_a_new_date_that_stays_for_some_days(plan):
    plan.hand_in(on(6))
    plan.act("nhoquan.officer", "receive", on(6, 14))
    assert plan.track(on(15, 16)).lateness is None
    late = [plan.track(on(day)).lateness for day in (16, 17, 20)]
    assert [(it.days, local(it.again)) for it in late] == [(1, "20/11 17:00"), (2, "20/11 17:00"), (3, "20/11 17:00")]
    assert local(plan.track(on(21)).lateness.again) == "27/11 17:00"


def test_an_answer_that_came_late_says_by_how_much(plan):
    plan.hand_in(on(6))
    plan.act("nhoquan.officer", "receive", on(6, 14))
    plan.act("nhoquan.head", "acknowledge", on(20))
    track = plan.track(on(21))
    assert (track.lateness.days, track.lateness.again, track.promise.kept_at) == (3, None, on(20))
    assert (track.is_open, track.expected) == (False, None)


def test_the_steps_say_what_was_done_by_whom_and_what_comes_next(plan):
    plan.hand_in(on(6))
    lines = plan.track(on(7)).steps.lines
    assert [(line.when, line.label and line.label.vi) for line in lines] == [
        ("done", None),
        ("done", "Đã bắt đầu soạn kế hoạch"),
        ("done", "Đã trình ký kế hoạch"),
        ("done", "Đã ký ban hành kế hoạch"),
        ("now", "Chờ tiếp nhận"),
        ("next", "Đang xem xét"),
        ("next", "Đã ghi nhận"),
    ]
    assert [(line.person, line.at) for line in lines[1:5]] == [
        ("Trần Thị Lan", on(1)),
        ("Trần Thị Lan", on(6)),
        ("Đinh Văn Ước", on(6)),
        (None, on(6)),
    ]


# -- a kind of case with a clock of its own


class Requests:
    """Requests of a commune to its district."""

    def __init__(self, database, province, blobs) -> None:
        self.database, self.province, self.blobs = database, province, blobs
        with database.writing() as tx:
            publishing.publish_shipped(tx, REQUEST, path="request", now=on(1, month=3))

    def sent(self, at) -> str:
        unit, clerk = self.province.units["14437"], self.province.people["cucphuong.clerk"]
        with self.database.writing() as tx:
            code = cases.open_case(tx, "request", unit_id=unit, person_id=clerk, now=at).case.code
        self.act(code, "cucphuong.clerk", "send", at)
        return code

    def act(self, code, who, action, at, **inputs):
        with self.database.writing() as tx:
            answer = cases.act_in(tx, code, Act(action, inputs), person_id=self.province.people[who], now=at)
        assert isinstance(answer, Acted), answer

    def prolong(self, code, at, *, until):
        chairman = self.province.people["nhoquan.chairman"]
        scan = documents.store(self.blobs, BytesIO(b"%PDF-1.7"), "apology.pdf")
        with self.database.writing() as tx:
            version = documents.upload(tx, code, "apology", scan, person_id=chairman, now=at)
        self.act(code, "nhoquan.chairman", "prolong", at, newly_due=until, apology=documents.value_of(version))

    def track(self, code, now):
        with self.database.reading() as tx:
            view = cases.view(tx, code, person_id=self.province.people["cucphuong.clerk"], now=now)
            return tracking.track(tx, view, now=now)


@pytest.fixture
def requests(database, province, tmp_path) -> Requests:
    return Requests(database, province, Blobs(tmp_path / "blobs"))


def test_a_clock_with_a_budget_is_the_promise_and_its_pause_moves_it(requests):
    code = requests.sent(on(1))
    first = requests.track(code, on(2)).promise
    assert (first.label.vi, local(first.due_at)) == ("Trả lời", "29/11 17:00")
    requests.act(code, "nhoquan.chairman", "return", on(6))
    requests.act(code, "cucphuong.clerk", "send", on(9))
    moved = requests.track(code, on(10)).promise
    assert (local(moved.first), local(moved.due_at)) == ("29/11 17:00", "04/12 17:00")
    assert [(shift.why, shift.days) for shift in moved.shifts] == [("pause", 3)]


def test_an_extension_moves_the_promise_and_is_told(requests):
    code = requests.sent(on(1))
    requests.prolong(code, on(6), until="2017-12-15")
    promise = requests.track(code, on(7)).promise
    assert [(shift.why, shift.days, shift.by) for shift in promise.shifts] == [("extension", 12, "prolong")]
    assert (local(promise.first), local(promise.due_at)) == ("29/11 17:00", "16/12 00:00")


def test_the_end_is_expected_by_the_history_of_the_same_kind(requests):
    for day in range(1, 23):
        code = requests.sent(on(1, month=10))
        requests.act(code, "nhoquan.chairman", "grant", on(1, 12, month=10) + timedelta(days=day))
    waiting = requests.sent(on(13))
    expected = requests.track(waiting, on(13, 10)).expected
    assert (expected.soonest, expected.latest, expected.judged_by) == (2, 15, 22)
    assert (expected.first_day.isoformat(), expected.last_day.isoformat()) == ("2017-11-15", "2017-12-04")


def test_twenty_ended_cases_are_needed(requests):
    for _ in range(19):
        requests.act(requests.sent(on(1, month=10)), "nhoquan.chairman", "grant", on(4, month=10))
    assert requests.track(requests.sent(on(13)), on(13, 10)).expected is None


def test_the_history_of_a_kind_is_read_once_a_day(requests):
    code = requests.sent(on(13))
    requests.track(code, on(13, 10))
    with count_statements(requests.database) as first:
        requests.track(code, on(14))
    with count_statements(requests.database) as again:
        requests.track(code, on(14, 11))
    assert first.count("SELECT") - again.count("SELECT") == 1

"""The desk of one person: groups, filters, kept views, what is put off, one act on what was selected."""

from datetime import date

import pytest

from tests.support import errand_cases, small_record
from tests.support.calendar_facts import hanoi
from tests.support.small_record import CHAIR, CLERK, OFFICER
from tests.support.statement_counts import count_statements
from workflow import cases
from workflow.audit import audits
from workflow.cases import Acted, assignments
from workflow.desk import QueueFilters, bulk, queue, queue_views, snoozes
from workflow.errors import CaseNotFound, Invalid
from workflow.installation import business_time
from workflow.storage.session import Database
from workflow.values import Act, Refusal


@pytest.fixture
def database(request, kind):
    """An empty database of either kind."""
    opened = Database(request.getfixturevalue(f"{kind}_url"))
    yield opened
    opened.close()


@pytest.fixture
def errands(database):
    """Four errands that wait for the officer, due on Wednesday, opened on a Monday."""
    errand_cases.build(database)
    codes = [errand_cases.open_errand(database) for _ in range(4)]
    for code in codes:
        errand_cases.act(database, code, "send", by=CLERK)
    return codes


def laid_out(database, filters=QueueFilters(), *, who=OFFICER):  # noqa: B008 - frozen
    with database.reading() as tx:
        return queue.queue(tx, filters, person_id=who, now=business_time.read(tx))


def put_off(database, code, until, *, who=OFFICER):
    with database.writing() as tx:
        return snoozes.put_off(tx, code, until=until, person_id=who, now=business_time.read(tx))


def count(database, who=OFFICER):
    with database.reading() as tx:
        return assignments.count_my_turn(tx, person_id=who, now=business_time.read(tx))


@pytest.mark.parametrize(
    ("now", "group"),
    [
        ("2017-11-13 09:00", "week"),
        ("2017-11-15 09:00", "today"),
        ("2017-11-16 09:00", "late"),
    ],
)
def test_the_queue_is_grouped_by_time(database, errands, now, group):
    errand_cases.move_clock(database, now)
    laid = laid_out(database)
    assert [(part.time, [row.turn.code for row in part.rows]) for part in laid.groups] == [(group, errands)]
    assert laid.codes == tuple(errands)


def test_what_is_due_after_sunday_is_later(database):
    errand_cases.build(database)
    errand_cases.move_clock(database, "2017-11-16 09:00")
    errand_cases.open_errand(database)
    assert [part.time for part in laid_out(database, who=CLERK).groups] == ["later"]


@pytest.mark.parametrize(
    ("by", "label"), [("kind", "Việc nhỏ"), ("state", "Chờ tiếp nhận"), ("unit", "Đơn vị 3"), ("milestone", None)]
)
def test_the_queue_is_grouped_by_what_was_asked_for(database, errands, by, label):
    (group,) = laid_out(database, QueueFilters(by=by)).groups
    assert (group.label.vi if group.label else None, len(group.rows)) == (label, len(errands))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ({"kind": "errand"}, 4),
        ({"kind": "unit_plan"}, 0),
        ({"state": "submitted"}, 4),
        ({"state": "draft"}, 0),
        ({"unit": "3"}, 4),
        ({"unit": "2"}, 0),
        ({"late": "1"}, 0),
    ],
)
def test_filters_leave_out_the_rest_and_stand_in_the_address(database, errands, words, shown):
    filters = queue_views.from_words(words)
    assert filters.words == words
    laid = laid_out(database, filters)
    assert len(laid.codes) == shown
    # What can be chosen stays, so that a filter can be changed for another one.
    assert [(choice.value, choice.cases) for choice in laid.choices["kind"]] == [("errand", len(errands))]


@pytest.mark.parametrize("words", [{"unit": "x"}, {"unit": "9" * 30}, {"by": "; DROP"}, {"unit": "-1"}])
def test_what_cannot_be_read_in_an_address_is_not_set(words):
    assert queue_views.from_words(words) == QueueFilters()


def test_a_place_in_the_queue_and_the_case_that_comes_next():
    codes = ("A", "B", "C")
    place = queue.place_of(codes, "B")
    assert (place.number, place.total, place.before, place.after) == (2, 3, "A", "C")
    assert queue.place_of(codes, "X") is None
    assert queue.next_after(codes, "B", ["A", "C"]) == "C"
    assert queue.next_after(codes, "C", ["A", "B"]) == "A"
    assert queue.next_after(codes, "B", ["A"]) == "A"
    assert queue.next_after(codes, "A", []) is None


def test_views_are_kept_by_a_person_for_themselves(database):
    errand_cases.build(database)
    filters = QueueFilters(kind="errand", late=True, by="unit")
    with database.writing() as tx:
        view_id = queue_views.keep(tx, "  Quá hạn   theo đơn vị ", filters, person_id=OFFICER)
        with pytest.raises(Invalid, match="view_name_taken"):
            queue_views.keep(tx, "Quá hạn theo đơn vị", QueueFilters(), person_id=OFFICER)
        with pytest.raises(Invalid, match="view_name_needed"):
            queue_views.keep(tx, " ", QueueFilters(), person_id=OFFICER)
        queue_views.drop(tx, view_id, person_id=CLERK)
        (kept,) = queue_views.of_person(tx, OFFICER)
        assert (kept.name, kept.filters) == ("Quá hạn theo đơn vị", filters)
        assert queue_views.of_person(tx, CLERK) == []
        queue_views.drop(tx, view_id, person_id=OFFICER)
        assert queue_views.of_person(tx, OFFICER) == []


def test_a_case_that_is_put_off_stands_apart_and_is_not_counted(database, errands):
    put_off(database, errands[1], date(2017, 11, 14))
    laid = laid_out(database)
    assert laid.codes == (errands[0], errands[2], errands[3])
    assert [row.turn.code for row in laid.snoozed] == [errands[1]]
    assert (count(database), count(database, CHAIR)) == (3, 0)
    errand_cases.move_clock(database, "2017-11-14 08:00")
    assert (laid_out(database).codes, count(database)) == (tuple(errands), 4)


def test_a_case_is_back_on_the_last_morning_of_its_deadline(database, errands):
    assert put_off(database, errands[0], date(2017, 12, 1)) == hanoi("2017-11-15 08:00")


def test_a_case_is_back_as_soon_as_anything_happens_to_it(database, errands):
    put_off(database, errands[0], date(2017, 11, 15))
    errand_cases.act(database, errands[0], "return", by=OFFICER)
    errand_cases.act(database, errands[0], "send", by=CLERK)
    assert (set(laid_out(database).codes), laid_out(database).snoozed) == (set(errands), ())
    assert count(database) == len(errands)


def test_a_case_is_back_when_the_person_wants_it(database, errands):
    put_off(database, errands[0], date(2017, 11, 15))
    with database.writing() as tx:
        snoozes.take_back(tx, errands[0], person_id=OFFICER)
    assert laid_out(database).codes == tuple(errands)


@pytest.mark.parametrize("until", [date(2017, 11, 13), date(2017, 11, 1), date(2018, 6, 1)])
def test_a_day_that_is_not_ahead_or_too_far_is_refused(database, errands, until):
    with pytest.raises(Invalid, match="snooze_date"):
        put_off(database, errands[0], until)


def test_what_is_due_today_is_not_put_off(database, errands):
    errand_cases.move_clock(database, "2017-11-15 09:00")
    with pytest.raises(Invalid, match="snooze_too_late"):
        put_off(database, errands[0], date(2017, 11, 16))


@pytest.mark.parametrize("code", ["VN-2017-9999", None])
def test_a_case_that_one_may_not_know_of_is_not_put_off(database, errands, code):
    with database.writing() as tx:
        small_record.rows(tx, small_record.models.Person, [small_record.person(77)])
    with pytest.raises(CaseNotFound):
        put_off(database, code or errands[0], date(2017, 11, 14), who=77)


def offers(database, codes, *, who=OFFICER):
    with database.reading() as tx:
        return bulk.offers(tx, codes, person_id=who, now=business_time.read(tx))


def carry_out(database, action, seen, *, who=OFFICER, key="k"):
    with database.writing() as tx:
        now = business_time.read(tx)
        return bulk.carry_out(tx, action, seen, person_id=who, now=now, request_key=key)


def test_the_preview_says_who_is_eligible_and_why_the_others_are_not(database, errands):
    errand_cases.act(database, errands[1], "receive", by=OFFICER)
    unseen = errand_cases.open_errand(database)
    receive, back = offers(database, [*errands, unseen, "VN-2017-9999"])
    assert (receive.action, receive.label.vi, back.action) == ("receive", "Tiếp nhận", "return")
    assert [line.case.code for line in receive.eligible] == [errands[0], errands[2], errands[3]]
    assert [(line.case.code, line.refusal.kind) for line in receive.others] == [(errands[1], "not_open")]


def test_a_preview_writes_nothing(database, errands):
    before = errand_cases.column(database, "SELECT version FROM case_file ORDER BY id")
    offers(database, errands)
    assert errand_cases.column(database, "SELECT version FROM case_file ORDER BY id") == before


def test_the_act_is_done_to_those_that_were_seen_and_answered_for_each(database, errands):
    seen = {line.case.code: line.case.acted_version for line in offers(database, errands)[0].eligible}
    errand_cases.act(database, errands[2], "return", by=OFFICER)
    answers = carry_out(database, "receive", seen)
    assert [type(line.answer) for line in answers] == [Acted, Acted, Refusal, Acted]
    assert answers[2].answer.kind == "stale"
    again = carry_out(database, "receive", seen)
    assert [line.answer.repeated for line in again if isinstance(line.answer, Acted)] == [True, True, True]
    with database.reading() as tx:
        assert list(audits.verify(tx)) == []


def test_nobody_without_the_turn_does_anything_in_bulk(database, errands):
    assert offers(database, errands, who=CLERK) == ()
    answers = carry_out(database, "receive", dict.fromkeys(errands, 2), who=CLERK)
    assert [type(line.answer) for line in answers] == [Refusal] * 4


def test_an_act_on_many_is_decided_once_for_each(database, errands):
    """In bulk no more is asked of the record than where nobody asks what the act would do."""
    with count_statements(database) as plain, database.writing() as tx:
        now = business_time.read(tx)
        cases.act_on_many(tx, errands[:2], Act("receive"), person_id=OFFICER, now=now, request_key="p")
    with count_statements(database) as bulk_of_two:
        carry_out(database, "receive", dict.fromkeys(errands[2:], 2))
    assert len(bulk_of_two) <= len(plain)

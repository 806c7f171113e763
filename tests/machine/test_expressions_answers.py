"""What guards answer, from the definitions' point of view."""

import pytest

from tests.machine.expression_facts import ENVIRONMENT, FACTS
from tests.support.calendar_facts import vietnam
from workflow.machine.expressions import compile_expression, compile_guard, plain


def holds(source, **changes):
    return compile_guard(source, ENVIRONMENT).holds(FACTS | changes, vietnam())


def value(source, **changes):
    return plain(compile_expression(source, ENVIRONMENT).value(FACTS | changes, vietnam()))


def test_ninety_percent_of_seventeen_members_are_sixteen():
    rule = "agree * 100 >= threshold * members"
    assert not holds(rule)
    assert holds(rule, agree=16)


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("true || flag && flag", True),
        ("(true || flag) && flag", False),
        ("!flag", True),
        ("!(flag || !flag)", False),
        ("1 + 2 * 3 == 7", True),
        ("10 - 3 - 2 == 5", True),
        ("-agree < 0", True),
        ("2 - -3 == 5", True),
        ("ratio + 0.2 == 0.3", True),
        ("ratio * 3 > 0.3", False),
        ("1 == 1.0", True),
        ("title == 'Kế hoạch'", True),
        ("mode == 'meeting'", True),
        ('mode in ["written", "meeting"]', True),
        ('"poor" in tags', True),
        ("size(tags) == 2", True),
        ("size(title) == 8", True),
        ("day > today", True),
        ("day - today == 7", True),
        ("wd(today, 5) == day", True),
        ("wd(day, -5) == today", True),
        ("days(today, 2) == movement.plans", True),
        ('today < date("2017-11-15")', True),
        ("day in days_off", True),
        ("min(day, movement.plans, movement.ends) == movement.plans", True),
        ("max(1, ratio) == 1", True),
        ("actor == actor", True),
        ("has(contact)", False),
        ("has(contact) && contact == actor", False),
        ("has(movement.closed)", False),
        ("has(parent.day)", False),
        ("has(tags)", True),
        ("times(sign) == 1 && times(return) == 0", True),
        ("did(sign, head) && !did(sign, clerk)", True),
        ("nominees.all(n, n.score > 2)", True),
        ("nominees.any(n, n.score > 3)", True),
        ("nominees.exists(n, n.score > 4)", False),
        ("nominees.count(n, has(n.notice_end)) == 1", True),
        ("nominees.sum(n, n.score) == 7", True),
        ("nominees.sum(n, n.share) == 0.3", True),
        ("nominees.all(n, has(n.notice_end) && n.notice_end < day)", False),
        ("days_off.all(d, d > today)", True),
        ("(flag ? agree : members) == 17", True),
        ("flag ? false : !flag ? true : false", True),
        ("has(launch) ? launch > today : flag", False),
        ("!has(launch) || launch > today", True),
    ],
)
def test_an_expression_answers(source, answer):
    assert holds(source) is answer


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("today", "2017-11-13"),
        ("wd(today, 1)", "2017-11-14"),
        ("ratio * ratio", "0.01"),
        ("-ratio - 10", "-10.1"),
        ("ratio * 10", "1"),
        ("flag ? 'a' : 'b'", "b"),
        ("tags", ["poor", "near poor"]),
        ("has(launch) ? launch : today", "2017-11-13"),
        ("has(contact) ? contact : actor", 7),
    ],
)
def test_a_value_is_written_as_json(source, found):
    assert value(source) == found


def test_a_list_that_nobody_filled_has_no_rows():
    assert holds("size(nominees) == 0 && nominees.all(n, n.score > 9)", nominees=None)
    assert not holds("nominees.any(n, n.score > 0)", nominees=None)
    assert not holds("has(nominees)", nominees=[])


@pytest.mark.parametrize(
    "source",
    [
        "day > today",
        "!(day > today)",
        "day - today > 3",
        "wd(day, 3) > today",
        "min(day, today) == today",
        "day in days_off",
        "nominees.sum(n, n.score) > 0",
    ],
)
def test_broken_data_refuse_instead_of_raising(source):
    assert not holds(source, day=None, nominees=[{"score": None}])
    assert not holds(source, day="31/11/2017", nominees=[{}])


@pytest.mark.parametrize("number", ["1e999999999", "1/3", "NaN", "Infinity", 0.1, "", None])
def test_a_decimal_that_is_none_counts_as_empty(number):
    assert not holds("ratio == 0.1 || ratio != 0.1", ratio=number)


def test_days_beyond_the_calendar_refuse_instead_of_raising():
    assert not holds("wd(today, 1000000000) > today")
    assert not holds("days(today, 1000000000) > today")


def test_two_guards_written_alike_are_equal():
    assert compile_guard("flag", ENVIRONMENT) == compile_guard("flag", ENVIRONMENT)
    assert compile_guard("flag", ENVIRONMENT) != compile_guard("!flag", ENVIRONMENT)


def test_a_guard_lists_the_facts_it_reads():
    guard = compile_guard(
        "times(return) > 0 && movement.plans < today && nominees.all(n, n.due > day) && has(parent.day)", ENVIRONMENT
    )
    assert guard.reads == {
        "times(return)", "movement.plans", "today", "nominees", "nominees.due", "day", "parent.day",
    }  # fmt: skip

"""Guards say why they refuse, at which constants they turn, and when they may turn by themselves."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.machine.expression_facts import ENVIRONMENT, FACTS
from tests.support.calendar_facts import vietnam
from workflow.machine.expressions import Words, compile_guard, in_words
from workflow.values import Text

LABELS = {
    "today": Text("hôm nay", "today"),
    "movement.plans": Text("hạn nộp kế hoạch", "the date for plans"),
    "agree": Text("số phiếu đồng ý", "votes in favour"),
    "launch": Text("ngày phát động", "launch date"),
    "times(return)": Text("số lần trả lại", "number of returns"),
}


def said(source, language, **changes):
    clauses = compile_guard(source, ENVIRONMENT).explain(FACTS | changes, vietnam())
    return [in_words(clause, language, Words(LABELS)) for clause in clauses]


REFUSALS = [
    ("true", [], []),
    (
        "agree >= 16",
        ["số phiếu đồng ý (hiện là 15) phải từ 16 trở lên"],
        ["votes in favour (now 15) must be at least 16"],
    ),
    (
        "today > movement.plans && has(launch) && agree > 1",
        [
            "hôm nay (hiện là 13/11/2017) phải sau hạn nộp kế hoạch (hiện là 15/11/2017)",
            "phải có ngày phát động",
        ],
        [
            "today (now 13/11/2017) must be after the date for plans (now 15/11/2017)",
            "launch date must be given",
        ],
    ),
    (
        "flag || times(return) > 0",
        ["một trong các điều sau phải đạt: phải đúng: flag; số lần trả lại (hiện là 0) phải lớn hơn 0"],
        ["one of these must be met: must hold: flag; number of returns (now 0) must be more than 0"],
    ),
    (
        "!(agree > 3)",
        ["số phiếu đồng ý (hiện là 15) không được quá 3"],
        ["votes in favour (now 15) must be at most 3"],
    ),
    ("!has(title)", ["title phải còn trống"], ["title must be empty"]),
    (
        "!(agree > 1 && members > 1)",
        [
            (
                "một trong các điều sau phải đạt: số phiếu đồng ý (hiện là 15) không được quá 1; "
                "members (hiện là 17) không được quá 1"
            )
        ],
        ["one of these must be met: votes in favour (now 15) must be at most 1; members (now 17) must be at most 1"],
    ),
    (
        "flag || agree > 20 && has(launch)",
        [
            (
                "một trong các điều sau phải đạt: phải đúng: flag; tất cả các điều sau phải đạt: "
                "số phiếu đồng ý (hiện là 15) phải lớn hơn 20; phải có ngày phát động"
            )
        ],
        [
            (
                "one of these must be met: must hold: flag; all of these must be met: "
                "votes in favour (now 15) must be more than 20; launch date must be given"
            )
        ],
    ),
    (
        "mode in ['written']",
        ["mode (hiện là meeting) phải thuộc written"],
        ["mode (now meeting) must be one of written"],
    ),
    (
        "nominees.all(n, n.score > 3)",
        ["dòng 1 của nominees: n.score (hiện là 3) phải lớn hơn 3"],
        ["row 1 of nominees: n.score (now 3) must be more than 3"],
    ),
    (
        "!flag ? agree == 1 : true",
        ["số phiếu đồng ý (hiện là 15) phải là 1"],
        ["votes in favour (now 15) must be 1"],
    ),
    ("ratio > 0.5", ["ratio (hiện là 0.1) phải lớn hơn 0.5"], ["ratio (now 0.1) must be more than 0.5"]),
]


@pytest.mark.parametrize(("source", "vi", "en"), REFUSALS)
def test_a_refusal_names_the_clauses_and_what_stands_there_now(source, vi, en):
    assert said(source, "vi") == vi
    assert said(source, "en") == en


@pytest.mark.parametrize(
    ("holding", "required"),
    [
        ("agree == 15", "!="),
        ("agree != 14", "=="),
        ("agree < 16", ">="),
        ("agree <= 15", ">"),
        ("agree > 14", "<="),
        ("agree >= 15", "<"),
        ("agree in [15]", "not in"),
        ("today < day", "date>="),
        ("!has(launch)", "has"),
        ("!flag", "true"),
    ],
)
def test_what_must_not_hold_is_said_as_what_must(holding, required):
    (clause,) = compile_guard(f"!({holding})", ENVIRONMENT).explain(FACTS, vietnam())
    assert clause.code == required


def test_an_empty_value_is_named_empty():
    assert said("day > today", "vi", day=None) == ["day (hiện là chưa có) phải sau hôm nay (hiện là 13/11/2017)"]
    assert said("day > today", "en", day="") == ["day (now empty) must be after today (now 13/11/2017)"]


def test_a_clause_points_at_its_place_and_is_plain_json():
    source = "agree > 1 && today > day"
    (clause,) = compile_guard(source, ENVIRONMENT).explain(FACTS, vietnam())
    assert source[clause.start : clause.end] == "today > day"
    assert clause.facts() == {
        "code": "date>",
        "start": 13,
        "end": 24,
        "sides": [
            {"source": "today", "fact": "today", "value": "2017-11-13", "constant": False},
            {"source": "day", "fact": "day", "value": "2017-11-20", "constant": False},
        ],
        "parts": [],
    }


@pytest.mark.parametrize(
    ("source", "cuts"),
    [
        ("agree > 3 && agree < 10 || 7 == agree", {"agree": {3, 7, 10}}),
        ("ratio >= 0.5", {"ratio": {Fraction(1, 2)}}),
        ("agree > -3", {"agree": {-3}}),
        ("mode == 'meeting' || mode in ['written']", {"mode": {"meeting", "written"}}),
        ("day < date('2017-11-15')", {"day": {date(2017, 11, 15)}}),
        ("flag && !did(sign, head)", {"flag": {True}, "did(sign,head)": {True}}),
        ("times(return) > 0 && has(launch)", {"times(return)": {0}, "has(launch)": {True}}),
        ("agree > 3 && agree < members", {}),
        ("agree * 2 > 3", {}),
        ("nominees.all(n, n.score > 3) && agree > 1", {"agree": {1}}),
    ],
)
def test_a_fact_turns_at_the_constants_it_is_compared_with(source, cuts):
    assert compile_guard(source, ENVIRONMENT).cut_points() == cuts


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("agree > 3", None),
        ("today > movement.plans", "2017-11-16"),
        ("today >= movement.plans", "2017-11-15"),
        ("today < movement.plans", "2017-11-15"),
        ("movement.plans >= today", "2017-11-16"),
        ("today == movement.plans", "2017-11-15"),
        ("today != movement.plans", "2017-11-15"),
        ("today > date('2017-11-01')", None),
        ("wd(today, 3) > day", "2017-11-16"),
        ("days(today, 10) >= day", None),
        ("day - today <= 3", "2017-11-17"),
        ("3 >= day - today", "2017-11-17"),
        ("max(today, day) > movement.plans", None),
        ("min(today, day) > movement.plans", "2017-11-16"),
        ("today in [date('2017-12-01'), day]", "2017-11-20"),
        ("flag && today > day", None),
        ("flag ? today > day : today > movement.plans", "2017-11-16"),
        ("nominees.any(n, n.due <= today)", "2017-11-16"),
        ("nominees.all(n, n.due <= today)", "2017-11-22"),
        ("(today - day) * (today - day) > 100", "2017-11-14"),
        ("nominees.count(n, n.due <= today) > 1", "2017-11-14"),
        ("has(launch) && launch < today", None),
        ("today > wd(today, 1)", "2017-11-14"),
    ],
)
def test_the_passing_of_days_turns_a_guard_on_a_known_day(source, day):
    found = compile_guard(source, ENVIRONMENT).next_flip_date(FACTS, vietnam(), FACTS["today"])
    assert found == (day and date.fromisoformat(day))


days = st.dates(date(2017, 6, 1), date(2018, 6, 1))
signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
atoms = st.one_of(
    st.builds("today {} date('{}')".format, signs, days),
    st.builds("wd(today, {}) {} date('{}')".format, st.integers(-20, 20), signs, days),
    st.builds("date('{}') - days(today, {}) {} {}".format, days, st.integers(-9, 9), signs, st.integers(-99, 99)),
    st.just("flag"),
)
guards = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} && {})".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        st.builds("!({})".format, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
    ),
    max_leaves=5,
)


@given(source=guards, today=days)
def test_the_day_found_is_the_day_a_patient_observer_finds(source, today):
    guard = compile_guard(source, ENVIRONMENT)
    now = guard.holds(FACTS | {"today": today}, vietnam())
    later = (today + timedelta(days=n) for n in range(1, 600))
    patient = next((day for day in later if guard.holds(FACTS | {"today": day}, vietnam()) is not now), None)
    assert guard.next_flip_date(FACTS, vietnam(), today) == patient

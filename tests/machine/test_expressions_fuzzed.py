"""Nothing written as a guard can do anything but answer or be refused; what answers agrees with CEL."""

import random

import cel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.machine.expression_facts import ENVIRONMENT, FACTS
from tests.support.calendar_facts import vietnam
from workflow.machine.expressions import (
    BOOL,
    INT,
    TEXT,
    Call,
    Environment,
    ExpressionFault,
    Gather,
    Member,
    Name,
    children,
    compile_expression,
    rows_of,
)

SLICE = 20_000
ALL = 1_000_000
SPELLED = (
    "true false in else null has size wd days date min max times did sign return clerk n n.score n.due "
    "agree members flag title note mode ratio today day launch contact movement.plans movement nominees tags "
    "days_off .all(n, .any(n, .exists( .count(n, .sum(n, ( ) ( ) [ ] , . ? : && || ! - + * == != < <= > >= / % = & | "
    "0 1 17 0.5 1.0 99999999999999999999 'meeting' \"2017-11-15\" 'x \\ \n \t # ; __class__ os.system đ 😀 \x00"
)
WORDS = SPELLED.split(" ")
GOOD = (
    "agree * 100 >= threshold * members",
    "has(launch) && launch > wd(today, 3)",
    "nominees.all(n, has(n.notice_end) && n.notice_end < day)",
    "nominees.sum(n, n.score * 2) > 3 || flag",
    "mode in ['meeting'] && times(return) == 0 ? day > today : !flag",
    "min(day, movement.plans) < date('2017-11-15')",
)
KINDS = (20, 20, 20, 1, 40)
"""How often each kind is written: words, bytes, brackets, long ones, sound ones with a slip."""
LONG = 3
MOST_LETTERS, MOST_PARTS, MOST_LEVELS, MOST_STEPS, MOST_ROWS = 2_000, 400, 40, 50_000, 500
"""The bounds that are promised, counted here once more."""
LISTS = ("nominees", "tags", "days_off")
BROKEN = (None, "", 0, -1, True, "x", "2017-13-99", "9" * 40)


def written_at_random(dice):
    kind = dice.choices(range(len(KINDS)), KINDS)[0]
    if kind == 0:
        return " ".join(dice.choices(WORDS, k=dice.randrange(30)))
    if kind == 1:
        return bytes(dice.choices(range(256), k=dice.randrange(60))).decode("utf-8", errors="replace")
    if kind == 2:
        deep = dice.randrange(60) if dice.random() < 0.9 else 2_100
        return dice.choice("([!-") * deep + dice.choice(GOOD) + dice.choice((")", "]", "")) * deep
    if kind == LONG:
        some = dice.choice((GOOD, ("1<2",), ("nominees.all(n,n.score>1)",)))
        return dice.choice(("&&", "||")).join(f"({part})" for part in dice.choices(some, k=dice.choice((9, 60, 140))))
    words = dice.choice(GOOD).split(" ")
    place = dice.randrange(len(words))
    words[place : place + dice.randrange(3)] = [dice.choice((*WORDS, *dice.choice(GOOD).split(" ")))]
    return " ".join(words)


def facts_at_random(dice):
    plain = ("agree", "flag", "title", "mode", "ratio", "day", "launch")
    known = {name: dice.choice((FACTS[name], None)) for name in plain}
    row = {name: dice.choice((3, None)) for name in ("score",)} | {"notice_end": dice.choice(BROKEN), "due": "x"}
    rows = MOST_ROWS if dice.random() < SELDOM else dice.randrange(3)
    return FACTS | known | {"nominees": [row] * rows}


SELDOM = 0.0005


def parts_of(node):
    return 1 + sum(map(parts_of, children(node)))


def levels_of(node):
    return 1 + max(map(levels_of, children(node)), default=0)


def steps_of(node, rows=1):
    """Count what is done with the longest lists: each part once, a list's rows, a body once for each of them.

    A path (`n.score`), or the question whether it is filled, is one part.
    """
    if isinstance(node, Member) or (isinstance(node, Call) and node.name == "has"):
        return rows
    read = rows * MOST_ROWS if isinstance(node, Name) and node.name in LISTS else 0
    inside = [
        (part, rows * MOST_ROWS if isinstance(node, Gather) and part is node.body else rows) for part in children(node)
    ]
    return rows + read + sum(steps_of(part, times) for part, times in inside)


def compiled_or_refused(source):
    try:
        return compile_expression(source, ENVIRONMENT)
    except ExpressionFault as fault:
        return fault


def fuzz(times, dice):
    answered = refused = 0
    met: set[str] = set()
    for _ in range(times):
        guard = compiled_or_refused(written_at_random(dice))
        if isinstance(guard, ExpressionFault):
            refused += 1
            met.add(guard.code)
            assert guard.line >= 1
            assert guard.column >= 1
            assert guard.text().vi
            continue
        answered += 1
        assert len(guard.source) <= MOST_LETTERS
        assert parts_of(guard.tree) <= MOST_PARTS
        assert levels_of(guard.tree) <= MOST_LEVELS
        assert steps_of(guard.tree) <= MOST_STEPS
        facts = facts_at_random(dice)
        holds, clauses = guard.holds(facts, vietnam()), guard.explain(facts, vietnam())
        assert guard.type != BOOL or bool(clauses) is not holds
        guard.cut_points()
        guard.next_flip_date(facts, vietnam(), FACTS["today"])
    assert {"too_long", "too_deep", "too_many_parts", "too_costly"} <= met
    return answered, refused


def test_whatever_is_written_either_answers_or_is_refused():
    answered, refused = fuzz(SLICE, random.Random(117))
    assert answered > SLICE // 100
    assert refused > SLICE // 2


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_million_expressions_either_answer_or_are_refused():
    answered, refused = fuzz(ALL, random.Random(2017))
    assert answered + refused == ALL


@given(source=st.text(max_size=80))
def test_any_text_either_answers_or_is_refused(source):
    answer = compiled_or_refused(source)
    assert isinstance(answer, ExpressionFault) or answer.source == source


SHARED = Environment({"a": INT, "b": INT, "p": BOOL, "q": BOOL, "s": TEXT, "xs": rows_of(INT), "ts": rows_of(TEXT)})
small = st.integers(0, 9).map(str)
texts = st.sampled_from(["s", "'x'", '"y"', "'Đ'"])


def bracketed(inner):
    return st.one_of(inner, inner.map("({})".format))


def numbers(truths):
    leaf = st.one_of(small, st.sampled_from(["a", "b", "size(xs)", "size(ts)", "-a", "-3", "- -b"]))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds("{} {} {}".format, bracketed(inner), st.sampled_from(["+", "-", "*"]), bracketed(inner)),
            st.builds("(({}) ? {} : {})".format, truths, inner, inner),
        ),
        max_leaves=4,
    )


compared = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
gathered = st.sampled_from(["all", "exists"])
relations = st.one_of(
    st.builds("{} {} {}".format, numbers(st.just("p")), compared, numbers(st.just("q"))),
    st.builds("{} {} {}".format, texts, st.sampled_from(["==", "!="]), texts),
    st.builds("{} in {}".format, texts, st.sampled_from(["ts", "['x', 'y']", "[s]"])),
    st.builds("{} in xs".format, small),
    st.builds("xs.{}(n, n {} {} * 2 - n)".format, gathered, compared, small),
    st.builds("ts.{}(t, t == s || p)".format, gathered),
    st.sampled_from(["p", "q", "true", "false"]),
)
truths = st.recursive(
    relations,
    lambda inner: st.one_of(
        st.builds("{} && {}".format, bracketed(inner), bracketed(inner)),
        st.builds("{} || {}".format, bracketed(inner), bracketed(inner)),
        st.builds("!({})".format, inner),
        st.builds("!!{}".format, st.sampled_from(["p", "q"])),
        st.builds("{} ? {} : {}".format, inner.map("({})".format), inner.map("({})".format), inner),
    ),
    max_leaves=6,
)
shared_facts = st.fixed_dictionaries(
    {
        "a": st.integers(-9, 9),
        "b": st.integers(-9, 9),
        "p": st.booleans(),
        "q": st.booleans(),
        "s": st.sampled_from(["x", "y", "Đ", ""]),
        "xs": st.lists(st.integers(-3, 9), max_size=3),
        "ts": st.lists(st.sampled_from(["x", "y", "Đ"]), max_size=3),
    }
)


def differ(source, facts):
    """Whether the answer is another than that of CEL."""
    return compile_expression(source, SHARED).value(facts, vietnam()) != cel.evaluate(source, facts)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@given(source=truths, number=numbers(truths), facts=shared_facts)
def test_in_ten_thousand_of_each_the_answer_is_the_answer_of_cel(source, number, facts):
    assert not differ(source, facts)
    assert not differ(number, facts)


@settings(max_examples=500)
@given(source=truths, facts=shared_facts)
def test_in_what_both_can_say_the_answer_is_the_answer_of_cel(source, facts):
    assert compile_expression(source, SHARED).value(facts, vietnam()) is cel.evaluate(source, facts)


@settings(max_examples=200)
@given(source=numbers(truths), facts=shared_facts)
def test_numbers_come_out_as_in_cel(source, facts):
    assert compile_expression(source, SHARED).value(facts, vietnam()) == cel.evaluate(source, facts)

"""What cannot be written: each fault with its place, its code and, in both languages, its sentence."""

import pytest

from tests.machine.expression_facts import ENVIRONMENT
from workflow.catalogue import in_language
from workflow.machine.expressions import ExpressionFault, compile_guard
from workflow.machine.expressions.expression_messages import FAULTS

FAULTY = [
    ("agree > 'x'", 1, 9, "wrong_type"),
    ("agree", 1, 1, "wrong_result"),
    ("agree && flag", 1, 1, "wrong_type"),
    ("!agree", 1, 2, "wrong_type"),
    ("flag == 1", 1, 1, "not_alike"),
    ("title < 'x'", 1, 1, "wrong_type"),
    ("title + 'x' == 'y'", 1, 1, "wrong_type"),
    ("mode == 'writen'", 1, 9, "not_an_option"),
    ("mode in ['meeting', 'writen']", 1, 21, "not_an_option"),
    ("actor == unit", 1, 1, "not_alike"),
    ("tags == tags", 1, 1, "not_comparable"),
    ("movement == movement", 1, 1, "not_comparable"),
    ("agre > 1", 1, 1, "unknown_name"),
    ("flag &&\n  agre > 1", 2, 3, "unknown_name"),
    ("movement.plan < today", 1, 1, "unknown_member"),
    ("agree.size > 1", 1, 1, "no_members"),
    ("'a'.b == 1", 1, 1, "no_members"),
    ("launch > today", 1, 1, "maybe_empty"),
    ("has(launch) || launch > today", 1, 16, "maybe_empty"),
    ("!has(launch) && launch > today", 1, 17, "maybe_empty"),
    ("(has(launch) || flag) && launch > today", 1, 26, "maybe_empty"),
    ("flag ? launch > today : false", 1, 8, "maybe_empty"),
    ("parent.day > today", 1, 1, "maybe_empty"),
    ("nominees.all(n, n.notice_end < day)", 1, 17, "maybe_empty"),
    ("movement.closed < today", 1, 1, "maybe_empty"),
    ("has(1)", 1, 5, "not_a_fact"),
    ("has(flag && flag)", 1, 5, "not_a_fact"),
    ("has(agre)", 1, 5, "unknown_name"),
    ("has()", 1, 1, "wrong_count"),
    ("size(agree) > 1", 1, 6, "wrong_type"),
    ("wd(today) > day", 1, 1, "wrong_count"),
    ("wd(today, ratio) > day", 1, 11, "wrong_type"),
    ("date('2017-02-30') > day", 1, 1, "bad_date"),
    ("date(today) > day", 1, 1, "bad_date"),
    ("today + 3 > day", 1, 1, "date_sum"),
    ("today + today > day", 1, 1, "date_sum"),
    ("min(1) > 0", 1, 1, "wrong_count"),
    ("min(1, today) > 0", 1, 1, "not_alike"),
    ("open('x')", 1, 1, "unknown_function"),
    ("times(approve) > 0", 1, 7, "unknown_input"),
    ("times(1) > 0", 1, 7, "unknown_input"),
    ("did(sign) ", 1, 1, "wrong_count"),
    ("agree.all(n, true)", 1, 1, "not_a_list"),
    ("[1, 2].all(n, n > 1)", 1, 1, "not_a_list"),
    ("nominees.map(n, n.score)", 1, 10, "unknown_gathering"),
    ("nominees.all(agree, true)", 1, 1, "name_taken"),
    ("nominees.all(n, tags.any(t, true))", 1, 17, "nested_gathering"),
    ("nominees.all(n, n.score)", 1, 17, "wrong_type"),
    ("nominees.sum(n, n.due) > 1", 1, 17, "wrong_type"),
    ("nominees.all(n, true) && n.score > 1", 1, 26, "unknown_name"),
    ("agree in []", 1, 10, "empty_list"),
    ("agree in [1, 'a']", 1, 10, "not_alike"),
    ("agree in members", 1, 10, "not_a_list"),
    ("flag ? 1 : 'a'", 1, 1, "not_alike"),
    ("flag ? tags : tags", 1, 1, "wrong_type"),
    ("agree / 2 > 1", 1, 7, "not_offered"),
    ("agree % 2 == 1", 1, 7, "not_offered"),
    ("agree = 1", 1, 7, "not_offered"),
    ("flag & flag", 1, 6, "not_offered"),
    ("else", 1, 1, "unexpected"),
    ("null == flag", 1, 1, "unexpected"),
    ("", 1, 1, "ended"),
    ("(flag", 1, 6, "ended"),
    ("flag)", 1, 5, "unexpected"),
    ("flag flag", 1, 6, "unexpected"),
    ("flag &&", 1, 8, "ended"),
    ("movement.", 1, 10, "ended"),
    ("nominees.all(n)", 1, 15, "unexpected"),
    ("flag ? true", 1, 12, "ended"),
    ("1 < 2 < 3", 1, 1, "wrong_type"),
    ("title == 'x", 1, 10, "open_text"),
    ("title == 'x\n'", 1, 10, "open_text"),
    ("title == '\\x41'", 1, 11, "bad_escape"),
    ("agree > 1x", 1, 9, "bad_number"),
    ("agree > 1234567890123456789", 1, 9, "number_too_long"),
    ("kế > 1", 1, 2, "bad_character"),
    ("flag; import os", 1, 5, "bad_character"),
    ("flag && " * 300 + "flag", 1, 1, "too_long"),
    ("(" * 41 + "flag" + ")" * 41, 1, 41, "too_deep"),
    ("!" * 1999 + "flag", 1, 1, "too_long"),
    ("!" * 60 + "flag", 1, 41, "too_deep"),
    ("1+" * 45 + "1 > 0", 1, 82, "too_deep"),
    ("agree in [" + "1," * 100 + "1]", 1, 212, "too_many_parts"),
    ("&&".join(["1<2"] * 140), 1, 669, "too_many_parts"),
    ("&&".join(["nominees.all(n,n.score>1)"] * 60), 1, 1, "too_costly"),
    ("nominees.all(n, n.due in days_off)", 1, 1, "too_costly"),
]


@pytest.mark.parametrize(("source", "line", "column", "code"), FAULTY)
def test_a_fault_names_its_place(source, line, column, code):
    with pytest.raises(ExpressionFault) as found:
        compile_guard(source, ENVIRONMENT)
    assert (found.value.line, found.value.column, found.value.code) == (line, column, code)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_fault_is_a_sentence_without_gaps(language):
    for source, *_ in FAULTY:
        with pytest.raises(ExpressionFault) as found:
            compile_guard(source, ENVIRONMENT)
        said = in_language(found.value.text(), language)
        assert said.endswith((".", "…")), said
        assert "{" not in said


def test_every_code_of_the_table_is_seen_to_happen():
    assert {code for *_, code in FAULTY} == set(FAULTS)


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name():
    with pytest.raises(ExpressionFault) as found:
        compile_guard("movment.plans < today", ENVIRONMENT)
    assert found.value.facts["allowed"][0] == "movement"
    assert "movement" in found.value.text().vi


def test_a_fault_moves_to_its_place_in_the_file():
    with pytest.raises(ExpressionFault) as found:
        compile_guard("flag &&\n  agre > 1", ENVIRONMENT)
    assert (found.value.moved(12, 20).line, found.value.moved(12, 20).column) == (13, 3)
    with pytest.raises(ExpressionFault) as found:
        compile_guard("agre > 1", ENVIRONMENT)
    assert (found.value.moved(12, 20).line, found.value.moved(12, 20).column) == (12, 20)

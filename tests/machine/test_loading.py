"""A definition's text becomes a frozen value, or all its faults with their places."""

import unicodedata
from datetime import date

import pytest

from tests.support.small_definition import faults_of, leave, said, shipped
from workflow.machine.definition import Budget, DefinitionFaults, DueDate, EscalationStep, Mark
from workflow.machine.loading.loader import hash_of, load
from workflow.values import Place, Text


def test_a_definition_says_what_its_file_says():
    law = load(shipped("unit_plan"))
    assert law.name == "unit_plan"
    assert law.title == Text("Kế hoạch của đơn vị", "Unit plan")
    assert law.people["officer"].place == Place("plan_officer", "above unit")
    assert law.people["block"].skip
    assert law.clocks["campaign"].due == DueDate("before", "movement", "plans")
    assert law.states["signing"].turn.due == Budget(3, "wd")
    assert law.states["draft"].edit == {"clerk": ("all",)}
    assert law.states["acknowledged"].actions["amend"].alternatives[0].open.at == "revise"


def test_the_last_rung_repeats_from_the_one_before_it():
    assert load(leave()).escalation == (
        EscalationStep(-1, "turn"),
        EscalationStep(0, "turn"),
        EscalationStep(2, "escalate_to"),
        EscalationStep(7, "escalate_to", repeats_after=5),
    )


def test_an_act_belongs_to_whose_turn_it_is_unless_it_says_otherwise():
    submitted = load(shipped("unit_plan")).states["submitted"]
    assert submitted.actions["receive"].alternatives[0].by == "officer"
    assert submitted.actions["withdraw"].alternatives[0].by == "clerk"


def test_an_action_may_be_a_list_of_alternatives_in_order():
    law = load(
        leave(
            (
                "grant:  {label: Đồng ý | Grant, to: granted}",
                "grant:  [{label: A | B, when: days < 3, to: granted}, {by: chair, to: granted}]",
            )
        )
    )
    first, second = law.states["asked"].actions["grant"].alternatives
    assert (first.by, second.by, second.when) == ("head", "chair", None)


def test_short_purpose_and_done_are_texts_that_may_be_left_out():
    law = load(
        leave(
            ("basis:", "short: Nghỉ | Leave\npurpose: Dùng khi xin nghỉ. | Use it to ask for leave.\nbasis:"),
            ("grant:  {label: Đồng ý | Grant,", "grant:  {label: Đồng ý | Grant, done: Đã đồng ý | Leave granted,"),
        )
    )
    assert law.short == Text("Nghỉ", "Leave")
    assert law.purpose == Text("Dùng khi xin nghỉ.", "Use it to ask for leave.")
    actions = law.states["asked"].actions
    assert (actions["grant"].done, actions["return"].done) == (Text("Đã đồng ý", "Leave granted"), None)
    assert (load(leave()).short, load(leave()).purpose) == (None, None)


@pytest.mark.parametrize("key", ["label", "done", "tone"])
def test_what_is_said_of_an_action_stands_in_its_first_alternative_only(key):
    written = {"label": "A | B", "done": "A | B", "tone": "good"}[key]
    ways = f"[{{label: A | B, when: days < 3, to: granted}}, {{by: chair, to: granted, {key}: {written}}}]"
    faults = faults_of(leave(("grant:  {label: Đồng ý | Grant, to: granted}", f"grant:  {ways}")))
    assert said(faults) == [("only_in_first", 25)]


def test_every_part_knows_its_place_in_the_file():
    law = load(leave())
    assert law.mark("states.asked.turn.due") == Mark(23, 28)
    assert law.mark("states.asked.turn.due.whatever") == Mark(23, 28)


def test_the_hash_does_not_depend_on_line_ends_or_the_form_of_letters():
    text = leave()
    twin = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert load(twin).hash == load(text).hash == hash_of(text) == load(b"\xef\xbb\xbf" + text.encode()).hash
    assert hash_of(text + "# changed\n") != hash_of(text)


def test_all_faults_are_reported_at_once_with_their_places():
    faults = faults_of(
        leave(("is: integer", "is: whole"), ("who: clerk", "whoo: clerk"), ("Granted, ", "Granted, outcom: good, "))
    )
    assert said(faults) == [
        ("not_one_of", 6),
        ("missing_key", 18),
        ("unknown_key_near", 18),
        ("by_whom", 20),
        ("unknown_key_near", 27),
    ]


def test_an_unknown_key_names_what_is_allowed_and_what_was_meant():
    (fault,) = faults_of(leave(("requires: [reason, days]", "requirs: [reason, days]")))
    assert (fault.line, fault.column) == (20, 54)
    assert "“requires”" in fault.sentence("vi")
    assert "label, done, tone, by, when" in fault.sentence("en")


def test_a_guard_with_a_type_error_is_placed_inside_its_line():
    (fault,) = faults_of(leave(("to: granted}", 'to: granted, when: "days > reason"}')))
    assert (fault.line, fault.column) == (25, 66)
    assert "reason" in fault.sentence("en")


def test_a_fact_that_a_guard_may_not_know_is_answered_with_those_it_may():
    (fault,) = faults_of(leave(("to: granted}", "to: granted, when: dayz > 3}")))
    assert "days" in fault.sentence("vi")


@pytest.mark.parametrize("written", ["no", "on", "yes", "012", "1:30", "1e3", "0x1F", "~x", "2017-11-15"])
def test_a_text_is_taken_as_it_is_written(written):
    assert load(leave(("basis: 12/QĐ-SNV", f"basis: {written}"))).basis == written


@pytest.mark.parametrize("written", ["yes", "on", '"true"', "1", "TRue"])
def test_only_true_and_false_are_flags(written):
    (fault,) = faults_of(leave(("is: integer,", f"is: integer, listed: {written},")))
    assert fault.code == "not_a_flag"


@pytest.mark.parametrize("written", ["012", "1:30", "0x1F", '"3"', "3.0", "1_000", "three", "+3"])
def test_only_plain_whole_numbers_are_numbers(written):
    (fault,) = faults_of(leave(("is: integer,", f"is: integer, min: {written},")))
    assert fault.code == "not_an_integer"


def test_a_text_for_people_needs_both_languages():
    assert said(faults_of(leave(("Xin nghỉ phép | Leave", "Xin nghỉ phép")))) == [("needs_both_languages", 2)]
    assert said(faults_of(leave(("Xin nghỉ phép | Leave", "Xin nghỉ phép |")))) == [("needs_both_languages", 2)]
    for key in ("short", "purpose"):
        assert said(faults_of(leave(("basis:", f"{key}: Nghỉ\nbasis:")))) == [("needs_both_languages", 3)]
    without_english = leave(("{label: Đồng ý | Grant,", "{label: Đồng ý | Grant, done: Đã đồng ý,"))
    assert said(faults_of(without_english)) == [("needs_both_languages", 25)]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("20 d", Budget(20, "d")),
        ("until", DueDate("until", "field", "until")),
        ("before until", DueDate("before", "field", "until")),
        ("until movement.ends", DueDate("until", "movement", "ends")),
        ("before until - 3 wd", DueDate("before", "field", "until", Budget(-3, "wd"))),
        ("until answer + 2 d", DueDate("until", "clock", "answer", Budget(2, "d"))),
    ],
)
def test_a_due_is_a_budget_or_a_date_with_its_edge(written, due):
    assert load(leave(("due: answer", f"due: {written}"))).states["asked"].turn.due == due


@pytest.mark.parametrize("written", ["3", "3 days", "wd", "0 wd", "after until", "before", "3wd"])
def test_other_dues_are_refused_with_examples(written):
    (fault,) = faults_of(leave(("due: answer", f"due: {written}")))
    assert (fault.code, fault.line) == ("not_a_due", 23)
    assert "3 wd" in fault.sentence("en")


def test_rungs_rise():
    faults = faults_of(
        leave(
            (
                "{-1 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}",
                "{2 wd: escalate_to, 0 wd: turn, then 1 wd: escalate_to, 9 wd: escalate_to, 3: late}",
            )
        )
    )
    assert [fault.code for fault in faults] == ["steps_out_of_order", "steps_out_of_order", "not_a_step"]


def test_params_are_looked_up_by_their_keys():
    text = leave(
        (
            "people:",
            "params:\n  q: {is: integer, by: [level, kind], values: {a: {x: 1, y: 2}}, else: 3, source: x}\npeople:",
        )
    )
    quota = load(text).params["q"]
    assert (dict(quota.values), quota.otherwise) == ({("a", "x"): 1, ("a", "y"): 2}, 3)


def test_validity_is_two_days():
    law = load(leave(("basis: 12/QĐ-SNV", "basis: 12/QĐ-SNV\nvalid: {from: 2017-10-16, to: 2020-12-31}")))
    assert (law.valid_from, law.valid_to) == (date(2017, 10, 16), date(2020, 12, 31))


def test_a_name_cannot_mean_two_things():
    assert said(faults_of(leave(("clocks: {answer:", "clocks: {days: {budget: 1 wd, starts: [send]}, answer:")))) == [
        ("name_given_twice", 12)
    ]
    assert said(faults_of(leave(("  days: ", "  today: ")))) == [("reserved_name", 6)]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "empty"),
        ("# only a remark\n", "empty"),
        ("definition: [a", "not_yaml"),
        ("definition: a\n\ttitle: b", "not_yaml"),
        ("a: 1\n---\nb: 2\n", "second_document"),
        (b"definition: \xff\n", "not_utf8"),
        ("definition: a\x00b", "hidden_character"),
        ("definition: a\u202eb", "hidden_character"),
        ('definition: "a\\u202Eb"', "hidden_character"),
        ("x" * 300_000, "too_large"),
        (b"x" * 300_000, "too_large"),
        ("[" * 100_000, "too_deep"),
        ("{a: " * 50 + "1" + "}" * 50, "too_deep"),
        ("[" + "1," * 30_000 + "]", "too_many_values"),
        ("a: &x 1\nb: *x\n", "anchor"),
        ("a: !!python/object:os.system x\n", "tag"),
        ("<<: {a: 1}\n", "merge_key"),
        ("a: 1\na: 2\n", "duplicate_key"),
        ("[a, b]: 1\n", "key_not_text"),
        ("- a\n- b\n", "not_a_mapping"),
    ],
)
def test_bad_files_get_a_sentence_with_a_place(source, code):
    faults = faults_of(source)
    assert code in {fault.code for fault in faults}
    for fault in faults:
        assert fault.line >= 1
        assert fault.sentence("vi") != fault.sentence("en")


def test_a_bomb_of_aliases_is_refused_where_it_begins():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(DefinitionFaults) as refused:
        load(bomb, path="bomb.yaml")
    assert ("anchor", 1) in said(refused.value.faults)
    assert str(refused.value).startswith("bomb.yaml:1:1: ")


def test_a_definition_nobody_can_keep_in_mind_is_refused():
    clocks = ", ".join(f"c{n}: {{budget: 1 wd, starts: [send]}}" for n in range(4))
    assert ("too_many", 12) in said(faults_of(leave(("clocks: {answer:", f"clocks: {{{clocks}, answer:"))))
    ways = "[" + "{label: A | B, to: granted}, " * 13 + "]"
    text = leave(("grant:  {label: Đồng ý | Grant, to: granted}", f"grant: {ways}"))
    assert ("too_many", 25) in said(faults_of(text))


def test_a_file_full_of_faults_stays_readable():
    assert len(faults_of("".join(f"key{n}: 1\n" for n in range(500)))) <= 100

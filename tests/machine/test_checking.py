"""The verifier finds each kind of fault at its place, with the shortest way to it, and nothing in sound ones."""

import pytest

from tests.support.scenes import family
from tests.support.small_definition import findings_of, leave, said, shipped
from workflow.machine.checking import check_family
from workflow.machine.definition import PathStep

GRANT = "grant:  {label: Đồng ý | Grant, to: granted}"
SHIPPED = family("")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_definitions_have_no_findings_not_even_warnings(name):
    assert findings_of(SHIPPED[name].text) == ()


def test_nothing_is_found_between_shipped_definitions():
    assert {name: findings for name, findings in check_family(SHIPPED).items() if findings} == {}


def test_a_small_sound_definition_has_no_findings():
    assert findings_of(leave(("[reason, days, until]", "all"))) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("start: {by: clerk,", "start: {by: clrk,", "unknown_people_near", 14),
        ("to: asked", "to: askd", "unknown_state_near", 20),
        ("starts: [send]", "starts: [sent]", "unknown_action_near", 12),
        ("requires: [reason, days]", "requires: [reason, day]", "unknown_field_near", 20),
        ("edit: {clerk:", "edit: {nobody:", "unknown_people", 19),
        ("due: answer", "due: until quota", "unknown_field", 23),
        ("due: answer", "due: until days", "wrong_field_type", 23),
        ("due: answer", "due: quota wd", "unknown_param", 23),
        ("chair above unit", "chair above unit else boss", "unknown_people", 11),
        ("chair above unit", "chair above unit else chair", "people_in_a_circle", 11),
        ("chair above unit", "chair at days", "wrong_field_type", 11),
        (GRANT, "grant: {label: A | B, to: granted, each: {lists: pass}}", "unknown_link", 25),
    ],
)
def test_a_name_that_names_nothing_is_found(old, new, code, line):
    assert (code, line) in said(findings_of(leave((old, new))))


def test_what_nothing_refers_to_is_a_warning():
    (finding,) = findings_of(leave(("[reason, days, until]", "[reason, days]")))
    assert (finding.code, finding.severity, finding.facts["name"]) == ("unused", "warning", "until")


def test_a_state_that_no_way_leads_to_is_found():
    found = findings_of(leave(("  granted:", "  lost: {label: Mất | Lost, outcome: bad}\n  granted:")))
    assert ("unreachable", 27) in said(found)


def test_a_trap_is_found_with_the_shortest_way_into_it():
    found = findings_of(
        leave(
            (GRANT, "grant: {label: A | B, to: loop}"),
            (
                "  granted:",
                "  loop: {label: A | B, turn: {who: head}, actions: {on: {label: A | B, to: loop}}}\n  granted:",
            ),
        )
    )
    trap = next(finding for finding in found if finding.code == "no_way_to_end")
    assert trap.steps[0] == PathStep("open", "clerk", "draft")
    assert trap.facts["state"] == "draft"


def test_a_trap_that_can_be_avoided_is_found_where_it_is_entered():
    text = leave(
        (GRANT, GRANT + "\n      park: {label: A | B, to: parked}"),
        (
            "  granted:",
            "  parked: {label: A | B, turn: {who: head}, actions: {stay: {label: A | B, to: parked}}}\n  granted:",
        ),
    )
    trap = next(finding for finding in findings_of(text) if finding.code == "no_way_to_end")
    assert trap.facts["state"] == "parked"
    assert [step.action for step in trap.steps] == ["open", "send", "park"]


def test_a_turn_whose_clock_may_stand_still_is_found_with_the_way_there():
    found = findings_of(leave(("stops: [return]", "stops: [return, send]"), ("starts: [send]", "starts: [open]")))
    stands = next(finding for finding in found if finding.code == "clock_stands_still")
    assert stands.facts == {"state": "asked", "clock": "answer"}
    assert [step.action for step in stands.steps] == ["open", "send"]


def test_a_clock_that_stands_still_only_after_a_return_is_found():
    text = shipped("unit_plan").replace(
        "turn: {who: clerk, due: 5 wd, escalate_to: head}", "turn: {who: clerk, due: campaign, escalate_to: head}"
    )
    stands = next(finding for finding in findings_of(text) if finding.code == "clock_stands_still")
    assert [step.action for step in stands.steps] == ["open", "begin", "send", "sign", "receive", "return"]


def test_a_way_back_to_nowhere_is_found():
    text = leave(("actions: {send:", "actions: {undo: {label: A | B, to: back}, send:"))
    assert "back_to_nowhere" in {finding.code for finding in findings_of(text)}


@pytest.mark.parametrize(
    "guard",
    [
        "days > 3 && days < 2",
        "times(send) < 0",
        "days == 1 && days != 1",
        "false",
        "days > 3 && !(days > 2)",
        "did(send, head) && !did(send, head)",
    ],
)
def test_a_guard_that_can_never_hold_is_found(guard):
    found = findings_of(leave(("to: granted}", f'to: granted, when: "{guard}"}}')))
    assert ("guard_never", 25) in said(found)


@pytest.mark.parametrize("guard", ["days > 3 || days < 5", "times(send) >= 0", "true", "!(days > 3 && days < 2)"])
def test_a_guard_that_always_holds_is_a_warning(guard):
    found = findings_of(leave(("to: granted}", f'to: granted, when: "{guard}"}}')))
    assert [(finding.code, finding.severity) for finding in found] == [("guard_always", "warning")]


@pytest.mark.parametrize(
    "guard",
    [
        "days > 3",
        "days != 3",
        "today > until",
        "wd(today, 3) > until",
        "times(return) >= 2",
        'reason == "x"',
        "has(until)",
    ],
)
def test_a_guard_that_may_or_may_not_hold_is_no_finding(guard):
    text = leave(
        ("to: granted}", f"to: granted, when: '{guard}'}}"),
        ("requires: [reason, days]", "requires: [reason, days, until]"),
    )
    assert findings_of(text) == ()


@pytest.mark.parametrize(
    ("first", "second", "finds"),
    [
        ("", "", True),
        (", when: days > 2", ", when: days > 3", True),
        (", when: days > 3", ", when: days > 2", False),
        (", when: days > 3", "", False),
        (", when: days > 3, by: chair", ", when: days > 4", False),
        (", when: 'days > 3 || days < 4'", "", True),
    ],
)
def test_an_alternative_shadowed_by_earlier_ones_is_found(first, second, finds):
    ways = f"grant: [{{label: A | B, to: granted{first}}}, {{to: draft{second}}}]"
    assert ("shadowed" in {finding.code for finding in findings_of(leave((GRANT, ways)))}) is finds


def test_a_field_read_while_it_may_be_empty_is_found_unless_it_is_asked_for():
    unsafe = findings_of(leave(("to: granted}", "to: granted, when: until > today}")))
    assert said(unsafe) == [("maybe_empty", 25)]
    assert [step.action for step in unsafe[0].steps] == ["open", "send"]
    assert findings_of(leave(("to: granted}", 'to: granted, when: "has(until) && until > today"}'))) == ()


def test_a_field_given_with_the_same_act_is_filled_for_its_guard():
    assert (
        findings_of(leave(("requires: [reason, days]}", 'requires: [reason, days, until], when: "until > today"}')))
        == ()
    )


def test_a_field_that_its_editor_may_empty_again_is_not_surely_filled():
    text = leave(
        ("requires: [comment]}", "requires: [comment]}\n      ask: {label: A | B, to: asked, when: days > 1}"),
        ("    actions:\n      grant", "    edit: {head: [days]}\n    actions:\n      grant"),
    )
    assert "maybe_empty" in {finding.code for finding in findings_of(text)}


def test_a_due_that_depends_on_an_empty_field_is_found():
    assert said(
        findings_of(
            leave(
                ("due: answer", "due: until"),
                ("clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}\n", ""),
            )
        )
    ) == [("due_maybe_empty", 22)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (", escalate_to: chair}", "}", "empty_last_step"),
        ("escalate_to: chair", "escalate_to: head", "escalates_to_the_turn"),
        ("chair above unit", "chair above unit else skip", "empty_last_step"),
        ("{-1 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}", "{-1 wd: turn}", "nothing_when_late"),
        ("escalation: {-1 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}\n", "", "nothing_when_late"),
        ("outcome: good", "edit: {clerk: [days]}", "neither_turn_nor_outcome"),
        ("turn: {who: clerk}", "turn: {who: chair}", "waits_for_nobody"),
        ("grant:  {label: Đồng ý | Grant,", "grant:  {by: system,", "silence_ends_well"),
        ("basis: 12/QĐ-SNV\n", "", "no_basis"),
    ],
)
def test_a_promise_that_is_not_kept_is_found(old, new, code):
    text = leave((old, new)) if "who: chair" not in new else leave((old, new), ("send: {", "send: {by: clerk, "))
    assert code in {finding.code for finding in findings_of(text)}


def test_silence_may_end_a_case_badly():
    text = leave(
        ("outcome: good", "outcome: bad"),
        (
            "grant:  {label: Đồng ý | Grant,",
            "no: {label: A | B, to: granted}\n      grant:  {label: A | B, by: system, when: times(send) > 3,",
        ),
    )
    assert findings_of(text) == ()


def test_a_circle_that_the_system_goes_round_by_itself_is_found():
    text = leave(
        (GRANT, GRANT + "\n      tick: {label: A | B, by: system, to: draft}"),
        ("actions: {send:", "actions: {tock: {label: A | B, by: system, to: asked}, send:"),
    )
    loop = next(finding for finding in findings_of(text) if finding.code == "automatic_loop")
    assert (loop.severity, loop.facts["actions"]) == ("error", ("tock", "tick"))


def test_a_circle_that_counts_itself_ends():
    text = leave(
        (GRANT, GRANT + "\n      tick: {label: A | B, by: system, to: draft, when: times(tick) < 3}"),
        ("actions: {send:", "actions: {tock: {label: A | B, by: system, to: asked}, send:"),
    )
    assert "automatic_loop" not in {finding.code for finding in findings_of(text)}


def test_an_act_on_linked_cases_that_they_cannot_receive_is_found():
    text = shipped("unit_plan").replace("replaces: supersede", "replaces: replace_it")
    assert "link_without_receiver" in {finding.code for finding in findings_of(text)}

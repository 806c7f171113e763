"""What the verifier knows beyond states: votes, counts, what was filled in, and people who say nothing."""

import pytest

from tests.support.small_definition import findings_of, leave
from tests.support.vote_definition import FAIL, findings_by_code, vote


def test_a_vote_with_a_way_for_each_result_is_sound():
    assert findings_of(vote()) == ()


def test_a_vote_without_a_way_for_one_of_its_results_gets_stuck():
    stuck = findings_by_code(vote((FAIL, "")))["may_get_stuck"]
    assert (stuck.severity, stuck.facts["state"]) == ("error", "voting")
    assert [step.action for step in stuck.steps] == ["open", "send", "ballot.failed"]
    assert "ballot.failed" in stuck.facts["because"]


def test_a_vote_that_may_find_nobody_to_vote_needs_a_way_without_it():
    skipped = ("council_member at province", "council_member at province else skip")
    stuck = findings_by_code(vote(skipped))["may_get_stuck"]
    assert stuck.facts["because"][0] == "ballot: –"
    assert findings_of(vote(skipped, ("when: ballot.failed", "when: '!ballot.passed'"))) == ()


def test_coming_into_the_same_state_again_puts_its_vote_anew():
    again = FAIL.replace("to: failed", "to: voting")
    assert "may_get_stuck" not in findings_by_code(vote((FAIL, again)))
    assert "may_get_stuck" in findings_by_code(vote((FAIL, again.replace("to: voting, ", ""))))


@pytest.mark.parametrize(
    ("result", "never"),
    [
        ("{passed: yes > members, failed: else}", "passed"),
        ("{passed: yes >= 0, failed: else}", "failed"),
        ("{passed: yes > 15, failed: else}", None),
        ("{passed: yes * 2 > voted, failed: else}", None),
        ("{passed: yes > 3 && size > 2, failed: else}", None),
    ],
)
def test_a_result_that_no_votes_can_bring_is_found(result, never):
    text = vote(("{passed: yes * 100 >= 80 * members, failed: else}", result))
    finding = findings_by_code(text).get("result_never")
    assert (finding.facts["result"] if finding else None) == never


@pytest.mark.parametrize(
    ("when", "finds"),
    [
        ("ballot.passed", True),
        ("ballot.yes > 1", True),
        ("ballot.passed && ballot.voted == ballot.members", False),
    ],
)
def test_a_secret_vote_that_the_system_ends_early_is_found(when, finds):
    text = vote(
        ("        due: 3 wd\n", "        due: 3 wd\n        secret: true\n"),
        (
            "pass: {label: Thông qua | Pass, to: passed, when: ballot.passed}",
            f"pass: {{label: A | B, by: system, to: passed, when: '{when}'}}",
        ),
        ("to: failed, when: ballot.failed}", "to: failed}"),
    )
    assert ("secret_closes_early" in findings_by_code(text)) is finds


def test_a_count_that_runs_past_the_only_way_out_gets_stuck():
    stuck = findings_by_code(leave(("to: granted}", "to: granted, when: times(return) == 2}")))["may_get_stuck"]
    assert stuck.severity == "error"
    assert [step.action for step in stuck.steps].count("return") == 3


def test_a_number_for_which_there_is_no_way_out_gets_stuck():
    ways = (
        "pass: {label: Thông qua | Pass, to: passed, when: ballot.passed}",
        "pass: {label: A | B, to: passed, when: size > 5}",
    )
    stuck = findings_by_code(vote(ways, ("when: ballot.failed", "when: size < 5")))["may_get_stuck"]
    assert (stuck.severity, stuck.facts["because"][-1]) == ("error", "size = 5")
    assert findings_of(vote(ways, ("when: ballot.failed", "when: size <= 5"))) == ()


def test_a_number_the_form_does_not_take_gets_nobody_stuck():
    ways = (
        "pass: {label: Thông qua | Pass, to: passed, when: ballot.passed}",
        "pass: {label: A | B, to: passed, when: size > 3}",
    )
    assert findings_of(vote(ways, ("when: ballot.failed", "when: size <= 3"), ("min: 1", "min: 3"))) == ()


def test_an_act_that_asks_for_what_never_comes_about_there_is_found():
    text = leave(("actions: {send:", "actions: {drop: {label: A | B, to: granted, when: times(grant) > 0}, send:"))
    assert findings_by_code(text)["dead_action"].facts == {"action": "drop", "state": "draft"}


def test_what_a_link_may_have_handed_in_is_not_thought_empty():
    asks = "when: has(year), to: voting, requires: [size]"
    changes = (("to: voting, requires: [size]", asks), ("  size:", "  year: {is: integer, label: Năm | Year}\n  size:"))
    by_people = findings_by_code(vote(*changes))
    by_link = findings_by_code(vote(*changes, ("start: {by: clerk, to: draft}", "start: {by: link, to: draft}")))
    assert ("dead_action" in by_people, "dead_action" in by_link) == (True, False)


def test_an_act_that_only_a_second_round_allows_is_alive():
    text = leave(("actions: {send:", "actions: {drop: {label: A | B, to: granted, when: times(return) > 1}, send:"))
    assert "dead_action" not in findings_by_code(text)


def test_people_whose_silence_nobody_hears_of_are_found_with_the_way_there():
    stranded = findings_by_code(
        leave(
            ("turn: {who: head, due: answer, escalate_to: chair}", "turn: {who: head}"),
            ("clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}\n", ""),
        )
    )["silent_party"]
    assert (stranded.facts["who"], stranded.facts["state"]) == ("head", "asked")
    assert [step.action for step in stranded.steps] == ["open", "send"]


def test_silence_that_others_can_end_strands_nobody():
    text = leave(
        ("turn: {who: head, due: answer, escalate_to: chair}", "turn: {who: head}"),
        (
            "grant:  {label: Đồng ý | Grant,",
            "take: {label: A | B, by: chair, to: granted}\n      grant:  {label: Đồng ý | Grant,",
        ),
    )
    assert "silent_party" not in findings_by_code(text)


def test_lateness_that_only_the_silent_hear_of_helps_nobody():
    assert "silent_party" in findings_by_code(leave(("escalate_to: chair", "escalate_to: head")))


def test_whoever_opens_a_case_may_leave_it_lying():
    assert "silent_party" not in findings_by_code(leave())
    assert "silent_party" in findings_by_code(leave(("start: {by: clerk,", "start: {by: movement,")))


def test_the_system_hands_in_nothing():
    text = leave(
        (
            "actions: {send:",
            "actions: {drop: {label: A | B, by: system, to: granted, requires: [days], when: times(return) > 1}, send:",
        )
    )
    assert findings_by_code(text)["dead_action"].facts["action"] == "drop"


LOOKED_AT = """\
  looked_at:
    label: A | B
    turn: {who: head, due: 3 wd, escalate_to: chair}
    actions:
      copy: {label: A | B, to: granted, when: has(until)}
      blank: {label: A | B, to: granted, when: '!has(until)'}
"""


def test_what_another_case_copies_into_one_may_be_there():
    text = leave(
        ("start: {by: clerk, to: draft}", "start:\n  - {by: clerk, to: draft}\n  - {by: link, to: looked_at}"),
        (
            "  granted:",
            LOOKED_AT + "  granted:",
        ),
    )
    assert [finding.code for finding in findings_of(text) if finding.severity == "error"] == []

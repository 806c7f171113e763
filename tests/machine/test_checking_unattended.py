"""What the verifier says of cases that nobody attends to: good ends by silence, votes that decide nothing."""

import pytest

from tests.support.small_definition import findings_of, lapsing_leave
from tests.support.vote_definition import BY_SYSTEM, findings_by_code, vote


@pytest.mark.parametrize(
    "when",
    [
        "overdue(turn)",
        "overdue(answer)",
        "today > until",
        "days > 3 && overdue(turn)",
        "times(return) > 0 && overdue(turn)",
        "times(send) > 9 || today > until",
        "!(today <= until || days < 2)",
    ],
)
def test_a_good_end_that_comes_when_time_has_passed_is_found_whatever_else_it_asks(when):
    assert findings_by_code(lapsing_leave(when))["silence_ends_well"].severity == "error"


@pytest.mark.parametrize("when", ["days < 2", "times(note) > 0 && overdue(turn)"])
def test_what_people_settle_or_a_rule_about_what_was_handed_in_is_no_silence(when):
    note = ("    actions:\n      grant", "    actions:\n      note: {label: A | B}\n      grant")
    assert "silence_ends_well" not in findings_by_code(lapsing_leave(when, note))


def passes_by_itself(result, when, *, silence="", of="council_member at province"):
    """A vote whose good end the system brings about."""
    return vote(
        ("        result: {passed: yes * 100 >= 80 * members, failed: else}", f"{silence}        result: {result}"),
        (
            "pass: {label: Thông qua | Pass, to: passed, when: ballot.passed}",
            f"pass: {{label: A | B, by: system, to: passed, when: '{when}'}}",
        ),
        ("council_member at province", of),
    )


MAJORITY = "{passed: yes * 2 > members, failed: else}"
NO_OBJECTION = "{passed: no == 0, failed: else}"


@pytest.mark.parametrize(
    ("result", "when", "silence", "of", "ends_well"),
    [
        (MAJORITY, "ballot.passed", "", "council_member at province", False),
        (MAJORITY, "ballot.passed", "        silence: yes\n", "council_member at province", True),
        (MAJORITY, "ballot.passed", "        silence: no\n", "council_member at province", False),
        (MAJORITY, "ballot.closed && !ballot.failed", "        silence: no\n", "council_member at province", False),
        (MAJORITY, "!ballot.failed", "", "council_member at province else skip", True),
        (NO_OBJECTION, "ballot.passed", "", "council_member at province", True),
        (NO_OBJECTION, "ballot.closed && ballot.passed", "", "council_member at province", False),
    ],
)
def test_a_vote_that_passes_though_nobody_votes_is_found(result, when, silence, of, ends_well):
    text = passes_by_itself(result, when, silence=silence, of=of)
    assert ("silence_ends_well" in findings_by_code(text)) is ends_well


@pytest.mark.parametrize("when", ["ballot.voted > ballot.members", "ballot.passed && ballot.yes == 0"])
def test_an_act_that_waits_for_a_count_that_never_is_can_never_be_taken(when):
    never = findings_by_code(vote(("when: ballot.passed}", f"when: '{when}'}}")))
    assert never["guard_never"].severity == "error"
    assert never["unreachable"].facts["state"] == "passed"


NO_DUE = ("        due: 3 wd\n", "")
PAPERS = ("        due: 3 wd\n", "        paper: true\n")
ADJOURN = ("    actions:\n      pass:", "    actions:\n      adjourn: {label: Hoãn | Adjourn, to: draft}\n      pass:")


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ([NO_DUE], True),
        ([NO_DUE, ADJOURN], True),
        ([PAPERS], True),
        ([PAPERS, ADJOURN], False),
        ([PAPERS, ADJOURN, ("turn: {who: chair, due: 5 wd, escalate_to: clerk}", "turn: {who: chair}")], True),
    ],
)
def test_a_vote_without_a_due_is_warned_of_unless_who_counts_its_papers_has_one_and_can_adjourn(changes, warned):
    assert ("ask_without_due" in findings_by_code(vote(*changes))) is warned


def test_a_quorum_that_can_be_reached_is_no_finding():
    enough = ("when: ballot.passed}", "when: 'ballot.passed && ballot.voted * 3 >= ballot.members * 2'}")
    assert findings_of(vote(enough, ("when: ballot.failed}", "when: '!ballot.passed'}"))) == ()


SCORED = ("answers: {yes: Đồng ý | Yes, no: Không | No}", "answers: 0..10")
TWO_NAMES = ("of: council", "of: [council, chair]")
RULE = "{passed: yes * 100 >= 80 * members, failed: else}"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([SCORED, (RULE, "{passed: sum >= 6 * members, failed: else}")], None),
        ([SCORED, (RULE, "{passed: least > most, failed: else}")], "result_unseen"),
        ([SCORED, (RULE, "{passed: most > 10, failed: else}")], "result_unseen"),
        ([TWO_NAMES, (RULE, "{passed: chair.no == 0 && yes * 2 > members, failed: else}")], None),
        ([TWO_NAMES, (RULE, "{passed: yes + 2 * chair.yes > no + 2 * chair.no, failed: else}")], None),
        ([TWO_NAMES, (RULE, "{passed: chair.yes > yes, failed: else}")], "result_unseen"),
        ([TWO_NAMES, (RULE, "{passed: council.yes > council.members, failed: else}")], "result_unseen"),
    ],
)
def test_scores_weights_and_vetoes_that_nothing_brings_about_are_said_to_be_undecided(changes, code):
    expected = {(code, "undecided")} if code else set()
    assert {(finding.code, finding.severity) for finding in findings_of(vote(*changes))} == expected


@pytest.mark.parametrize(
    ("changes", "silent"),
    [
        ([], "council"),
        ([("        due: 3 wd\n", "        due: 3 wd\n        silence: no\n")], None),
        ([("note: {label: Ghi chú | Note}", "end: {label: Kết thúc | End, to: failed}")], None),
        ([("of: council", "of: [council, clerk]")], "council"),
    ],
)
def test_an_answer_that_never_comes_may_strand_a_case_that_nobody_is_told_of(changes, silent):
    text = vote(*BY_SYSTEM)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    said = findings_by_code(text).get("silent_party")
    assert (said.facts["who"] if said else None) == silent

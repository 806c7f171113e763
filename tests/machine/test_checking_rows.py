"""Every row of what the verifier checks: a fault of its kind is found, with the shortest way to it if there is one."""

import pytest

from tests.support.board_definitions import CLOSE, EITHER, board_findings
from tests.support.command_line import called
from tests.support.small_definition import findings_of, lapsing_leave, leave
from tests.support.vote_definition import BY_SYSTEM, FAIL, PASS, vote
from workflow.machine.checking import check
from workflow.machine.definition import Finding
from workflow.machine.loading.loader import load

GRANT = "grant:  {label: Đồng ý | Grant, to: granted}"
END = "  granted:"
ROWS: dict[str, tuple[str, str, str, list[str]]] = {
    "a name that names nothing": (leave(("to: asked", "to: askd")), "unknown_state_near", "error", []),
    "unreachable": (leave((END, "  lost: {label: Mất | Lost, outcome: bad}\n  granted:")), "unreachable", "error", []),
    "waits for nobody": (
        leave(
            ("turn: {who: head,", "turn: {who: clerk,"),
            ("grant:  {", "grant:  {by: head, "),
            ("return: {", "return: {by: head, "),
        ),
        "waits_for_nobody",
        "error",
        [],
    ),
    "automatic loop": (
        leave((GRANT, GRANT + "\n      tick: {label: A | B, by: system, to: asked}")),
        "automatic_loop",
        "error",
        [],
    ),
    "empty last step": (leave((", escalate_to: chair}", "}")), "empty_last_step", "error", []),
    "link without a receiver": (
        leave((GRANT, GRANT[:-1] + ", open: {as: copy, copy: all, at: draft}, each: {copy: hear}}")),
        "link_without_receiver",
        "error",
        [],
    ),
    "field maybe empty": (
        leave(("to: granted}", "to: granted, when: until > today}")),
        "maybe_empty",
        "error",
        ["open", "send"],
    ),
    "due maybe empty": (leave(("due: answer", "due: until until")), "due_maybe_empty", "error", ["open"]),
    "never": (leave(("to: granted}", "to: granted, when: days > 3 && days < 2}")), "guard_never", "error", []),
    "always": (leave(("to: granted}", "to: granted, when: days > 3 || days < 5}")), "guard_always", "warning", []),
    "shadowed": (leave((GRANT, "grant: [{label: A | B, to: granted}, {to: draft}]")), "shadowed", "error", []),
    "no else where nobody chooses": (
        leave((GRANT, GRANT + "\n      come: {label: A | B, by: link, to: granted, when: days > 3}")),
        "no_else",
        "warning",
        [],
    ),
    "dead action": (
        leave((GRANT, GRANT + "\n      late: {label: A | B, to: granted, when: times(send) == 0}")),
        "dead_action",
        "error",
        [],
    ),
    "no way to an end": (
        leave(
            (GRANT, GRANT + "\n      park: {label: A | B, to: parked}"),
            (END, "  parked: {label: A | B, turn: {who: head}, actions: {stay: {label: A | B}}}\n  granted:"),
        ),
        "no_way_to_end",
        "error",
        ["open", "send", "park"],
    ),
    "no way to an end for a count": (
        leave(("to: granted}", "to: granted, when: times(send) < 2}")),
        "may_get_stuck",
        "error",
        ["open", "send", "return"],
    ),
    "no way to an end after a vote": (vote((FAIL, "")), "may_get_stuck", "error", ["open", "send", "ballot.failed"]),
    "back to nowhere": (
        leave(("actions: {send:", "actions: {undo: {label: A | B, to: back}, send:")),
        "back_to_nowhere",
        "error",
        [],
    ),
    "a turn whose clock stands still": (
        leave(("stops: [return]", "stops: [return, send]"), ("starts: [send]", "starts: [open]")),
        "clock_stands_still",
        "error",
        ["open", "send"],
    ),
    "silence that ends well": (lapsing_leave("overdue(turn)"), "silence_ends_well", "error", []),
    "a vote nobody can carry": (vote(("yes * 100 >= 80 * members", "yes > members")), "result_never", "error", []),
    "an act no count lets through": (
        vote((PASS, PASS.replace("ballot.passed", "ballot.voted > ballot.members"))),
        "guard_never",
        "error",
        [],
    ),
    "a secret vote that closes early": (
        vote(
            ("        due: 3 wd\n", "        due: 3 wd\n        secret: true\n"),
            (PASS, PASS.replace("to:", "by: system, to:")),
            ("to: failed, when: ballot.failed", "to: failed"),
        ),
        "secret_closes_early",
        "error",
        [],
    ),
    "what one silent party strands": (vote(*BY_SYSTEM), "silent_party", "error", ["open", "send"]),
    "a missing translation": (leave(("label: Nháp | Draft", "label: Nháp")), "needs_both_languages", "error", []),
    "an unused name": (leave(("[reason, days, until]", "[reason, days]")), "unused", "warning", []),
}


def the(code: str, text: str) -> Finding:
    return next(finding for finding in findings_of(text) if finding.code == code)


@pytest.mark.parametrize("row", ROWS)
def test_a_fault_of_its_kind_is_found_with_the_shortest_way_to_it(row):
    text, code, severity, path = ROWS[row]
    finding = the(code, text)
    assert finding.severity == severity
    assert [step.action for step in finding.steps][: len(path)] == path
    assert bool(finding.steps) or not path
    assert finding.sentence("vi") != finding.sentence("en")


@pytest.mark.parametrize(("actions", "code"), [(CLOSE, "holder_blocked"), (EITHER, "holder_blocked_by_two")])
def test_a_list_that_cannot_settle_with_its_cases_is_found_with_the_acts_on_both(actions, code):
    steps = [step.action for step in board_findings(actions)[code].steps]
    assert steps[-1] == "guest.leave"
    assert "board.begin" in steps


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_command_shows_the_way_as_acts_of_named_people_in_either_language(language, tmp_path):
    file = tmp_path / "v1.yaml"
    file.write_text(vote((FAIL, "")), "utf-8")
    answer = called("--lang", language, "definitions", "verify", file)
    assert answer.exit_code == 1
    assert the("may_get_stuck", vote((FAIL, ""))).sentence(language) in answer.output
    assert "open (clerk) → draft → send (clerk) → voting → ballot.failed (council) → voting" in answer.output


STATES, WAYS = 100, 14


def wide() -> str:
    """A definition with too many configurations: where `back` leads, which of three clocks run, edition or not."""
    text = leave()
    head = text[: text.index("clocks:")]
    clocks = "".join(f"  c{n}: {{budget: 5 wd, starts: [on{n}], stops: [off{n}]}}\n" for n in range(3))
    switches = "".join(f"      {way}{n}: {{label: A | B}}\n" for n in range(3) for way in ("on", "off"))
    switches += "      copy: {label: A | B, open: {as: copy, copy: none, at: s0}}\n"
    states = "".join(
        f"  s{number}:\n    label: A | B\n    turn: {{who: clerk}}\n    actions:\n{switches}{_ways(number)}"
        for number in range(STATES)
    )
    end = "  done: {label: A | B, outcome: good}\n"
    return f"{head}clocks:\n{clocks}start: {{by: clerk, to: s0}}\nstates:\n{states}{end}"


def _ways(number: int) -> str:
    targets = [(number * 7 + way * 13 + 1) % STATES for way in range(WAYS)]
    ways = "".join(f"      g{way}: {{label: A | B, to: s{target}}}\n" for way, target in enumerate(targets))
    return f"{ways}      end: {{label: A | B, to: done}}\n"


@pytest.mark.long
def test_what_is_too_wide_to_be_searched_is_undecided_and_no_error():
    found_of = check(load(wide(), path="wide.yaml"))
    assert {finding.code for finding in found_of if finding.severity == "undecided"} == {"too_many_configurations"}
    assert [finding for finding in found_of if finding.severity == "error"] == []

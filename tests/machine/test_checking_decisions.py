"""A case that ended with a numbered paper is not simply reopened."""

import pytest

from tests.support.small_definition import findings_of, leave

PAPER = ("fields:\n", "fields:\n  order: {is: document, numbered: true, label: Quyết định | Decision}\n")
ENDS = "  granted: {label: Được nghỉ | Granted, outcome: good}\n"


def codes(requires, exits):
    text = leave(
        PAPER,
        ("grant:  {label: Đồng ý | Grant, to: granted}", f"grant:  {{label: Đồng ý | Grant, to: granted{requires}}}"),
        (ENDS, f"  granted: {{label: Được nghỉ | Granted, outcome: good, actions: {{{exits}}}}}\n"),
    )
    return [one.code for one in findings_of(text) if one.code == "decision_reopened"]


@pytest.mark.parametrize(
    ("requires", "exits", "found"),
    [
        (", requires: [order]", "again: {label: A | B, by: head, to: draft}", ["decision_reopened"]),
        ("", "again: {label: A | B, by: head, to: draft}", []),
        (", requires: [order]", "again: {label: A | B, by: clerk, open: {as: corrects, copy: all, at: draft}}", []),
    ],
)
def test_after_a_numbered_decision_only_a_linked_case_goes_on(requires, exits, found):
    assert codes(requires, exits) == found

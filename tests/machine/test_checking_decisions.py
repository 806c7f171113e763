"""A case that ended with a numbered paper is not simply reopened."""

import pytest

from tests.machine.law import findings_of, leave

PAPER = ("fields:\n", "fields:\n  order: {is: document, numbered: true, label: Quyết định | Decision}\n")
ENDS = "  granted: {label: Được nghỉ | Granted, outcome: good}\n"


def codes(give, exits):
    text = leave(
        PAPER,
        ("grant:  {label: Đồng ý | Grant, to: granted}", f"grant:  {{label: Đồng ý | Grant, to: granted{give}}}"),
        (ENDS, f"  granted: {{label: Được nghỉ | Granted, outcome: good, actions: {{{exits}}}}}\n"),
    )
    return [one.code for one in findings_of(text) if one.code == "decision_reopened"]


@pytest.mark.parametrize(
    ("give", "exits", "found"),
    [
        (", give: [order]", "again: {label: A | B, by: head, to: draft}", ["decision_reopened"]),
        ("", "again: {label: A | B, by: head, to: draft}", []),
        (", give: [order]", "again: {label: A | B, by: clerk, open: {as: corrects, copy: all, at: draft}}", []),
    ],
)
def test_after_a_numbered_decision_only_a_linked_case_goes_on(give, exits, found):
    assert codes(give, exits) == found

"""The line of steps: what lies behind, and of what lies ahead only what does not hang on a finding."""

import pytest

from tests.support.small_province import DEFINITIONS
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from web.case.progress import steps
from workflow.machine.loading.loader import load


def line(name: str, *passed: str) -> list[tuple[str, str]]:
    text = (DEFINITIONS / name / "v1.yaml").read_text("utf-8")
    return [(step.label.en, step.when) for step in steps(load(text, path=name), passed, passed[-1])]


def test_a_returned_case_has_its_steps_behind_it_and_goes_them_again():
    assert line("unit_plan", "owed", "draft", "signing", "submitted", "review", "revise") == [
        ("Not started", "done"),
        ("Draft", "done"),
        ("Awaiting signature", "done"),
        ("Awaiting receipt", "done"),
        ("Under review", "done"),
        ("To be revised", "now"),
        ("Awaiting signature", "next"),
        ("Awaiting receipt", "next"),
        ("Under review", "next"),
        ("Acknowledged", "next"),
    ]


@pytest.mark.parametrize("present", ["received", "verifying"])
def test_nobody_is_told_how_a_complaint_will_be_found(present: str):
    assert [when for _, when in line("complaint", present)] == ["now"]


def test_what_was_found_has_its_way():
    assert line("complaint", "received", "verifying", "correcting")[-2:] == [
        ("Awaiting the correction", "now"),
        ("Corrected", "next"),
    ]

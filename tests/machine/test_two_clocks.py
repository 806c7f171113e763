"""Two clocks on one case: the nearer shows, turns must fit under the clock above them, and reopening begins anew."""

import pytest

from tests.support.scenes import at, calendar, does
from tests.support.small_definition import findings_of, leave
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Place, Plan

CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
CLOCK = "clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}"
TWO = """  asked:
    label: Chờ xem | To be looked at
    turn: {who: head, due: 3 wd, escalate_to: chair}
    actions:
      check:  {label: Xem | Look, to: checked}
      refuse: {label: Từ chối | Refuse, to: refused, requires: [comment]}
  checked:
    label: Chờ duyệt | To be granted
    turn: {who: chair, due: 3 wd, escalate_to: head}
"""


def two(budget, unit="wd"):
    return leave(
        (CLOCK, f"clocks: {{answer: {{budget: {budget} {unit}, starts: [send], stops: [return]}}}}"),
        ("  asked:\n    label: Chờ duyệt | Asked\n    turn: {who: head, due: answer, escalate_to: chair}\n", TWO),
        ("  granted: {", "  refused: {label: C | D, outcome: bad}\n  granted: {"),
        ("[reason, days, until]", "all"),
    )


@pytest.mark.parametrize(
    ("law", "found"),
    [
        (two(5), [(5, 6)]),
        (two(6), []),
        (two(5, "d"), []),
        (two(5).replace("due: 3 wd, escalate_to: head", "due: answer, escalate_to: head"), []),
        (two(2).replace("due: 3 wd, escalate_to: head", "due: answer, escalate_to: head"), [(2, 3)]),
    ],
)
def test_turns_that_take_longer_than_their_clock_allows_are_a_warning_with_the_shortest_good_way(law, found):
    sums = [each for each in findings_of(law) if each.code == "turns_exceed_clock"]
    assert [(each.facts["allowed"], each.facts["sum"]) for each in sums] == found
    for each in sums:
        assert each.severity == "warning"
        assert [step.action for step in each.steps][:3] == ["open", "send", "check"]


def test_the_nearer_of_two_clocks_shows():
    scene = Scene(load(two(9)), calendar(), CAST, at("2017-11-13 09:00"), None)
    assert isinstance(scene.open(CAST.actor("hoa")), Plan)
    assert does(scene, "hoa", "send", reason="Việc nhà", days=1).case.due_at == at("2017-11-16 17:00")
    scene = Scene(load(two(2)), calendar(), CAST, at("2017-11-13 09:00"), None)
    scene.open(CAST.actor("hoa"))
    assert does(scene, "hoa", "send", reason="Việc nhà", days=1).case.due_at == at("2017-11-15 17:00")


def test_a_case_that_is_reopened_has_a_new_budget_though_its_clock_would_go_on():
    law = leave(
        ("starts: [send], stops: [return]", "starts: [send, reopen], stops: [return, grant]"),
        ("outcome: good}", "outcome: good, actions: {reopen: {label: E | F, by: clerk, to: asked}}}"),
    )
    scene = Scene(load(law), calendar(), CAST, at("2017-11-13 09:00"), None)
    scene.open(CAST.actor("hoa"))
    does(scene, "hoa", "send", reason="Việc nhà", days=1)
    scene.advance(at("2017-11-16 09:00"))
    does(scene, "tam", "grant")
    scene.advance(at("2017-11-20 09:00"))
    again = does(scene, "hoa", "reopen")
    assert again.case.due_at == at("2017-11-27 17:00")

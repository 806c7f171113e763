"""Every way to say when a turn is due, and the moment that it means."""

import pytest

from tests.support.scenes import actor, at, calendar, does
from tests.support.small_definition import findings_of, leave
from workflow.machine.checking import check
from workflow.machine.drawing import Wording
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import SYSTEM, Place, Plan

CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
MOVEMENT = {"begins": "2017-10-16", "ends": "2020-12-31", "plans": "2017-11-15", "milestone": "2017-12-01"}


def law(due, *, by="clerk"):
    return leave(
        ("due: answer", f"due: {due}"),
        ("requires: [reason, days]", "requires: [reason, days, until]"),
        ("clocks: {answer: {budget: 5 wd, starts: [send], stops: [return]}}\n", ""),
        ("start: {by: clerk", f"start: {{by: {by}"),
    )


def due_of(due, *, by="clerk"):
    scene = Scene(load(law(due, by=by)), calendar(), CAST, at("2017-11-06 09:00"), MOVEMENT)
    assert isinstance(scene.open(SYSTEM if by == "movement" else actor(scene, "hoa")), Plan)
    case = does(scene, "hoa", "send", reason="Việc nhà", days=1, until="2017-11-18").case
    return calendar().local(case.due_at).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("3 wd", "2017-11-09 17:00"),
        ("3 d", "2017-11-10 00:00"),
        ("12 d", "2017-11-21 00:00"),  # a Saturday: it ends with the next working day (Civil Code 2015 Art. 148(5))
        ("until", "2017-11-19 00:00"),
        ("until until", "2017-11-19 00:00"),
        ("before until", "2017-11-18 00:00"),
        ("at until", "2017-11-18 07:30"),
        ("until until - 3 wd", "2017-11-16 00:00"),
        ("at until - 5 d", "2017-11-13 07:30"),
        ("until until + 2 wd", "2017-11-22 00:00"),
    ],
)
def test_a_due_means_a_moment(due, moment):
    assert [finding.code for finding in findings_of(law(due)) if finding.severity == "error"] == []
    assert due_of(due) == moment


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        ("before movement.plans", "2017-11-15 00:00"),
        ("at movement.plans", "2017-11-15 07:30"),
        ("until movement.plans - 5 wd", "2017-11-09 00:00"),
        ("until movement.milestone - 2 wd", "2017-11-30 00:00"),
    ],
)
def test_a_due_is_planned_back_from_a_milestone(due, moment):
    assert due_of(due, by="movement") == moment


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "lúc mở cửa công sở, Đến ngày, lùi 1 ngày"), ("en", "when offices open, Until, less 1 day")],
)
def test_drawings_and_explanations_say_it(language, said):
    definition = load(law("at until - 1 d"))
    assert check(definition) is not None
    assert Wording(definition, language, {}).due(definition.states["asked"].turn.due) == said

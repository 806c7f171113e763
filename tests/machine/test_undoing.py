"""An act that is taken back leaves the case as it was, in whatever play it was done."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.machine.oracles.playing import not_folding, plays
from tests.support.scenes import DEFECTS, READY, actor, at, does, paper, plan_scene, tries
from workflow.machine.walks.simulation import Scene
from workflow.machine.words import sentence
from workflow.values import SYSTEM, UNDO, Act, Actor, Assignment, Case, Deadline, Json, Plan, Refusal

PLACE = tuple[int, str, str, int]


def waiting(scene: Scene) -> dict[PLACE, Assignment]:
    """What is open in the inboxes of a scene, from everything that happened in it."""
    inboxes: dict[PLACE, Assignment] = {}
    for entry, plan in scene.entries:
        case = entry.identity.id
        inboxes = {place: turn for place, turn in inboxes.items() if place[0] != case or place[1] not in plan.closes}
        inboxes |= {(case, turn.slot, *turn.desk): turn._replace(opened_at=None) for turn in plan.opens}
    return inboxes


def without_versions(case: Case) -> Case:
    return case._replace(version=0, acted_version=0)


Kept = tuple[dict[int, Case], dict[PLACE, Assignment], dict[tuple[int, str], Deadline], dict[tuple[int, str], object]]


def stand(scene: Scene) -> Kept:
    """Everything that an act may change, but for versions and what was said to people."""
    listed: dict[tuple[int, str], object] = {}
    for entry, plan in scene.entries:
        listed |= {(entry.identity.id, name): value for name, value in plan.listed.items()}
    cases = {case_id: without_versions(case) for case_id, case in scene.cases.items()}
    shown = {place: value for place, value in listed.items() if value is not None}
    return cases, waiting(scene), dict(scene.deadlines), shown


class UndoingScene(Scene):
    """A stage on which every act of a person is taken back, where it can be, compared, and done again."""

    def act(self, case_id: int, act: Act, actor: Actor) -> Plan | Refusal:
        before = stand(self)
        answer = super().act(case_id, act, actor)
        if isinstance(answer, Refusal) or actor == SYSTEM:
            return answer
        undone = super().act(case_id, Act(UNDO), actor)
        if isinstance(undone, Refusal):
            taken[undone.reasons[0].code] += 1
            return answer
        taken["undone"] += 1
        assert stand(self) == before
        assert isinstance(super().act(case_id, Act(UNDO), actor), Refusal)
        return super().act(case_id, act, actor)


taken: Counter[str] = Counter()


def test_what_is_taken_back_was_never_done_in_plays_of_everything_that_ships():
    taken.clear()
    for play in plays(1, stage=UndoingScene):
        assert list(not_folding(play)) == []
    assert taken["undone"] > 200
    assert taken["undo_final"] > 50
    assert taken.keys() <= {"undone", "undo_final"}


COURSE: dict[str, tuple[str, dict[str, Json]]] = {
    "begin": ("hoa", {}),
    "send": ("hoa", READY),
    "sign": ("tam", {"plan": paper()}),
    "receive": ("lan", {}),
    "return": ("minh", {"defects": DEFECTS}),
    "acknowledge": ("minh", {}),
}


def after(*steps: str) -> Scene:
    scene = plan_scene()
    for step in steps:
        who, inputs = COURSE[step]
        does(scene, who, step, **inputs)
    return scene


def undoing(scene: Scene, who: str) -> Plan | Refusal:
    return tries(scene, who, UNDO)


@pytest.mark.parametrize("last", ["begin", "send", "receive", "return", "acknowledge"])
def test_whoever_acted_takes_it_back_and_history_keeps_both(last: str):
    course = ["begin", "send", "sign", "receive"]
    steps = course[: course.index(last)] if last in course else course
    scene = after(*steps)
    before = stand(scene)
    does(scene, COURSE[last][0], last, **COURSE[last][1])
    plan = undoing(scene, COURSE[last][0])
    assert isinstance(plan, Plan)
    assert stand(scene) == before
    assert [entry.act.action for entry, _ in scene.entries][-2:] == [last, UNDO]
    assert plan.notices[0].kind == "undone"


def test_clocks_count_the_time_in_between_and_what_was_due_rings_at_once():
    scene = after("begin", "send", "sign", "receive")
    due = scene.deadlines[1, "turn"]
    does(scene, "minh", "return", defects=DEFECTS)
    scene.now = due.due_at + timedelta(minutes=5)
    assert isinstance(undoing(scene, "minh"), Plan)
    assert scene.deadlines[1, "turn"] == due
    fired = scene.advance(scene.now)
    assert [plan.action for plan in fired] == ["due:turn"]


@pytest.mark.parametrize("who", ["lan", "hoa", "tam"])
def test_nobody_else_takes_it_back(who: str):
    scene = after("begin", "send", "sign", "receive", "return")
    refusal = undoing(scene, who)
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.reasons[0].code) == ("not_your_turn", "undo_of_another")


def test_it_ends_with_the_next_entry_a_timer_included():
    scene = after("begin", "send", "sign", "receive", "return")
    assert scene.advance(at("2018-01-15 08:00"))
    refusal = undoing(scene, "minh")
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].code == "undo_after_deadline"


def test_a_paper_that_went_out_and_an_opening_stay():
    scene = after("begin", "send", "sign")
    refusal = undoing(scene, "tam")
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.reasons[0].code) == ("refused", "undo_final")
    opening = tries(plan_scene(), "hoa", UNDO)
    assert isinstance(opening, Refusal)
    assert opening.reasons[0].code == "undo_opening"


@pytest.mark.parametrize("steps", [(), ("begin", "send", "sign"), ("begin", "send", "sign", "receive", "return")])
def test_no_refusal_names_an_act_by_its_internal_name(steps: tuple[str, ...]):
    scene = after(*steps)
    scene.advance(at("2018-01-15 08:00"))
    refusal = undoing(scene, "minh")
    assert isinstance(refusal, Refusal)
    [reason] = refusal.reasons
    for language in ("vi", "en"):
        said = sentence(reason, language=language, definition=scene.definition)
        assert "due:" not in said
        assert "“open”" not in said


def test_whoever_acted_for_another_takes_it_back_themselves():
    scene = after("begin", "send", "sign", "receive")
    acknowledged = does(scene, "kien", "acknowledge")
    assert acknowledged.on_behalf is not None
    refusal = undoing(scene, "minh")
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].code == "undo_of_another"
    undone = undoing(scene, "kien")
    assert isinstance(undone, Plan)
    assert undone.case.state == acknowledged.was


def test_a_form_that_did_not_see_the_act_takes_nothing_back():
    scene = after("begin", "send", "sign", "receive", "return")
    refusal = tries(scene, "minh", UNDO, seen=scene.cases[1].acted_version - 1)
    assert isinstance(refusal, Refusal)
    assert refusal.kind == "stale"


def test_whoever_left_the_desk_takes_nothing_back():
    scene = after("begin", "send", "sign", "receive", "return")
    gone = Actor(actor(scene, "minh").person)
    refusal = scene.act(1, Act(UNDO), gone)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].code == "no_right"

"""What an act would do, told from the same decision before it is done: equal to what happens, and silent on boxes."""

from collections import Counter
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from tests.support import council
from tests.support.council import VOTERS, codes_of, convened, nominee
from tests.support.scenes import (
    DEFECTS,
    MOVEMENT,
    PLAN_CAST,
    READY,
    ROOT,
    actor,
    at,
    calendar,
    does,
    family,
    paper,
    plan_scene,
    shipped,
    to_review,
)
from workflow.machine.deciding import ActContext, KnownFacts, preview
from workflow.machine.deciding.assignments import telling
from workflow.machine.deciding.consequences.summary import people_told
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load
from workflow.machine.walks.reader import read
from workflow.machine.walks.runner import Playing
from workflow.machine.walks.simulation import Scene
from workflow.values import OPEN, SYSTEM, UNSEEN_PAPERS, Act, Actor, Case, Consequences, Json, Needs, Plan, Refusal

SHIPPED = sorted(path.parent.name for path in (ROOT / "definitions").glob("*/v1.yaml"))
EXAMPLES = sorted(path.parent.name for path in (ROOT / "definitions" / "examples").glob("*/v1.yaml"))


class WatchedScene(Scene):
    """A stage on which every act of a person is previewed before it is done, and compared with what happens."""

    def act(self, case_id: int, act: Act, actor: Actor) -> Plan | Refusal:
        if actor == SYSTEM:
            return super().act(case_id, act, actor)
        before = dict(self.cases)
        entries = len(self.entries)
        shown = preview(self, self.cases[case_id], act, ActContext(actor, self.now, self.calendar))
        answer = super().act(case_id, act, actor)
        assert isinstance(shown, Refusal) == isinstance(answer, Refusal)
        if isinstance(shown, Consequences):
            watched[self.definition.name] += 1
            compare(self, shown, before, entries)
        return answer


watched: Counter[str] = Counter()


def compare(scene: Scene, shown: Consequences, before: dict[int, Case], entries: int) -> None:
    """Compare what was shown with the cases, the links and the notices that came of the act."""
    written = scene.entries[entries:]
    after = {case.code: case for case in scene.cases.values()}
    changed = {entry.identity.code for entry, plan in written if plan.action != OPEN}
    assert changed == {shown.case.code, *(move.code for move in shown.moves)}
    for case in (shown.case, *shown.moves):
        assert after[case.code].state in case.states
        if shown.refusable or len(case.states) > 1:
            continue
        assert case.settled == scene.definition_of(after[case.code]).states[after[case.code].state].is_settled
    opened = Counter(case.definition for case in scene.cases.values() if case.id not in before)
    assert opened.keys() == {of.definition for of in shown.opens if of.most}
    assert all(of.fewest <= opened[of.definition] <= of.most for of in shown.opens)
    told = frozenset[int]().union(*(people_told(plan, entry.facts) for entry, plan in written))
    assert {*shown.told} <= told <= {*shown.told, *shown.perhaps_told}


@pytest.mark.parametrize("name", [*SHIPPED, *(f"examples/{name}" for name in EXAMPLES)])
def test_what_is_shown_is_what_happens_in_every_walk_that_ships(name: str):
    text = (ROOT / f"definitions/{name}/walks.yaml").read_text("utf-8")
    definition, others = law(name), family(Path(name).name)
    for walk in read(text, definition, calendar=calendar(), path=name, family=others):
        play = Playing(WatchedScene(definition, calendar(), walk.cast, walk.starts, walk.movement, family=others))
        if definition.only_by_movement:
            play.scene.open(SYSTEM)
        for step in walk.steps:
            list(play.faults_of(step))
    assert watched[definition.name] >= 3


def law(name: str) -> Definition:
    text = (ROOT / f"definitions/{name}/v1.yaml").read_text("utf-8")
    return shipped(name) if "/" not in name else load(text, path=name)


def shown_to(scene: Scene, who: str, action: str, *, case: int = 1, **inputs: Json) -> Consequences:
    """Preview an act that is not refused."""
    context = ActContext(actor(scene, who), scene.now, scene.calendar)
    shown = preview(scene, scene.cases[case], Act(action, inputs), context)
    assert isinstance(shown, Consequences), shown
    return shown


MINUTES = {"minutes": paper("3/BB-HĐ")}


def vote(*, yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> tuple[Scene, int, tuple[int, int]]:
    """A ballot on two nominees in which these have voted the same on both."""
    scene = council.council()
    nominees = (nominee(scene), nominee(scene))
    case = convened(scene, *nominees)
    for who in (*yes, *no):
        choice = "agree" if who in yes else "disagree"
        does(scene, who, "answer:ballot", case=case, answer=dict.fromkeys(map(str, codes_of(*nominees)), choice))
    return scene, case, nominees


def test_a_vote_closed_early_says_who_has_not_voted_and_what_is_needed():
    scene, case, _ = vote(yes=VOTERS[:4])
    shown = shown_to(scene, "secretary", "close", case=case, **MINUTES)
    (ballot,) = shown.asks
    assert (ballot.answered, len(ballot.members), len(ballot.missing)) == (4, 5, 1)
    assert [(line.results, line.needed) for line in ballot.lines] == [(("passed", "failed"), 4)] * 2
    assert (shown.weight, shown.asks_first) == ("final", True)
    assert [(doubt.code, doubt.facts["missing"]) for doubt in shown.doubts] == [("missing_opinions", 1)]


def test_what_no_ballot_can_change_is_said_for_certain():
    scene, case, nominees = vote(yes=VOTERS[:3])
    with_three = scene.cases[case].asks["ballot"]
    assert len(with_three.answers) == 3
    scene.cases[case] = scene.cases[case]._replace(fields={**scene.cases[case].fields, "mode": "written"})
    shown = shown_to(scene, "secretary", "close", case=case, **MINUTES)
    assert [line.results for line in shown.asks[0].lines] == [("failed",)] * 2
    assert [(move.code, move.states) for move in shown.moves] == [
        (code, ("not_passed",)) for code in codes_of(*nominees)
    ]
    assert shown.perhaps_told == ()


@pytest.mark.parametrize("size", [4, 5])
def test_a_secret_preview_is_the_same_for_every_box_of_one_size(size: int):
    shown = set()
    for choices in product((True, False), repeat=size):
        yes = tuple(who for who, agrees in zip(VOTERS, choices, strict=False) if agrees)
        no = tuple(who for who, agrees in zip(VOTERS, choices, strict=False) if not agrees)
        scene, case, _ = vote(yes=yes, no=no)
        seen = shown_to(scene, "secretary", "close", case=case, **MINUTES)
        shown.add((repr(seen), seen.digest))
    assert len(shown) == 1


def test_a_preview_writes_nothing_and_takes_no_ballot():
    scene, case, _ = vote(yes=VOTERS[:4])
    before = (dict(scene.cases), list(scene.entries), list(scene.ballots), list(scene.letters))
    shown_to(scene, "secretary", "close", case=case, **MINUTES)
    assert before == (scene.cases, scene.entries, scene.ballots, scene.letters)


def test_the_digest_follows_who_has_voted_and_not_the_time():
    scene, case, nominees = vote(yes=VOTERS[:4])
    first = shown_to(scene, "secretary", "close", case=case, **MINUTES)
    scene.now += timedelta(hours=1)
    assert shown_to(scene, "secretary", "close", case=case, **MINUTES).digest == first.digest
    does(scene, VOTERS[4], "answer:ballot", case=case, answer=dict.fromkeys(map(str, codes_of(*nominees)), "agree"))
    later = shown_to(scene, "secretary", "close", case=case, **MINUTES)
    assert later.digest != first.digest
    assert later.counts["answered.ballot"] == first.counts["answered.ballot"] + 1


@pytest.mark.parametrize(
    ("steps", "who", "action", "inputs", "weight"),
    [
        ((), "hoa", "begin", {}, "light"),
        (("begin",), "hoa", "send", READY, "light"),
        (("begin", "send"), "tam", "sign", {"plan": paper()}, "final"),
        (("begin", "send", "sign", "receive"), "minh", "acknowledge", {}, "undoable"),
        (("begin", "send", "sign", "receive"), "minh", "return", {"defects": DEFECTS}, "undoable"),
    ],
)
def test_the_weight_of_an_act_follows_from_what_it_does(steps, who, action, inputs, weight):
    scene = plan_scene()
    course = {"begin": ("hoa", {}), "send": ("hoa", READY), "sign": ("tam", {"plan": paper()}), "receive": ("lan", {})}
    for step in steps:
        person, given = course[step]
        does(scene, person, step, **given)
    assert shown_to(scene, who, action, **inputs).weight == weight


def test_an_answer_to_an_ask_is_final():
    scene, case, nominees = vote()
    answer: dict[str, Json] = dict.fromkeys(map(str, codes_of(*nominees)), "agree")
    assert shown_to(scene, "an", "answer:ballot", case=case, answer=answer).weight == "final"


def test_a_declared_doubt_is_asked_about_and_refuses_nothing():
    scene = DoubtfulScene(shipped("unit_plan"), calendar(), PLAN_CAST, at("2017-10-16 08:00"), MOVEMENT)
    assert isinstance(scene.open(SYSTEM), Plan)
    to_review(scene)
    shown = shown_to(scene, "minh", "acknowledge")
    opinions = {"ask": "remark", "missing": 1, "members": 1}
    doubts = [(doubt.code, doubt.facts) for doubt in shown.doubts]
    assert doubts == [("missing_opinions", opinions), (UNSEEN_PAPERS, {"papers": 2})]
    assert (shown.weight, shown.asks_first) == ("undoable", True)
    assert [doubt.code for doubt in does(scene, "minh", "acknowledge").doubts] == ["missing_opinions"]


class DoubtfulScene(Scene):
    """A stage on which somebody has papers that they have not seen."""

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        known = super().facts_for(case, act, wanted)
        facts = known.facts._replace(doubts=dict.fromkeys(wanted.doubts & {UNSEEN_PAPERS}, 2))
        return known._replace(facts=facts)


def test_no_act_on_a_linked_case_reads_a_box_that_a_preview_would_have_to_open():
    definitions = [law(name) for name in SHIPPED]
    read = [
        f"{definition.name}.{state.name}.{action.name}"
        for definition in definitions
        for state in definition.states.values()
        for action in state.actions.values()
        for way in action.alternatives
        if way.by == "link" and telling(state, [way.when, way.warn, *(value for _, value in way.sets)])
    ]
    assert read == []
    assert len(definitions) > 10

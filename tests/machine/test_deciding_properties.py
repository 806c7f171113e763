"""What holds for every case, whoever does what: total answers, duties apart, history that folds back."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.machine.stage import (
    COMMENT,
    CONTACT,
    DEFECTS,
    MOVEMENT,
    TARGETS,
    actor,
    at,
    calendar,
    paper,
    shipped,
)
from workflow.machine.folding import entry_from_json, entry_to_json, fold
from workflow.machine.json_forms import case_from_json, case_to_json
from workflow.machine.reasons import sentence
from workflow.machine.scenes import Cast, Scene
from workflow.values import SYSTEM, Act, Place, Plan, Refusal

NAMES = ("an", "binh", "cuc", "dung", "em", "phuong")
PLACES = (
    Place("unit_clerk", "unit"),
    Place("unit_head", "unit"),
    Place("plan_officer", "above unit"),
    Place("plan_reviewer", "above unit"),
    Place("chair", "above unit"),
    Place("block_lead", "block"),
)
GIVEN = {
    "targets": TARGETS,
    "launch": "2017-11-10",
    "contact": CONTACT,
    "plan": paper(),
    "defects": DEFECTS,
    "comment": COMMENT,
    "answer": "seen",
}
ACTIONS = (
    "begin", "send", "sign", "rewrite", "receive", "withdraw", "acknowledge", "return", "amend", "supersede", "close",
    "answer:remark", "due:turn", "due:remark", "due:wake",
)  # fmt: skip
GIVES = {
    "send": ("targets", "launch", "contact"),
    "sign": ("plan",),
    "rewrite": ("comment",),
    "return": ("defects",),
    "amend": ("comment",),
    "answer:remark": ("answer",),
}

people = st.sampled_from(NAMES)
casts = st.builds(
    Cast,
    st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(PLACES), max_size=3, unique=True).map(tuple) for name in NAMES}
    ),
    st.dictionaries(people, st.lists(st.tuples(people, st.sampled_from(("KT", "TL", "TUQ"))), max_size=3).map(tuple)),
)
acts = st.tuples(people | st.just("system"), st.sampled_from(ACTIONS), st.integers(0, 3))
whatever = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def new_scene(cast):
    scene = Scene(shipped("unit_plan"), calendar(), cast, at("2017-11-08 08:00"), MOVEMENT)
    assert isinstance(scene.open(SYSTEM), Plan)
    return scene


def play(scene, moves):
    """Let people try one thing after another on the newest case; time passes between."""
    for who, action, days in moves:
        scene.advance(scene.now + DAY * days)
        inputs = {name: GIVEN[name] for name in GIVES.get(action, ())}
        scene.act(max(scene.cases), Act(action, inputs), actor(scene, who))
    return scene


DAY = at("2017-11-09 08:00") - at("2017-11-08 08:00")
PLACE_OF = {name: party.place for name, party in shipped("unit_plan").people.items()}
WELL = (("send", "acknowledge"), ("sign", "acknowledge"))


@settings(deadline=None, max_examples=150)
@given(casts, st.lists(acts, max_size=30))
def test_nobody_passes_what_must_stand_apart_through_any_substitute(cast, moves):
    scene = play(new_scene(cast), moves)
    for case in scene.cases.values():
        for one, other in WELL:
            if one in case.done and other in case.done:
                assert not case.done[one].people & case.done[other].people


@settings(deadline=None, max_examples=100)
@given(casts, st.lists(acts, max_size=25))
def test_history_folds_back_to_the_case_and_survives_json(cast, moves):
    scene = play(new_scene(cast), moves)
    for case_id, case in scene.cases.items():
        own = [(entry, plan) for entry, plan in scene.entries if entry.identity.id == case_id]
        written = [json.loads(json.dumps(entry_to_json(entry, plan))) for entry, plan in own]
        read = [entry_from_json(body) for body in written]
        assert read == [entry for entry, _ in own]
        assert fold(lambda _: scene.definition, read, calendar=calendar()) == case
        assert case_from_json(json.loads(json.dumps(case_to_json(case)))) == case
        assert [plan.case.version for _, plan in own] == list(range(1, len(own) + 1))


@settings(deadline=None, max_examples=100)
@given(
    casts,
    st.lists(acts, max_size=12),
    acts,
    st.dictionaries(st.sampled_from(tuple(GIVEN)) | st.text(max_size=5), whatever),
)
def test_every_act_with_whatever_inputs_has_an_answer_in_words(cast, moves, act, inputs):
    scene = play(new_scene(cast), moves)
    who, action, _ = act
    answer = scene.act(max(scene.cases), Act(action, inputs), actor(scene, who))
    reasons = answer.reasons if isinstance(answer, Refusal) else answer.warnings
    for reason in reasons:
        for language in ("vi", "en"):
            assert sentence(reason, language=language, definition=scene.definition)


@settings(deadline=None, max_examples=100)
@given(casts, st.lists(acts, max_size=15), people)
def test_what_is_offered_is_possible_and_what_is_refused_is_not(cast, moves, who):
    scene = play(new_scene(cast), moves)
    case_id = max(scene.cases)
    for offer in scene.offers(case_id, actor(scene, who)):
        scratch = Scene(
            scene.definition,
            scene.calendar,
            scene.cast,
            scene.now,
            scene.movement,
            dict(scene.cases),
            list(scene.links),
            dict(scene.deadlines),
        )
        inputs = {name: GIVEN[name] for name in GIVES.get(offer.action, ())}
        answer = scratch.act(case_id, Act(offer.action, inputs), actor(scene, who))
        assert isinstance(answer, Refusal) == (offer.refusal is not None)


@settings(deadline=None, max_examples=100)
@given(casts, st.lists(acts, max_size=20))
def test_a_turn_always_waits_with_a_deadline_or_the_system_wakes(cast, moves):
    scene = play(new_scene(cast), moves)
    for case_id, case in scene.cases.items():
        if scene.definition.states[case.state].turn:
            assert (case_id, "turn") in scene.deadlines
        if case.state == "acknowledged":
            assert (case_id, "wake") in scene.deadlines


@settings(deadline=None, max_examples=60)
@given(casts, st.lists(acts, max_size=20))
def test_slots_are_closed_before_they_are_opened_again(cast, moves):
    scene = play(new_scene(cast), moves)
    for case_id in scene.cases:
        waiting: set[str] = set()
        for entry, plan in scene.entries:
            if entry.identity.id != case_id:
                continue
            waiting -= plan.closes
            opened = [each.slot for each in plan.opens]
            assert not waiting & set(opened)
            waiting |= set(opened)
        turn = scene.definition.states[scene.cases[case_id].state].turn
        assert ("turn" in waiting) == bool(turn and scene.cast.seats(PLACE_OF[turn.who]))

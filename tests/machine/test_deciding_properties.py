"""What holds for every case, whoever does what: total answers, offers that are true, turns with a deadline."""

from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.scenes import (
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
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Act, Plan, Refusal

NAMES = ("an", "binh", "cuc", "dung", "em", "phuong")
SHIPPED = ("unit_plan", "award_nomination")
PLACES = tuple({party.place: None for name in SHIPPED for party in shipped(name).people.values()})
GIVEN = {
    "targets": TARGETS,
    "launch": "2017-11-10",
    "contact": CONTACT,
    "plan": paper(),
    "nominee": {"kind": "person", "name": "Phạm Văn An", "person": 3},
    "award": "giay_khen",
    "achievement": "Giúp mười hai hộ nghèo trong xã thoát nghèo bền vững.",
    "report": paper(),
    "minutes": paper(),
    "letter": paper(),
    "opinion": "Hồ sơ đủ, thành tích rõ ràng.",
    "reason": "Thành tích đã được khen trong năm trước.",
    "decision": paper(),
    "defects": DEFECTS,
    "comment": COMMENT,
    "answer": "seen",
}
DAY = at("2017-11-09 08:00") - at("2017-11-08 08:00")


@cache
def gives(name):
    """Each action of a definition with the fields it may ask for."""
    found = {"answer:remark": ("answer",), "due:turn": (), "due:remark": (), "due:wake": (), "open": ()}
    for state in shipped(name).states.values():
        for action in state.actions.values():
            found[action.name] = tuple({field for way in action.alternatives for field in way.requires})
    return found


people = st.sampled_from(NAMES)
FAMILY = {"complaint": shipped("complaint")}
holders = st.lists(people, min_size=1, max_size=3, unique=True)
substitutes = st.lists(st.tuples(people, st.sampled_from(("KT", "TL", "TUQ"))), max_size=3).map(tuple)
moves = {"min_size": 8, "max_size": 30}


def cast_of(held, acting_for):
    """People by the places they hold: every place has somebody, and one person may hold many."""
    return Cast({name: tuple(place for place in PLACES if name in held[place]) for name in NAMES}, acting_for)


casts = st.builds(
    cast_of,
    st.fixed_dictionaries(dict.fromkeys(PLACES, holders)),
    st.dictionaries(people, substitutes),
)


def own_cases(scene):
    """The cases of the definition that is tried, without those of others that its acts opened."""
    return tuple(each for each, case in scene.cases.items() if case.definition == scene.definition.hash)


def acts(name):
    """Mostly a number that picks one of the acts that are possible; else anybody with anything; after some days."""
    anything = st.tuples(people | st.just("system"), st.sampled_from(sorted(gives(name))))
    return st.tuples(st.integers(0, 50) | st.integers(0, 50) | anything, st.integers(0, 3))


def chosen(scene, case_id, picked):
    """Who does what: as drawn, or one of those who may."""
    if isinstance(picked, tuple):
        return picked
    possible = [
        (who, offer.action)
        for who in scene.cast.places
        for offer in scene.offers(case_id, actor(scene, who))
        # Withdrawing is possible nearly everywhere and would end most cases before they are decided.
        if offer.refusal is None and offer.action != "withdraw"
    ]
    return possible[picked % len(possible)] if possible else ("system", "due:turn")


whatever = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def played(name, cast, picks):
    """Open a case and let people try one thing after another on the newest; time passes between."""
    movement = MOVEMENT if shipped(name).opened_by("movement") else None
    scene = Scene(shipped(name), calendar(), cast, at("2017-11-08 08:00"), movement, family=FAMILY)
    for who in ("system", *NAMES):
        if not scene.cases:
            scene.open(actor(scene, who))
    for picked, days in picks if scene.cases else ():
        scene.advance(scene.now + DAY * days)
        case_id = max(own_cases(scene))
        who, action = chosen(scene, case_id, picked)
        inputs = {field: GIVEN[field] for field in gives(name)[action]}
        scene.act(case_id, Act(action, inputs), actor(scene, who))
    return scene


@pytest.mark.parametrize("name", SHIPPED)
@settings(deadline=None, max_examples=40)
@given(
    data=st.data(), cast=casts, inputs=st.dictionaries(st.sampled_from(tuple(GIVEN)) | st.text(max_size=5), whatever)
)
def test_every_act_with_whatever_inputs_has_an_answer_in_words(name, data, cast, inputs):
    scene = played(name, cast, data.draw(st.lists(acts(name), **moves)))
    assume(scene.cases)
    picked, _ = data.draw(acts(name))
    for case_id in tuple(scene.cases):
        who, action = chosen(scene, case_id, picked)
        answer = scene.act(case_id, Act(action, inputs), actor(scene, who))
        reasons = answer.reasons if isinstance(answer, Refusal) else answer.warnings
        assert reasons or isinstance(answer, Plan)
        for reason in reasons:
            assert sentence(reason, language="vi", definition=scene.definition)
            assert sentence(reason, language="en")


@pytest.mark.parametrize("name", SHIPPED)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), cast=casts, who=people)
def test_what_is_offered_is_possible_and_what_is_refused_is_not(name, data, cast, who):
    scene = played(name, cast, data.draw(st.lists(acts(name), **moves)))
    offers = [(number, offer) for number in own_cases(scene) for offer in scene.offers(number, actor(scene, who))]
    assume(offers)
    for case_id, offer in offers:
        parts = (scene.movement, dict(scene.cases), list(scene.links), dict(scene.deadlines))
        scratch = Scene(scene.definition, scene.calendar, scene.cast, scene.now, *parts, family=FAMILY)
        inputs = {field: GIVEN[field] for field in gives(name)[offer.action]}
        answer = scratch.act(case_id, Act(offer.action, inputs), actor(scene, who))
        assert isinstance(answer, Refusal) == (offer.refusal is not None)


@settings(deadline=None, max_examples=40)
@given(st.data(), casts)
def test_a_turn_always_waits_with_a_deadline_or_the_system_wakes(data, cast):
    scene = played("unit_plan", cast, data.draw(st.lists(acts("unit_plan"), **moves)))
    assume(scene.cases)
    for case_id, case in scene.cases.items():
        turn = scene.definition.states[case.state].turn
        assert ((case_id, "turn") in scene.deadlines) == (turn is not None)
        assert ((case_id, "wake") in scene.deadlines) == (case.state == "acknowledged")


@pytest.mark.parametrize("name", SHIPPED)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), cast=casts)
def test_slots_are_closed_before_they_are_opened_again(name, data, cast):
    scene = played(name, cast, data.draw(st.lists(acts(name), **moves)))
    assume(scene.cases)
    for case_id in own_cases(scene):
        case = scene.cases[case_id]
        waiting: set[str] = set()
        for plan in (plan for entry, plan in scene.entries if entry.identity.id == case_id):
            waiting -= plan.closes
            opened = {each.slot for each in plan.opens}
            assert not waiting & opened
            waiting |= opened
        turn = scene.definition.states[case.state].turn
        assert ("turn" in waiting) == bool(turn)

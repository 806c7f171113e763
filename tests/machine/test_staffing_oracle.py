"""Definitions against organisations drawn at random: what is said of people is what walking through them shows."""

import random
from collections import deque
from dataclasses import replace
from itertools import product

import pytest

from tests.support.small_definition import shipped
from tests.support.staffed_organisation import (
    ABOVE,
    AWARD,
    COUNCIL,
    COUNTED,
    FULL,
    PLAN,
    UNIT,
    council_problems,
    organisation,
    staffing_findings,
)
from tests.support.vote_definition import vote
from workflow.machine.case import NOBODY
from workflow.machine.case.rights import done_separately
from workflow.machine.checking.search.configurations import ways_of
from workflow.machine.loading.loader import load
from workflow.values import Desk, Done

REPORT = load(shipped("review_report"), path="review_report")


def played(definition, where):
    """Brute force: walk every way with every choice of people, and see where nobody is left."""
    unit = where.units[0]
    rights = {name: where.rights(definition, unit, name) for name in definition.people}
    first = (definition.starts[0].to, None, frozenset())
    seen, queue = {first}, deque([first])
    stuck = {}
    while queue:
        state, back, done = queue.popleft()
        free = []
        for way, found in ways_of(definition):
            if way.state != state:
                continue
            kept = {}
            for (action, _), people in done:
                kept[action] = Done(1, kept.get(action, Done(1, frozenset())).people | people)
            options = [frozenset()] if found.by in NOBODY else list(rights[found.by])
            again = [people for duty, people in done if duty == (way.action, found.by)]
            for right in again or options:
                if right & done_separately(definition, kept, way.action):
                    continue
                free += [found.by]
                target = back if found.to == "back" else found.to or state
                now = done | {((way.action, found.by), right)}
                after = (target, state if target != state else back, now)
                if after not in seen:
                    seen.add(after)
                    queue.append(after)
        turn = definition.states[state].turn
        if turn and turn.who not in NOBODY:
            stuck.setdefault(state, set()).add(turn.who not in free)
    return {state: "error" if found == {True} else "warning" for state, found in stuck.items() if True in found}


def strict(definition):
    """The definition with the ways out left out that make separation harmless."""
    states = {
        name: replace(
            state,
            actions={
                key: act
                for key, act in state.actions.items()
                if key not in ("return", "withdraw", "recheck", "rewrite", "amend")
            },
        )
        for name, state in definition.states.items()
    }
    return replace(definition, states=states, hash=definition.hash + "strict")


LAWS = [strict(PLAN), strict(AWARD), strict(REPORT)]


def drawn(chance):
    """Draw who holds which desk of the district and the province, and who acts for whom at any of them."""
    changes = {desk: tuple(sorted(chance.sample(range(1, 7), chance.choice((1, 1, 2, 2, 3))))) for desk in FULL}
    if chance.random() < 0.15:
        changes[chance.choice(list(FULL))] = ()
    held = [(person, desk) for desk, people in changes.items() for person in people]
    acting = {pair: (chance.choice([n for n in range(1, 8) if n != pair[0]]),) for pair in chance.sample(held, 2)}
    return changes, acting if chance.random() < 0.5 else {}


def disagreements(definition, seed, times):
    chance, found = random.Random(seed), []
    for _ in range(times):
        changes, acting = drawn(chance)
        where = organisation(changes, acting)
        said = staffing_findings(definition, where)
        mine = {state: severity for code, severity, state in said if code != "own_interest_leaves_nobody"}
        opens = definition.opened_by("movement") or changes[Desk("unit_clerk", UNIT)]
        if opens and mine != played(definition, where):
            found.append((changes, acting))
    return found


@pytest.mark.parametrize("definition", LAWS, ids=lambda definition: definition.name)
def test_what_is_said_of_organisations_drawn_at_random_is_what_walking_through_them_shows(definition):
    assert disagreements(definition, 7, 25) == []


@pytest.mark.long
@pytest.mark.parametrize("definition", LAWS, ids=lambda definition: definition.name)
def test_of_a_thousand_organisations_nothing_else_is_said_than_walking_shows(definition):
    assert disagreements(definition, 17, 1_000) == []


RULES = {
    "yes >= 3": lambda yes, _no: yes >= 3,
    "yes * 3 >= members * 2": lambda yes, no: yes * 3 >= (yes + no) * 2,
    "yes - no >= 2": lambda yes, no: yes - no >= 2,
    "no == 0 && yes > 1": lambda yes, no: no == 0 and yes > 1,
    "voted == members && yes > 4": lambda yes, _no: yes > 4,
    "yes > 1 || no > 3": lambda yes, no: yes > 1 or no > 3,
}
MANY = 12


def brought(rule, members):
    """The results that so many can bring, by letting each vote either way."""
    votes = product((True, False), repeat=members)
    return {"passed" if rule(sum(said), members - sum(said)) else "failed" for said in votes}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("members", range(1, 7))
def test_what_so_many_members_cannot_bring_is_what_trying_all_votes_shows(rule, members):
    text = vote((COUNTED, f"{{passed: {rule}, failed: else}}"))
    council = {COUNCIL: tuple(range(20, 20 + members)), Desk("chair", ABOVE): (5,)}
    usual = set().union(*(brought(RULES[rule], number) for number in range(1, MANY + 1)))
    lost = usual - brought(RULES[rule], members)
    assert council_problems(text, council) == {("too_few_for_result", result, members) for result in lost}

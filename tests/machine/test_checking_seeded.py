"""Faults seeded by machine into the shipped definitions: each operator's mutants are all found.

An operator changes one thing at each place where it can. Mutants that stay sound (another way leads there, another
clock runs) are not faults and are left out by the operator itself.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from tests.support.small_definition import findings_of, shipped

Law = dict[str, Any]
NAMES = ("unit_plan", "award_nomination", "commendation")


def states(law: Law) -> Iterator[tuple[str, Law]]:
    yield from law["states"].items()


def actions(law: Law) -> Iterator[tuple[str, str, Law]]:
    """Go through the actions that are one mapping; of several alternatives each may do for another."""
    for state, body in states(law):
        for action, way in body.get("actions", {}).items():
            if isinstance(way, dict):
                yield state, action, way


def variant(law: Law, change: Callable[[Law], object]) -> Law:
    """A copy with one change."""
    changed = copy.deepcopy(law)
    change(changed)
    return changed


def misspelt_targets(law: Law) -> Iterator[Law]:
    for state, action, way in actions(law):
        if "to" in way:
            yield variant(
                law, lambda new, s=state, a=action: new["states"][s]["actions"][a].update(to="nowhere_at_all")
            )


def misspelt_fields(law: Law) -> Iterator[Law]:
    for state, action, way in actions(law):
        for position in range(len(way.get("requires", ()))):
            yield variant(
                law,
                lambda new, s=state, a=action, p=position: new["states"][s]["actions"][a]["requires"].__setitem__(
                    p, "no_field"
                ),
            )


def turns_of_strangers(law: Law) -> Iterator[Law]:
    for state, body in states(law):
        if "turn" in body:
            yield variant(law, lambda new, s=state: new["states"][s]["turn"].update(who="stranger"))


def states_that_wait_for_nobody(law: Law) -> Iterator[Law]:
    for state, body in states(law):
        kind = "turn" if "turn" in body else "outcome"
        yield variant(law, lambda new, s=state, k=kind: new["states"][s].pop(k))


def turns_without_actions(law: Law) -> Iterator[Law]:
    for state, body in states(law):
        if "turn" in body:
            yield variant(law, lambda new, s=state: new["states"][s].pop("actions"))


def rungs_that_reach_nobody(law: Law) -> Iterator[Law]:
    for state, body in states(law):
        if "due" in body.get("turn", {}):
            yield variant(law, lambda new, s=state: new["states"][s]["turn"].pop("escalate_to"))


def clocks_never_started(law: Law) -> Iterator[Law]:
    for clock in law["clocks"]:
        yield variant(law, lambda new, c=clock: new["clocks"][c].update(starts=["withdraw"]))


def clocks_stopped_too_early(law: Law) -> Iterator[Law]:
    """Stop a clock by an act between two turns that are both due with it."""
    for state, action, way in actions(law):
        due = law["states"][state].get("turn", {}).get("due")
        if due in law["clocks"] and law["states"].get(way.get("to"), {}).get("turn", {}).get("due") == due:
            yield variant(law, lambda new, c=due, a=action: new["clocks"][c]["stops"].append(a))


def guards_that_never_hold(law: Law) -> Iterator[Law]:
    for state, action, _ in actions(law):
        yield variant(law, lambda new, s=state, a=action: new["states"][s]["actions"][a].update(when=f"times({a}) < 0"))


def alternatives_in_the_shadow(law: Law) -> Iterator[Law]:
    for state, action, way in actions(law):
        later = {key: value for key, value in way.items() if key not in ("label", "tone")} | {"to": state}
        yield variant(
            law, lambda new, s=state, a=action, w=way, x=later: new["states"][s]["actions"].update({a: [w, x]})
        )


def ends_nobody_reaches(law: Law) -> Iterator[Law]:
    for state, _ in states(law):
        if state != law["start"]["to"]:
            yield variant(law, lambda new, s=state: redirect(new, s))


def redirect(law: Law, state: str) -> None:
    """Let every way into a state stay where it was."""
    for source, body in states(law):
        for found in body.get("actions", {}).values():
            for way in found if isinstance(found, list) else [found]:
                if way.get("to") == state:
                    way["to"] = source
                if way.get("open", {}).get("at") == state and "definition" not in way["open"]:
                    way["open"]["at"] = law["start"]["to"]


def approvals_by_time(law: Law) -> Iterator[Law]:
    good = {state for state, body in states(law) if body.get("outcome") == "good"}
    for state, action, way in actions(law):
        if way.get("to") in good and "outcome" not in law["states"][state]:
            yield variant(
                law,
                lambda new, s=state, a=action: new["states"][s]["actions"][a].update(
                    by="system", when="today > movement.begins"
                ),
            )


def languages_lost(law: Law) -> Iterator[Law]:
    for state, body in states(law):
        half = body["label"].partition("|")[0]
        yield variant(law, lambda new, s=state, h=half: new["states"][s].update(label=h))


def fields_read_too_early(law: Law) -> Iterator[Law]:
    for state, action, way in actions(law):
        if state == law["start"]["to"]:
            for field in set(law["fields"]) - set(way.get("requires", ())):
                yield variant(
                    law,
                    lambda new, s=state, a=action, f=field: new["states"][s]["actions"][a].update(when=f"{f} == {f}"),
                )


OPERATORS = [
    misspelt_targets,
    misspelt_fields,
    turns_of_strangers,
    states_that_wait_for_nobody,
    turns_without_actions,
    rungs_that_reach_nobody,
    clocks_never_started,
    clocks_stopped_too_early,
    guards_that_never_hold,
    alternatives_in_the_shadow,
    ends_nobody_reaches,
    approvals_by_time,
    languages_lost,
    fields_read_too_early,
]


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_every_seeded_fault_is_found(name, operator):
    law = yaml.safe_load(shipped(name))
    mutants = [yaml.safe_dump(mutant, allow_unicode=True, sort_keys=False) for mutant in operator(law)]
    assert mutants
    assert [mutant for mutant in mutants if not findings_of(mutant)] == []


@pytest.mark.parametrize("name", NAMES)
def test_writing_a_definition_differently_seeds_no_fault(name):
    law = yaml.safe_load(shipped(name))
    assert findings_of(yaml.safe_dump(law, allow_unicode=True, sort_keys=False)) == ()

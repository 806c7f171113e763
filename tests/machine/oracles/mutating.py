"""Faults that a writer of definitions makes, done mechanically at every place: one table, written before the checks.

An operator changes one thing; whether that is a fault at all is for brute force to say. Knows the text of definitions
as plain values, nothing of the verifier.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Law = dict[str, Any]
Change = Callable[[Law], object]


def mutants(law: Law) -> Iterator[tuple[str, Law]]:
    """Go through all mutants of a definition, each with the name of its operator."""
    for name, operator in OPERATORS.items():
        for change in operator(law):
            mutant = copy.deepcopy(law)
            change(mutant)
            if mutant != law:
                yield name, mutant


def _ways(law: Law) -> Iterator[tuple[str, str]]:
    for state, body in law["states"].items():
        for action, way in body.get("actions", {}).items():
            if isinstance(way, dict):
                yield state, action


def _way(law: Law, state: str, action: str) -> Law:
    found: Law = law["states"][state]["actions"][action]
    return found


def _turns(law: Law) -> Iterator[str]:
    return (state for state, body in law["states"].items() if "turn" in body)


def action_dropped(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        yield lambda new, s=state, a=action: new["states"][s]["actions"].pop(a)


def arrow_to_the_state_itself(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        yield lambda new, s=state, a=action: _way(new, s, a).update(to=s)


def arrow_to_another_state(law: Law) -> Iterator[Change]:
    names = list(law["states"])
    for state, action in _ways(law):
        for step in (1, 3):
            target = names[(names.index(state) + step) % len(names)]
            yield lambda new, s=state, a=action, t=target: _way(new, s, a).update(to=t)


def all_arrows_past_a_state(law: Law) -> Iterator[Change]:
    for name in law["states"]:
        yield lambda new, s=name: [
            _way(new, state, action).update(to=state)
            for state, action in _ways(new)
            if _way(new, state, action).get("to") == s
        ]


def state_without_actions(law: Law) -> Iterator[Change]:
    for state, body in law["states"].items():
        if "actions" in body:
            yield lambda new, s=state: new["states"][s].pop("actions")


def somebody_elses_turn(law: Law) -> Iterator[Change]:
    for state in _turns(law):
        for who in law["people"]:
            yield lambda new, s=state, w=who: _with_own_by(new, s)["turn"].update(who=w)


def _with_own_by(law: Law, state: str) -> Law:
    """Write out whose the actions are, so that only the turn moves to somebody else."""
    body: Law = law["states"][state]
    for found in body.get("actions", {}).values():
        for way in found if isinstance(found, list) else [found]:
            way.setdefault("by", body["turn"]["who"])
    return body


def neither_turn_nor_outcome(law: Law) -> Iterator[Change]:
    for state, body in law["states"].items():
        key = "turn" if "turn" in body else "outcome"
        yield lambda new, s=state, k=key: new["states"][s].pop(k)


def due_dropped(law: Law) -> Iterator[Change]:
    for state in _turns(law):
        yield lambda new, s=state: new["states"][s]["turn"].pop("due", None)


def late_dropped(law: Law) -> Iterator[Change]:
    for state in _turns(law):
        yield lambda new, s=state: new["states"][s]["turn"].pop("escalate_to", None)


def late_told_to_the_late(law: Law) -> Iterator[Change]:
    for state in _turns(law):
        yield (
            lambda new, s=state: (
                "escalate_to" in new["states"][s]["turn"]
                and new["states"][s]["turn"].update(escalate_to=new["states"][s]["turn"]["who"])
            )
        )


def clock_not_started(law: Law) -> Iterator[Change]:
    for clock, body in law.get("clocks", {}).items():
        for action in body["starts"]:
            if len(body["starts"]) > 1:
                yield lambda new, c=clock, a=action: new["clocks"][c]["starts"].remove(a)


def clock_stopped_by_another_action(law: Law) -> Iterator[Change]:
    actions = dict.fromkeys(action for _, action in _ways(law))
    for clock, body in law.get("clocks", {}).items():
        for action in actions:
            if action not in body["stops"]:
                yield lambda new, c=clock, a=action: new["clocks"][c]["stops"].append(a)


def clock_of_another_turn(law: Law) -> Iterator[Change]:
    for state in _turns(law):
        for clock in law.get("clocks", {}):
            yield lambda new, s=state, c=clock: new["states"][s]["turn"].update(due=c)


def guard_that_never_holds(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        yield lambda new, s=state, a=action: _way(new, s, a).update(when=f"times({a}) < 0")


def only_before_it_was_done(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        yield lambda new, s=state, a=action: _way(new, s, a).update(when=f"times({a}) == 0")


def only_after_another_action(law: Law) -> Iterator[Change]:
    names = list(dict.fromkeys(action for _, action in _ways(law)))
    for state, action in _ways(law):
        other = names[(names.index(action) + 1) % len(names)]
        yield lambda new, s=state, a=action, o=other: _way(new, s, a).update(when=f"times({o}) > 0")


def alternative_in_the_shadow(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        way = _way(law, state, action)
        later = {key: value for key, value in way.items() if key not in ("label", "tone")} | {"to": state}
        yield lambda new, s=state, a=action, w=way, x=later: new["states"][s]["actions"].update({a: [w, x]})


def good_end_by_time(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        yield lambda new, s=state, a=action: _way(new, s, a).update(by="system", when="today > movement.begins")


def field_read_too_early(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        for field in law["fields"]:
            if field not in _way(law, state, action).get("requires", ()):
                yield lambda new, s=state, a=action, f=field: _way(new, s, a).update(when=f"{f} == {f}")
                break


def misspelt_target(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        yield lambda new, s=state, a=action: _way(new, s, a).update(to="nowhere_at_all")


def edition_in_another_state(law: Law) -> Iterator[Change]:
    for state, action in _ways(law):
        for target in law["states"] if "open" in _way(law, state, action) else ():
            yield lambda new, s=state, a=action, t=target: _way(new, s, a)["open"].update(at=t)


OPERATORS: Mapping[str, Callable[[Law], Iterator[Change]]] = {
    operator.__name__: operator
    for operator in (
        action_dropped,
        arrow_to_the_state_itself,
        arrow_to_another_state,
        all_arrows_past_a_state,
        state_without_actions,
        somebody_elses_turn,
        neither_turn_nor_outcome,
        due_dropped,
        late_dropped,
        late_told_to_the_late,
        clock_not_started,
        clock_stopped_by_another_action,
        clock_of_another_turn,
        guard_that_never_holds,
        only_before_it_was_done,
        only_after_another_action,
        alternative_in_the_shadow,
        good_end_by_time,
        field_read_too_early,
        misspelt_target,
        edition_in_another_state,
    )
}

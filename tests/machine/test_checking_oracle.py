"""What the verifier proves is what playing everything through the rules shows, on small definitions drawn at random."""

from functools import cache

import pytest

from tests.machine.oracles.brute_force import Played, play
from tests.machine.oracles.generating import VALUES, definitions
from workflow.machine.checking import check
from workflow.machine.checking.search.situations import situations_of
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load

STUCK = {"no_way_to_end", "may_get_stuck"}


@cache
def errors(text: str) -> tuple[tuple[str, str], ...]:
    found = check(load(text, path="drawn.yaml"))
    return tuple(
        (finding.code, str(finding.facts.get("state", ""))) for finding in found if finding.severity == "error"
    )


def disagreements(text: str) -> tuple[bool, list[str]]:
    """Whether playing shows a definition to be sound, and every claim of the verifier that playing refutes."""
    definition, played = play(text, VALUES)
    said = errors(text)
    codes = {code for code, _ in said}
    lost, traps, dead = set(definition.states) - played.states, played.traps(definition), played.dead(definition)
    claims: dict[str, tuple[object, object]] = {
        "unreachable": ({state for code, state in said if code == "unreachable"}, lost)
    }
    if "back_to_nowhere" not in codes:
        claims["stuck"] = (bool(STUCK & codes), bool(traps))
        claims["dead"] = (_dead(definition) & _possible(definition, played), dead)
    sound = not (lost or traps or dead)
    if sound:
        claims["sound"] = (said, ())
    return sound, [f"{name}: {mine} / {shown}\n{text}" for name, (mine, shown) in claims.items() if mine != shown]


def _dead(definition: Definition) -> set[tuple[str, str, int]]:
    taken = {tuple(move.way) for moves in situations_of(definition).moves.values() for move in moves if move.way}
    return _all(definition) - taken


def _possible(definition: Definition, played: Played) -> set[tuple[str, str, int]]:
    return {way for way in _all(definition) if way[0] in played.states}


def _all(definition: Definition) -> set[tuple[str, str, int]]:
    return {
        (state.name, action.name, position)
        for state in definition.states.values()
        for action in state.actions.values()
        for position in range(len(action.alternatives))
    }


def test_what_the_verifier_says_of_small_definitions_is_what_playing_them_shows():
    assert [fault for text in definitions(1, 30) for fault in disagreements(text)[1]] == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_of_three_thousand_and_a_half_a_thousand_sound_ones_have_no_errors_and_no_claim_is_refuted(seed):
    sound = 0
    for text in definitions(seed, 875):
        is_sound, faults = disagreements(text)
        assert faults == []
        sound += is_sound
    assert sound >= 250

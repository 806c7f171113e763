"""Faults done by machine to what ships: whatever brute force shows to be one, the verifier finds."""

from collections.abc import Iterator

import pytest
import yaml

from tests.machine.law import findings_of, shipped
from tests.machine.oracles.mutating import mutants
from tests.machine.oracles.playing import Played, play
from tests.machine.stage import paper
from tests.machine.test_deciding_properties import GIVEN
from workflow.machine.definition import Definition
from workflow.machine.faults import DefinitionFaults

NAMES = ("unit_plan", "award_nomination", "commendation", "commune_commendation")
VALUES = {name: (value,) for name, value in GIVEN.items()} | {
    "nominee": ({"kind": "person", "name": "Phạm Văn An"},),
    "comment": ("Đề nghị bổ sung chỉ tiêu về nhà ở.",),
    "occasion": ("theme", "sudden"),
    "record": ("Giúp mười hai hộ nghèo trong xã thoát nghèo bền vững trong hai năm.",),
    "council": (9,),
    "agreed": (4, 9),
    "award": ("bang_khen",),
    "tally": (paper(),),
    "answer": (paper(),),
}
SLICE = 9
"""Every so manieth mutant is played in the short run."""


def symptoms(text: str) -> set[str]:
    """What playing a definition shows to be wrong with it, without asking the verifier."""
    try:
        definition, played = play(text, VALUES)
    except DefinitionFaults:
        return {"refused by the loader"}
    except LookupError:
        return {"cannot be played"}
    return {
        *(f"never in {state}" for state in set(definition.states) - played.states),
        *(f"trapped in {state}" for state in played.traps(definition)),
        *(f"never {way}" for way in played.dead(definition)),
        *(f"no due in {state}" for state in played.timeless),
        *_unheard(definition, played),
        *_waits(definition, played),
        *(f"{way} ends well by time" for way in played.ended_well),
    }


def _unheard(definition: Definition, played: Played) -> Iterator[str]:
    for state in definition.states.values():
        turn = state.turn
        if turn is None:
            continue
        silent = not definition.opened_by(turn.who) and (turn.due is None or turn.late in (None, turn.who))
        if silent and state.name in played.traps(definition, without=(turn.who, "link")):
            yield f"nobody hears of {turn.who} in {state.name}"
        if turn.due and turn.late in (None, turn.who):
            yield f"nobody else is told of lateness in {state.name}"


def _waits(definition: Definition, played: Played) -> Iterator[str]:
    for state in definition.states.values():
        if state.turn is None:
            if state.outcome is None:
                yield f"{state.name} waits for nobody"
            continue
        ways = [way for action in state.actions.values() for way in action.alternatives]
        if state.name in played.states and not any(way.by == state.turn.who for way in ways):
            yield f"{state.turn.who} can do nothing in {state.name}"


def faulty(name: str, *, every: int = 1) -> Iterator[tuple[str, str, set[str]]]:
    """The mutants that brute force shows to be faults, with what it shows."""
    law = yaml.safe_load(shipped(name))
    for number, (operator, mutant) in enumerate(mutants(law)):
        if number % every == 0:
            text = yaml.safe_dump(mutant, allow_unicode=True, sort_keys=False, width=10_000)
            shown = symptoms(text)
            if shown:
                yield operator, text, shown


def missed(found: list[tuple[str, str, set[str]]]) -> list[tuple[str, set[str]]]:
    return [(operator, shown) for operator, text, shown in found if not findings_of(text)]


@pytest.mark.parametrize("name", NAMES)
def test_playing_what_ships_shows_nothing_wrong(name):
    assert symptoms(shipped(name)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_faults_done_by_machine_are_found(name):
    assert missed(list(faulty(name, every=SLICE))) == []


@pytest.mark.long
def test_of_all_faults_done_by_machine_nineteen_in_twenty_are_found():
    found = [mutant for name in NAMES for mutant in faulty(name)]
    assert len(found) >= 200
    assert len(missed(found)) * 20 <= len(found), missed(found)

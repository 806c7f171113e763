"""Faults done by machine to what ships: whatever brute force shows to be one, the verifier finds."""

from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from tests.machine.oracles.brute_force import Played, play
from tests.machine.oracles.mutating import mutants
from tests.support.scenes import ROOT, family
from tests.support.small_definition import findings_of
from workflow.machine.checking import check_family
from workflow.machine.definition import Alternative, Definition, DefinitionFaults
from workflow.machine.loading.loader import load

SHIPPED = family("")
EXAMPLES = sorted(path.parent.name for path in (ROOT / "definitions/examples").glob("*/v1.yaml"))
TEXTS = {name: law.text for name, law in SHIPPED.items()} | {
    name: (ROOT / f"definitions/examples/{name}/v1.yaml").read_text("utf-8") for name in EXAMPLES
}
SLICED = ("unit_plan", "award_nomination", "dossier", "pm_submission", "complaint", "purchase")
LEAST = 30
SLICE = 19
"""Every so manieth mutant of some definitions is played in the short run."""


def symptoms(text: str) -> set[str]:
    """What playing a definition shows to be wrong with it, without asking the verifier."""
    try:
        definition, played = play(text)
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
        if turn is None or turn.who == "link":
            continue
        silent = not definition.opened_by(turn.who) and (turn.due is None or turn.escalate_to in (None, turn.who))
        if silent and state.name in played.traps(definition, without=(turn.who, "link")):
            yield f"nobody hears of {turn.who} in {state.name}"
        if turn.due and turn.escalate_to in (None, turn.who):
            yield f"nobody else is told of lateness in {state.name}"


def _waits(definition: Definition, played: Played) -> Iterator[str]:
    for state in definition.states.values():
        if state.turn is None:
            if state.outcome is None:
                yield f"{state.name} waits for nobody"
            continue
        ways = [way for action in state.actions.values() for way in action.alternatives]
        theirs = state.turn.who in definition.external and any(_tells(definition, way, state.turn.who) for way in ways)
        if state.name in played.states and not theirs and not any(way.by == state.turn.who for way in ways):
            yield f"{state.turn.who} can do nothing in {state.name}"


def _tells(definition: Definition, way: Alternative, party: str) -> bool:
    """Tell whether people record with a way what an external party answered."""
    return way.by in definition.people and any(
        definition.fields[name].origin == party for name in way.requires if name in definition.fields
    )


def faulty(name: str, *, every: int = 1) -> Iterator[tuple[str, str, set[str]]]:
    """The mutants that brute force shows to be faults, with what it shows."""
    law = yaml.safe_load(TEXTS[name])
    for number, (operator, mutant) in enumerate(mutants(law)):
        if number % every == 0:
            text = yaml.safe_dump(mutant, allow_unicode=True, sort_keys=False, width=10_000)
            shown = symptoms(text)
            if shown:
                yield operator, text, shown


@cache
def said(text: str) -> frozenset[tuple[str, str]]:
    """What is found in a definition, by itself and beside the others that ship."""
    alone = findings_of(text)
    if any(finding.severity == "error" for finding in alone):
        return frozenset((finding.code, finding.sentence("en")) for finding in alone)
    definition = load(text, path="mutant.yaml")
    beside = check_family({**SHIPPED, definition.name: definition}) if definition.name in SHIPPED else {}
    between = [finding for findings in beside.values() for finding in findings]
    return frozenset((finding.code, finding.sentence("en")) for finding in (*alone, *between))


def missed(name: str, found: list[tuple[str, str, set[str]]]) -> list[tuple[str, str, set[str]]]:
    """The faults of which nothing is said that is not said of the definition as it ships."""
    return [(name, operator, shown) for operator, text, shown in found if not said(text) - said(TEXTS[name])]


@pytest.mark.parametrize("name", TEXTS)
def test_playing_what_ships_shows_nothing_wrong(name):
    assert symptoms(TEXTS[name]) == set()


@pytest.mark.parametrize("name", SLICED)
def test_faults_done_by_machine_are_found(name):
    assert missed(name, list(faulty(name, every=SLICE))) == []


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", TEXTS)
def test_of_all_faults_done_by_machine_nineteen_in_twenty_are_found(name):
    found = list(faulty(name))
    lost = missed(name, found)
    assert len(found) > LEAST
    assert len(lost) * 20 <= len(found), lost

"""Definitions that act on each other's cases: the council's family fits together, and each fault seeded is found."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from tests.machine.oracles.brute_force_families import plays_together
from tests.support.council import FAMILY, written
from tests.support.small_definition import shipped
from workflow.machine.checking import check, check_family
from workflow.machine.definition import DefinitionFaults, Finding
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Scene
from workflow.values import Case

Laws = dict[str, Any]
Change = Callable[[Laws], object]


def council() -> Laws:
    return {name: yaml.safe_load(written(name)) for name in FAMILY}


def findings(laws: Laws) -> list[tuple[str, Finding]]:
    """What is said of each definition, by itself and beside the others."""
    texts = {name: yaml.safe_dump(law, allow_unicode=True, sort_keys=False, width=10_000) for name, law in laws.items()}
    family = {name: load(text, path=name) for name, text in texts.items()}
    between = check_family(family)
    return [
        (name, finding)
        for name, definition in family.items()
        for finding in (*check(definition), *between[name])
        if finding.severity != "warning"
    ]


def changed(change: Change) -> list[tuple[str, Finding]]:
    laws = council()
    change(laws)
    return findings(laws)


def codes(found: list[tuple[str, Finding]]) -> set[tuple[str, str]]:
    return {(name, finding.code) for name, finding in found}


def action(laws: Laws, name: str, state: str, action: str) -> Laws:
    found: Laws = laws[name]["states"][state]["actions"][action]
    return found


def test_the_council_s_family_fits_together():
    assert findings(council()) == []


def test_a_definition_that_acts_on_its_own_editions_fits_to_itself():
    assert findings({"unit_plan": yaml.safe_load(shipped("unit_plan"))}) == []


SEEDED: dict[str, tuple[Change, tuple[str, str]]] = {
    "the other side cannot be taken off the agenda": (
        lambda laws: laws["nominee"]["states"]["council_voting"]["actions"].pop("untable"),
        ("council_session", "link_without_receiver"),
    ),
    "nobody is taken off the agenda": (
        lambda laws: action(laws, "council_session", "voting", "adjourn").pop("each"),
        ("nominee", "nobody_sends"),
    ),
    "nobody is put before the council": (
        lambda laws: action(laws, "council_session", "agenda", "convene").pop("each"),
        ("nominee", "nobody_sends"),
    ),
    "the list takes cases too early": (
        lambda laws: laws["council_session"]["members"]["nominees"].update({"in": "review"}),
        ("council_session", "list_never_filled"),
    ),
    "the decision takes cases too early": (
        lambda laws: laws["decision"]["members"]["nominees"].update({"in": "council_ready"}),
        ("decision", "member_stranded"),
    ),
    "the list takes cases from a state that is not there": (
        lambda laws: laws["decision"]["members"]["nominees"].update({"in": "pased"}),
        ("decision", "member_state_unknown"),
    ),
    "nobody may edit the list": (
        lambda laws: laws["decision"]["states"]["draft"]["edit"].update(secretary=["draft"]),
        ("decision", "list_never_filled"),
    ),
    "the list reads what cases do not have": (
        lambda laws: laws["council_session"]["members"]["nominees"]["reads"].update(record="date"),
        ("council_session", "member_field_unknown"),
    ),
    "the voting may be called off with the list in the air": (
        lambda laws: laws["council_session"]["states"]["voting"]["actions"].update(
            drop={"label": "A | B", "to": "held"}
        ),
        ("council_session", "member_stranded"),
    ),
    "the list may be changed while its cases wait": (
        lambda laws: laws["council_session"]["states"]["voting"].update(edit={"secretary": ["nominees"]}),
        ("council_session", "member_stranded"),
    ),
    "a refused decision leaves its nominees where nobody comes": (
        lambda laws: (
            action(laws, "decision", "signing", "refuse").update(each={"nominees": "hang"}),
            laws["nominee"]["states"].update(
                hanging={
                    "label": "A | B",
                    "turn": {"who": "link"},
                    "actions": {"strike": {"label": "A | B", "by": "link", "to": "not_awarded"}},
                }
            ),
            laws["nominee"]["states"]["passed"]["actions"].update(
                hang={"label": "A | B", "by": "link", "to": "hanging"}
            ),
        ),
        ("nominee", "nobody_sends"),
    ),
    "an act is asked that cases there never take": (
        lambda laws: action(laws, "decision", "signing", "sign").update(each={"nominees": "pass"}),
        ("decision", "linked_act_never_taken"),
    ),
    "cases may walk away from under a decision": (
        lambda laws: (
            laws["nominee"]["states"]["passed"]["actions"].update(
                quit={"label": "A | B", "by": "officer", "to": "withdrawn"}
            )
            or laws["decision"]["states"]["signing"]["actions"].pop("return")
        ),
        ("decision", "holder_blocked"),
    ),
    "a session put off rejects its nominees and keeps them on the agenda": (
        lambda laws: action(laws, "nominee", "council_voting", "untable").update(to="withdrawn"),
        ("council_session", "case_left_on_list"),
    ),
    "a session waits for all to be awarded": (
        lambda laws: action(laws, "council_session", "voting", "close").update(
            when='nominees.all(n, n.state == "awarded")'
        ),
        ("nominee", "linked_act_never_comes"),
    ),
}


@pytest.mark.parametrize("name", SEEDED)
def test_each_fault_seeded_between_definitions_is_found(name):
    change, expected = SEEDED[name]
    assert expected in codes(changed(change))


def test_the_way_to_a_stranded_case_names_the_acts_on_both_sides():
    found = changed(SEEDED["the voting may be called off with the list in the air"][0])
    (finding, _) = [finding for _, finding in found if finding.code == "member_stranded"]
    assert [(step.action, step.by, step.to) for step in finding.steps] == [
        ("nominee.open", "officer", "draft"),
        ("nominee.propose", "officer", "review"),
        ("nominee.accept", "reviewer", "council_ready"),
        ("council_session.open", "secretary", "agenda"),
        ("council_session.convene", "secretary", "voting · council_voting"),
        ("council_session.drop", "secretary", "held"),
    ]


@pytest.mark.parametrize("size", ["size(nominees) > 0", "size(nominees) >= 1", "size(nominees) != 0"])
def test_a_list_with_a_case_on_it_is_not_empty(size):
    """An empty session may be cancelled only: `when` the list is empty, nobody on it is left behind."""
    laws = council()
    agenda = laws["council_session"]["states"]["agenda"]
    agenda["actions"]["cancel"] = {"label": "A | B", "to": "held", "when": f"!({size})"}
    assert findings(laws) == []


def test_partners_that_are_not_there_leave_it_undecided():
    laws = council()
    found = findings({"nominee": laws["nominee"]})
    assert {(finding.code, finding.severity) for _, finding in found} == {("sender_unknown", "undecided")}
    found = findings({"decision": laws["decision"]})
    assert {(finding.code, finding.severity) for _, finding in found} == {("family_incomplete", "undecided")}


def mutants() -> Iterator[tuple[str, Laws]]:
    """Drop or change everything that goes over a link, one at a time."""
    laws = council()
    for name, law in laws.items():
        for state, body in law["states"].items():
            for act, way in body.get("actions", {}).items():
                yield from _of_action(laws, name, state, act, way)
            for who in body.get("edit", {}):
                if "nominees" in body["edit"][who]:
                    yield (
                        f"{name}.{state}: no list to edit",
                        _copy(
                            laws, lambda new, n=name, s=state, w=who: new[n]["states"][s]["edit"][w].remove("nominees")
                        ),
                    )
        for link in law.get("members", {}):
            for state in laws["nominee"]["states"]:
                if state != law["members"][link]["in"]:
                    yield (
                        f"{name}.{link}: in {state}",
                        _copy(laws, lambda new, n=name, k=link, s=state: new[n]["members"][k].update({"in": s})),
                    )


def _of_action(laws: Laws, name: str, state: str, act: str, way: Laws) -> Iterator[tuple[str, Laws]]:
    where = f"{name}.{state}.{act}"
    if way.get("by") == "link":
        yield f"{where}: dropped", _copy(laws, lambda new: new[name]["states"][state]["actions"].pop(act))
        for target in laws[name]["states"].keys() - {way["to"]}:
            yield (
                f"{where}: to {target}",
                _copy(laws, lambda new, t=target: action(new, name, state, act).update(to=t)),
            )
    for link, asked in way.get("each", {}).items():
        yield f"{where}: no each", _copy(laws, lambda new: action(new, name, state, act).pop("each"))
        for other in ("table", "untable", "pass", "award", "strike"):
            if isinstance(asked, str) and other != asked:
                yield (
                    f"{where}: each {other}",
                    _copy(laws, lambda new, k=link, o=other: action(new, name, state, act)["each"].update({k: o})),
                )


GOES_ON = {
    *(f"nominee.council_voting.untable: to {state}" for state in ("draft", "review")),
    "pm_nominee.council_voting.untable: to notice",
}
"""Off the agenda to where the case comes back from by itself: as sound as before; only walks can tell."""


def test_faults_done_by_machine_between_definitions_are_found():
    tried = dict(mutants())
    assert len(tried) > 90
    assert {name for name, laws in tried.items() if not _is_noticed(laws)} == GOES_ON


def symptoms(laws: Laws) -> set[str]:
    """What playing a family through all its acts shows to be wrong with it, without asking the verifier."""
    texts = {name: yaml.safe_dump(law, allow_unicode=True, sort_keys=False, width=10_000) for name, law in laws.items()}
    family = {name: load(text, path=name) for name, text in texts.items()}
    plays = plays_together(family)
    fired = {way for _, played in plays for way in played.fired}
    reached = {
        (law, case.state) for _, played in plays for scene in played.stages.values() for law, case in _standing(scene)
    }
    actions = {
        (name, state.name, act)
        for name, law in family.items()
        for state in law.states.values()
        for act in state.actions
    }
    return {
        *(
            f"never in {name}.{state}"
            for name, law in family.items()
            for state in law.states
            if (name, state) not in reached
        ),
        *(f"never {'.'.join(way)}" for way in actions - fired if way[:2] in reached),
        *(f"{name} trapped in {at}" for part, played in plays for name in part for at in played.traps(part, name)),
    }


def _standing(scene: Scene) -> Iterator[tuple[str, Case]]:
    yield from ((scene.definition_of(case).name, case) for case in scene.cases.values())


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_what_is_not_found_between_definitions_is_no_fault_to_brute_force():
    assert symptoms(council()) == set()
    tried = dict(mutants())
    assert {name: shown for name in GOES_ON if (shown := symptoms(tried[name]))} == {}


def _is_noticed(laws: Laws) -> bool:
    try:
        return bool(findings(laws))
    except DefinitionFaults:
        return True


def _copy(laws: Laws, change: Change) -> Laws:
    new = copy.deepcopy(laws)
    change(new)
    return new


SUMMARY = """
definition: summary
title: Tổng hợp | Summary
basis: test
people: {officer: plan_officer at unit}
members: {reports: {of: report, in: sent}}
start: {by: officer, to: draft}
states:
  draft:
    label: Đang lập | Being made
    turn: {who: officer}
    edit: {officer: [reports]}
    actions: {sum: {label: Tổng hợp | Sum up, to: summed, each: {reports: take}}}
  summed: {label: Đã tổng hợp | Summed up, outcome: good, actions: {outdated: {by: link, to: draft}}}
"""
REPORT = """
definition: report
title: Báo cáo | Report
basis: test
people: {clerk: unit_clerk at unit}
links: {summary: {as: reports}}
start: {by: clerk, to: sent}
states:
  sent: {label: Đã gửi | Sent, outcome: good, actions: {take: {by: link, to: taken}}}
  taken:
    label: Đã tổng hợp | Taken in
    outcome: good
    actions: {correct: {label: Đính chính | Correct, by: clerk, to: sent, each: {summary: outdated}}}
"""


def said_of(*texts):
    laws = {law.name: law for law in map(load, texts)}
    return [(name, finding.code) for name, found in check_family(laws).items() for finding in found]


def test_members_act_on_the_list_that_they_stand_on():
    assert said_of(SUMMARY, REPORT) == []


def test_an_act_of_members_that_the_list_does_not_know_never_comes():
    found = said_of(SUMMARY, REPORT.replace("summary: outdated", "summary: outdate"))
    assert found == [("summary", "nobody_sends"), ("report", "link_without_receiver")]

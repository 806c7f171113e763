"""Plays of everything that ships and of definitions drawn at random, and what no play may do to history."""

import json
from collections.abc import Iterator

from tests.machine.oracles.generating import definitions
from tests.support.random_plays import Play, wander
from tests.support.scenes import ROOT, calendar, family
from workflow.machine.case.codec import case_from_json, case_to_json
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Scene

SHIPPED = family("")
EXAMPLES = {
    path.parent.name: load(path.read_text("utf-8")) for path in (ROOT / "definitions/examples").glob("*/v1.yaml")
}
DRAWN = "drawn"
MOVES = 60
DEEP = 800
"""So many moves bring nominees from a unit's draft to the chairman's signature."""


PROCEDURES = (
    ("unit_plan",),
    ("review_report", "review_summary", "province_review"),
    ("dossier", "consolidation", "council_session", "decision", "nominee"),
    ("commendation", "nominee"),
    ("commune_commendation",),
    ("pm_proposal", "council_session", "pm_nominee", "pm_submission", "nominee"),
    ("simplified_award", "commendation", "nominee"),
    ("award_nomination", "complaint"),
)
"""What is played together: the definitions of one procedure, with those whose cases they open."""


def plays(count: int, *, times: int = MOVES, stage: type[Scene] = Scene) -> Iterator[Play]:
    """Play each procedure, each example by itself, and definitions that are drawn at random."""
    groups = [{name: SHIPPED[name] for name in names} for names in PROCEDURES]
    for number, text in enumerate(definitions(4, count)):
        alone = {**EXAMPLES, DRAWN: load(text, path="drawn.yaml")}
        for group in (*groups, *({name: law} for name, law in alone.items())):
            yield wander(group, f"{number} {min(group)}", times=times, stage=stage)


def not_folding(play: Play) -> Iterator[str]:
    """Cases that are not what their history says once it was written and read."""
    laws = {law.hash: law for law in (play.scene.definition, *play.scene.family.values())}
    for case in play.scene.cases.values():
        own = [(entry, plan) for entry, plan in play.scene.entries if entry.identity.id == case.id]
        read = [entry_from_json(json.loads(json.dumps(entry_to_json(entry, plan)))) for entry, plan in own]
        if fold(laws.__getitem__, read, calendar=calendar()) != case:
            yield f"{case.code}: the fold of its history is another case"
        if [plan.case.version for _, plan in own] != list(range(1, len(own) + 1)):
            yield f"{case.code}: versions leap"
        if case_from_json(json.loads(json.dumps(case_to_json(case)))) != case:
            yield f"{case.code}: another case once written and read"

"""Executable examples beside a definition, and a definition played through without a record."""

from workflow.machine.walks import reader, runner
from workflow.machine.walks.guard_watch import GuardWatch, watching
from workflow.machine.walks.reader import Walk, read
from workflow.machine.walks.runner import WalkReport, fails
from workflow.machine.walks.trial import Trial, TrialStage, begun, stage_from, stage_of

__all__ = [
    "GuardWatch",
    "Trial",
    "TrialStage",
    "Walk",
    "WalkReport",
    "begun",
    "fails",
    "read",
    "reader",
    "runner",
    "stage_from",
    "stage_of",
    "watching",
]

"""The verifier: everything that can be known to be wrong with a definition before a case runs under it."""

from workflow.machine.checking import verifier
from workflow.machine.checking.family import check_family, newly_broken
from workflow.machine.checking.rules import milestones_of, movement_findings
from workflow.machine.checking.search import BACK, StepsSpentError, bounded
from workflow.machine.checking.staffing import Organisation, StaffedUnit, check_units
from workflow.machine.checking.verifier import RegimeFigures, check, check_text

__all__ = [
    "BACK",
    "Organisation",
    "RegimeFigures",
    "StaffedUnit",
    "StepsSpentError",
    "bounded",
    "check",
    "check_family",
    "check_text",
    "check_units",
    "milestones_of",
    "movement_findings",
    "newly_broken",
    "verifier",
]

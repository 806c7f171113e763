"""The verifier: everything that can be known to be wrong with a definition before a case runs under it."""

from workflow.machine.checking import verifier
from workflow.machine.checking.family import check_family, newly_broken
from workflow.machine.checking.rules import milestones_of, movement_findings
from workflow.machine.checking.search import BACK
from workflow.machine.checking.staffing import Organisation, StaffedUnit, check_units
from workflow.machine.checking.verifier import check

__all__ = [
    "BACK",
    "Organisation",
    "StaffedUnit",
    "check",
    "check_family",
    "check_units",
    "milestones_of",
    "movement_findings",
    "newly_broken",
    "verifier",
]

"""A definition against a real organisation: in every state of every unit somebody must be there who may act."""

from workflow.machine.checking.staffing.organisations import Organisation, StaffedUnit
from workflow.machine.checking.staffing.staffed_units import check_units

__all__ = ["Organisation", "StaffedUnit", "check_units"]

"""Remarks: defects and comments written, corrected, accepted and read, and how far people have read a case."""

from workflow.remarks import correcting, discussing, drafting, readings
from workflow.remarks.case_remarks import CaseRemarks, RemarkView, of_view
from workflow.remarks.returning import defects_to_hand_in, named

__all__ = [
    "CaseRemarks",
    "RemarkView",
    "correcting",
    "defects_to_hand_in",
    "discussing",
    "drafting",
    "named",
    "of_view",
    "readings",
]

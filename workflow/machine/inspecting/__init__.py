"""A draft judged and drawn by one question, as a child process answers it."""

from workflow.machine.inspecting.inspection import (
    UNDECIDED,
    Inspection,
    InspectionQuestion,
    inspect_text,
    inspection_of,
)

__all__ = ["UNDECIDED", "Inspection", "InspectionQuestion", "inspect_text", "inspection_of"]

"""Questions about foreign content, answered by processes of their own under limits."""

from workflow.child.failures import ChildBusy, ChildCrashed, ChildError, OutOfCpu, OutOfMemory, OutOfTime
from workflow.child.runner import ask

__all__ = ["ChildBusy", "ChildCrashed", "ChildError", "OutOfCpu", "OutOfMemory", "OutOfTime", "ask"]

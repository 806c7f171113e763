"""A definition told as prose and tables for those who must agree to it."""

from workflow.machine.explaining import prose
from workflow.machine.explaining.prose_messages import KINDS

__all__ = ["KINDS", "prose"]

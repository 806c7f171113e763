"""The sentences of faults and findings, Vietnamese and English."""

from workflow.machine.definition.messages.general import FINDINGS

__all__ = ["FINDINGS"]

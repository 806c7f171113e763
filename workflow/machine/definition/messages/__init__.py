"""The sentences of faults and findings, Vietnamese and English."""

from workflow.machine.definition.messages.general import SENTENCES

__all__ = ["SENTENCES"]

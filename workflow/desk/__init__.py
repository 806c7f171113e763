"""The desk: what people ask before they act, over the cases that they may act on."""

from workflow.desk import consequences
from workflow.desk.consequences import Shown

__all__ = ["Shown", "consequences"]

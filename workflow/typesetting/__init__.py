"""Papers as PDF."""

from workflow.typesetting.typesetter import PaperNotMade, typeset

__all__ = ["PaperNotMade", "typeset"]

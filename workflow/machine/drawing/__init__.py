"""A definition as a picture to print and pin up."""

from workflow.machine.drawing import diagram
from workflow.machine.drawing.captions import Languages, Wording

__all__ = ["Languages", "Wording", "diagram"]

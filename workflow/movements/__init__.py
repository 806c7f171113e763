"""Movements: what units owe, when it opens, and the board of it."""

from workflow.movements import milestones, obligations
from workflow.movements.obligations import Filters

__all__ = ["Filters", "milestones", "obligations"]

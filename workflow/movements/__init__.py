"""Movements: what units owe, when it opens, and the board of it."""

from workflow.movements import milestones, obligations
from workflow.movements.board import Board, Filters, board, owed

__all__ = ["Board", "Filters", "board", "milestones", "obligations", "owed"]

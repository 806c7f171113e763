"""Movements: what units owe, when it opens, and the board of it."""

from workflow.movements import milestones, obligations
from workflow.movements.board import Board, board, owed
from workflow.movements.board_groups import STANDINGS, BoardGroup, BoardLine, MilestoneBoard, Standing, by_milestone

__all__ = [
    "STANDINGS",
    "Board",
    "BoardGroup",
    "BoardLine",
    "MilestoneBoard",
    "Standing",
    "board",
    "by_milestone",
    "milestones",
    "obligations",
    "owed",
]

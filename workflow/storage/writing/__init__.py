"""Writing what was decided: Plans, ballots, places of limits."""

from workflow.storage.writing import applying, ballots, reservations
from workflow.storage.writing.applying import HistoryEntry, Writing

__all__ = ["HistoryEntry", "Writing", "applying", "ballots", "reservations"]

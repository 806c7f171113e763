"""Writing what was decided: Plans, ballots, places of limits."""

from workflow.storage.writing import applying, ballots, case_words, reservations
from workflow.storage.writing.applying import HistoryEntry, Writing

__all__ = ["HistoryEntry", "Writing", "applying", "ballots", "case_words", "reservations"]

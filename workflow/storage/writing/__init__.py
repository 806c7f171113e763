"""Writing what was decided: Plans, ballots, places of limits."""

from workflow.storage.writing import applying, ballots, case_words, reservations
from workflow.storage.writing.applying import HistoryEntry, Writing
from workflow.storage.writing.streams import HOLD, HOLD_SECONDS

__all__ = ["HOLD", "HOLD_SECONDS", "HistoryEntry", "Writing", "applying", "ballots", "case_words", "reservations"]

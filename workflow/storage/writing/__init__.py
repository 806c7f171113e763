"""Writing what was decided: Plans, ballots, places of limits."""

from workflow.storage.writing import applying, ballots, reservations
from workflow.storage.writing.applying import Entry, Writing

__all__ = ["Entry", "Writing", "applying", "ballots", "reservations"]

"""Many cases at a glance: a search as an address says it, the board as a chart and as an Excel file."""

from web.overview import boards, searches

__all__ = ["boards", "searches"]

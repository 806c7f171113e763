"""Reads and writes of sessions, settings, kept forms, desks of one's own, PINs and calendars."""

from workflow.storage.queries.accounts import kept_form_rows, lookups, own_desks, preferences, sessions
from workflow.storage.queries.accounts.kept_form_rows import KeptRow
from workflow.storage.queries.accounts.sessions import SessionView

__all__ = ["KeptRow", "SessionView", "kept_form_rows", "lookups", "own_desks", "preferences", "sessions"]

"""Reads and writes of sessions, links, settings, kept forms, desks of one's own, PINs and calendars."""

from workflow.storage.queries.accounts import (
    kept_form_rows,
    lookups,
    one_time_link_rows,
    own_desks,
    preferences,
    sessions,
)
from workflow.storage.queries.accounts.kept_form_rows import KeptRow
from workflow.storage.queries.accounts.one_time_link_rows import OneTimeLinkView, Recipient
from workflow.storage.queries.accounts.sessions import SessionLine, SessionView

__all__ = [
    "KeptRow",
    "OneTimeLinkView",
    "Recipient",
    "SessionLine",
    "SessionView",
    "kept_form_rows",
    "lookups",
    "one_time_link_rows",
    "own_desks",
    "preferences",
    "sessions",
]

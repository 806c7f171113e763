"""The pages of administrators."""

from web.pages.administration import (
    audit,
    calendar,
    clock,
    definitions,
    figures,
    incidents,
    outbox,
    overview,
    people,
    units,
)

__all__ = ["audit", "calendar", "clock", "definitions", "figures", "incidents", "outbox", "overview", "people", "units"]

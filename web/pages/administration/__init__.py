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
    pending_acts,
    people,
    units,
)

ADMINISTRATION = tuple(
    area.blueprint
    for area in (audit, calendar, clock, definitions, figures, incidents, outbox, overview, pending_acts, people, units)
)
"""The blueprints of all areas of administration."""

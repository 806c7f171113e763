"""The pages, one file for each area with all its URLs. The application registers all of `BLUEPRINTS`."""

from web.pages import cases, documents, health, home, movements, my_unit, notifications, profile, signing_in
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

BLUEPRINTS = tuple(
    area.blueprint
    for area in (
        overview, audit, calendar, cases, clock, definitions, documents, figures, health, home, incidents,
        movements, my_unit, notifications, outbox, people, profile, signing_in, units,
    )
)  # fmt: skip

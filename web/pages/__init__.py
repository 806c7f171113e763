"""The pages, one file for each area with all its URLs. `BLUEPRINTS` is what the application is made of."""

from web.pages import (
    administration,
    audit,
    calendar,
    cases,
    clock,
    definitions,
    documents,
    figures,
    health,
    home,
    incidents,
    movements,
    my_unit,
    notifications,
    outbox,
    people,
    profile,
    signing_in,
    units,
)

BLUEPRINTS = tuple(
    area.blueprint
    for area in (
        administration, audit, calendar, cases, clock, definitions, documents, figures, health, home, incidents,
        movements, my_unit, notifications, outbox, people, profile, signing_in, units,
    )
)  # fmt: skip

"""The pages, one file for each area with all its URLs. The application registers all of `BLUEPRINTS`."""

from web.pages import (
    cases,
    desk,
    documents,
    health,
    home,
    lookup,
    movements,
    my_unit,
    notifications,
    one_time_links,
    papers,
    person_choices,
    profile,
    remarks,
    signing_in,
)
from web.pages.administration import ADMINISTRATION

AREAS = (
    cases, desk, documents, health, home, lookup, movements, my_unit, notifications, one_time_links, papers,
    person_choices, profile, remarks,
    signing_in,
)  # fmt: skip
BLUEPRINTS = (*ADMINISTRATION, *(area.blueprint for area in AREAS))

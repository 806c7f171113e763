"""The pages, one file for each area with all its URLs. The application registers all of `BLUEPRINTS`."""

from web.pages import cases, documents, health, home, movements, my_unit, notifications, papers, profile, signing_in
from web.pages.administration import ADMINISTRATION

BLUEPRINTS = (
    *ADMINISTRATION,
    *(
        area.blueprint
        for area in (cases, documents, health, home, movements, my_unit, notifications, papers, profile, signing_in)
    ),
)

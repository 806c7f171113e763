"""Reads and writes of units, people, grants and seats."""

from workflow.storage.queries.organisation import (
    grants,
    organisation_cache,
    pending_act_rows,
    people,
    seats,
    staffing,
    units,
)
from workflow.storage.queries.organisation.grants import GrantView, SubstitutionView
from workflow.storage.queries.organisation.organisation_cache import OrganisationSnapshot, Surroundings
from workflow.storage.queries.organisation.pending_act_rows import PendingView
from workflow.storage.queries.organisation.people import Office, PersonView
from workflow.storage.queries.organisation.seats import load_desks
from workflow.storage.queries.organisation.units import BlockView, UnitView

__all__ = [
    "BlockView",
    "GrantView",
    "Office",
    "OrganisationSnapshot",
    "PendingView",
    "PersonView",
    "SubstitutionView",
    "Surroundings",
    "UnitView",
    "grants",
    "load_desks",
    "organisation_cache",
    "pending_act_rows",
    "people",
    "seats",
    "staffing",
    "units",
]

"""The organisation: units, people, grants, substitutions, and who may know of what."""

from workflow.organisation import access, credentials, duties, grants, pending_acts, people, substitutions, units
from workflow.organisation.grants import GrantForm
from workflow.organisation.people import PersonForm, PersonMatch
from workflow.organisation.substitutions import SubstitutionForm
from workflow.organisation.units import SuccessorRow

__all__ = [
    "GrantForm",
    "PersonForm",
    "PersonMatch",
    "SubstitutionForm",
    "SuccessorRow",
    "access",
    "credentials",
    "duties",
    "grants",
    "pending_acts",
    "people",
    "substitutions",
    "units",
]

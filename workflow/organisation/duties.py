"""Duty roles: those that administer, audit, vote or decide how a case ends. Who holds one has power over others.

Knows which roles they are (publishing a definition says so: `workflow.definitions.duty_roles`) and who holds one.
Before any definition was published every role counts as one.
"""

from datetime import datetime
from typing import Final

from workflow import calendars
from workflow.organisation import access
from workflow.storage.queries import settings
from workflow.storage.queries.organisation import grants
from workflow.storage.session import Tx

SETTING: Final = "duty_roles"


def is_duty(tx: Tx, role: str) -> bool:
    """Whether a role is a duty role."""
    named = settings.find(tx, SETTING)
    return role in (access.ADMIN, access.AUDITOR) or named is None or role in named.split()


def holds_duty(tx: Tx, person_id: int, *, now: datetime) -> bool:
    """Whether somebody holds a duty role, today or from some later day on."""
    today = calendars.local_date(tx, now)
    held = (grant for grant in grants.of_person(tx, person_id) if grant.valid_to is None or grant.valid_to > today)
    return any(is_duty(tx, grant.role) for grant in held)

"""What every request must know first: the clock, and which calendar and organisation are the present ones.

One statement; calendar and organisation are named by their revisions, under which a process caches their content.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from workflow.storage.models import Setting
from workflow.storage.queries.organisation import OrganisationSnapshot, organisation_cache
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, machine_now

CLOCK_ANCHOR: Final = "clock_anchor"
"""The setting that holds where a demonstration's clock was set, and so marks a demonstration."""
CALENDAR_REVISION: Final = "calendar_revision"
"""The setting that names the present calendar; a record that has cases has it."""


class Present(NamedTuple):
    """The database's clock, the anchor of business time in a demonstration, the present revisions."""

    machine_now: datetime
    anchor: str | None
    calendar_revision: str | None
    organisation: str | None


def _setting(name: str) -> Any:
    return select(Setting.value).where(Setting.name == name).scalar_subquery()


CALENDAR: Final = _setting(CALENDAR_REVISION).label("calendar_revision")
ORGANISATION: Final = organisation_cache.REVISION.label("organisation")
COLUMNS: Final = (machine_now().label("machine_now"), _setting(CLOCK_ANCHOR).label("anchor"), CALENDAR, ORGANISATION)
"""The columns of a `Present`, for statements that return it beside something else."""
_PRESENT = Prebuilt(select(*COLUMNS))


def find(tx: Tx) -> Present:
    """Return the present clock and revisions; in a snapshot one query finds them once."""
    return tx.once("present", lambda asking: Present._make(_PRESENT.first(asking, {})))


def keep(tx: Tx, brought: Present) -> Present:
    """Remember in a snapshot what another statement has returned."""
    return tx.once("present", lambda _: brought)


def organisation_of(tx: Tx) -> OrganisationSnapshot:
    """Return the present organisation, mostly from the cache: only its revision is queried."""
    return organisation_cache.at_revision(tx, find(tx).organisation)

"""Grants: a person holds a role at a unit from a day to a day. Nobody grants to oneself.

Knows which roles may be granted where (data that ships) and nothing of what a role may do: definitions say that.
"""

from dataclasses import dataclass
from datetime import date, datetime

from workflow.accounts import account_letters
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.organisation import access, duties
from workflow.storage.queries import settings
from workflow.storage.queries.organisation import GrantView, people, units
from workflow.storage.queries.organisation import grants as records
from workflow.storage.queries.settings import RoleWord
from workflow.storage.session import Tx
from workflow.values import Json, Text


@dataclass(frozen=True, slots=True)
class GrantForm:
    """Who holds which role where, and when; `valid_to` is the first day on which they no longer do."""

    holder_id: int
    role: str
    unit_id: int
    valid_from: date
    valid_to: date | None = None


def roles(tx: Tx) -> list[RoleWord]:
    """The roles that may be granted."""
    return settings.roles(tx)


def role_labels(tx: Tx) -> dict[str, Text]:
    """What roles are called, by code."""
    words = tx.once("roles", settings.roles)
    return {role.code: Text(role.label_vi, role.label_en) for role in words}


def of_person(tx: Tx, person_id: int) -> list[GrantView]:
    """Every grant a person has or had."""
    return records.of_person(tx, person_id)


def at_unit(tx: Tx, unit_id: int) -> list[GrantView]:
    """Every grant at a unit, ended ones too."""
    return records.at_unit(tx, unit_id)


def check(tx: Tx, form: GrantForm, *, person_id: int | None, now: datetime) -> None:
    """Raise what keeps somebody from granting a role, but for the second administrator whom a duty role needs."""
    access.require_admin(tx, person_id, now)
    if form.holder_id == person_id:
        raise NotAllowed("grant_to_oneself")
    _check(tx, form)


def grant(tx: Tx, form: GrantForm, *, person_id: int | None, now: datetime, confirmed_by: int | None = None) -> int:
    """Grant a role at a unit to a person. A duty role needs another administrator to confirm it (`pending_acts`)."""
    check(tx, form, person_id=person_id, now=now)
    _require_second(tx, form.role, person_id=person_id, confirmed_by=confirmed_by)
    row = {
        "person_id": form.holder_id,
        "role": form.role,
        "unit_id": form.unit_id,
        "valid_from": form.valid_from,
        "valid_to": form.valid_to,
        "granted_by": person_id,
        "granted_at": now,
    }
    granted = records.add(tx, row)
    facts: dict[str, Json] = {
        "grant": granted,
        "person": form.holder_id,
        "role": form.role,
        "unit": form.unit_id,
        "valid_from": form.valid_from.isoformat(),
        "valid_to": form.valid_to.isoformat() if form.valid_to else None,
    }
    if confirmed_by is not None:
        facts["confirmed_by"] = confirmed_by
    act = admin_acts.record(tx, "role_granted", facts, person_id=person_id, at=now)
    account_letters.tell(tx, form.holder_id, "role_granted", by=person_id, at=now, act=act, facts=_told(tx, form))
    return granted


def ending(tx: Tx, grant_id: int, *, on_date: date, person_id: int | None, now: datetime) -> GrantView:
    """Return the grant that somebody wants to end; raises what keeps them from it, but for the second administrator."""
    access.require_admin(tx, person_id, now)
    grant = records.find(tx, grant_id)
    if grant is None:
        raise NotFound("grant_unknown", grant=grant_id)
    if on_date < grant.valid_from or (grant.valid_to is not None and on_date >= grant.valid_to):
        raise Invalid("grant_end_outside", field="on_date", valid_from=grant.valid_from, valid_to=grant.valid_to)
    return grant


def end(
    tx: Tx, grant_id: int, *, on_date: date, person_id: int | None, now: datetime, confirmed_by: int | None = None
) -> None:
    """End a grant from a day on; that of a duty role needs another administrator. The last administrator stays."""
    grant = ending(tx, grant_id, on_date=on_date, person_id=person_id, now=now)
    _require_second(tx, grant.role, person_id=person_id, confirmed_by=confirmed_by)
    records.end(tx, grant_id, on_date=on_date)
    if grant.role == access.ADMIN and not records.anybody_at_root(tx, access.ADMIN, on_date=on_date):
        raise NotAllowed("last_administrator")
    facts: dict[str, Json] = {"grant": grant_id, "on_date": on_date.isoformat()}
    if confirmed_by is not None:
        facts["confirmed_by"] = confirmed_by
    act = admin_acts.record(tx, "grant_ended", facts, person_id=person_id, at=now)
    told = _told(tx, GrantForm(grant.person_id, grant.role, grant.unit_id, grant.valid_from, on_date))
    account_letters.tell(tx, grant.person_id, "grant_ended", by=person_id, at=now, act=act, facts=told)


def _require_second(tx: Tx, role: str, *, person_id: int | None, confirmed_by: int | None) -> None:
    """Refuse an administrator alone where a role has power over others; the command line is not one."""
    if person_id is not None and confirmed_by in (None, person_id) and duties.is_duty(tx, role):
        raise NotAllowed("needs_second", role=role_labels(tx)[role])


def _told(tx: Tx, form: GrantForm) -> dict[str, Json]:
    """What a letter says of a grant."""
    unit, label = units.find(tx, form.unit_id), role_labels(tx)[form.role]
    until = form.valid_to.isoformat() if form.valid_to else None
    return {"role_vi": label.vi, "role_en": label.en, "unit": unit.name if unit else "", "until": until}


def _check(tx: Tx, form: GrantForm) -> None:
    if people.find(tx, form.holder_id) is None:
        raise Invalid("person_unknown", field="holder_id", person=form.holder_id)
    unit = units.find(tx, form.unit_id)
    if unit is None:
        raise Invalid("unit_unknown", field="unit_id", unit=form.unit_id)
    allowed = settings.role_kinds(tx, form.role)
    if not allowed:
        raise Invalid("role_unknown", field="role", role=form.role)
    if unit.kind not in allowed:
        raise Invalid("role_not_here", field="role", role=form.role, unit=unit.name)
    if form.valid_to is not None and form.valid_to <= form.valid_from:
        raise Invalid("span_empty", field="valid_to")
    if records.overlapping(
        tx,
        person_id=form.holder_id,
        role=form.role,
        unit_id=form.unit_id,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
    ):
        raise Invalid("grant_overlaps", field="valid_from", role=form.role, unit=unit.name)

"""Acts that need two administrators: one proposes, a second one who is older than the act confirms.

Knows who counts as a second one, how long an act waits and when it lapses. What the act does is checked when it is
proposed and anew when it is confirmed; one entry then names both.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from workflow import calendars
from workflow.audit import admin_acts
from workflow.errors import NotAllowed, NotFound
from workflow.organisation import access, duties, grants
from workflow.organisation.grants import GrantForm
from workflow.storage.queries.organisation import PendingView, pending_act_rows
from workflow.storage.queries.organisation import grants as grant_rows
from workflow.storage.session import Tx
from workflow.values import Json

OLD_ENOUGH: Final = timedelta(hours=72)
"""So long must a second administrator have been one."""
WAIT_FOR_OFFICE: Final = timedelta(hours=72)
"""So long waits whoever is to administer or audit."""
LAPSES_AFTER: Final = timedelta(days=14)
GRANT: Final = "grant"
END: Final = "end_grant"


@dataclass(frozen=True, slots=True)
class PendingAct:
    """An act that waits. `hindrance` says why the visitor cannot confirm it now; `""` where they can."""

    row: PendingView
    facts: Mapping[str, Json]
    hindrance: str


def needs_second(tx: Tx, role: str) -> bool:
    """Whether giving or ending a role needs two administrators."""
    return duties.is_duty(tx, role)


def propose_grant(tx: Tx, form: GrantForm, *, person_id: int, now: datetime) -> int:
    """Propose to grant a duty role; raises what granting it would raise."""
    grants.check(tx, form, person_id=person_id, now=now)
    facts: dict[str, Json] = {
        "role": form.role,
        "unit": form.unit_id,
        "valid_from": form.valid_from.isoformat(),
        "valid_to": form.valid_to.isoformat() if form.valid_to else None,
    }
    wait = WAIT_FOR_OFFICE if form.role in (access.ADMIN, access.AUDITOR) else timedelta()
    return _propose(tx, GRANT, form.holder_id, facts, wait=wait, person_id=person_id, now=now)


def propose_end(tx: Tx, grant_id: int, *, on_date: date, person_id: int, now: datetime) -> int:
    """Propose to end the grant of a duty role; raises what ending it would raise."""
    grant = grants.ending(tx, grant_id, on_date=on_date, person_id=person_id, now=now)
    facts: dict[str, Json] = {
        "grant": grant_id,
        "role": grant.role,
        "unit": grant.unit_id,
        "on_date": on_date.isoformat(),
    }
    return _propose(tx, END, grant.person_id, facts, wait=timedelta(), person_id=person_id, now=now)


def waiting(tx: Tx, *, person_id: int, now: datetime) -> list[PendingAct]:
    """List the acts that wait, each with what keeps a person from confirming it now."""
    return [
        PendingAct(row, json.loads(row.facts), _hindrance(tx, row, person_id=person_id, now=now))
        for row in pending_act_rows.every(tx, now=now)
    ]


def confirm(tx: Tx, act_id: int, *, person_id: int, now: datetime) -> None:
    """Do what another administrator proposed. Raises `NotAllowed` for whoever is no second one, or too early."""
    access.require_admin(tx, person_id, now)
    row = _open(tx, act_id, now=now)
    hindrance = _hindrance(tx, row, person_id=person_id, now=now)
    if hindrance:
        raise NotAllowed(hindrance, name=row.about_name)
    if not pending_act_rows.take(tx, act_id):
        raise NotFound("pending_act_over")
    facts, by = json.loads(row.facts), row.proposed_by
    if row.action == GRANT:
        until = date.fromisoformat(facts["valid_to"]) if facts["valid_to"] else None
        first = date.fromisoformat(facts["valid_from"])
        form = GrantForm(row.about, facts["role"], facts["unit"], first, until)
        grants.grant(tx, form, person_id=by, now=now, confirmed_by=person_id)
    else:
        on_date = date.fromisoformat(facts["on_date"])
        grants.end(tx, facts["grant"], on_date=on_date, person_id=by, now=now, confirmed_by=person_id)


def withdraw(tx: Tx, act_id: int, *, person_id: int, now: datetime) -> None:
    """Drop an act that waits: its proposer takes it back, or another administrator declines it."""
    access.require_admin(tx, person_id, now)
    row = _open(tx, act_id, now=now)
    if not pending_act_rows.take(tx, act_id):
        raise NotFound("pending_act_over")
    facts: dict[str, Json] = {"pending": act_id, "person": row.about}
    admin_acts.record(tx, "pending_act_withdrawn", facts, person_id=person_id, at=now)


def _propose(
    tx: Tx, action: str, about: int, facts: Mapping[str, Json], *, wait: timedelta, person_id: int, now: datetime
) -> int:
    row = {
        "action": action,
        "facts": json.dumps(facts, ensure_ascii=False),
        "about": about,
        "proposed_by": person_id,
        "proposed_at": now,
        "not_before": now + wait,
        "expires_at": now + LAPSES_AFTER,
    }
    act_id = pending_act_rows.add(tx, row)
    said: dict[str, Json] = {"pending": act_id, "person": about, "action": action, **facts}
    admin_acts.record(tx, "pending_act_proposed", said, person_id=person_id, at=now)
    return act_id


def _open(tx: Tx, act_id: int, *, now: datetime) -> PendingView:
    row = pending_act_rows.find(tx, act_id)
    if row is None or row.expires_at <= now:
        raise NotFound("pending_act_over")
    return row


def _hindrance(tx: Tx, row: PendingView, *, person_id: int, now: datetime) -> str:
    if person_id == row.proposed_by:
        return "second_is_proposer"
    if person_id == row.about:
        return "second_is_meant"
    if not _is_old_enough(tx, row, person_id=person_id, now=now):
        return "second_too_new"
    return "pending_act_waits" if now < row.not_before else ""


def _is_old_enough(tx: Tx, row: PendingView, *, person_id: int, now: datetime) -> bool:
    """Whether somebody has administered for long enough, and since before the act was proposed."""
    today = calendars.local_date(tx, now)
    latest = min(now - OLD_ENOUGH, row.proposed_at)
    return any(
        grant.role == access.ADMIN
        and grant.granted_at <= latest
        and grant.valid_from <= today
        and (grant.valid_to is None or grant.valid_to > today)
        for grant in grant_rows.of_person(tx, person_id)
    )

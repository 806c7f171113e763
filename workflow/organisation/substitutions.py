"""Substitutions: somebody acts for somebody else for a time, at one desk or all, signing KT., TL. or TUQ.

Knows who may appoint whom. One hop only: a substitute has the principal's own grants and nothing that the principal
holds as a substitute. The machine applies separation of duties to the substitute too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, get_args

from workflow import calendars
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.organisation import access
from workflow.storage.queries.organisation import SubstitutionView, people
from workflow.storage.queries.organisation import grants as records
from workflow.storage.session import Tx
from workflow.values import Capacity, Desk, Json

LONGEST_PAPER: Final = 200
"""Characters that number and date of the paper that appoints may have."""


@dataclass(frozen=True, slots=True)
class SubstitutionForm:
    """Who acts for whom, where (`desk` None: everywhere), in which capacity and by which paper.

    `valid_to` is the first day on which they no longer do.
    """

    principal_id: int
    substitute_id: int
    capacity: Capacity
    paper: str
    valid_from: date
    valid_to: date
    desk: Desk | None = None


def of_person(tx: Tx, person_id: int) -> list[SubstitutionView]:
    """Substitutions given by or to a person, the latest first."""
    return records.substitutions(tx, person_id)


def appoint(tx: Tx, form: SubstitutionForm, *, person_id: int | None, now: datetime) -> int:
    """Appoint a substitute: for oneself, or as an administrator for two others."""
    if person_id != form.principal_id:
        access.require_admin(tx, person_id, now)
    if person_id == form.substitute_id:
        raise NotAllowed("substitute_oneself")
    _check(tx, form)
    row = {
        "principal_id": form.principal_id,
        "substitute_id": form.substitute_id,
        "role": form.desk.role if form.desk else None,
        "unit_id": form.desk.unit if form.desk else None,
        "capacity": form.capacity,
        "paper": form.paper.strip(),
        "valid_from": form.valid_from,
        "valid_to": form.valid_to,
        "recorded_by": person_id,
        "recorded_at": now,
    }
    appointed = records.add_substitution(tx, row)
    facts: dict[str, Json] = {
        "substitution": appointed,
        "principal": form.principal_id,
        "substitute": form.substitute_id,
        "role": form.desk.role if form.desk else None,
        "unit": form.desk.unit if form.desk else None,
        "capacity": form.capacity,
        "paper": form.paper.strip(),
        "valid_from": form.valid_from.isoformat(),
        "valid_to": form.valid_to.isoformat(),
    }
    admin_acts.record(tx, "substitute_appointed", facts, person_id=person_id, at=now)
    return appointed


def end(tx: Tx, substitution_id: int, *, person_id: int, now: datetime) -> None:
    """End a substitution today: by the principal, the substitute or an administrator."""
    substitution = records.find_substitution(tx, substitution_id)
    is_own = substitution is not None and person_id in (substitution.principal_id, substitution.substitute_id)
    if substitution is None or not (is_own or access.is_admin(tx, person_id, now=now)):
        raise NotFound("substitution_unknown", substitution=substitution_id)
    today = calendars.local_date(tx, now)
    if substitution.valid_to <= today:
        raise Invalid("substitution_over", valid_to=substitution.valid_to)
    records.end_substitution(tx, substitution_id, on_date=max(today, substitution.valid_from))
    facts: dict[str, Json] = {"substitution": substitution_id, "on_date": today.isoformat()}
    admin_acts.record(tx, "substitution_ended", facts, person_id=person_id, at=now)


def _check(tx: Tx, form: SubstitutionForm) -> None:
    if form.principal_id == form.substitute_id:
        raise Invalid("substitute_is_principal", field="substitute_id")
    if form.capacity not in get_args(Capacity):
        raise Invalid("capacity_unknown", field="capacity", capacity=form.capacity)
    if not form.paper.strip():
        raise Invalid("paper_needed", field="paper")
    if len(form.paper.strip()) > LONGEST_PAPER:
        raise Invalid("text_too_long", field="paper", most=LONGEST_PAPER)
    if form.valid_to <= form.valid_from:
        raise Invalid("span_empty", field="valid_to")
    substitute = people.find(tx, form.substitute_id)
    if substitute is None or not substitute.active:
        raise Invalid("person_unknown", field="substitute_id", person=form.substitute_id)
    held = records.of_person(tx, form.principal_id)
    lasting = [grant for grant in held if grant.valid_to is None or grant.valid_to > form.valid_from]
    desks = {Desk(grant.role, grant.unit_id) for grant in lasting}
    if not desks or (form.desk is not None and form.desk not in desks):
        raise Invalid("principal_holds_nothing", field="desk")

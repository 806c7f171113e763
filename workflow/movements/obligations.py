"""Movements and what units owe in them: importing, publishing (one case for each owing unit).

Knows who is addressed by a milestone; `cases` opens the cases, in the name of the movement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars, cases
from workflow.audit import admin_acts
from workflow.definitions import publishing
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.exchange import Circle, KnownForMovements, MilestoneRow, MovementRow
from workflow.exchange import movements as exchange
from workflow.machine.checking import milestones_of
from workflow.organisation import access
from workflow.storage.queries import board as boards
from workflow.storage.queries import movements as records
from workflow.storage.queries import settings
from workflow.storage.queries.board import OwedRow
from workflow.storage.queries.movements import MilestoneView, MovementView, Owing
from workflow.storage.queries.organisation import UnitView, units
from workflow.storage.session import Tx
from workflow.values import OWN_MILESTONE, Refusal


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the cases of a movement are open."""

    opened: int
    of: int


class CaseNotOpened(NotAllowed):
    """The definition in force would not let the movement open a case for a unit; nothing of the movement was opened."""

    def __init__(self, unit_id: int, refusal: Refusal) -> None:
        super().__init__("movement_case_refused", unit=unit_id, reasons=[reason.code for reason in refusal.reasons])
        self.refusal = refusal


def import_movement(tx: Tx, content: bytes, *, name: str, person_id: int | None, now: datetime) -> list[str]:
    """Import the movements in a YAML file and answer their codes; each can be changed until it is published.

    Raises `FaultyFile` with every fault; then nothing is written.
    """
    access.require_admin(tx, person_id, now)
    everybody = units.every(tx)
    known = KnownForMovements(
        kinds=frozenset(word.code for word in settings.kinds(tx)),
        units=frozenset(unit.code for unit in everybody),
        definitions={
            version.name: milestones_of(publishing.compiled(tx, version.hash)) - {OWN_MILESTONE}
            for version in publishing.versions(tx)
            if version.current
        },
    )
    rows = exchange.read(content, name=name, known=known)
    for row in rows:
        _write(tx, row, everybody=everybody)
        facts = {"movement": row.code, "basis": row.basis}
        admin_acts.record(tx, "movement_imported", facts, person_id=person_id, at=now)
    return [row.code for row in rows]


def publish_movement(tx: Tx, code: str, *, person_id: int | None, now: datetime) -> Iterator[Progress]:
    """Publish a movement: open a case for each obligation whose day has come.

    The cases are opened while the caller goes through the progress, who commits afterwards. A repeat opens only the
    cases that are missing.
    """
    access.require_admin(tx, person_id, now)
    movement = find(tx, code)
    today = calendars.local_date(tx, now)
    missing = records.unopened(tx, movement.id, on_date=today)
    of = records.count_owed(tx, movement.id, on_date=today)
    if movement.published_at is None:
        records.publish(tx, movement.id, at=now, by=person_id)
        admin_acts.record(tx, "movement_published", {"movement": code, "owed": of}, person_id=person_id, at=now)
    yield Progress(of - len(missing), of)
    for number, owing in enumerate(missing, 1):
        open_owed(tx, movement, owing, now=now)
        yield Progress(of - len(missing) + number, of)


def accept(tx: Tx, code: str, *, milestone: str, unit_id: int, person_id: int, now: datetime) -> str:
    """Take up an invitation for one's unit and return the code of the case, which may be open already."""
    movement = find(tx, code)
    today = calendars.local_date(tx, now)
    obligation = records.find_owing(tx, movement.id, milestone=milestone, unit_id=unit_id, on_date=today)
    own_units = {desk.unit for desk in access.standing(tx, person_id, now=now).desks}
    if obligation is None or movement.published_at is None or unit_id not in own_units:
        raise NotFound("obligation_unknown", movement=code, milestone=milestone)
    owing, case_id = obligation
    if case_id is None:
        return open_owed(tx, movement, owing, now=now)
    rows = boards.owed(tx, person_id, on_date=today)
    return next(row.case_code for row in rows if _is(row, code, milestone, unit_id)) or ""


def open_owed(tx: Tx, movement: MovementView, owing: Owing, *, now: datetime) -> str:
    """Let the movement open the case of one obligation, and answer its code. Raises `CaseNotOpened`."""
    answer = cases.open_case(
        tx,
        owing.definition,
        unit_id=owing.unit_id,
        person_id=None,
        now=now,
        movement_id=movement.id,
        milestone=owing.milestone,
    )
    if isinstance(answer, Refusal):
        raise CaseNotOpened(owing.unit_id, answer)
    records.opened(tx, movement.id, milestone=owing.milestone, unit_id=owing.unit_id, case_id=answer.case.id)
    return answer.case.code


def find(tx: Tx, code: str) -> MovementView:
    """A movement by code."""
    movement = records.find(tx, code)
    if movement is None:
        raise NotFound("movement_unknown", movement=code)
    return movement


def every(tx: Tx) -> list[MovementView]:
    """All movements, the latest first."""
    return records.every(tx)


def milestones(tx: Tx, code: str) -> list[MilestoneView]:
    """The milestones of a movement."""
    return records.milestones(tx, find(tx, code).id)


def under_way(tx: Tx, *, now: datetime) -> list[MovementView]:
    """The movements that are published and not over, the latest first: those that a new case may belong to."""
    today = calendars.local_date(tx, now)
    return [
        movement
        for movement in records.every(tx)
        if movement.published_at and movement.begins_on <= today <= movement.ends_on
    ]


def find_under_way(tx: Tx, code: str, *, now: datetime) -> MovementView:
    """A movement that a new case may belong to. Raises `NotFound`, `Invalid` for one that has not begun or is over."""
    movement = find(tx, code)
    if movement not in under_way(tx, now=now):
        raise Invalid("movement_not_under_way", title=movement.title_vi)
    return movement


def _write(tx: Tx, row: MovementRow, *, everybody: Sequence[UnitView]) -> None:
    before = records.find(tx, row.code)
    if before is not None and before.published_at is not None:
        raise Invalid("movement_published", movement=row.code)
    head = {
        "code": row.code,
        "title_vi": row.title.vi,
        "title_en": row.title.en,
        "basis": row.basis,
        "issued_on": row.issued_on,
        "begins_on": row.begins_on,
        "ends_on": row.ends_on,
    }
    views = [
        MilestoneView(
            milestone.name,
            milestone.title.vi,
            milestone.title.en,
            milestone.on_date,
            milestone.exclusive,
            milestone.definition,
            milestone.opens_on,
            milestone.source,
        )
        for milestone in row.milestones
    ]
    movement_id = records.write(tx, head, milestones=views)
    standing = [unit for unit in everybody if unit.valid_from <= row.issued_on and not _is_over(unit, row)]
    records.owe(tx, movement_id, [owing for milestone in row.milestones for owing in _owing(milestone, standing)])


def _is_over(unit: UnitView, row: MovementRow) -> bool:
    return unit.valid_to is not None and unit.valid_to <= row.issued_on


def _owing(milestone: MilestoneRow, everybody: Sequence[UnitView]) -> Iterator[Owing]:
    if milestone.definition is None:
        return
    for unit in everybody:
        owes = _addressed(unit, milestone.owed)
        if not owes and not _addressed(unit, milestone.invited):
            continue
        # What the organisation says of a unit narrows what a movement says of its kind.
        is_invited = not owes or (unit.owes == "invited" and unit.code not in milestone.owed.units)
        yield Owing(milestone.name, unit.id, milestone.definition, is_invited)


def _addressed(unit: UnitView, circle: Circle) -> bool:
    return unit.code in circle.units or (unit.kind in circle.kinds and unit.owes != "no")


def _is(row: OwedRow, code: str, milestone: str, unit_id: int) -> bool:
    return (row.movement_code, row.milestone, row.unit_id) == (code, milestone, unit_id)

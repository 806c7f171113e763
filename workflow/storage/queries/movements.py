"""Reading and writing movements, their milestones and what units owe in them.

Rows only. The wider queries of the board and of a unit's page are in `board`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from workflow.storage.models import Milestone, Movement, Obligation, Unit
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt
from workflow.values import OWN_MILESTONE


class MovementView(NamedTuple):
    """A movement as lists show it."""

    id: int
    code: str
    title_vi: str
    title_en: str
    basis: str
    issued_on: date
    begins_on: date
    ends_on: date
    published_at: datetime | None


class MilestoneView(NamedTuple):
    """A milestone; `exclusive`: before that day. `source`: the paper that set the date, if not the movement's own."""

    name: str
    title_vi: str
    title_en: str
    on_date: date
    exclusive: bool
    definition: str | None
    opens_on: date | None
    source: str | None


class Owing(NamedTuple):
    """An obligation whose case is not open yet."""

    milestone: str
    unit_id: int
    definition: str
    invited: bool


_COLUMNS = (
    Movement.id, Movement.code, Movement.title_vi, Movement.title_en, Movement.basis, Movement.issued_on,
    Movement.begins_on, Movement.ends_on, Movement.published_at,
)  # fmt: skip
_OF_MILESTONE = (
    Milestone.name, Milestone.title_vi, Milestone.title_en, Milestone.on_date, Milestone.exclusive,
    Milestone.definition, Milestone.opens_on, Milestone.source,
)  # fmt: skip
_MILESTONES = (
    select(*_OF_MILESTONE)
    .where(Milestone.movement_id == bindparam("id")).order_by(Milestone.on_date, Milestone.name)
)  # fmt: skip
_TITLES = Prebuilt(
    select(Milestone.name, Milestone.title_vi, Milestone.title_en)
    .join(Movement, Movement.id == Milestone.movement_id).order_by(Movement.begins_on, Movement.code.desc())
)  # fmt: skip
_BY_CODE = select(*_COLUMNS).where(Movement.code == bindparam("code"))
_WHOLE: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS, *_OF_MILESTONE)
    .outerjoin(Milestone, Milestone.movement_id == Movement.id)
    .where(Movement.code == bindparam("code")).order_by(Milestone.on_date, Milestone.name)
)  # fmt: skip
_DATES = union_all(
    select(literal("begins").label("name"), Movement.begins_on).where(Movement.id == bindparam("id")),
    select(literal("ends"), Movement.ends_on).where(Movement.id == bindparam("id")),
    select(Milestone.name, Milestone.on_date).where(Milestone.movement_id == bindparam("id")),
    select(literal(OWN_MILESTONE), Milestone.on_date)
    .join(
        Obligation,
        and_(Obligation.movement_id == Milestone.movement_id, Obligation.milestone == Milestone.name),
    )
    .where(Obligation.case_id == bindparam("case")),
)
_IS_OPEN = or_(Milestone.opens_on.is_(None), Milestone.opens_on <= bindparam("on_date"))
_OWED = (
    select(Obligation.milestone, Obligation.unit_id, Obligation.definition, Obligation.invited)
    .join(Milestone, and_(Milestone.movement_id == Obligation.movement_id, Milestone.name == Obligation.milestone))
    .join(Unit, Unit.id == Obligation.unit_id)
    .where(
        Obligation.movement_id == bindparam("id"), Obligation.invited.is_(False), _IS_OPEN,
        or_(Obligation.case_id.is_not(None), Unit.valid_to.is_(None), Unit.valid_to > bindparam("on_date")),
    )
)  # fmt: skip
_UNOPENED = _OWED.where(Obligation.case_id.is_(None)).order_by(Obligation.milestone, Obligation.unit_id)
_TO_OPEN = (
    select(Movement.code, Milestone.name, Milestone.opens_on)
    .join(Movement, Movement.id == Milestone.movement_id)
    .where(
        Movement.published_at.is_not(None), Milestone.opens_on <= bindparam("on_date"),
        exists().where(
            Obligation.movement_id == Milestone.movement_id, Obligation.milestone == Milestone.name,
            Obligation.case_id.is_(None), Obligation.invited.is_(False), Obligation.unit_id == Unit.id,
            or_(Unit.valid_to.is_(None), Unit.valid_to > Milestone.opens_on),
        ),
    )
    .order_by(Milestone.opens_on, Movement.code, Milestone.name)
)  # fmt: skip


def dates(tx: Tx, movement_id: int, *, case_id: int | None) -> dict[str, str]:
    """The date of the movement's beginning, end and every milestone, as `YYYY-MM-DD`; `milestone` is the case's own."""
    rows = tx.connection.execute(_DATES, {"id": movement_id, "case": case_id})
    return {name: on_date.isoformat() for name, on_date in rows}


def milestones_by_movement(tx: Tx, definition: str, *, on_date: date) -> dict[str, frozenset[str]]:
    """The names of all milestones of each movement that opens cases of a definition and is not over, by its code."""
    opening = select(Milestone.movement_id).where(Milestone.definition == definition)
    statement = (
        select(Movement.code, Milestone.name)
        .join(Milestone, Milestone.movement_id == Movement.id)
        .where(Movement.id.in_(opening), Movement.ends_on >= on_date)
        .order_by(Movement.code)
    )
    by_code: dict[str, set[str]] = {}
    for code, name in tx.connection.execute(statement):
        by_code.setdefault(code, set()).add(name)
    return {code: frozenset(names) for code, names in by_code.items()}


def to_open(tx: Tx, *, on_date: date) -> list[tuple[str, str, date]]:
    """The movement, the milestone and the day for all milestones whose cases should be open and are not."""
    return [(code, name, day) for code, name, day in tx.connection.execute(_TO_OPEN, {"on_date": on_date}) if day]


def every(tx: Tx) -> list[MovementView]:
    """All movements, the latest first."""
    rows = tx.connection.execute(select(*_COLUMNS).order_by(Movement.begins_on.desc(), Movement.code))
    return [MovementView(*row) for row in rows]


def find(tx: Tx, code: str) -> MovementView | None:
    """A movement by code."""
    row = tx.connection.execute(_BY_CODE, {"code": code}).one_or_none()
    return None if row is None else MovementView(*row)


def find_whole(tx: Tx, code: str) -> tuple[MovementView, list[MilestoneView]] | None:
    """A movement with its milestones in their order, in one query."""
    rows = tx.connection.execute(_WHOLE, {"code": code}).all()
    if not rows:
        return None
    width = len(MovementView._fields)
    return MovementView(*rows[0][:width]), [MilestoneView(*row[width:]) for row in rows if row[width] is not None]


def milestones(tx: Tx, movement_id: int) -> list[MilestoneView]:
    """The milestones of a movement in their order."""
    return [MilestoneView(*row) for row in tx.connection.execute(_MILESTONES, {"id": movement_id})]


def milestone_titles(tx: Tx) -> list[tuple[str, str, str]]:
    """The name and titles of every milestone, those of the latest movement last."""
    return [(row.name, row.title_vi, row.title_en) for row in _TITLES.all(tx, {})]


def write(tx: Tx, movement: Mapping[str, Any], *, milestones: Sequence[MilestoneView]) -> int:
    """Insert a movement, or replace one of that code that is not published, and answer its id."""
    movement_id = _write_head(tx, movement)
    tx.connection.execute(delete(Obligation).where(Obligation.movement_id == movement_id))
    tx.connection.execute(delete(Milestone).where(Milestone.movement_id == movement_id))
    tx.connection.execute(insert(Milestone), [{"movement_id": movement_id, **row._asdict()} for row in milestones])
    return movement_id


def _write_head(tx: Tx, movement: Mapping[str, Any]) -> int:
    existing = find(tx, movement["code"])
    if existing is not None:
        tx.connection.execute(update(Movement).where(Movement.id == existing.id).values(**movement))
        return existing.id
    movement_id: int = tx.connection.execute(insert(Movement).returning(Movement.id), dict(movement)).scalar_one()
    return movement_id


def owe(tx: Tx, movement_id: int, rows: Sequence[Owing]) -> None:
    """Write who owes what, without cases yet."""
    if rows:
        tx.connection.execute(insert(Obligation), [{"movement_id": movement_id, **row._asdict()} for row in rows])


def unopened(tx: Tx, movement_id: int, *, on_date: date) -> list[Owing]:
    """The obligations, invitations excepted, that should have a case on a day and have none, in the order of units."""
    return [Owing(*row) for row in tx.connection.execute(_UNOPENED, {"id": movement_id, "on_date": on_date})]


def count_owed(tx: Tx, movement_id: int, *, on_date: date) -> int:
    """How many obligations of a movement should have a case on a day, invitations excepted."""
    statement = select(func.count()).select_from(_OWED.subquery())
    return tx.connection.execute(statement, {"id": movement_id, "on_date": on_date}).scalar_one()


def find_owing(
    tx: Tx, movement_id: int, *, milestone: str, unit_id: int, on_date: date
) -> tuple[Owing, int | None] | None:
    """One obligation or invitation with its case, if its day has come."""
    columns = (Obligation.milestone, Obligation.unit_id, Obligation.definition, Obligation.invited, Obligation.case_id)
    is_its = and_(Milestone.movement_id == Obligation.movement_id, Milestone.name == Obligation.milestone)
    statement = select(*columns).join(Milestone, is_its)
    wanted = statement.where(
        Obligation.movement_id == movement_id,
        Obligation.milestone == milestone,
        Obligation.unit_id == unit_id,
        _IS_OPEN,
    )
    row = tx.connection.execute(wanted, {"on_date": on_date}).one_or_none()
    return None if row is None else (Owing(*row[:4]), row[4])


def opened(tx: Tx, movement_id: int, *, milestone: str, unit_id: int, case_id: int) -> None:
    """Say which case answers an obligation."""
    tx.connection.execute(
        update(Obligation)
        .where(Obligation.movement_id == movement_id, Obligation.milestone == milestone, Obligation.unit_id == unit_id)
        .values(case_id=case_id)
    )


def publish(tx: Tx, movement_id: int, *, at: datetime, by: int | None) -> None:
    """Mark a movement as published."""
    tx.connection.execute(
        update(Movement)
        .where(Movement.id == movement_id, Movement.published_at.is_(None))
        .values(published_at=at, published_by=by)
    )

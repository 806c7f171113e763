"""Reading and writing units: the tree, its closure, block membership, successors.

Rows only. `exchange.units` checks before that the tree has one root and no cycle.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, func, insert, or_, select, update

from workflow.storage.models import BlockMember, Unit, UnitAbove, UnitSuccessor
from workflow.storage.queries.settings import upsert
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most


class UnitView(NamedTuple):
    """A unit as lists and forms show it."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int | None
    line: str | None
    owes: str
    valid_from: date
    valid_to: date | None


class BlockView(NamedTuple):
    """A unit's block in a year."""

    unit_id: int
    year: int
    block_id: int


_COLUMNS = (
    Unit.id, Unit.code, Unit.name, Unit.short_name, Unit.kind, Unit.parent_id, Unit.line, Unit.owes,
    Unit.valid_from, Unit.valid_to,
)  # fmt: skip
_ALL = select(*_COLUMNS).order_by(Unit.sort_key, Unit.id)
_BY_CODE = select(*_COLUMNS).where(Unit.code == bindparam("code"))
_BY_ID = select(*_COLUMNS).where(Unit.id == bindparam("id"))
_BELOW = _ALL.join(UnitAbove, UnitAbove.unit_id == Unit.id).where(UnitAbove.above_id == bindparam("above"))
_ABOVE = (
    select(*_COLUMNS).join(UnitAbove, UnitAbove.above_id == Unit.id)
    .where(UnitAbove.unit_id == bindparam("unit")).order_by(UnitAbove.distance.desc())
)  # fmt: skip
_NAME = Prebuilt(select(Unit.name, Unit.short_name, Unit.code).where(Unit.id == bindparam("id")))
_ROOT = select(Unit.id).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(at_most(1))


def every(tx: Tx) -> list[UnitView]:
    """All units, ended ones too, in Vietnamese order."""
    return _views(tx, _ALL)


def below(tx: Tx, unit_id: int) -> list[UnitView]:
    """A unit and everything under it."""
    return _views(tx, _BELOW, above=unit_id)


def path(tx: Tx, unit_id: int) -> list[UnitView]:
    """The units from the root down to a unit."""
    return _views(tx, _ABOVE, unit=unit_id)


def find(tx: Tx, unit_id: int) -> UnitView | None:
    """A unit by id."""
    return next(iter(_views(tx, _BY_ID, id=unit_id)), None)


def find_code(tx: Tx, code: str) -> UnitView | None:
    """A unit by code."""
    return next(iter(_views(tx, _BY_CODE, code=code)), None)


def name_of(tx: Tx, unit_id: int) -> str:
    """What a unit is called, in all ways that a search knows: name, short name and code."""
    return " ".join(_NAME.first(tx, {"id": unit_id}))


def branches(tx: Tx, *, also: int | None) -> dict[int, str]:
    """The units that have others below them, and one more, in Vietnamese order: names by id."""
    above = select(Unit.parent_id).where(Unit.parent_id.is_not(None))
    wanted = or_(Unit.id.in_(above), Unit.id == also)
    return {row.id: row.name for row in tx.connection.execute(_ALL.where(wanted))}


def find_root(tx: Tx) -> int | None:
    """The id of the unit above all others, None in an empty database."""
    root: int | None = tx.connection.execute(_ROOT).scalar_one_or_none()
    return root


def search(tx: Tx, key: str, *, limit: int) -> list[UnitView]:
    """Units whose folded name contains the folded words, or whose code is that."""
    wanted = or_(Unit.search_key.contains(key, autoescape=True), func.lower(Unit.code) == key)
    return _views(tx, _ALL.where(wanted).limit(at_most(limit)))


def write(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Insert or change units by code, without parents; answer every unit's id by code."""
    known = ids_by_code(tx)
    fresh = [dict(row) for row in rows if row["code"] not in known]
    changed = [{**row, "key": row["code"]} for row in rows if row["code"] in known]
    if fresh:
        tx.connection.execute(insert(Unit), fresh)
    if changed:
        named = [name for name in changed[0] if name not in ("key", "code")]
        statement = update(Unit).where(Unit.code == bindparam("key")).values({name: bindparam(name) for name in named})
        tx.connection.execute(statement, changed)
    return ids_by_code(tx)


def ids_by_code(tx: Tx) -> dict[str, int]:
    """The id of every unit by its code."""
    return {row[0]: row[1] for row in tx.connection.execute(select(Unit.code, Unit.id))}


def place(tx: Tx, parents: Mapping[int, int | None]) -> None:
    """Put units under their parents."""
    statement = update(Unit).where(Unit.id == bindparam("unit")).values(parent_id=bindparam("parent"))
    rows = [{"unit": unit, "parent": parent} for unit, parent in parents.items()]
    if rows:
        tx.connection.execute(statement, rows)


def rewrite_closure(tx: Tx) -> None:
    """Write anew who is above whom, from the parents."""
    parents = {row.id: row.parent_id for row in tx.connection.execute(select(Unit.id, Unit.parent_id))}
    tx.connection.execute(delete(UnitAbove))
    rows = [
        {"unit_id": unit, "above_id": above, "distance": distance}
        for unit in parents
        for distance, above in enumerate(_line_up(unit, parents))
    ]
    if rows:
        tx.connection.execute(insert(UnitAbove), rows)


def _line_up(unit: int, parents: Mapping[int, int | None]) -> Iterable[int]:
    at: int | None = unit
    while at is not None:
        yield at
        at = parents[at]


def put_blocks(tx: Tx, members: Iterable[BlockView]) -> None:
    """Write block membership, replacing what a unit had for the year."""
    upsert(tx, BlockMember, [member._asdict() for member in members])


def blocks(tx: Tx, *, year: int) -> dict[int, int]:
    """Each unit's block in a year."""
    statement = select(BlockMember.unit_id, BlockMember.block_id).where(BlockMember.year == year)
    return {row[0]: row[1] for row in tx.connection.execute(statement)}


def put_successors(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what became of units."""
    upsert(tx, UnitSuccessor, rows)


def successors(tx: Tx, unit_id: int) -> list[tuple[int, str, date]]:
    """What became of a unit: id, name, date."""
    statement = (
        select(Unit.id, Unit.name, UnitSuccessor.on_date)
        .join(Unit, Unit.id == UnitSuccessor.successor_id)
        .where(UnitSuccessor.unit_id == unit_id)
    )
    return [(unit, name, on) for unit, name, on in tx.connection.execute(statement)]


def _views(tx: Tx, statement: Select[*tuple[Any, ...]], **words: object) -> list[UnitView]:
    return [UnitView(*row) for row in tx.connection.execute(statement, words)]

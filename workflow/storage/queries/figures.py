"""Reading and writing regimes, and the figures of params that they, the province and movements set.

Rows and values only; the machine knows which figure wins, `definitions.parameters` who may set one.
"""

import json
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import bindparam, insert, or_, select, update

from workflow.storage.models import FigureRow, Movement, Regime
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt
from workflow.values import Figure, Json, Layer


class RegimeView(NamedTuple):
    """A regime: which law applied from a day to a day, both counting."""

    code: str
    title_vi: str
    title_en: str
    source: str
    valid_from: date | None
    valid_to: date | None


class FigureView(NamedTuple):
    """A figure as lists show it, ended ones too."""

    id: int
    layer: Layer
    regime: str | None
    movement: str | None
    definition: str
    param: str
    keys: tuple[str, ...]
    value: Json
    source: str
    valid_from: date | None
    valid_to: date | None


_REGIMES = select(Regime.code, Regime.title_vi, Regime.title_en, Regime.source, Regime.valid_from, Regime.valid_to)
_BY_CODE = Prebuilt(_REGIMES.where(Regime.code == bindparam("code")))
_ON_A_DAY = _REGIMES.where(
    or_(Regime.valid_from.is_(None), Regime.valid_from <= bindparam("on_date")),
    or_(Regime.valid_to.is_(None), Regime.valid_to >= bindparam("on_date")),
)
_IN_FORCE = (
    select(FigureRow.layer, FigureRow.param, FigureRow.keys, FigureRow.value, FigureRow.source)
    .where(
        FigureRow.definition == bindparam("definition"),
        or_(FigureRow.regime.is_(None), FigureRow.regime == bindparam("regime")),
        or_(FigureRow.movement_id.is_(None), FigureRow.movement_id == bindparam("movement")),
        or_(FigureRow.valid_from.is_(None), FigureRow.valid_from <= bindparam("on_date")),
        or_(FigureRow.valid_to.is_(None), FigureRow.valid_to >= bindparam("on_date")),
    )
    .order_by(FigureRow.id)
)
_EVERY = (
    select(
        FigureRow.id, FigureRow.layer, FigureRow.regime, Movement.code, FigureRow.definition, FigureRow.param,
        FigureRow.keys, FigureRow.value, FigureRow.source, FigureRow.valid_from, FigureRow.valid_to,
    )
    .outerjoin(Movement, Movement.id == FigureRow.movement_id)
    .order_by(FigureRow.definition, FigureRow.param, FigureRow.id)
)  # fmt: skip


def regimes(tx: Tx) -> list[RegimeView]:
    """Every regime, the earliest first."""
    rows = [RegimeView(*row) for row in tx.connection.execute(_REGIMES)]
    return sorted(rows, key=lambda regime: (regime.valid_from or date.min, regime.code))


def find_regime(tx: Tx, code: str) -> RegimeView | None:
    """A regime by its code."""
    row = _BY_CODE.first(tx, {"code": code})
    return RegimeView._make(row) if row is not None else None


def regime_on(tx: Tx, on_date: date) -> RegimeView | None:
    """The regime of a day."""
    row = tx.connection.execute(_ON_A_DAY, {"on_date": on_date}).first()
    return RegimeView(*row) if row else None


def put_regime(tx: Tx, regime: RegimeView) -> None:
    """Write a regime that is not there."""
    tx.connection.execute(insert(Regime), regime._asdict())


def in_force(tx: Tx, definition: str, *, regime: str | None, movement: int | None, on_date: date) -> tuple[Figure, ...]:
    """The figures that may count for a case of a definition opened on a day, in the order they were set."""
    wanted = {"definition": definition, "regime": regime, "movement": movement, "on_date": on_date}
    rows = tx.connection.execute(_IN_FORCE, wanted)
    return tuple(
        Figure(cast("Layer", layer), param, tuple(json.loads(keys)), json.loads(value), source)
        for layer, param, keys, value, source in rows
    )


def add(
    tx: Tx,
    figure: Figure,
    *,
    definition: str,
    regime: str | None,
    movement_id: int | None,
    days: tuple[date | None, date | None],
    set_by: int | None,
    set_at: datetime,
) -> int:
    """Set one figure; return its number."""
    row = {
        "layer": figure.layer,
        "regime": regime,
        "movement_id": movement_id,
        "definition": definition,
        "param": figure.param,
        "keys": json.dumps(figure.keys),
        "value": json.dumps(figure.value, ensure_ascii=False),
        "source": figure.source,
        "valid_from": days[0],
        "valid_to": days[1],
        "set_by": set_by,
        "set_at": set_at,
    }
    number: int = tx.connection.execute(insert(FigureRow).returning(FigureRow.id), row).scalar_one()
    return number


def end(tx: Tx, number: int, *, valid_to: date) -> None:
    """End a figure after a day, which still counts."""
    tx.connection.execute(update(FigureRow).where(FigureRow.id == number).values(valid_to=valid_to))


def find(tx: Tx, number: int) -> FigureView | None:
    """One figure."""
    row = tx.connection.execute(_EVERY.where(FigureRow.id == number)).first()
    return _view(row) if row else None


def every(tx: Tx, *, definition: str | None = None) -> list[FigureView]:
    """Every figure that was ever set, of one definition or all."""
    statement = _EVERY if definition is None else _EVERY.where(FigureRow.definition == definition)
    return [_view(row) for row in tx.connection.execute(statement)]


def _view(row: Any) -> FigureView:
    number, layer, regime, movement, definition, param, keys, value, *rest = row
    read = tuple(json.loads(keys)), json.loads(value)
    return FigureView(number, layer, regime, movement, definition, param, *read, *rest)

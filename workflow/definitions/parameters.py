"""Figures that regulations set, by layer: those of a regime ship, those of the province and of a movement are set here.

Knows who may set one and for how long, and refuses what the definition cannot use; the machine knows which layer wins.
A case pins what is in force on the day it is opened: setting a figure changes no open case.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflow.audit import admin_acts
from workflow.definitions import publishing, wording
from workflow.errors import Invalid, NotFound
from workflow.exchange import ShippedRegime
from workflow.machine.case import parameters as machine
from workflow.machine.definition import Definition, Param
from workflow.machine.words import NO_CONTEXT, NamingContext, called, figure_in_words, keys_in_words
from workflow.organisation import access
from workflow.storage.queries import figures as records
from workflow.storage.queries import movements
from workflow.storage.queries.figures import FigureView, RegimeView
from workflow.storage.session import Tx
from workflow.values import Figure, Json, Layer, Reason, Refusal, Text


@dataclass(frozen=True, slots=True)
class FigureForm:
    """A figure to set: of which param, for which keys (none: where no key fits), for a movement or the province.

    With a `regime` it is set for cases opened under that regime. Both days count.
    """

    definition: str
    param: str
    value: Json
    source: str
    keys: tuple[str, ...] = ()
    movement: str | None = None
    regime: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def layer(self) -> Layer:
        """The layer that the figure belongs to."""
        return "movement" if self.movement else "regime" if self.regime else "province"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A figure as a case has it, in words with its unit, and the paper that set it."""

    param: str
    label: Text
    value: Text
    source: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as a page lists it. Without a `layer` it is the definition's own; `of` is the regime or movement."""

    param: str
    label: Text
    keys: tuple[Text, ...]
    value: Text
    source: str
    layer: Layer | None = None
    of: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    fits: bool = True


def pins(tx: Tx, definition: Definition, *, movement_id: int | None, on_date: date) -> dict[str, Json]:
    """Return what a case of a definition that is opened on a day pins."""
    regime = records.regime_on(tx, on_date)
    code = regime.code if regime else None
    if not definition.params:
        return machine.pinned(definition, regime=code)
    figures = records.in_force(tx, definition.name, regime=code, movement=movement_id, on_date=on_date)
    return machine.pinned(definition, figures, regime=code)


def of_case(tx: Tx, definition: Definition, pinned: Mapping[str, Json]) -> tuple[Pinned, ...]:
    """List the figures of a case that are one value. Those that depend on its fields are left out."""
    sources = pinned.get(machine.SOURCES)
    said = sources if isinstance(sources, dict) else {}
    values = {name: pinned.get(name, param.otherwise) for name, param in definition.params.items() if not param.by}
    alone = {name: value for name, value in values.items() if not isinstance(value, Mapping)}
    context = wording.context_of(tx, definition) if alone else NO_CONTEXT
    return tuple(
        _pinned(definition, definition.params[name], value, said.get(name), context) for name, value in alone.items()
    )


def _pinned(definition: Definition, param: Param, value: Json, said: Json, context: NamingContext) -> Pinned:
    source = str(said["source"]) if isinstance(said, dict) else param.source
    return Pinned(param.name, called(param), figure_in_words(definition, param, value, context), source)


def regimes(tx: Tx) -> list[RegimeView]:
    """Every regime, the earliest first."""
    return records.regimes(tx)


def regime_of(tx: Tx, pinned: Mapping[str, Json]) -> RegimeView | None:
    """The regime under which a case was opened; one that is in the record never changes."""
    code = pinned.get(machine.REGIME)
    if not isinstance(code, str):
        return None
    return access.remembered(tx, ("regime", code), lambda: records.find_regime(tx, code))


def ship(tx: Tx, shipped: Iterable[ShippedRegime], *, now: datetime) -> None:
    """Write the regimes that are not in the record yet, with their figures; the others stay as they are."""
    known = {regime.code for regime in records.regimes(tx)}
    for regime in shipped:
        if regime.code in known:
            continue
        title, source = regime.title, regime.source
        records.put_regime(tx, RegimeView(regime.code, *title, source, regime.valid_from, regime.valid_to))
        for definition, figure in regime.figures:
            records.add(
                tx,
                figure,
                definition=definition,
                regime=regime.code,
                movement_id=None,
                days=(None, None),
                set_by=None,
                set_at=now,
            )


def every(tx: Tx, definition: str | None = None) -> list[FigureView]:
    """Every figure that was ever set, of one definition or all; raises `DefinitionNotFound` for no such definition."""
    if definition is not None:
        publishing.current(tx, definition)
    return records.every(tx, definition=definition)


def by_definition(tx: Tx) -> list[tuple[Definition, list[FigureLine]]]:
    """The definitions in force that have params, each with its own figures and all that were ever set over them."""
    in_force = [publishing.compiled(tx, row.hash) for row in publishing.versions(tx) if row.current]
    return [
        (definition, list(_lines(tx, definition, wording.context_of(tx, definition))))
        for definition in in_force
        if definition.params
    ]


def _lines(tx: Tx, definition: Definition, context: NamingContext) -> Iterator[FigureLine]:
    def line(param: Param, keys: tuple[str, ...], value: Json) -> tuple[str, Text, tuple[Text, ...], Text]:
        said = figure_in_words(definition, param, value, context)
        return param.name, called(param), keys_in_words(definition, param, keys, context), said

    rows = records.every(tx, definition=definition.name)
    for param in definition.params.values():
        own = dict(param.values) | ({} if param.otherwise is None else {(): param.otherwise})
        for keys, value in own.items():
            yield FigureLine(*line(param, keys, value), param.source)
        for row in rows:
            if row.param == param.name:
                of, days = row.movement or row.regime, (row.valid_from, row.valid_to)
                fits = _fits(definition, row)
                yield FigureLine(*line(param, row.keys, row.value), row.source, row.layer, of, *days, fits=fits)


def put(tx: Tx, form: FigureForm, *, person_id: int | None, now: datetime) -> int | Refusal:
    """Set a figure for cases opened from now on, and return its number; or say why the definition cannot use it.

    Raises `Invalid`, `DefinitionNotFound`, `NotFound`.
    """
    access.require_admin(tx, person_id, now)
    definition = publishing.current(tx, form.definition)
    movement_id = _movement(tx, form.movement)
    if form.regime and form.regime not in {regime.code for regime in records.regimes(tx)}:
        raise NotFound("regime_unknown", regime=form.regime)
    if not form.source.strip():
        raise Invalid("source_needed", field="source")
    if form.valid_from and form.valid_to and form.valid_to < form.valid_from:
        raise Invalid("span_backwards", field="valid_to", valid_from=form.valid_from, valid_to=form.valid_to)
    figure = _figure(definition, form)
    wrong = machine.unusable(definition, figure)
    if wrong:
        return Refusal("refused", (wrong,))
    number = records.add(
        tx,
        figure,
        definition=form.definition,
        regime=form.regime,
        movement_id=movement_id,
        days=(form.valid_from, form.valid_to),
        set_by=person_id,
        set_at=now,
    )
    facts: dict[str, Json] = {
        "figure": number,
        "param": f"{form.definition}.{form.param}",
        "keys": [*form.keys],
        "value": figure.value,
        "source": figure.source,
        "layer": form.layer,
        "regime": form.regime,
        "movement": form.movement,
        "valid_from": form.valid_from.isoformat() if form.valid_from else None,
        "valid_to": form.valid_to.isoformat() if form.valid_to else None,
    }
    admin_acts.record(tx, "figure_set", facts, person_id=person_id, at=now)
    return number


def _movement(tx: Tx, code: str | None) -> int | None:
    movement = movements.find(tx, code) if code else None
    if code and movement is None:
        raise NotFound("movement_unknown", movement=code)
    return movement.id if movement else None


def _figure(definition: Definition, form: FigureForm) -> Figure:
    param = definition.params.get(form.param)
    value = machine.figure_of(param, form.value) if param else form.value
    usable = form.value if isinstance(value, Reason) else value
    return Figure(form.layer, form.param, form.keys, usable, form.source.strip())


def end(tx: Tx, number: int, *, on_date: date, person_id: int | None, now: datetime) -> None:
    """End a figure after a day, which still counts. Raises `NotFound`, `Invalid` for a day before its first."""
    access.require_admin(tx, person_id, now)
    figure = records.find(tx, number)
    if figure is None:
        raise NotFound("figure_unknown", figure=number)
    if figure.valid_from and on_date < figure.valid_from:
        raise Invalid("span_backwards", field="on_date", valid_from=figure.valid_from, valid_to=on_date)
    records.end(tx, number, valid_to=on_date)
    facts: dict[str, Json] = {"figure": number, "valid_to": on_date.isoformat()}
    admin_acts.record(tx, "figure_ended", facts, person_id=person_id, at=now)


def fits(tx: Tx, view: FigureView) -> bool:
    """Tell whether the definition in force can use a figure: params may have been renamed since it was set."""
    return _fits(publishing.current(tx, view.definition), view)


def _fits(definition: Definition, view: FigureView) -> bool:
    figure = Figure(view.layer, view.param, view.keys, view.value, view.source)
    return machine.unusable(definition, figure) is None

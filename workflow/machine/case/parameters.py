"""Figures that regulations set, as a case gets them: a movement goes before the province, the province before a regime.

A definition brings each param's own figures; layers lie over them, the nearest last. A layer that says what holds where
no key fits answers for every key it does not name itself. What comes of it is pinned with the case at its opening.
Knows params and layers, no table and no day.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from workflow.machine.case.field_values import normal_value
from workflow.machine.definition import Budget, Definition, Due, DueDate, Field, Param
from workflow.values import Figure, Json, Reason, Text

REGIME = "~regime"
"""Under this name a case keeps which regime it was opened under."""
SOURCES = "~sources"
"""Under this name a case keeps which layer set a figure, and where that is written."""
LAYERS = ("regime", "province", "movement")
"""In the order in which they lie over each other."""
MOST_DAYS = 9_999


def pinned(definition: Definition, figures: Iterable[Figure] = (), *, regime: str | None = None) -> dict[str, Json]:
    """Return what a case pins: each figure without keys, tables that a layer changed, the regime, the sources.

    A table is `{"values": [[keys, figure], …], "else": figure}`. Figures that the definition cannot use are left out.
    """
    given = [figure for figure in figures if unusable(definition, figure) is None]
    pins: dict[str, Json] = {}
    sources: dict[str, Json] = {}
    for param in definition.params.values():
        theirs = [figure for figure in given if figure.param == param.name]
        if not param.by:
            pins[param.name] = nearest(theirs).value if theirs else param.otherwise
        elif theirs:
            pins[param.name] = _table(param, theirs)
        if theirs:
            used = nearest(theirs)
            sources[param.name] = {"layer": used.layer, "source": used.source}
    if regime:
        pins[REGIME] = regime
    return {**pins, SOURCES: sources} if sources else pins


def nearest(figures: Iterable[Figure]) -> Figure:
    """Return the one that wins: of the layer that lies uppermost, the last that was set."""
    return max(enumerate(figures), key=lambda pair: (LAYERS.index(pair[1].layer), pair[0]))[1]


def _table(param: Param, figures: list[Figure]) -> Json:
    values, otherwise = dict(param.values), param.otherwise
    for layer in LAYERS:
        theirs = {figure.keys: figure.value for figure in figures if figure.layer == layer}
        if () in theirs:
            values, otherwise = {}, theirs.pop(())
        values |= theirs
    rows: list[Json] = [[list(keys), value] for keys, value in sorted(values.items())]
    return {"values": rows, "else": otherwise}


def looked_up(param: Param, pins: Mapping[str, Json], keys: tuple[str, ...]) -> Json:
    """Find a figure by its keys, in what a case pins or else in the definition."""
    pin = pins.get(param.name)
    if param.by and isinstance(pin, dict):
        rows = cast("list[list[Json]]", pin["values"])
        return next((value for names, value in rows if names == list(keys)), pin["else"])
    if param.name in pins:
        return pin
    return param.values.get(keys, param.otherwise)


def values_of(param: Param, pins: Mapping[str, Json]) -> tuple[Json, ...]:
    """List every value that a figure may have in a case, whatever its keys."""
    pin = pins.get(param.name)
    if param.by and isinstance(pin, dict):
        return (*(value for _, value in cast("list[list[Json]]", pin["values"])), pin["else"])
    return (pin,) if param.name in pins else (*param.values.values(), param.otherwise)


def key_of(value: Json) -> str:
    """Write the value of a field as the key that a file says."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def figure_of(param: Param, value: Json) -> Json | Reason:
    """Bring a figure into the form of its param's type, or say why it cannot be."""
    if value is None:
        return Reason("figure_missing")
    if param.type == "people":
        return value if isinstance(value, str) and value else Reason("not_text")
    written = str(value) if param.type in ("decimal", "text") and isinstance(value, int) else value
    if param.type == "person" and isinstance(value, str):
        written = {"name": value}
    # The options of a choice are the definition's own affair: a figure may be any word.
    field = Field(param.name, "text" if param.type == "choice" else param.type, Text(param.name, param.name))
    normal = normal_value(field, written)
    return normal.fault or (value if param.type == "decimal" and isinstance(value, int) else normal.value)


def unusable(definition: Definition, figure: Figure) -> Reason | None:
    """Say why a figure does not fit a definition; None where it does."""
    param = definition.params.get(figure.param)
    if param is None:
        return Reason("param_unknown", {"param": figure.param, "allowed": [*definition.params]})
    if figure.keys and len(figure.keys) != len(param.by):
        return Reason("wrong_keys", {"param": param.name, "by": [*param.by], "found": [*figure.keys]})
    for name, key in zip(param.by, figure.keys, strict=False):
        options = definition.fields[name].of if name in definition.fields else {}
        if options and key not in options:
            return Reason("key_unknown", {"by": name, "key": key, "allowed": [*options]})
    value = figure_of(param, figure.value)
    if isinstance(value, Reason):
        return value
    names = [party.name for party in definition.people.values() if not party.lookup]
    if param.type == "people" and value not in names:
        return Reason("not_a_choice", {"allowed": [*names]})
    counts = {budget.count for budget in budgets_of(definition)}
    days = param.name in counts and not (isinstance(value, int) and 0 < value <= MOST_DAYS)
    return Reason("out_of_range", {"min": 1, "max": MOST_DAYS}) if days else None


def budgets_of(definition: Definition) -> Iterator[Budget]:
    """Go through the budgets that take their days from a param."""
    dues: list[Due | str | None] = [clock.due for clock in definition.clocks.values()]
    for state in definition.states.values():
        dues += [state.turn.due if state.turn else None, *(ask.due for ask in state.asks.values())]
    for due in dues:
        budget = due.offset if isinstance(due, DueDate) else due
        if isinstance(budget, Budget) and isinstance(budget.count, str):
            yield budget

"""The facts that the guards of a definition may speak of, and reading one guard with its place in the file.

Knows which type of fact each type of field is; expressions know the rest. A field counts as filled here; whether it
surely is at its place is a question of the verifier (`checking/rules/flow`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from workflow.machine.case import TURN
from workflow.machine.definition import Answer, Ask, Field, FieldType, Mark, Members, Param, Readable
from workflow.machine.expressions import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    TEXT,
    Environment,
    ExpressionFault,
    Function,
    Guard,
    Type,
    choice,
    compile_expression,
    compile_guard,
    maybe,
    record,
    reference,
    rows_of,
)
from workflow.machine.loading.cursor import Cursor
from workflow.machine.loading.yaml_nodes import ScalarNode

_SIMPLE: Mapping[str, Type] = {
    "text": TEXT,
    "long_text": TEXT,
    "integer": INT,
    "money": INT,
    "decimal": DECIMAL,
    "percent": DECIMAL,
    "date": DATE,
    "flag": BOOL,
    "person": reference("person"),
    "unit": reference("unit"),
    "document": reference("document"),
    "nominee": record({"kind": choice("person", "collective", "household"), "name": TEXT}),
}
_FITS = {("int", "decimal"), ("text", "choice")}
_MILESTONE = re.compile(r"\bmovement\.([a-z][a-z0-9_]{0,39})")


def type_of(field: Field | Param) -> Type:
    """Return the type of fact a field or param is in guards, as if it were filled."""
    if isinstance(field, Field) and field.type == "choice":
        return choice(*field.of)
    if isinstance(field, Field) and field.type == "table":
        # Rows are kept with all their columns filled (`case/field_values`).
        return rows_of(record({name: type_of(column) for name, column in field.columns.items()}))
    return _SIMPLE.get(field.type, TEXT)


def environment_of(
    text: str,
    *,
    fields: Mapping[str, Field],
    params: Mapping[str, Param],
    people: Iterable[str],
    members: Mapping[str, Members],
    links: Mapping[str, Readable],
    clocks: Iterable[str],
    actions: Iterable[str],
    by_movement: bool,
) -> Environment:
    """Collect the facts of a definition. Unless only movements open its cases, a case may have no movement."""
    names = {name: type_of(field) for name, field in fields.items()} | {"comment": TEXT, "today": DATE}
    names |= {name: _param_type(param) for name, param in params.items()}
    names |= {name: rows_of(row_of(listed.reads)) for name, listed in members.items()}
    names |= {name: rows_of(_linked_row_of(linked.reads)) for name, linked in links.items()}
    names["movement"] = _movement(text, by_movement=by_movement)
    acts, parties = frozenset(actions), frozenset(people)
    persons = frozenset(name for name, field in fields.items() if field.type == "person")
    functions = {
        "times": Function((acts,), INT),
        "did": Function((acts, parties), BOOL),
        "stands": Function((acts,), BOOL),
        "changed": Function((frozenset(fields), acts), BOOL, optional=1),
        "overdue": Function((frozenset({TURN, *clocks}),), BOOL),
        "actor": Function((parties | persons,), BOOL),
    }
    return Environment(names, functions)


OF_ANY_CASE: Mapping[str, Type] = {
    "state": TEXT,
    "outcome": maybe(choice("good", "neutral", "bad")),
    "settled": BOOL,
}
"""What guards read of every linked case; it is settled in an end that waits for nobody."""


def row_of(reads: Mapping[str, FieldType]) -> Type:
    """Return the type of one case of a list: where it stands, and the fields that the list reads, all filled."""
    return record({name: _SIMPLE.get(kind, TEXT) for name, kind in reads.items()} | dict(OF_ANY_CASE))


def _linked_row_of(reads: Mapping[str, FieldType]) -> Type:
    """Return the type of one case at a link: as of a list, but no field of it is sure to be filled."""
    return record({name: maybe(_SIMPLE.get(kind, TEXT)) for name, kind in reads.items()} | dict(OF_ANY_CASE))


def _param_type(param: Param) -> Type:
    return type_of(param) if param.otherwise is not None else maybe(type_of(param))


def _movement(text: str, *, by_movement: bool) -> Type:
    milestones = {name: maybe(DATE) for name in _MILESTONE.findall(text)}
    edge = DATE if by_movement else maybe(DATE)
    return record(milestones | {"begins": edge, "ends": edge})


def asks_in(environment: Environment, asks: Mapping[str, Ask]) -> Environment:
    """Add the asks of one state: who voted, and unless there is a result for each case asked about, what came of it."""
    records = {
        ask.name: record(_counts(HEADS) | {"closed": BOOL} if ask.about else _said(ask)) for ask in asks.values()
    }
    return replace(environment, names={**environment.names, **records})


def _said(ask: Ask) -> dict[str, Type]:
    return _counts(_counted(ask.answers, scored=ask.scored)) | {name: BOOL for name, _ in ask.result} | {"closed": BOOL}


def counts_of(
    environment: Environment, answers: Iterable[Answer], *, scored: bool, parties: Iterable[str]
) -> Environment:
    """Add what a result may count: members, voted, and each answer or what the scores come to; so for each party."""
    counts = _counts(_counted(answers, scored=scored))
    return replace(environment, names={**environment.names, **dict.fromkeys(parties, record(counts)), **counts})


HEADS = ("members", "voted")
SCORES = ("sum", "least", "most")


def _counted(answers: Iterable[Answer], *, scored: bool) -> tuple[str, ...]:
    return (*HEADS, *(SCORES if scored else (answer.name for answer in answers)))


def _counts(names: Iterable[str]) -> dict[str, Type]:
    return dict.fromkeys(names, INT)


def guard_of(cursor: Cursor, environment: Environment) -> Guard:
    """Read a condition; what is wrong with it is reported where it stands in the file."""
    return _compiled(cursor, environment, compile_guard)


def value_of(cursor: Cursor, environment: Environment, *, wanted: Type) -> Guard:
    """Read an expression that gives a field its value."""
    guard = _compiled(cursor, environment, compile_expression)
    if guard.type.name != wanted.name and (guard.type.name, wanted.name) not in _FITS:
        cursor.fault("wrong_value", found=guard.type.name, wanted=wanted.name)
    return guard


def _compiled(cursor: Cursor, environment: Environment, compile_: Callable[[str, Environment], Guard]) -> Guard:
    written = cursor.words()
    try:
        return compile_(written, environment)
    except ExpressionFault as fault:
        cursor.report.add_said(fault.code, _place(cursor, fault), path=cursor.path, said=fault.text())
    return compile_guard("true", environment)


def _place(cursor: Cursor, fault: ExpressionFault) -> Mark:
    node, mark = cursor.node, cursor.node.mark
    if not isinstance(node, ScalarNode) or not node.inline:
        return mark
    moved = fault.moved(mark.line, mark.column + (0 if node.plain else 1))
    return Mark(moved.line, moved.column)

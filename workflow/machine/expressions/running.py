"""From a checked tree to a Python closure: about a microsecond a guard, no raise, no loop but over given rows.

An empty value makes whatever uses it empty, and an empty truth refuses, negated or not; that only happens where data
are broken, for `typing` demands `has`. Decimals are exact. Facts are read by name from the mapping handed in, members
by name from the mappings inside.
"""

import operator
from collections.abc import Callable
from typing import cast

from workflow.machine.expressions.closures import (
    DAY_STEPS,
    GATHERINGS,
    among,
    conjunction,
    day_step,
    disjunction,
    extreme,
    filled,
    member,
    named,
    opposite,
    pair,
    picked,
    rows_read,
    total_of,
    unless_empty,
)
from workflow.machine.expressions.tree import (
    Among,
    Both,
    Call,
    Compare,
    Either,
    Gather,
    Items,
    Member,
    Minus,
    Name,
    Node,
    Not,
    Pick,
    Sum,
    Written,
    day_written,
)
from workflow.machine.expressions.types import Environment, Type
from workflow.machine.expressions.values import READERS, Run, Value

_COMPARE: dict[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ADD: dict[str, Callable[[Value, Value], Value]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def compiled(tree: Node, environment: Environment, *, row: tuple[str, Type] | None = None) -> Run:
    """Compile a tree that `typing` has passed; `row` names what the third input of the closure is."""
    return _Compiler(environment, row).run(tree)


def declared(node: Node, environment: Environment, row: tuple[str, Type] | None) -> Type:
    """Return the type that a path was declared with."""
    if isinstance(node, Name):
        return row[1] if row and node.name == row[0] else environment.names[node.name]
    inside = cast("Member", node)
    return declared(inside.of, environment, row).members[inside.name]


def row_type(node: Gather, environment: Environment) -> Type:
    """Return the type of one row of the list that is gone through."""
    return cast("Type", declared(node.of, environment, None).of)


class _Compiler:
    """Knows the types of facts, for dates and decimals lie in cases as text."""

    def __init__(self, environment: Environment, row: tuple[str, Type] | None) -> None:
        self.environment = environment
        self.row = row

    def run(self, node: Node) -> Run:  # noqa: C901, PLR0911, PLR0912 -- one line for each kind of part
        match node:
            case Written(value=value):
                return lambda _f, _c, _r: value
            case Name() | Member():
                return self.fact(node)
            case Call():
                return self.call(node)
            case Gather():
                return self.gather(node)
            case Not(of=of):
                return opposite(self.run(of))
            case Minus(of=of):
                return unless_empty(operator.neg, self.run(of))
            case Sum(sign=sign, left=left, right=right):
                return total_of(_ADD[sign], self.run(left), self.run(right))
            case Compare(sign=sign, left=left, right=right):
                return pair(_COMPARE[sign], self.run(left), self.run(right))
            case Among(left=left, right=right):
                return pair(among, self.run(left), self.run(right))
            case Both(parts=parts):
                return conjunction(tuple(map(self.run, parts)))
            case Either(parts=parts):
                return disjunction(tuple(map(self.run, parts)))
            case Pick(condition=condition, then=then, otherwise=otherwise):
                return picked(self.run(condition), self.run(then), self.run(otherwise))
            case Items(items=items):
                runs = tuple(map(self.run, items))
                return lambda f, c, r: tuple(run(f, c, r) for run in runs)

    def type_of(self, node: Node) -> Type:
        return declared(node, self.environment, self.row)

    def fact(self, node: Name | Member) -> Run:
        type_ = self.type_of(node)
        if type_.name == "list":
            return rows_read(self.raw(node), READERS.get(type_.of.name) if type_.of else None)
        read = READERS.get(type_.name)
        return unless_empty(read, self.raw(node)) if read else self.raw(node)

    def raw(self, node: Node) -> Run:
        if isinstance(node, Member):
            return member(self.raw(node.of), node.name)
        name = cast("Name", node).name
        if self.row and name == self.row[0]:
            return lambda _f, _c, r: r
        return lambda f, _c, _r: f[name]

    def call(self, node: Call) -> Run:
        if node.name == "has":
            return filled(self.raw(node.inputs[0]))
        if node.name in self.environment.functions:
            return named(node, READERS.get(self.environment.functions[node.name].result.name))
        day = day_written(node)
        if day:
            return lambda _f, _c, _r: day
        runs = tuple(map(self.run, node.inputs))
        if node.name in {"wd", "days"}:
            return day_step(DAY_STEPS[node.name], *runs)
        if node.name == "size":
            return unless_empty(len, runs[0])
        return extreme(min if node.name == "min" else max, runs)

    def gather(self, node: Gather) -> Run:
        rows = self.run(node.of)
        self.row = (node.row, row_type(node, self.environment))
        body = self.run(node.body)
        self.row = None
        return GATHERINGS[node.way](rows, body)

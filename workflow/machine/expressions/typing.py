"""The static check: every part gets a type, and a fact that may be empty must be asked for with `has` before its use.

What has been asked for is followed through `&&`, `||`, `!` and `?:`. Knows no value. Raises ExpressionFault with what
is allowed.
"""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from workflow.machine.expressions.faults import Fact, fault_at
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
    path_of,
)
from workflow.machine.expressions.types import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    NUMBERS,
    ORDERED,
    TEXT,
    Environment,
    Function,
    Type,
)

MAX_COST = 50_000
"""Steps at most: parts evaluated and rows read, the body of a gathering once for each row its list may have."""
_SHOWN = 12
_NOTHING: frozenset[str] = frozenset()
BUILT_IN: dict[str, tuple[Type, ...]] = {"wd": (DATE, INT), "days": (DATE, INT)}
_SPECIAL = ("date", "has", "max", "min", "size")


class Inferred(NamedTuple):
    """A part's type, and which paths are surely filled once it turned out true, or false."""

    type: Type
    if_true: frozenset[str] = _NOTHING
    if_false: frozenset[str] = _NOTHING


def check(source: str, tree: Node, *, environment: Environment) -> Type:
    """Type the whole expression; raises ExpressionFault at the first part that is wrong."""
    checker = _Checker(source, environment)
    inferred = checker.type_of(tree, _NOTHING)
    if checker.cost > MAX_COST:
        raise fault_at(source, tree.start, "too_costly", limit=MAX_COST)
    return inferred.type


class _Checker:
    """One pass: the row that names are bound to while inside a gathering, and the cost so far."""

    def __init__(self, source: str, environment: Environment) -> None:
        self.source = source
        self.environment = environment
        self.row: tuple[str, Type] | None = None
        self.rows = 1
        self.cost = 0

    def type_of(self, node: Node, known: frozenset[str]) -> Inferred:  # noqa: C901, PLR0911, PLR0912 -- one line for each kind of part
        self.cost += self.rows
        match node:
            case Written(value=value):
                return Inferred(_type_of_constant(value))
            case Name() | Member():
                return self.fact(node, known)
            case Call():
                return self.call(node, known)
            case Gather():
                return Inferred(self.gather(node, known))
            case Not(of=of):
                inferred = self.truth(of, known)
                return Inferred(BOOL, inferred.if_false, inferred.if_true)
            case Minus(of=of):
                return Inferred(self.one_of(of, known, NUMBERS))
            case Sum():
                return Inferred(self.sum(node, known))
            case Compare():
                return self.compare(node, known)
            case Among():
                return Inferred(self.among(node, known))
            case Both(parts=parts):
                return self.both(parts, known)
            case Either(parts=parts):
                return self.either(parts, known)
            case Pick():
                return self.pick(node, known)
            case Items(items=items):
                return Inferred(self.items(node, items, known))

    def fact(self, node: Name | Member, known: frozenset[str]) -> Inferred:
        type_, path = self.looked_up(node, known), path_of(node)
        if type_.maybe and path not in known:
            raise self.fault(node, "maybe_empty", path=str(path))
        if type_.name == "list":
            self.cost += self.rows * type_.limit
        return Inferred(replace(type_, maybe=False))

    def looked_up(self, node: Node, known: frozenset[str]) -> Type:
        """Find the declared type of a path; what it goes through must be surely filled."""
        match node:
            case Name(name=name):
                return self.named_fact(node, name)
            case Member(of=Name() | Member() as of, name=name):
                outer = self.fact(of, known).type
                if outer.name != "record":
                    raise self.fault(node, "no_members", found=self.written(of))
                if name not in outer.members:
                    raise self.fault(node, "unknown_member", of=self.written(of), **_choices(name, outer.members))
                return outer.members[name]
        raise self.fault(node, "no_members", found=self.written(node))

    def named_fact(self, node: Node, name: str) -> Type:
        if self.row and name == self.row[0]:
            return self.row[1]
        if name not in self.environment.names:
            raise self.fault(node, "unknown_name", **_choices(name, self.environment.names))
        return self.environment.names[name]

    def call(self, node: Call, known: frozenset[str]) -> Inferred:
        if node.name in BUILT_IN:
            self.counted(node, len(BUILT_IN[node.name]))
            for given, wanted in zip(node.inputs, BUILT_IN[node.name], strict=True):
                self.one_of(given, known, frozenset({wanted.name}))
            return Inferred(DATE)
        match node.name:
            case "has":
                return self.has(node, known)
            case "date":
                return Inferred(self.day(node))
            case "size":
                self.counted(node, 1)
                self.one_of(node.inputs[0], known, frozenset({"list", "text"}))
                return Inferred(INT)
            case "min" | "max":
                return Inferred(self.least(node, known))
        if node.name in self.environment.functions:
            return self.named(node, self.environment.functions[node.name])
        allowed = (*BUILT_IN, *_SPECIAL, *self.environment.functions)
        raise self.fault(node, "unknown_function", **_choices(node.name, allowed))

    def day(self, node: Call) -> Type:
        self.counted(node, 1)
        if day_written(node) is None:
            raise self.fault(node, "bad_date", found=self.written(node.inputs[0]))
        return DATE

    def has(self, node: Call, known: frozenset[str]) -> Inferred:
        self.counted(node, 1)
        path = path_of(node.inputs[0])
        if path is None:
            raise self.fault(node.inputs[0], "not_a_fact", found=self.written(node.inputs[0]))
        steps = path.split(".")
        asked = frozenset(".".join(steps[:length]) for length in range(1, len(steps) + 1))
        # `has(a.b)` may go through an empty `a`: it answers no.
        self.looked_up(node.inputs[0], known | asked)
        return Inferred(BOOL, if_true=asked)

    def least(self, node: Call, known: frozenset[str]) -> Type:
        if len(node.inputs) < 2:  # noqa: PLR2004 -- the least of one value is no question
            raise self.fault(node, "wrong_count", function=node.name, expected=2, found=len(node.inputs))
        types = [self.one_of(given, known, ORDERED) for given in node.inputs]
        return self.alike(node, types)

    def named(self, node: Call, function: Function) -> Inferred:
        if not len(function.places) - function.optional <= len(node.inputs) <= len(function.places):
            self.counted(node, len(function.places))
        for given, names in zip(node.inputs, function.places, strict=False):
            if not isinstance(given, Name) or given.name not in names:
                raise self.fault(given, "unknown_input", function=node.name, **_choices(self.written(given), names))
        return Inferred(function.result)

    def gather(self, node: Gather, known: frozenset[str]) -> Type:
        rows = self.type_of(node.of, known).type
        if rows.name != "list" or rows.of is None or isinstance(node.of, Items):
            raise self.fault(node.of, "not_a_list", found=self.written(node.of), found_type=rows.name)
        if self.row:
            raise self.fault(node, "nested_gathering")
        if node.row in self.environment.names:
            raise self.fault(node, "name_taken", found=node.row)
        self.row, self.rows = (node.row, rows.of), max(1, rows.limit)
        wanted = NUMBERS if node.way == "sum" else frozenset({"bool"})
        body = self.one_of(node.body, known, wanted)
        self.row, self.rows = None, 1
        return {"sum": body, "count": INT}.get(node.way, BOOL)

    def sum(self, node: Sum, known: frozenset[str]) -> Type:
        left, right = self.type_of(node.left, known).type, self.type_of(node.right, known).type
        if node.sign == "-" and left.name == right.name == "date":
            return INT
        for part, type_ in ((node.left, left), (node.right, right)):
            if type_.name == "date":
                raise self.fault(node, "date_sum", found=node.sign)
            if type_.name not in NUMBERS:
                raise self.wrong(part, type_, NUMBERS)
        return self.alike(node, [left, right])

    def compare(self, node: Compare, known: frozenset[str]) -> Inferred:
        left, right = self.type_of(node.left, known).type, self.type_of(node.right, known).type
        if node.sign not in {"==", "!="}:
            for part, type_ in ((node.left, left), (node.right, right)):
                if type_.name not in ORDERED:
                    raise self.wrong(part, type_, ORDERED)
        self.matching(node, (node.left, left), (node.right, right))
        return Inferred(BOOL)

    def among(self, node: Among, known: frozenset[str]) -> Type:
        left, right = self.type_of(node.left, known).type, self.type_of(node.right, known).type
        if right.name != "list" or right.of is None:
            raise self.fault(node.right, "not_a_list", found=self.written(node.right), found_type=right.name)
        items = node.right.items if isinstance(node.right, Items) else ()
        for item in items or (node.right,):
            self.matching(node, (node.left, left), (item, right.of))
        return BOOL

    def both(self, parts: tuple[Node, ...], known: frozenset[str]) -> Inferred:
        if_true, if_false = _NOTHING, None
        for part in parts:
            inferred = self.truth(part, known | if_true)
            if_false = inferred.if_false if if_false is None else if_false & (inferred.if_false | if_true)
            if_true |= inferred.if_true
        return Inferred(BOOL, if_true, if_false or _NOTHING)

    def either(self, parts: tuple[Node, ...], known: frozenset[str]) -> Inferred:
        if_true, if_false = None, _NOTHING
        for part in parts:
            inferred = self.truth(part, known | if_false)
            if_true = inferred.if_true if if_true is None else if_true & (inferred.if_true | if_false)
            if_false |= inferred.if_false
        return Inferred(BOOL, if_true or _NOTHING, if_false)

    def pick(self, node: Pick, known: frozenset[str]) -> Inferred:
        asked = self.truth(node.condition, known)
        then = self.type_of(node.then, known | asked.if_true)
        otherwise = self.type_of(node.otherwise, known | asked.if_false)
        if {then.type.name, otherwise.type.name} & {"list", "record"}:
            raise self.wrong(node, then.type, ORDERED | {"bool", "text", "choice", "reference"})
        chosen = self.alike(node, [then.type, otherwise.type])
        if_true = (asked.if_true | then.if_true) & (asked.if_false | otherwise.if_true)
        if_false = (asked.if_true | then.if_false) & (asked.if_false | otherwise.if_false)
        return Inferred(chosen, if_true, if_false)

    def items(self, node: Node, items: tuple[Node, ...], known: frozenset[str]) -> Type:
        if not items:
            raise self.fault(node, "empty_list")
        types = [self.one_of(item, known, ORDERED | {"bool", "text", "choice", "reference"}) for item in items]
        return Type("list", of=self.alike(node, types), limit=len(items))

    def truth(self, node: Node, known: frozenset[str]) -> Inferred:
        inferred = self.type_of(node, known)
        if inferred.type.name != "bool":
            raise self.wrong(node, inferred.type, frozenset({"bool"}))
        return inferred

    def one_of(self, node: Node, known: frozenset[str], names: frozenset[str]) -> Type:
        type_ = self.type_of(node, known).type
        if type_.name not in names:
            raise self.wrong(node, type_, names)
        return type_

    def alike(self, node: Node, types: list[Type]) -> Type:
        """Return the one type that fits all; whole numbers and decimals mix."""
        if {type_.name for type_ in types} == NUMBERS:
            return DECIMAL
        for other in types[1:]:
            if (other.name, other.kind, other.options) != (types[0].name, types[0].kind, types[0].options):
                raise self.fault(node, "not_alike", left_type=types[0].name, right_type=other.name)
        return types[0]

    def matching(self, node: Node, first: tuple[Node, Type], second: tuple[Node, Type]) -> None:
        """Check that two values can be equal at all; a text written out may stand for a choice's option."""
        for (option, text), (_, against) in ((first, second), (second, first)):
            if against.name == "choice" and isinstance(option, Written) and text.name == "text":
                if option.value not in against.options:
                    choices = _choices(str(option.value), against.options)
                    raise self.fault(option, "not_an_option", **choices)
                return
        (_, left), (_, right) = first, second
        if {left.name, right.name} & {"list", "record"}:
            raise self.fault(node, "not_comparable", left_type=left.name, right_type=right.name)
        self.alike(node, [left, right])

    def counted(self, node: Call, expected: int) -> None:
        if len(node.inputs) != expected:
            raise self.fault(node, "wrong_count", function=node.name, expected=expected, found=len(node.inputs))

    def written(self, node: Node) -> str:
        return self.source[node.start : node.end]

    def wrong(self, node: Node, type_: Type, names: frozenset[str]) -> Exception:
        allowed = tuple(sorted(names))
        return self.fault(node, "wrong_type", found=self.written(node), found_type=type_.name, allowed_types=allowed)

    def fault(self, node: Node, code: str, **facts: Fact) -> Exception:
        return fault_at(self.source, node.start, code, **facts)


def _type_of_constant(value: object) -> Type:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT
    return TEXT if isinstance(value, str) else DECIMAL


def _choices(written: str, allowed: Iterable[str]) -> dict[str, Fact]:
    """Say what could have been meant: the nearest names first, then the rest, never too many."""
    names = sorted(allowed)
    near = get_close_matches(written, names, n=3)
    rest = [name for name in names if name not in near]
    return {"found": written, "allowed": tuple((near + rest)[:_SHOWN])}

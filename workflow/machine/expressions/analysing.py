"""What an expression depends on: the facts it reads, and the constants at which its comparisons turn.

At these constants the verifier cuts facts into cells. Knows trees, no value and no definition.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from workflow.machine.expressions.tree import (
    Among,
    Call,
    Compare,
    Constant,
    Gather,
    Items,
    Member,
    Minus,
    Name,
    Node,
    Sum,
    Written,
    children,
    day_written,
    path_of,
)

BUILT_IN_CALLS = frozenset({"has", "size", "date", "wd", "days", "min", "max"})


def named_call(node: Node) -> str | None:
    """Spell a call of one of the definition's own functions, `times(return)`; None for anything else."""
    if not isinstance(node, Call) or node.name in BUILT_IN_CALLS:
        return None
    return f"{node.name}({','.join(given.name for given in node.inputs if isinstance(given, Name))})"


def fact_of(node: Node) -> str | None:
    """Spell the fact that a part is, a path or a call; None where it is more than one fact."""
    return path_of(node) or named_call(node)


def reads(tree: Node) -> frozenset[str]:
    """List the paths of all facts read; a member of a row stands under its list: `nominees.notice_end`."""
    return frozenset(_reads(tree, {}))


def _reads(node: Node, rows: Mapping[str, str]) -> Iterator[str]:
    fact = fact_of(node)
    if fact:
        first, dot, rest = fact.partition(".")
        yield f"{rows.get(first, first)}{dot}{rest}"
        return
    if isinstance(node, Gather):
        yield from _reads(node.of, rows)
        yield from _reads(node.body, {**rows, node.row: path_of(node.of) or ""})
        return
    for part in children(node):
        yield from _reads(part, rows)


def cut_points(tree: Node) -> dict[str, frozenset[Constant]]:
    """Map each fact compared with constants to them; facts used in any other way are not among the keys.

    A truth that stands alone is compared with True; whether a fact is filled is a truth of its own, `has(fact)`.
    """
    cuts: dict[str, set[Constant]] = {}
    mixed: set[str] = set()
    for fact, constant in _cuts(tree):
        if constant is None:
            mixed.add(fact)
        else:
            cuts.setdefault(fact, set()).add(constant)
    return {fact: frozenset(constants) for fact, constants in cuts.items() if fact not in mixed}


def _cuts(node: Node) -> Iterator[tuple[str, Constant | None]]:
    match node:
        case Compare(left=left, right=right):
            pairs: tuple[tuple[Node, Node], ...] = ((left, right), (right, left))
        case Among(left=left, right=Items(items=items)):
            pairs = tuple((left, item) for item in items)
        case Call(name="has", inputs=(of,)):
            yield f"has({path_of(of)})", True
            return
        case Name() | Member() | Call() if fact_of(node):
            yield str(fact_of(node)), True
            return
        case Gather():
            return
        case _:
            pairs = ()
    fact, constants = _cut_side(pairs)
    if fact:
        yield from ((fact, constant) for constant in constants)
        return
    for part in children(node):
        if isinstance(node, Compare | Among | Sum | Minus | Call):
            yield from ((read, None) for read in _reads(part, {}))
        else:
            yield from _cuts(part)


def _cut_side(pairs: tuple[tuple[Node, Node], ...]) -> tuple[str | None, tuple[Constant, ...]]:
    """Return the fact of a comparison and its constants, whichever side it stands on."""
    compared = [(fact_of(side), constant_of(other)) for side, other in pairs]
    fact = next((fact for fact, constant in compared if fact and constant is not None), None)
    return fact, tuple(constant for known, constant in compared if known == fact and constant is not None)


def constant_of(node: Node) -> Constant | None:
    """Return the value a part always has when it is written out; None otherwise."""
    match node:
        case Written(value=value):
            return value
        case Minus(of=Written(value=int() | Fraction() as value)):
            return -value
    return day_written(node)

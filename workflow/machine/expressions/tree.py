"""The parts of an expression as the author wrote it. Knows no type and no value.

`start` and `end` are offsets into the source, `depth` the longest way down. Chains of `&&` and `||` are flat.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Constant = bool | int | Fraction | str | date
Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
COMPARISONS: dict[str, Comparison] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
Gathering = Literal["all", "any", "count", "sum"]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Anything with a place in the source."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Written(Fragment):
    """A value written out: a truth, a number, a text."""

    value: Constant


@dataclass(frozen=True, slots=True)
class Name(Fragment):
    """A fact, or the row that a gathering goes through."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Fragment):
    """A fact inside a fact: `movement.plans`."""

    of: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Call(Fragment):
    """A function of the language or of the environment."""

    name: str
    inputs: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Gather(Fragment):
    """One answer from the rows of a list: `nominees.all(n, n.notice_end < day)`."""

    of: "Node"
    way: Gathering
    row: str
    body: "Node"


@dataclass(frozen=True, slots=True)
class Not(Fragment):
    """The opposite of a truth."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Minus(Fragment):
    """A number with its sign turned."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Sum(Fragment):
    """Two numbers by `+`, `-` or `*`; or the days between two dates."""

    sign: Literal["+", "-", "*"]
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Compare(Fragment):
    """Two values compared."""

    sign: Comparison
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Among(Fragment):
    """Is a value one of a list? (`in`)."""

    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Both(Fragment):
    """All of the parts hold (`&&`)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either(Fragment):
    """At least one of the parts holds (`||`)."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Pick(Fragment):
    """One of two values, by a condition (`? :`)."""

    condition: "Node"
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Items(Fragment):
    """A list written out."""

    items: tuple["Node", ...]


Node = Written | Name | Member | Call | Gather | Not | Minus | Sum | Compare | Among | Both | Either | Pick | Items


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts directly below, in the order written."""
    match node:
        case Written() | Name():
            return ()
        case Member(of=of) | Not(of=of) | Minus(of=of):
            return (of,)
        case Gather(of=of, body=body):
            return (of, body)
        case Call(inputs=parts) | Both(parts=parts) | Either(parts=parts) | Items(items=parts):
            return parts
        case Sum(left=left, right=right) | Compare(left=left, right=right) | Among(left=left, right=right):
            return (left, right)
        case Pick(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)


def calls_in(node: Node) -> Iterator[Call]:
    """Go through the calls of a tree."""
    if isinstance(node, Call):
        yield node
    for part in children(node):
        yield from calls_in(part)


def path_of(node: Node) -> str | None:
    """Spell a chain of members as a path, `movement.plans`; None for anything else."""
    match node:
        case Name(name=name):
            return name
        case Member(of=of, name=name):
            above = path_of(of)
            return above and f"{above}.{name}"
    return None


def day_written(node: Node) -> date | None:
    """Read the day that `date("2017-11-15")` writes out; None for anything else."""
    match node:
        case Call(name="date", inputs=(Written(value=str(text)),)) if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return None
    return None

"""The types of values in expressions, and the environment that gives each name of a definition its type.

Knows no definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

TypeName = Literal["bool", "int", "decimal", "text", "date", "choice", "reference", "list", "record"]

NUMBERS = frozenset({"int", "decimal"})
ORDERED = NUMBERS | {"date"}
ROWS_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Type:
    """A type. `maybe`: the value may be empty, so it must be asked for with `has` first.

    `options` are a choice's, `kind` says what a reference refers to (`person`, `unit`, `document`), `of` is the type
    of a list's rows and `limit` their greatest number, `members` are a record's.
    """

    name: TypeName
    maybe: bool = False
    options: frozenset[str] = frozenset()
    kind: str = ""
    of: "Type | None" = None
    limit: int = ROWS_AT_MOST
    members: Mapping[str, "Type"] = field(default_factory=dict)


BOOL, INT, DECIMAL, TEXT, DATE = (Type(name) for name in ("bool", "int", "decimal", "text", "date"))


def choice(*options: str) -> Type:
    """Return the type of one of these words."""
    return Type("choice", options=frozenset(options))


def reference(kind: str) -> Type:
    """Return the type of something that can only be the same or not: a person, a unit, a document."""
    return Type("reference", kind=kind)


def record(members: Mapping[str, Type]) -> Type:
    """Return the type of a fact with facts inside."""
    return Type("record", members=members)


def rows_of(of: Type, *, limit: int = ROWS_AT_MOST) -> Type:
    """Return the type of a list; it is never empty of value, only of rows."""
    return Type("list", of=of, limit=limit)


def maybe(of: Type) -> Type:
    """Return the same type for a fact that may be missing."""
    return replace(of, maybe=True)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the definition's own names, `times(return)`: which names each place takes, and what it gives.

    Its value is a fact like others: looked up under the name, or the tuple of names, that stands in its places. The
    last `optional` places may be left out.
    """

    places: tuple[frozenset[str], ...]
    result: Type
    optional: int = 0


@dataclass(frozen=True, slots=True)
class Environment:
    """All that an expression may speak of."""

    names: Mapping[str, Type]
    functions: Mapping[str, Function] = field(default_factory=dict)

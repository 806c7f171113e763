"""The organisation and the movements of Ninh Bình as they ship: units, successors, milestones and who owes what.

Reads `definitions/ninh_binh` into frozen rows and answers who stood at a given day. Knows no database and no engine.
"""

from dataclasses import dataclass
from datetime import date

from trinh.demo.shipped import DEFINITIONS, both, read_bytes, read_rows, read_tree
from workflow.exchange import units
from workflow.values import Text

ROOT = "37"
PLACE = "ninh_binh"
UNITS = "units.csv"

UnitRow = units.UnitRow
"""What ships of a unit is a row of an import like any other."""


@dataclass(frozen=True, slots=True)
class ShippedSuccessor:
    """What became of a unit; `successor` is None where it was dissolved and no source names who took it over."""

    code: str
    successor: str | None
    on: date
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that may be granted, and the kinds of unit it may be granted at."""

    code: str
    label: Text
    kinds: frozenset[str]


def read_units() -> list[UnitRow]:
    """Return every unit, parents before children, those of later years included."""
    known = units.KnownUnits(frozenset(read_kinds()), parents={})
    return units.read(read_bytes(DEFINITIONS, PLACE, UNITS), name=UNITS, known=known)


def read_successors() -> list[ShippedSuccessor]:
    """Return what became of the units that ended."""
    return [_successor(row) for row in read_rows(DEFINITIONS, PLACE, "successors.csv")]


def read_roles() -> list[RoleRow]:
    """Return the roles that may be granted."""
    tree = read_tree(DEFINITIONS, "roles.yaml")
    return [RoleRow(code, both(entry["label"]), frozenset(entry["at"])) for code, entry in tree.items()]


def read_kinds() -> dict[str, Text]:
    """Return the closed vocabulary of kinds of unit with their labels."""
    return {code: both(label) for code, label in read_tree(DEFINITIONS, "kinds.yaml").items()}


def _successor(row: dict[str, str]) -> ShippedSuccessor:
    return ShippedSuccessor(
        code=row["code"],
        successor=row["successor"] or None,
        on=date.fromisoformat(row["on"]),
        basis=row["basis"],
        note=row["note"],
    )

"""The organisation and the movements of Ninh Bình as they ship: units, successors, milestones and who owes what.

Reads `definitions/ninh_binh` into frozen rows and answers who stood at a given day. It knows no database and no engine;
the demonstration's loader imports these rows through the verbs, the tests count them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from trinh.demo.shipped import DEFINITIONS, both, read_rows, read_tree
from workflow.values import Text

Owes = Literal["yes", "invited", "no"]
ROOT = "37"
PLACE = "ninh_binh"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as `units.csv` has it. `valid_to` is excluded; `block` is the block or cluster of 2017."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    line: str | None
    valid_from: date
    valid_to: date | None
    block: str | None
    owes: Owes
    note: str
    source: str

    def is_valid(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class SuccessorRow:
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
    return [_unit(row) for row in read_rows(DEFINITIONS, PLACE, "units.csv")]


def read_successors() -> list[SuccessorRow]:
    """Return what became of the units that ended."""
    return [_successor(row) for row in read_rows(DEFINITIONS, PLACE, "successors.csv")]


def read_roles() -> list[RoleRow]:
    """Return the roles that may be granted."""
    tree = read_tree(DEFINITIONS, "roles.yaml")
    return [RoleRow(code, both(entry["label"]), frozenset(entry["at"])) for code, entry in tree.items()]


def read_kinds() -> dict[str, Text]:
    """Return the closed vocabulary of kinds of unit with their labels."""
    return {code: both(label) for code, label in read_tree(DEFINITIONS, "kinds.yaml").items()}


def _unit(row: dict[str, str]) -> UnitRow:
    return UnitRow(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        parent=row["parent"] or None,
        line=row["line"] or None,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        block=row["blocks"] or None,
        owes=cast("Owes", row["owes"]),
        note=row["note"],
        source=row["source"],
    )


def _successor(row: dict[str, str]) -> SuccessorRow:
    return SuccessorRow(
        code=row["code"],
        successor=row["successor"] or None,
        on=date.fromisoformat(row["on"]),
        basis=row["basis"],
        note=row["note"],
    )

"""The board of a movement: what units owe in it, how each of its cases stands, and what is late.

Knows labels of states and when a case is late; the query knows which units a person sees.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflow import calendars
from workflow.definitions import publishing
from workflow.errors import NotFound
from workflow.storage.queries import board as boards
from workflow.storage.queries import movements as records
from workflow.storage.queries.board import OwedRow
from workflow.storage.queries.movements import MilestoneView, MovementView
from workflow.storage.session import Tx
from workflow.tracking import DueReason, due_reasons
from workflow.values import Text, Tone


@dataclass(frozen=True, slots=True)
class Cell:
    """One obligation as a page shows it. Without a case it is an invitation nobody has taken up yet.

    `reason` says where the deadline of the case comes from, on the page of its unit.
    """

    row: OwedRow
    label: Text | None
    tone: Tone | None
    is_late: bool
    kind: Text | None = None
    reason: DueReason | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit with its obligations by milestone."""

    unit_id: int
    code: str
    name: str
    short_name: str
    kind: str
    branch_id: int | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Board:
    """Units by milestones; `branches` are the units right under the top that others belong to."""

    movement: MovementView
    milestones: tuple[MilestoneView, ...]
    rows: tuple[BoardRow, ...]
    branches: Mapping[int, str]

    @property
    def begun(self) -> tuple[MilestoneView, ...]:
        """The milestones that have a cell in some row: those that are owed later would be empty columns."""
        named = {name for row in self.rows for name in row.cells}
        return tuple(milestone for milestone in self.milestones if milestone.name in named)


def owed(tx: Tx, *, person_id: int, now: datetime) -> list[Cell]:
    """What the units owe where a person holds a desk, the latest movement first."""
    rows = boards.owed(tx, person_id, on_date=calendars.local_date(tx, now))
    milestones = {
        row.case_code: {name: row.on_date.isoformat() for name in (row.milestone, "milestone")}
        for row in rows
        if row.case_code and row.due_at and row.outcome is None
    }
    reasons = due_reasons.of_owed(tx, milestones)
    cells = (_cell(tx, row, now=now) for row in rows)
    return [replace(cell, reason=reasons.get(cell.row.case_code or "")) for cell in cells]


def board(tx: Tx, code: str, *, person_id: int, now: datetime) -> Board:
    """The board of a movement over the units a person sees."""
    whole = records.find_whole(tx, code)
    if whole is None:
        raise NotFound("movement_unknown", movement=code)
    movement, in_order = whole
    rows = boards.board(tx, code, person_id=person_id, on_date=calendars.local_date(tx, now))
    cells = [_cell(tx, row, now=now) for row in rows]
    return Board(movement, tuple(in_order), _by_unit(cells), _branches(cells))


def _cell(tx: Tx, row: OwedRow, *, now: datetime) -> Cell:
    if row.definition is None or row.state is None:
        return Cell(row, None, None, is_late=False)
    definition = publishing.compiled(tx, row.definition)
    state = definition.states[row.state]
    is_late = row.due_at is not None and row.due_at < now and state.turn is not None
    return Cell(row, state.label, state.outcome, is_late, definition.title)


def _by_unit(cells: Sequence[Cell]) -> tuple[BoardRow, ...]:
    by_unit: dict[int, list[Cell]] = {}
    for cell in cells:
        by_unit.setdefault(cell.row.unit_id, []).append(cell)
    return tuple(
        BoardRow(
            unit_id, row.unit_code, row.unit_name, row.unit_short_name, row.unit_kind, row.branch_id,
            {cell.row.milestone: cell for cell in group},
        )
        for unit_id, group in by_unit.items()
        for row in [group[0].row]
    )  # fmt: skip


def _branches(cells: Sequence[Cell]) -> dict[int, str]:
    """The branches that more than one unit belongs to: the districts, not every department."""
    members = Counter(branch for branch, _ in {(cell.row.branch_id, cell.row.unit_id) for cell in cells})
    return {
        cell.row.branch_id: cell.row.branch_name or ""
        for cell in cells
        if cell.row.branch_id is not None and members[cell.row.branch_id] > 1
    }

"""The board of a movement: what units owe in it, how each of its cases stands, and what is late.

Knows labels of states and when a case is late; the query knows which units a person sees.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.definitions import publishing
from workflow.errors import NotFound
from workflow.storage.queries import board as boards
from workflow.storage.queries import movements as records
from workflow.storage.queries.board import OwedRow
from workflow.storage.queries.movements import MilestoneView, MovementView
from workflow.storage.session import Tx
from workflow.values import Text, Tone


@dataclass(frozen=True, slots=True)
class Cell:
    """One obligation as a page shows it. Without a case it is an invitation nobody has taken up yet."""

    row: OwedRow
    label: Text | None
    tone: Tone | None
    is_late: bool
    kind: Text | None = None


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
class Count:
    """How many obligations stand in a state, `state` as filters name it.

    `kind` is the kind of case, where states of several kinds are called the same.
    """

    state: str
    label: Text
    kind: Text | None
    tone: Tone | None
    number: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of a board; None shows all. `state` is a `Count.state`, `branch_id` a unit right under the top."""

    kind: str | None = None
    branch_id: int | None = None
    state: str | None = None
    only_late: bool | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Units by milestones. `counts`, `late` and `total` are over the chosen kind and branch, in any state."""

    movement: MovementView
    milestones: tuple[MilestoneView, ...]
    rows: tuple[BoardRow, ...]
    counts: tuple[Count, ...]
    late: int
    total: int
    kinds: tuple[str, ...]
    branches: Mapping[int, str]

    @property
    def begun(self) -> tuple[MilestoneView, ...]:
        """The milestones that have a cell in some row: those that are owed later would be empty columns."""
        named = {name for row in self.rows for name in row.cells}
        return tuple(milestone for milestone in self.milestones if milestone.name in named)


def owed(tx: Tx, *, person_id: int, now: datetime) -> list[Cell]:
    """What the units owe where a person holds a desk, the latest movement first."""
    return [_cell(tx, row, now=now) for row in boards.owed(tx, person_id, on_date=calendars.local_date(tx, now))]


def board(tx: Tx, code: str, *, person_id: int, now: datetime, filters: Filters | None = None) -> Board:
    """The board of a movement over the units a person sees."""
    wanted = filters or Filters()
    whole = records.find_whole(tx, code)
    if whole is None:
        raise NotFound("movement_unknown", movement=code)
    movement, in_order = whole
    rows = boards.board(tx, code, person_id=person_id, on_date=calendars.local_date(tx, now))
    cells = [_cell(tx, row, now=now) for row in rows]
    chosen = [cell for cell in cells if _in_circle(cell.row, wanted)]
    with_case = [cell for cell in chosen if cell.label is not None]
    return Board(
        movement=movement,
        milestones=tuple(in_order),
        rows=_by_unit([cell for cell in chosen if _stands(cell, wanted)]),
        counts=_counts(with_case),
        late=sum(cell.is_late for cell in with_case),
        total=len(with_case),
        kinds=tuple(sorted({cell.row.unit_kind for cell in cells})),
        branches=_branches(cells),
    )


def _cell(tx: Tx, row: OwedRow, *, now: datetime) -> Cell:
    if row.definition is None or row.state is None:
        return Cell(row, None, None, is_late=False)
    definition = publishing.compiled(tx, row.definition)
    state = definition.states[row.state]
    is_late = row.due_at is not None and row.due_at < now and state.turn is not None
    return Cell(row, state.label, state.outcome, is_late, definition.title)


def _in_circle(row: OwedRow, wanted: Filters) -> bool:
    right_kind = wanted.kind is None or row.unit_kind == wanted.kind
    return right_kind and (wanted.branch_id is None or row.branch_id == wanted.branch_id)


def _stands(cell: Cell, wanted: Filters) -> bool:
    right_state = wanted.state is None or _state_of(cell) == wanted.state
    return right_state and (wanted.only_late is None or cell.is_late == wanted.only_late)


def _state_of(cell: Cell) -> str:
    return f"{cell.row.definition_name}.{cell.row.state}"


def _counts(cells: Sequence[Cell]) -> tuple[Count, ...]:
    numbers = Counter(map(_state_of, cells))
    shown = {_state_of(cell): cell for cell in cells}
    called = Counter(cell.label for cell in shown.values())
    return tuple(
        Count(state, cell.label or Text("", ""), cell.kind if called[cell.label] > 1 else None, cell.tone, number)
        for state, number in numbers.most_common()
        for cell in [shown[state]]
    )


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

"""The board of one milestone, by group: units below a district together, the others by block, or by kind of unit.

Knows how an obligation stands in four words; the cells come from `board`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from workflow import calendars
from workflow.errors import NotFound
from workflow.movements.board import Board, BoardRow, Cell, board
from workflow.organisation import units
from workflow.storage.queries import board as boards
from workflow.storage.queries.board import Block, SeatAt
from workflow.storage.queries.movements import MilestoneView
from workflow.storage.session import Tx
from workflow.values import Text
from workflow.vietnamese import sort_key

Standing = Literal["done", "late", "busy", "idle"]
STANDINGS: tuple[Standing, ...] = ("done", "busy", "late", "idle")


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A unit in a group: how it stands at the milestone looked at, where its case waits, how it stands at others."""

    row: BoardRow
    cell: Cell | None
    standing: Standing
    seat: SeatAt | None
    others: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """Units that are shown together. `counts` are over all of them, `lines` are those that the filter leaves."""

    name: Text
    counts: Mapping[Standing, int]
    lines: tuple[BoardLine, ...]

    @property
    def total(self) -> int:
        """How many units owe something at the milestone."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class MilestoneBoard:
    """The board of one milestone. `finished` says how many were done at the end of each day on which any was."""

    board: Board
    milestone: MilestoneView
    groups: tuple[BoardGroup, ...]
    counts: Mapping[Standing, int]
    finished: tuple[tuple[date, int], ...]
    today: date

    @property
    def others(self) -> tuple[MilestoneView, ...]:
        """The other milestones at which something is owed already."""
        return tuple(milestone for milestone in self.board.begun if milestone != self.milestone)

    @property
    def total(self) -> int:
        """How many units owe something at the milestone."""
        return sum(self.counts.values())

    @property
    def late(self) -> tuple[BoardLine, ...]:
        """The units that are late."""
        return tuple(line for group in self.groups for line in group.lines if line.standing == "late")


def by_milestone(
    tx: Tx, code: str, *, person_id: int, now: datetime, milestone: str | None = None, show: str | None = None
) -> MilestoneBoard:
    """The board of a milestone, or of the first that is not yet over, over the units that a person sees."""
    whole = board(tx, code, person_id=person_id, now=now)
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    chosen = _chosen(whole, milestone, today=today)
    blocks = boards.blocks(tx, year=today.year)
    seats = boards.seats(tx, code, milestone=chosen.name)
    lines = [_line(row, chosen.name, seats) for row in whole.rows if chosen.name in row.cells]
    ended = [
        calendar.local_date(line.cell.row.entered_at)
        for line in lines
        if line.standing == "done" and line.cell is not None and line.cell.row.entered_at is not None
    ]
    return MilestoneBoard(
        board=whole,
        milestone=chosen,
        groups=tuple(_grouped(lines, blocks, whole.branches, kinds=_kinds(tx), show=show)),
        counts=_counts(lines),
        finished=tuple(_running(ended)),
        today=today,
    )


def standing_of(cell: Cell) -> Standing:
    """How an obligation stands: done, late, begun, or nothing done about it yet."""
    if cell.tone is not None:
        return "done"
    if cell.is_late:
        return "late"
    return "busy" if (cell.row.acted_version or 1) > 1 else "idle"


def _chosen(whole: Board, name: str | None, *, today: date) -> MilestoneView:
    if name is not None:
        named = [milestone for milestone in whole.milestones if milestone.name == name]
        if not named:
            raise NotFound("movement_unknown", movement=name)
        return named[0]
    begun = whole.begun or whole.milestones
    coming = [milestone for milestone in begun if milestone.on_date >= today]
    # While units are still late with the last milestone, that is what a board is opened for.
    late = [milestone for milestone in begun if _is_late(whole, milestone)]
    return (late or coming or [*begun])[0]


def _is_late(whole: Board, milestone: MilestoneView) -> bool:
    return any(row.cells[milestone.name].is_late for row in whole.rows if milestone.name in row.cells)


def _line(row: BoardRow, milestone: str, seats: Mapping[str, SeatAt]) -> BoardLine:
    cell = row.cells[milestone]
    others = {name: standing_of(other) for name, other in row.cells.items() if name != milestone}
    return BoardLine(row, cell, standing_of(cell), seats.get(cell.row.case_code or ""), others)


def _kinds(tx: Tx) -> dict[str, Text]:
    return {word.code: Text(word.label_vi, word.label_en) for word in units.kinds(tx)}


def _grouped(
    lines: Sequence[BoardLine],
    blocks: Mapping[int, Block],
    branches: Mapping[int, str],
    *,
    kinds: Mapping[str, Text],
    show: str | None,
) -> Iterable[BoardGroup]:
    groups: dict[tuple[int, str], tuple[Text, list[BoardLine]]] = {}
    for line in lines:
        row = line.row
        block = blocks.get(row.unit_id)
        branch = branches.get(row.branch_id) if row.branch_id not in (None, row.unit_id) else None
        if branch is not None:
            key, name = (0, branch), Text(branch, branch)
        elif block is not None:
            key, name = (2, block.name), Text(block.name, block.name)
        else:
            key, name = (1, row.kind), kinds[row.kind]
        groups.setdefault(key, (name, []))[1].append(line)
    for _, (name, members) in sorted(groups.items(), key=lambda item: (item[0][0], sort_key(item[1][0].vi))):
        shown = tuple(line for line in members if show in (None, line.standing))
        if shown:
            yield BoardGroup(name, _counts(members), shown)


def _counts(lines: Iterable[BoardLine]) -> dict[Standing, int]:
    numbers = Counter(line.standing for line in lines)
    return {standing: numbers[standing] for standing in STANDINGS}


def _running(days: Iterable[date]) -> Iterable[tuple[date, int]]:
    number = 0
    for day, more in sorted(Counter(days).items()):
        number += more
        yield day, number

"""Movements and what units owe in them: importing, publishing (one case for each owing unit), the board.

Knows who is addressed by a milestone; the cases themselves are opened by `cases`, the movement being the one that opens
them. Called by `web`, `trinh` and the demonstration's loader.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars, cases
from workflow.audit import admin_acts
from workflow.definitions import publishing
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.exchange import Circle, KnownForMovements, MilestoneRow, MovementRow
from workflow.exchange import movements as exchange
from workflow.machine.checking import milestones_of
from workflow.organisation import access
from workflow.storage.queries import board as boards
from workflow.storage.queries import movements as records
from workflow.storage.queries import settings
from workflow.storage.queries.board import OwedRow
from workflow.storage.queries.movements import MilestoneView, MovementView, Owing
from workflow.storage.queries.organisation import UnitView, units
from workflow.storage.session import Tx
from workflow.values import OWN_MILESTONE, Refusal, Text, Tone


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the cases of a movement are open."""

    opened: int
    of: int


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

    `kind` says of which kind of case it is, where states of several kinds are called the same.
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
    """Units by milestones. `counts`, `late` and `total` are over the kind and branch chosen, whatever state is."""

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
        """The milestones of which something stands in a row: what is owed later would be empty columns."""
        named = {name for row in self.rows for name in row.cells}
        return tuple(milestone for milestone in self.milestones if milestone.name in named)


class CaseNotOpened(NotAllowed):
    """The definition in force would not let the movement open a case for a unit; nothing of the movement was opened."""

    def __init__(self, unit_id: int, refusal: Refusal) -> None:
        super().__init__("movement_case_refused", unit=unit_id, reasons=[reason.code for reason in refusal.reasons])
        self.refusal = refusal


def import_movement(tx: Tx, content: bytes, *, name: str, person_id: int | None, now: datetime) -> list[str]:
    """Import the movements in a YAML file and answer their codes; each can be changed until it is published.

    Raises `FaultyFile` with every fault; then nothing is written.
    """
    access.require_admin(tx, person_id, now)
    everybody = units.every(tx)
    known = KnownForMovements(
        kinds=frozenset(word.code for word in settings.kinds(tx)),
        units=frozenset(unit.code for unit in everybody),
        definitions={
            version.name: milestones_of(publishing.compiled(tx, version.hash)) - {OWN_MILESTONE}
            for version in publishing.versions(tx)
            if version.current
        },
    )
    rows = exchange.read(content, name=name, known=known)
    for row in rows:
        _write(tx, row, everybody=everybody)
        facts = {"movement": row.code, "basis": row.basis}
        admin_acts.record(tx, "movement_imported", facts, person_id=person_id, at=now)
    return [row.code for row in rows]


def publish_movement(tx: Tx, code: str, *, person_id: int | None, now: datetime) -> Iterator[Progress]:
    """Publish a movement: open a case for each obligation whose day has come. Go through the progress, then commit.

    What is open already stays; so a repeat opens only what is missing.
    """
    access.require_admin(tx, person_id, now)
    movement = find(tx, code)
    today = calendars.local_date(tx, now)
    missing = records.unopened(tx, movement.id, on_date=today)
    of = records.count_owed(tx, movement.id, on_date=today)
    if movement.published_at is None:
        records.publish(tx, movement.id, at=now, by=person_id)
        admin_acts.record(tx, "movement_published", {"movement": code, "owed": of}, person_id=person_id, at=now)
    yield Progress(of - len(missing), of)
    for number, owing in enumerate(missing, 1):
        open_owed(tx, movement, owing, now=now)
        yield Progress(of - len(missing) + number, of)


def accept(tx: Tx, code: str, *, milestone: str, unit_id: int, person_id: int, now: datetime) -> str:
    """Take up an invitation for one's unit and answer the code of the case; the same again if it is open already."""
    movement = find(tx, code)
    today = calendars.local_date(tx, now)
    found = records.find_owing(tx, movement.id, milestone=milestone, unit_id=unit_id, on_date=today)
    at_hand = {desk.unit for desk in access.standing(tx, person_id, now=now).desks}
    if found is None or movement.published_at is None or unit_id not in at_hand:
        raise NotFound("obligation_unknown", movement=code, milestone=milestone)
    owing, case_id = found
    if case_id is not None:
        return (
            next(row.case_code for row in _owed_rows(tx, person_id, now=now) if _is(row, code, milestone, unit_id))
            or ""
        )
    return open_owed(tx, movement, owing, now=now)


def open_owed(tx: Tx, movement: MovementView, owing: Owing, *, now: datetime) -> str:
    """Let the movement open the case of one obligation, and answer its code. Raises `CaseNotOpened`."""
    answer = cases.open_case(
        tx,
        owing.definition,
        unit_id=owing.unit_id,
        person_id=None,
        now=now,
        movement_id=movement.id,
        milestone=owing.milestone,
    )
    if isinstance(answer, Refusal):
        raise CaseNotOpened(owing.unit_id, answer)
    records.opened(tx, movement.id, milestone=owing.milestone, unit_id=owing.unit_id, case_id=answer.case.id)
    return answer.case.code


def find(tx: Tx, code: str) -> MovementView:
    """A movement by code."""
    found = records.find(tx, code)
    if found is None:
        raise NotFound("movement_unknown", movement=code)
    return found


def every(tx: Tx) -> list[MovementView]:
    """All movements, the latest first."""
    return records.every(tx)


def milestones(tx: Tx, code: str) -> list[MilestoneView]:
    """The milestones of a movement."""
    return records.milestones(tx, find(tx, code).id)


def under_way(tx: Tx, *, now: datetime) -> list[MovementView]:
    """The movements that are published and not over, the latest first: those that a new case may belong to."""
    today = calendars.local_date(tx, now)
    return [one for one in records.every(tx) if one.published_at and one.begins_on <= today <= one.ends_on]


def find_under_way(tx: Tx, code: str, *, now: datetime) -> MovementView:
    """A movement that a new case may belong to. Raises `NotFound`, `Invalid` for one that has not begun or is over."""
    movement = find(tx, code)
    if movement not in under_way(tx, now=now):
        raise Invalid("movement_not_under_way", title=movement.title_vi)
    return movement


def owed(tx: Tx, *, person_id: int, now: datetime) -> list[Cell]:
    """What the units owe where a person holds a desk, the latest movement first."""
    return [_cell(tx, row, now=now) for row in _owed_rows(tx, person_id, now=now)]


def board(tx: Tx, code: str, *, person_id: int, now: datetime, filters: Filters | None = None) -> Board:
    """The board of a movement over the units a person sees."""
    wanted = filters or Filters()
    whole = records.find_whole(tx, code)
    if whole is None:
        raise NotFound("movement_unknown", movement=code)
    movement, in_order = whole
    found = boards.board(tx, code, person_id=person_id, on_date=calendars.local_date(tx, now))
    cells = [_cell(tx, row, now=now) for row in found]
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


def _write(tx: Tx, row: MovementRow, *, everybody: Sequence[UnitView]) -> None:
    before = records.find(tx, row.code)
    if before is not None and before.published_at is not None:
        raise Invalid("movement_published", movement=row.code)
    head = {
        "code": row.code,
        "title_vi": row.title.vi,
        "title_en": row.title.en,
        "basis": row.basis,
        "issued_on": row.issued_on,
        "begins_on": row.begins_on,
        "ends_on": row.ends_on,
    }
    views = [
        MilestoneView(
            it.name, it.title.vi, it.title.en, it.on_date, it.exclusive, it.definition, it.opens_on, it.source
        )
        for it in row.milestones
    ]
    movement_id = records.write(tx, head, milestones=views)
    standing = [it for it in everybody if it.valid_from <= row.issued_on and not _is_over(it, row)]
    records.owe(tx, movement_id, [owing for it in row.milestones for owing in _owing(it, standing)])


def _is_over(unit: UnitView, row: MovementRow) -> bool:
    return unit.valid_to is not None and unit.valid_to <= row.issued_on


def _owing(milestone: MilestoneRow, everybody: Sequence[UnitView]) -> Iterator[Owing]:
    if milestone.definition is None:
        return
    for unit in everybody:
        owes = _addressed(unit, milestone.owed)
        if not owes and not _addressed(unit, milestone.invited):
            continue
        # What the organisation says of a unit narrows what a movement says of its kind.
        is_invited = not owes or (unit.owes == "invited" and unit.code not in milestone.owed.units)
        yield Owing(milestone.name, unit.id, milestone.definition, is_invited)


def _addressed(unit: UnitView, circle: Circle) -> bool:
    return unit.code in circle.units or (unit.kind in circle.kinds and unit.owes != "no")


def _owed_rows(tx: Tx, person_id: int, *, now: datetime) -> list[OwedRow]:
    return boards.owed(tx, person_id, on_date=calendars.local_date(tx, now))


def _is(row: OwedRow, code: str, milestone: str, unit_id: int) -> bool:
    return (row.movement_code, row.milestone, row.unit_id) == (code, milestone, unit_id)


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

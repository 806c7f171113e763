"""Lists of cases with the labels of their states, and which kinds of case somebody may open for which unit.

Knows no rule: who may open a case is asked of the machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.cases import facts, members
from workflow.cases.facts import CaseToOpen
from workflow.cases.members import Leading
from workflow.definitions import publishing
from workflow.machine.case import rights_of
from workflow.machine.definition import Definition
from workflow.organisation import access, units
from workflow.storage.queries.cases import ListedCase
from workflow.storage.queries.cases import case_lists as records
from workflow.storage.session import Tx
from workflow.values import Actor, Text

MOST_OF_A_UNIT = 200


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of a list with the label of its state; `leading` is the first case of its own list, if it is untitled."""

    row: ListedCase
    state: Text
    leading: Leading | None


@dataclass(frozen=True, slots=True)
class Openable:
    """A kind of case that somebody may open for a unit."""

    definition: str
    title: Text
    unit_id: int
    unit_name: str


def of_my_units(tx: Tx, *, person_id: int, now: datetime) -> list[CaseLine]:
    """List the cases of the units where a person holds a desk, newest first."""
    on_date = calendars.local_date(tx, now)
    return lines(tx, records.at_desks(tx, person_id, on_date=on_date, limit=MOST_OF_A_UNIT))


def openable(tx: Tx, *, person_id: int, now: datetime) -> list[Openable]:
    """Say which kinds of case a person may open, and for which units."""
    actor = access.standing(tx, person_id, now=now)
    desks = {desk.unit for desk in actor.desks} | {lent.desk.unit for lent in actor.substitutions}
    current = [version.name for version in publishing.versions(tx) if version.current]
    return [choice for name in sorted(current) for choice in _openable(tx, name, actor, desks=sorted(desks), now=now)]


def _openable(tx: Tx, name: str, actor: Actor, *, desks: list[int], now: datetime) -> Iterator[Openable]:
    definition = publishing.current(tx, name)
    if not any(start.by in definition.people for start in definition.starts):
        return
    for unit_id in desks:
        if _may_open(tx, definition, actor, unit_id=unit_id, now=now):
            yield Openable(name, definition.title, unit_id, units.find(tx, unit_id).name)


def _may_open(tx: Tx, definition: Definition, actor: Actor, *, unit_id: int, now: datetime) -> bool:
    on_date = calendars.local_date(tx, now)
    known = facts.for_opening(tx, definition, CaseToOpen(unit_id), {}, at=None, on_date=on_date, linked={}).facts
    return any(rights_of(definition, known, actor, start.by, None) for start in definition.starts)


def lines(tx: Tx, rows: Sequence[ListedCase]) -> list[CaseLine]:
    """Label the states of listed cases, and name those without a title by the first case of their list."""
    laws = {row.definition: publishing.compiled(tx, row.definition) for row in rows}
    led = members.leading(tx, ((laws[row.definition], row.code, row.title) for row in rows))
    return [CaseLine(row, laws[row.definition].states[row.state].label, led.get(row.code)) for row in rows]

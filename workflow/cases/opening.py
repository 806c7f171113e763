"""Opening cases, by a person or by a movement; and before that, which kinds somebody may open, with a blank form.

Ids and numbers are taken before the opening is decided, because history holds what the decision saw; a refusal gives
the number back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.cases import facts
from workflow.cases.acting import Acted
from workflow.cases.facts import CaseToOpen
from workflow.cases.record_world import RecordWorld
from workflow.cases.writing import write_opening
from workflow.definitions import publishing
from workflow.errors import NotAllowed
from workflow.machine.case import editable_by, rights_of
from workflow.machine.deciding import ActContext, decide_opening
from workflow.machine.definition import Definition, Field, Start
from workflow.organisation import access, units
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.values import SYSTEM, Actor, Json, Refusal, Text


@dataclass(frozen=True, slots=True)
class Openable:
    """A kind of case that somebody may open for a unit; `purpose` says when one does."""

    definition: str
    title: Text
    purpose: Text | None
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class BlankForm:
    """The form of a case that is not opened yet: the fields that may be filled in, and whether lists follow."""

    definition: Definition
    unit_id: int
    unit_name: str
    fields: tuple[Field, ...]
    lists: tuple[str, ...]


def open_case(
    tx: Tx,
    name: str,
    *,
    unit_id: int,
    person_id: int | None,
    now: datetime,
    fields: Mapping[str, Json] | None = None,
    movement_id: int | None = None,
    milestone: str | None = None,
    request_key: str | None = None,
) -> Acted | Refusal:
    """Open a case of the definition in force, for a unit; `person_id` None is the movement that opens it.

    `milestone` is that of the movement for which the unit owes the case.

    Raises `DefinitionNotFound` for a name without a published version.
    """
    earlier = records.by_request(tx, request_key) if request_key else None
    if earlier is not None:
        return Acted(earlier, None, repeated=True)
    actor = access.standing(tx, person_id, now=now) if person_id is not None else SYSTEM
    context = ActContext(actor, now, calendars.calendar_of(tx))
    definition = publishing.current(tx, name)
    world = RecordWorld(tx, context)
    beginning = world.begin_unlinked(definition, CaseToOpen(unit_id, movement_id, fields or {}, milestone))
    opened = decide_opening(world, beginning, context)
    if isinstance(opened, Refusal):
        return opened
    write_opening(tx, opened, request_key=request_key)
    return Acted(opened.plan.case, opened.plan)


def openable(tx: Tx, *, person_id: int, now: datetime) -> list[Openable]:
    """Say which kinds of case a person may open, and for which units."""
    actor = access.standing(tx, person_id, now=now)
    desks = {desk.unit for desk in actor.desks} | {lent.desk.unit for lent in actor.substitutions}
    current = [version.name for version in publishing.versions(tx) if version.current]
    return [choice for name in sorted(current) for choice in _openable(tx, name, actor, desks=sorted(desks), now=now)]


def blank_form(tx: Tx, name: str, *, unit_id: int, person_id: int, now: datetime) -> BlankForm:
    """Show what would be filled in; raises `NotAllowed` where this person may not open such a case for the unit."""
    definition = publishing.current(tx, name)
    actor = access.standing(tx, person_id, now=now)
    start = _start_for(tx, definition, actor, unit_id=unit_id, now=now)
    if start is None:
        raise NotAllowed("not_yours_to_prepare")
    edited = frozenset(editable_by(definition, definition.states[start.to], start.by))
    return BlankForm(
        definition,
        unit_id,
        units.find(tx, unit_id).name,
        tuple(field for field_name, field in definition.fields.items() if field_name in edited),
        tuple(list_name for list_name in definition.members if list_name in edited),
    )


def _openable(tx: Tx, name: str, actor: Actor, *, desks: list[int], now: datetime) -> Iterator[Openable]:
    definition = publishing.current(tx, name)
    if not any(start.by in definition.people for start in definition.starts):
        return
    for unit_id in desks:
        if _start_for(tx, definition, actor, unit_id=unit_id, now=now):
            yield Openable(name, definition.title, definition.purpose, unit_id, units.find(tx, unit_id).name)


def _start_for(tx: Tx, definition: Definition, actor: Actor, *, unit_id: int, now: datetime) -> Start | None:
    """The first way in which the actor may open such a case."""
    on_date = calendars.local_date(tx, now)
    known = facts.for_opening(tx, definition, CaseToOpen(unit_id), {}, at=None, on_date=on_date, linked={}).facts
    starts = definition.starts
    return next((start for start in starts if rights_of(definition, known, actor, start.by, None)), None)

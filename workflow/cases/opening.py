"""Opening cases, by a person or by a movement.

Ids and numbers are taken before the opening is decided, because history holds what the decision saw; a refusal gives
the number back.
"""

from collections.abc import Mapping
from datetime import datetime

from workflow import calendars
from workflow.cases.acting import Acted
from workflow.cases.facts import CaseToOpen
from workflow.cases.record_world import RecordWorld
from workflow.cases.writing import write_opening
from workflow.definitions import publishing
from workflow.machine.deciding import ActContext, decide_opening
from workflow.organisation import access
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.values import SYSTEM, Json, Refusal


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

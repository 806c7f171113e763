"""Whose move it is: the list of everything that waits for one person, at their desks or through a substitution.

Reads the assignments that were written with each Plan and knows no rule. Whether somebody may act is decided again
when they do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from workflow import calendars
from workflow.cases import members
from workflow.cases.members import Leading
from workflow.definitions import publishing
from workflow.machine.case import NOBODY
from workflow.machine.definition import Definition
from workflow.storage.queries.cases import TurnRow, inbox
from workflow.storage.session import Tx
from workflow.values import Text

CAPPED_AT = 100
"""My turn is counted up to here: nobody needs the exact number of a list that long, and it costs a scan."""


class TurnView(NamedTuple):
    """One case that waits, in words. `why` is the desk it waits at, `principal` whom the person would act for.

    `leading` is the first case of its list, where the case has no title of its own. `definition` is the name of its
    definition, `state_name` that of its state. `act` is what the state's first act is called that needs no input.
    `is_numbered`: the title is a date or the number of a paper.
    """

    code: str
    kind: Text
    short: Text
    definition: str
    title: str
    unit_id: int
    unit_name: str
    state: Text
    state_name: str
    ask: Text | None
    why: Text
    opened_at: datetime
    due_at: datetime | None
    capacity: str | None
    principal: str | None
    leading: Leading | None
    act: Text | None
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of my turn, most urgent first; `after` is where the next page begins, None at the end."""

    rows: tuple[TurnView, ...]
    after: str | None


def my_turn(tx: Tx, *, person_id: int, now: datetime, after: str | None = None, limit: int = 50) -> Page:
    """List everything that waits for this person now, the nearest deadline first, undated last.

    `after` is a `Page.after`; anything else begins at the beginning.
    """
    on_date = calendars.local_date(tx, now)
    rows = inbox.my_turn(tx, person_id, on_date=on_date, after=after, limit=limit + 1)
    shown = [(publishing.compiled(tx, row.definition), row) for row in rows[:limit]]
    led = members.leading(tx, ((law, row.code, row.title) for law, row in shown))
    return Page(
        tuple(_view(law, row, led.get(row.code)) for law, row in shown),
        inbox.cursor(rows[limit - 1]) if len(rows) > limit else None,
    )


def count_my_turn(tx: Tx, *, person_id: int, now: datetime) -> int:
    """Count the turns that wait for this person and are not put off, among the first `CAPPED_AT`."""
    return inbox.count_my_turn(tx, person_id, on_date=calendars.local_date(tx, now), now=now, cap=CAPPED_AT)


def simple_acts(definition: Definition, state: str) -> Iterator[tuple[str, Text]]:
    """Go through the acts of a state that people do without handing anything in: their names and labels."""
    for action in definition.states[state].actions.values():
        if all(way.by not in NOBODY and not way.requires for way in action.alternatives):
            yield action.name, action.label


def _view(definition: Definition, row: TurnRow, leading: Leading | None) -> TurnView:
    state = definition.states[row.state]
    ask = state.asks.get(row.slot.partition(":")[0])
    return TurnView(
        code=row.code,
        kind=definition.title,
        short=definition.short or definition.title,
        definition=definition.name,
        title=row.title,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        state=state.label,
        state_name=row.state,
        ask=ask.label if ask else None,
        why=Text(f"{row.why.vi}, {row.desk_name}", f"{row.why.en}, {row.desk_name}"),
        opened_at=row.opened_at,
        due_at=row.due_at,
        capacity=row.capacity,
        principal=row.principal,
        leading=leading,
        act=None if ask else next((label for _, label in simple_acts(definition, row.state)), None),
        is_numbered=members.is_numbered(definition),
    )

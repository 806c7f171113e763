"""Lists of cases with the labels of their states. Knows no rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.cases import members
from workflow.cases.members import Leading
from workflow.definitions import publishing
from workflow.machine.definition import Definition
from workflow.storage.queries.cases import ListedCase
from workflow.storage.queries.cases import case_lists as records
from workflow.storage.session import Tx
from workflow.values import Text

MOST_OF_A_UNIT = 200


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of a list with the label of its state; `leading` is the first case of its own list, if it is untitled.

    `kind` is the short title of its definition; `is_numbered`: its title is a date or the number of a paper.
    """

    row: ListedCase
    state: Text
    leading: Leading | None
    kind: Text
    is_numbered: bool


def of_my_units(tx: Tx, *, person_id: int, now: datetime) -> list[CaseLine]:
    """List the cases of the units where a person holds a desk, newest first."""
    on_date = calendars.local_date(tx, now)
    return lines(tx, records.at_desks(tx, person_id, on_date=on_date, limit=MOST_OF_A_UNIT))


def lines(tx: Tx, rows: Sequence[ListedCase]) -> list[CaseLine]:
    """Label the states of listed cases, and name those without a title by the first case of their list."""
    laws = {row.definition: publishing.compiled(tx, row.definition) for row in rows}
    led = members.leading(tx, ((laws[row.definition], row.code, row.title) for row in rows))
    return [_line(row, laws[row.definition], led.get(row.code)) for row in rows]


def _line(row: ListedCase, definition: Definition, leading: Leading | None) -> CaseLine:
    label, kind = definition.states[row.state].label, definition.short or definition.title
    return CaseLine(row, label, leading, kind, members.is_numbered(definition))

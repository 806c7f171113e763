"""Reading what has to do with time: due dates and budgets, named clocks, the escalation.

Knows the phrases `3 wd`, `20 d`, `before movement.plans`, `at day`, `until day`, `until filing - 3 wd`, `then 5 wd`;
counts no day.
"""

import re
from collections.abc import Mapping
from typing import Literal, cast

from workflow.machine.definition import Budget, Clock, Due, DueDate, EscalationStep
from workflow.machine.loading.cursor import Cursor, label_in, shown

_BUDGET = re.compile(r"(?P<count>[1-9][0-9]{0,3}|[a-z][a-z0-9_]{0,39}) +(?P<unit>wd|d)\Z")
_DATE = re.compile(
    r"(?P<edge>before|at|until) +(?P<movement>movement\.)?(?P<name>[a-z][a-z0-9_]{0,39})"
    r"(?: +(?P<sign>[-+]) *(?P<count>[1-9][0-9]{0,3}) +(?P<unit>wd|d))?\Z"
)
_STEP = re.compile(r"(?P<then>then +)?(?P<count>-?(?:0|[1-9][0-9]{0,2})) +wd\Z")
MOST_CLOCKS = 3
"""Each named clock doubles what a case can be in, and nobody keeps more of them in mind."""
DUES = (
    "3 wd",
    "20 d",
    "PARAM wd",
    "CLOCK",
    "before movement.MILESTONE",
    "until movement.MILESTONE",
    "until FIELD",
    "at FIELD",
    "before FIELD - 3 wd",
)


def due_of(cursor: Cursor, *, clocks: Mapping[str, Clock] | frozenset[str]) -> Due:
    """Read a due of its own: a budget, or a date with its edge."""
    written = cursor.words()
    if match := _BUDGET.match(written):
        return _budget(match["count"], match["unit"])
    match = _DATE.match(written)
    if not match:
        cursor.fault("not_a_due", found=shown(written), allowed=DUES)
        return Budget(1, "wd")
    edge = cast('Literal["before", "at", "until"]', match["edge"])
    source: Literal["movement", "field", "clock"] = "clock" if match["name"] in clocks else "field"
    offset = _budget(match["sign"].replace("+", "") + match["count"], match["unit"]) if match["sign"] else None
    return DueDate(edge, "movement" if match["movement"] else source, match["name"], offset)


def turn_due_of(cursor: Cursor, *, clocks: Mapping[str, Clock] | frozenset[str], fields: frozenset[str]) -> str | Due:
    """Read the due of a turn: the name of a clock, a date field (until its end), or a due of its own."""
    written = cursor.words()
    if written in clocks:
        return written
    if written in fields:
        return DueDate("until", "field", written)
    return due_of(cursor, clocks=clocks)


def _budget(count: str, unit: str) -> Budget:
    return Budget(int(count) if count.lstrip("-").isdigit() else count, "wd" if unit == "wd" else "d")


def clocks_of(cursor: Cursor) -> dict[str, Clock]:
    """Read `clocks`."""
    parts = cursor.named(most=MOST_CLOCKS)
    names = frozenset(parts)
    return {name: _clock(name, part, names - {name}) for name, part in parts.items()}


def _clock(name: str, cursor: Cursor, others: frozenset[str]) -> Clock:
    parts = cursor.parts("clock")
    given = [key for key in ("budget", "due") if key in parts]
    if len(given) != 1:
        cursor.fault("budget_or_due")
    due: Due = due_of(parts[given[0]], clocks=others) if given else Budget(1, "wd")
    if given == ["budget"] and not isinstance(due, Budget):
        parts["budget"].fault("not_a_budget")
    again = parts["again"].one_of(("continue", "restart")) if "again" in parts else "continue"
    return Clock(
        name=name,
        due=due,
        starts=parts["starts"].names() if "starts" in parts else (),
        stops=parts["stops"].names() if "stops" in parts else (),
        again="restart" if again == "restart" else "continue",
        label=label_in(parts),
        extend={action: part.name() for action, part in parts["extend"].named().items()} if "extend" in parts else {},
    )


def escalation_of(cursor: Cursor) -> tuple[EscalationStep, ...]:
    """Read `escalation`: steps in rising order; `then 5 wd` repeats every five days after the step before it."""
    steps: list[EscalationStep] = []
    for key, value in cursor.keyed():
        written = key.words()
        match = _STEP.match(written)
        if not match or (match["then"] and int(match["count"]) < 1):
            key.fault("not_a_step", found=shown(written))
            continue
        step = _step(match, value.name(), steps)
        if steps and (steps[-1].repeats_after or step.after <= steps[-1].after):
            key.fault("steps_out_of_order", found=shown(written))
        steps.append(step)
    return tuple(steps)


def _step(match: re.Match[str], who: str, before: list[EscalationStep]) -> EscalationStep:
    count = int(match["count"])
    if not match["then"]:
        return EscalationStep(count, who)
    return EscalationStep((before[-1].after if before else 0) + count, who, repeats_after=count)


def budget_name(due: object) -> str | None:
    """Name the param that a due takes its days from, if it does."""
    budget = due.offset if isinstance(due, DueDate) else due
    return budget.count if isinstance(budget, Budget) and isinstance(budget.count, str) else None

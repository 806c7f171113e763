"""Time as the rules count it: working days, ledgers of what ran when, and the moments at which something is due."""

from workflow.machine.calendar import due_moments, ledgers, working_days
from workflow.machine.calendar.due_moments import at, before, due_on, remaining_wd, repeat_at, step_at, until
from workflow.machine.calendar.ledgers import instant_of, instant_text, is_extended
from workflow.machine.calendar.working_days import (
    MORNING,
    Calendar,
    DayKind,
    Days,
    OutsideCalendar,
    Unit,
    add_working_days,
    calendar_of,
    next_working_day,
    shift,
    working_days_between,
)

__all__ = [
    "MORNING",
    "Calendar",
    "DayKind",
    "Days",
    "OutsideCalendar",
    "Unit",
    "add_working_days",
    "at",
    "before",
    "calendar_of",
    "due_moments",
    "due_on",
    "instant_of",
    "instant_text",
    "is_extended",
    "ledgers",
    "next_working_day",
    "remaining_wd",
    "repeat_at",
    "shift",
    "step_at",
    "until",
    "working_days",
    "working_days_between",
]

"""The last act of a case, read from history: what taking it back would restore, and whether it can be taken back.

Can be: an act of a person on this case alone, which put nothing out of the house and in no box. The rest is final, as
`weights` says, or touches what others rest on: links, lists, places.
"""

from collections.abc import Callable, Iterable, Mapping

from workflow.machine.calendar import Calendar
from workflow.machine.deciding.cascade import ActContext, DecidedAct, KnownFacts
from workflow.machine.deciding.consequences.ended_asks import asks_ended
from workflow.machine.deciding.consequences.weights import weight_of
from workflow.machine.deciding.replay import ReplayEntry, decide_again, definitions_in, fold
from workflow.machine.definition import Definition
from workflow.values import OPEN, Undone


def last_act(
    definition_of: Callable[[str], Definition],
    entries: Iterable[ReplayEntry],
    *,
    calendar: Calendar,
    calendar_at: Callable[[str], Calendar] | None = None,
) -> Undone:
    """Return what the last entry of a case did, and the case before it; `entries` are all of them, in order.

    Raises NotFoldable where history does not come out as it was decided.
    """
    *earlier, last = entries
    if not earlier:
        case = fold(definition_of, [last], calendar=calendar, calendar_at=calendar_at)
        return Undone(OPEN, last.actor.person, case, last.now, is_final=True)
    before = fold(definition_of, earlier, calendar=calendar, calendar_at=calendar_at)
    days = calendar_at(last.calendar) if calendar_at and last.calendar else calendar
    plan = decide_again(definition_of, before, last, days, seq=len(earlier) + 1)
    definition = definition_of(before.definition)
    decided = DecidedAct(definition, before, last.act, plan, last.facts, ActContext(last.actor, last.now, days))
    undoable = can_be_undone(decided, definitions_in(definition_of, last.facts))
    return Undone(
        plan.action,
        last.actor.person,
        before,
        last.now,
        plan.on_behalf,
        plan.desk,
        is_final=not undoable,
        inputs=plan.inputs,
    )


def can_be_undone(decided: DecidedAct, definitions: Mapping[str, Definition]) -> bool:
    """Tell whether a decided act can be taken back; `definitions` are those of the cases in its facts, by hash."""
    plan, actor = decided.plan, decided.by.actor
    by_person = actor.person is not None and actor.link is None
    if not by_person or plan.changes_more or plan.action not in decided.definition.states[plan.was].actions:
        return False
    ended = asks_ended(decided, KnownFacts(decided.facts, definitions))
    return weight_of(decided, reads_asks=any(after.counted for after in ended)) != "final"

"""What coming into a state brings: the turn with its clock, escalation and letter, the questions, the next waking.

Knows nothing of the act that led there but its name. Everything is computed for the case as it is after the act;
waking also after acts that do not change the state.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from workflow.machine.calendar import Calendar, instant_text
from workflow.machine.case import (
    NOBODY,
    GuardFacts,
    Question,
    barred_from_turn,
    case_clocks,
    desks_of,
    oneself,
    seats_of,
)
from workflow.machine.deciding.assignments import put_asks, turn_claims
from workflow.machine.definition import Action, Alternative, Definition, State
from workflow.machine.expressions import Guard
from workflow.values import Assignment, Case, Deadline, Desk, Json, Notice

_KEPT = 1_024
"""Answers kept that follow from a definition alone."""


class Entered(NamedTuple):
    """The case in its new state and everything that opens there."""

    case: Case
    opens: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    notices: tuple[Notice, ...]


def enter(question: Question, after: Case, *, had: tuple[Desk, ...] = ()) -> Entered:
    """Give a case that just came into its state what the state brings: turn, asks, waking, letters.

    `had` are the desks whose turn it was until now: they know the case and get no letter that it is theirs.
    """
    state = question.definition.states[after.state]
    after, turn_deadline = _with_turn(question, state, _counted(question, after))
    has_it = turn_claims.picked(question, state, after)
    if has_it is not None:
        after = after._replace(clocks={**after.clocks, case_clocks.TAKEN: has_it})
    desks = turn_desks(question, state, after)
    barred = barred_from_turn(question.definition, after) if desks else frozenset()
    turns = turn_claims.turns(question, state, after, barred)
    fresh = tuple(turn.desk for turn in turns if turn.desk not in had and turn.person is None)
    letters = _letters(question, state, after, desks=fresh, barred=barred)
    if has_it is not None:
        letters = (Notice("turn", (), (has_it,), notice_facts(question, after), oneself(question.actor)), *letters)
    opened = (turn_deadline,) if turn_deadline else ()
    if state.asks:
        asks = put_asks.put(question, state, after)
        after = after._replace(asks=asks.asks)
        turns, opened, letters = (*turns, *asks.opens), (*opened, *asks.deadlines), (*letters, *asks.notices)
    waking = wake(question, after)
    return Entered(after, turns, (*opened, waking) if waking else opened, letters)


def _counted(question: Question, after: Case) -> Case:
    """Return the case with the moment from which its new turn counts, where that is not its entry."""
    if question.effective is None and case_clocks.SINCE not in after.clocks:
        return after
    since: dict[str, Json] = {case_clocks.SINCE: instant_text(question.effective)} if question.effective else {}
    return after._replace(
        clocks={**{name: ledger for name, ledger in after.clocks.items() if name != case_clocks.SINCE}, **since}
    )


def _with_turn(question: Question, state: State, after: Case) -> tuple[Case, Deadline | None]:
    calendar = question.calendar
    if state.turn is None:
        ledgers = {name: ledger for name, ledger in after.clocks.items() if name not in case_clocks.OF_TURN}
        return after._replace(clocks=ledgers, due_at=None), None
    ledgers, dues = case_clocks.entered(state.turn, after, question.times)
    due = case_clocks.turn_due(state.turn, dues)
    deadline = case_clocks.next_step(question.definition, due, calendar, after=question.now) if due else None
    if deadline:
        ledgers[case_clocks.STEP] = deadline.step
    return after._replace(clocks=ledgers, due_at=min(dues.values(), default=None)), deadline


def turn_desks(question: Question, state: State, case: Case) -> tuple[Desk, ...]:
    """List the desks whose turn a state is; none where an external party or a link is waited for."""
    if state.turn is None or state.turn.who in NOBODY:
        return ()
    return desks_of(seats_of(question.definition, question.facts, state.turn.who, case))


def _letters(
    question: Question, state: State, after: Case, *, desks: tuple[Desk, ...], barred: frozenset[int]
) -> tuple[Notice, ...]:
    """Write to the people of the turn and, at an outcome, to those who prepared the case; never to the actor."""
    actor = oneself(question.actor)
    facts = notice_facts(question, after)
    letters = (Notice("turn", desks, (), facts, barred | actor),) if desks else ()
    others = tuple(desk for desk in preparing_desks(question) if desk not in desks) if state.outcome else ()
    if not others:
        return letters
    return (*letters, Notice("outcome", others, (), {**facts, "tone": state.outcome}, actor))


def notice_facts(question: Question, after: Case) -> dict[str, Json]:
    """Return the facts that every letter about an act has."""
    due_at = instant_text(after.due_at) if after.due_at else None
    return {"state": after.state, "action": question.act.action, "due_at": due_at}


@lru_cache(maxsize=_KEPT)
def preparers(definition: Definition) -> tuple[str, ...]:
    """List the names of those who prepare a case: who opens it or edits it in any state."""
    editing = [party for state in definition.states.values() for party in state.edit]
    names = dict.fromkeys([*(start.by for start in definition.starts), *editing])
    return tuple(name for name in names if name in definition.people)


def preparing_desks(question: Question) -> tuple[Desk, ...]:
    """List the desks at which the case was prepared."""
    definition = question.definition
    return desks_of(
        seat for name in preparers(definition) for seat in seats_of(definition, question.facts, name, question.case)
    )


def wake(question: Question, after: Case) -> Deadline | None:
    """Say when the actions that the system takes by itself must be asked again: now, or when `today` has moved on."""
    guards = _system_guards(question.definition, after.state)
    if not guards:
        return None
    seen = GuardFacts(question._replace(case=after, given={}))
    calendar, now = question.calendar, question.now
    if any(guard is None or guard.holds(seen, calendar) for guard in guards):
        return Deadline(case_clocks.WAKE, now)
    days = [_flips_on(question, guard, seen) for guard in guards if guard]
    moments = [case_clocks.start_of(day, calendar) for day in days if day]
    return _earliest((*moments, *_run_outs(question, after, guards)), after=now)


def by_system(action: Action) -> tuple[Alternative, ...]:
    """List the alternatives that the system takes by itself."""
    return tuple(alternative for alternative in action.alternatives if alternative.by == "system")


def wakes(definition: Definition, state: str) -> bool:
    """Tell whether the system ever wakes a case in a state, for actions that it takes by itself."""
    return bool(_system_guards(definition, state))


def _run_outs(question: Question, after: Case, guards: Iterable[Guard | None]) -> Iterator[datetime]:
    """Go through the moments at which clocks run out that guards ask about."""
    turn = question.definition.states[after.state].turn
    for path in {path for guard in guards if guard for path in guard.reads if path.startswith("overdue(")}:
        clock = path.removeprefix("overdue(").removesuffix(")")
        out_at = case_clocks.runs_out_at(turn, after, clock, question.calendar)
        if out_at:
            yield out_at


def _flips_on(question: Question, guard: Guard, seen: GuardFacts) -> date | None:
    """Find the day on which a guard changes its answer by the passing of time.

    An answer that depends on the movement's dates only is cached: many cases share it.
    """
    today = question.calendar.local(question.now).date()
    if any(_linked(question.definition, path) for path in guard.reads):
        # Nothing tells a case when those linked to it move on, so it looks every morning.
        return today + timedelta(days=1)
    if any(not path.startswith(("today", "movement.")) for path in guard.reads):
        return guard.next_flip_date(seen.with_all(guard.reads), question.calendar, today)
    dates = tuple(sorted((question.facts.movement or {}).items()))
    return _flips_with_movement(_Written(guard), dates, question.calendar, today)


def _linked(definition: Definition, path: str) -> bool:
    name = path.partition(".")[0]
    return name in definition.links or name in definition.members


class _Written:
    """A guard as a key: two are equal when they have the same text over the same names."""

    __slots__ = ("guard",)

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def __hash__(self) -> int:
        return hash(self.guard.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.guard == other.guard


@lru_cache(maxsize=_KEPT)
def _flips_with_movement(
    written: _Written, dates: tuple[tuple[str, str], ...], calendar: Calendar, today: date
) -> date | None:
    return written.guard.next_flip_date({"today": today, "movement": dict(dates)}, calendar, today)


@lru_cache(maxsize=_KEPT)
def _system_guards(definition: Definition, state: str) -> tuple[Guard | None, ...]:
    return tuple(way.when for action in definition.states[state].actions.values() for way in by_system(action))


def _earliest(moments: Iterable[datetime], *, after: datetime) -> Deadline | None:
    earliest = min((moment for moment in moments if moment > after), default=None)
    return Deadline(case_clocks.WAKE, earliest) if earliest else None

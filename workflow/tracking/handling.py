"""With whom a case is, and by when the steps of it are to be done: what promises are made of.

Pure: knows the definition, the case with its ledgers, and its passages. Reads no record and no clock of the machine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from workflow.machine.calendar import Calendar, Days, ledgers
from workflow.machine.case import allowance_of, case_clocks
from workflow.machine.definition import LINK, Budget, Clock, Definition, DueDate, State, Turn
from workflow.tracking.ways import reachable, way_to_good_end
from workflow.values import OPEN, Case

WAY = ""
"""The kind of a promise that is the sum of the steps' limits; that of a clock is the clock's name."""
OWN = "unit"
"""The relation of people who sit at the unit whose case it is."""


class Happening(Protocol):
    """What a promise needs to know of an entry of history."""

    @property
    def at(self) -> datetime: ...
    @property
    def action(self) -> str: ...
    @property
    def was(self) -> str: ...
    @property
    def state(self) -> str: ...


class Handling(NamedTuple):
    """When a case came to those who handle it, and when they took it in: their first act that kept it with them."""

    handed_in_at: datetime | None
    received_at: datetime | None


@dataclass(frozen=True)
class PromiseRules:
    """What promises are made by: the definition, the case with its clocks, calendar, movement, extensions of clocks."""

    definition: Definition
    case: Case
    calendar: Calendar
    milestones: Mapping[str, str]
    extended_at: Mapping[str, datetime]

    @cached_property
    def has_submitter(self) -> bool:
        """Whether there is somebody at the case's unit who hands it in, and waits for an answer."""
        turns = (state.turn for state in self.definition.states.values() if state.turn)
        return any(self._relation(turn.who) == OWN for turn in turns)

    def is_handled(self, name: str, at: datetime, *, before: bool) -> bool:
        """Tell whether a case in a state is with those who handle it, and not with the unit that brought it.

        Where only another case can move it on, it is with those with whom it was before.
        """
        state = self.definition.states[name]
        if state.turn is None or state.turn.who == LINK:
            return before
        if self._relation(state.turn.who) != OWN:
            return self.has_submitter
        return state.turn.who not in state.edit and bool(self.running(at))

    def _as_of(self, ledger: ledgers.ClockLedger, at: datetime) -> ledgers.ClockLedger:
        """Return a clock as it stood just after a moment."""
        spans = tuple(
            ledgers.Span(span.began_at, span.ended_at if span.ended_at and span.ended_at <= at else None)
            for span in ledger.spans
            if span.began_at <= at
        )
        if ledger.name in self.extended_at and at < self.extended_at[ledger.name]:
            limit = allowance_of(self.definition.clocks[ledger.name].due, self.case, self._times(at))
            ledger = ledgers.replan(ledger, ledger.limit if limit is None else limit)
        return ledger._replace(spans=spans, counted=min(ledger.counted, max(0, len(spans) - 1)))

    def _times(self, at: datetime) -> case_clocks.Times:
        return case_clocks.Times(self.calendar, self.definition.params, self.milestones, at)

    @cached_property
    def _of_handling(self) -> tuple[str, ...]:
        """The clocks with a budget that do not begin where the unit prepares the case: those are its own time."""
        budgets = [clock for clock in self.definition.clocks.values() if isinstance(clock.due, Budget)]
        return tuple(clock.name for clock in budgets if not any(map(self._prepares, self._begins_in(clock))))

    def _begins_in(self, clock: Clock) -> Iterator[str]:
        """Go through the states in which a clock begins to run."""
        if OPEN in clock.starts:
            yield from (start.to for start in self.definition.starts)
        for state in self.definition.states.values():
            ways = (way for name in clock.starts if name in state.actions for way in state.actions[name].alternatives)
            yield from (way.to for way in ways if way.to and way.to in self.definition.states)

    def _prepares(self, name: str) -> bool:
        state = self.definition.states[name]
        return state.turn is not None and self._relation(state.turn.who) == OWN and state.turn.who in state.edit

    def _relation(self, who: str) -> str | None:
        party = self.definition.people.get(who)
        return party.place.relation if party else None

    def running(self, at: datetime) -> dict[str, datetime]:
        """Say when each clock with a budget is due that ran just after a moment."""
        dues: dict[str, datetime] = {}
        for name in self._of_handling:
            stored = self.case.clocks.get(name)
            if stored:
                due = ledgers.due_at(self._as_of(ledgers.from_json(stored), at), self.calendar)
                dues |= {name: due} if due else {}
        return dues

    def is_over(self, clock: str, entry: Happening) -> bool:
        """Tell whether an entry stopped a clock for good: nothing that may follow starts it again."""
        if clock in self.running(entry.at):
            return False
        starts = self.definition.clocks[clock].starts
        return not any(
            action in starts
            for name in reachable(self.definition, entry.state)
            for action in self.definition.states[name].actions
        )

    def promised(self, name: str, *, entered_at: datetime, at: datetime) -> tuple[str, datetime] | None:
        """Say what is promised of a case in a state, and by which clock."""
        running = self.running(at)
        if running:
            clock = max(running, key=running.__getitem__)
            return clock, running[clock]
        due = self._way_due(name, entered_at)
        return (WAY, due) if due else None

    def step_due(self, state: State, entered_at: datetime) -> datetime | None:
        """Say by when a step entered at a moment is to be done, by its own limit."""
        turn = state.turn
        if turn is None or turn.due is None or isinstance(turn.due, str):
            return None
        return self._limit_from(turn, entered_at)

    def _limit_from(self, turn: Turn, start: datetime) -> datetime | None:
        if turn.due is None or isinstance(turn.due, str):
            return None
        if isinstance(turn.due, DueDate) and turn.due.source == "clock":
            return None
        limit = allowance_of(turn.due, self.case, self._times(start))
        if limit is None or not isinstance(limit, Days):
            return limit
        return ledgers.due_at(ledgers.start(ledgers.ClockLedger(case_clocks.TURN, limit), start), self.calendar)

    def _way_due(self, name: str, entered_at: datetime) -> datetime | None:
        """Add up the limits of the steps from a state to a good end; None where one of them has none."""
        way = way_to_good_end(self.definition, name)
        if not way:
            return None
        due: datetime | None = entered_at
        for step in (name, *way[:-1]):
            turn = self.definition.states[step].turn
            due = self._limit_from(turn, due) if turn and due else None
        return due


def extensions(definition: Definition, entries: Iterable[Happening]) -> dict[str, datetime]:
    """Say when each clock was extended that was: before that, its limit was that of the definition."""
    return {
        clock.name: entry.at
        for entry in entries
        for clock in definition.clocks.values()
        if entry.action in clock.extend
    }


def handling(rules: PromiseRules, entries: Iterable[Happening]) -> Handling:
    """Say when a case was handed in the last time, and since when it has been taken in."""
    handed_in_at = received_at = None
    handled = False
    for entry, _ in with_arrival(rules.definition, entries):
        before, is_ended = handled, rules.definition.states[entry.state].outcome is not None
        handled = before if is_ended else rules.is_handled(entry.state, entry.at, before=before)
        if handled and not before:
            handed_in_at, received_at = entry.at, None
        elif handled and entry.state != entry.was:
            received_at = received_at or entry.at
    return Handling(handed_in_at, received_at)


def with_arrival(definition: Definition, entries: Iterable[Happening]) -> Iterator[tuple[Happening, datetime]]:
    """Pair each entry with the moment at which the state it left the case in was entered."""
    entered_at: datetime | None = None
    for entry in entries:
        if entered_at is None or entry.state != entry.was:
            entered_at = entry.at
        if entry.state in definition.states:
            yield entry, entered_at

"""Two clocks on one case: where the turns on the shortest good way take longer than the clock above them allows.

Counts days of the same kind only; a turn that is due with the clock takes none of its own. Knows configurations, no
calendar.
"""

import heapq
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from workflow.machine.checking.rules.paths import is_settled
from workflow.machine.checking.search import Configuration, ConfigurationMove, Reached, ways_of
from workflow.machine.definition import Alternative, Budget, Clock, Definition, Due, Finding, PathStep, finding_at


class _Way(NamedTuple):
    """The days that turns take on the way to the end of a clock, and the steps since it started."""

    days: int
    steps: tuple[PathStep, ...]


def sum_findings(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Warn of clocks whose budget is less than the turns under it take, on every way that does not end badly."""
    for clock in definition.clocks.values():
        allowed = _days(definition, clock.due, clock.due)
        shortest = _shortest(definition, reached, clock) if allowed else None
        if shortest and shortest.days > allowed:
            yield finding_at(
                definition,
                "turns_exceed_clock",
                f"clocks.{clock.name}",
                severity="warning",
                steps=shortest.steps,
                clock=clock.name,
                allowed=allowed,
                sum=shortest.days,
            )


def _days(definition: Definition, due: str | Due | None, like: str | Due | None) -> int:
    """Count the days of a budget in the same kind of days as another; 0 for anything else."""
    if not isinstance(due, Budget) or not isinstance(like, Budget) or due.unit != like.unit:
        return 0
    days = definition.params[due.count].otherwise if isinstance(due.count, str) else due.count
    return days if isinstance(days, int) else 0


def _shortest(definition: Definition, reached: Reached, clock: Clock) -> _Way | None:
    """Find the way with the fewest days of turns from where a clock starts until it stops or a case ends not badly."""
    alternatives = dict(ways_of(definition))
    queue: list[tuple[int, int, int, Configuration | None, tuple[PathStep, ...]]] = []
    order = count()

    def put(days: int, at: Configuration | None, steps: tuple[PathStep, ...]) -> None:
        heapq.heappush(queue, (days, len(steps), next(order), at, steps))

    def taken(at: Configuration) -> int:
        turn = definition.states[at.state].turn
        return _days(definition, turn.due, clock.due) if turn else 0

    for start in _starts(reached, clock):
        put(taken(start), start, reached.path_to(start))
    best: dict[Configuration, int] = {}
    while queue:
        days, _, _, at, steps = heapq.heappop(queue)
        if at is None:
            return _Way(days, steps)
        if at in best:
            continue
        best[at] = days
        for move in reached.moves.get(at, ()):
            target, beyond = definition.states[move.to.state], (*steps, _step(alternatives[move.way], move))
            if clock.name not in move.to.running or is_settled(target):
                if target.outcome != "bad":
                    put(days, None, beyond)
            else:
                put(days + (taken(move.to) if move.to.state != at.state else 0), move.to, beyond)
    return None


def _starts(reached: Reached, clock: Clock) -> Iterator[Configuration]:
    first = (at for at in reached.moves if reached.parents[at][0] is None)
    yield from (at for at in first if clock.name in at.running)
    for at, moves in reached.moves.items():
        if clock.name not in at.running:
            yield from (move.to for move in moves if clock.name in move.to.running)


def _step(alternative: Alternative, move: ConfigurationMove) -> PathStep:
    return PathStep(move.way.action, alternative.by, move.to.state)

"""Moves and journeys: what people do to a case, how long they take over it, and how a case comes to where it ends.

Knows no definition; each family brings moves of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Final

from trinh.demo.days import Window, moments, working_days
from trinh.demo.stage import Play, PlayedCase, Stage

PENDING_SINCE: Final = 3
"""The most working days that a pending case has waited. With more, the demonstration would begin with late cases."""

Journey = Sequence[str]
Played = Sequence[tuple[str, Journey, date]]
"""For each case its unit, its journey, and the day of the last act."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a family is handed: the seed, the movement that is played with its days, the plans that units owe in it."""

    seed: int
    movement: str
    movement_id: int
    window: Window
    plans: Mapping[str, str] = field(default_factory=dict)

    def chance(self, *about: str) -> Random:
        """A source of chance for one thing alone, so that playing another thing differently does not change it."""
        return Random("/".join((str(self.seed), *about)))  # noqa: S311 - for a demonstration, not for secrets


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that somebody does, and after how many working days."""

    play: Callable[[Stage, PlayedCase], None]
    waits: tuple[int, ...] = (0,)


Moves = Mapping[str, Move]


def settled(stage: Stage, part: PlayedCase, moves: Moves, journey: Journey, *, window: Window) -> Play:
    """Play a journey that ends on some day of a window, late enough for all its moves to fit in."""
    waits = _waits(part, moves, journey)
    span = working_days(stage.calendar, window)
    last = part.chance.choice(span[min(sum(waits[1:]), len(span) - 1) :])
    return _played(stage, part, moves, journey, waits=waits, within=Window(window.first, last))


def pending(stage: Stage, part: PlayedCase, moves: Moves, journey: Journey, *, window: Window) -> Play:
    """Play an unfinished journey whose last move so far is in the last days of a window."""
    waits = _waits(part, moves, journey)
    last = part.chance.choice(working_days(stage.calendar, window)[-PENDING_SINCE:])
    return _played(stage, part, moves, journey, waits=waits, within=Window(window.first, last))


def ending_on(stage: Stage, part: PlayedCase, moves: Moves, journey: Journey, *, within: Window) -> Play:
    """Play a journey whose last move is on the last day of a window."""
    return _played(stage, part, moves, journey, waits=_waits(part, moves, journey), within=within)


def each_ending_on(stage: Stage, cue: Cue, definition: str, played: Played, moves: Moves) -> Iterator[Play]:
    """Play journeys of one kind of case, each with its last move on the day that is given for it."""
    for number, (unit, journey, day) in enumerate(played):
        part = PlayedCase(stage.cast.rows[unit], cue.chance(definition, f"{number}"), movement=cue.movement_id)
        yield ending_on(stage, part, moves, journey, within=Window(cue.window.first, day))


def _waits(part: PlayedCase, moves: Moves, journey: Journey) -> list[int]:
    return [part.chance.choice(moves[name].waits) for name in journey]


def _played(
    stage: Stage, part: PlayedCase, moves: Moves, journey: Journey, *, waits: Sequence[int], within: Window
) -> Iterator[datetime]:
    at = moments(part.chance, stage.calendar, waits, last=within.last, first=within.first)
    for name, moment in zip(journey, at, strict=True):
        yield moment
        moves[name].play(stage, part)

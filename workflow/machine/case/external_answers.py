"""Answers of external parties: which acts record one, with which paper, and from which day it counts.

A party without an account is waited for like anybody else; its answer is a paper (number, date, sender, scan) that
somebody with an account hands in, with the day on which it was received. Clocks count from that day, history's `at`
stays the moment of recording. Knows papers and days, no right.
"""

from datetime import date, datetime
from functools import lru_cache

from workflow.machine.case import case_clocks
from workflow.machine.case.question import Question
from workflow.machine.definition import Alternative, Definition, State
from workflow.values import Json, Reason

RECEIVED = "received"
"""The part of a paper from outside that says on which day it came; `field_values` requires it."""
_KEPT = 1_024
"""Answers kept that follow from a definition alone."""


def awaited(definition: Definition, state: State) -> str | None:
    """Name the external party whose turn a state is."""
    who = state.turn.who if state.turn else None
    return who if who in definition.external else None


def answers(definition: Definition, state: State, alternative: Alternative) -> bool:
    """Tell whether an alternative records the answer of the party that its state waits for."""
    party = awaited(definition, state)
    return party is not None and any(_origin(definition, name) == party for name in alternative.requires)


def _origin(definition: Definition, name: str) -> str | None:
    field = definition.fields.get(name)
    return field.origin if field else None


@lru_cache(maxsize=_KEPT)
def chasers(definition: Definition, state: str) -> tuple[str, ...]:
    """List who is notified where an escalation says `turn`: whose turn it is, or who records external answers."""
    waiting_state = definition.states[state]
    if waiting_state.turn is None:
        return ()
    if awaited(definition, waiting_state) is None:
        return (waiting_state.turn.who,)
    ways = (way for action in waiting_state.actions.values() for way in action.alternatives)
    return tuple(dict.fromkeys(way.by for way in ways if answers(definition, waiting_state, way)))


def out_of_time(question: Question) -> tuple[Reason, ...]:
    """Say which papers from outside came later than today, or as an answer before it was waited for."""
    if not question.definition.external:
        return ()
    local = question.calendar.local
    today, began = local(question.now).date(), local(case_clocks.waiting_since(question.case)).date()
    party = awaited(question.definition, question.state)
    reasons = []
    for name, value in question.given.items():
        received, origin = _received(value), _origin(question.definition, name)
        if origin is None or received is None:
            continue
        if received > today:
            reasons.append(Reason("received_later", {"received": received.isoformat()}, name))
        elif origin == party and received < began:
            facts: dict[str, Json] = {"received": received.isoformat(), "began": began.isoformat()}
            reasons.append(Reason("received_before", facts, name))
    return tuple(reasons)


def effective_at(question: Question) -> datetime | None:
    """Return the moment from which clocks count an act that records the awaited answer; None for any other act.

    It is the day of receipt of the last of its papers, within the time from when the answer was waited for until now.
    """
    party = awaited(question.definition, question.state) if question.definition.external else None
    if party is None:
        return None
    given = question.given.items()
    days = [day for name, value in given if _origin(question.definition, name) == party and (day := _received(value))]
    if not days:
        return None
    came = case_clocks.start_of(max(days), question.calendar)
    return min(question.now, max(came, case_clocks.waiting_since(question.case)))


def _received(value: Json) -> date | None:
    day = value.get(RECEIVED) if isinstance(value, dict) else None
    return date.fromisoformat(day) if isinstance(day, str) else None

"""Whom a case waits for: turns and asks, their claims, extensions and escalation."""

from workflow.machine.deciding.assignments import escalation, put_asks, turn_claims
from workflow.machine.deciding.assignments.ask_view import Poll, polls
from workflow.machine.deciding.assignments.doubts import doubts_of, with_doubts
from workflow.machine.deciding.assignments.extensions import not_extendable
from workflow.machine.deciding.assignments.put_asks import ask_of, slot_of, telling, timed_out
from workflow.machine.deciding.assignments.turn_view import TurnShare, sharing
from workflow.machine.deciding.assignments.vote_threshold import answers_needed

__all__ = [
    "Poll",
    "TurnShare",
    "answers_needed",
    "ask_of",
    "doubts_of",
    "escalation",
    "not_extendable",
    "polls",
    "put_asks",
    "sharing",
    "slot_of",
    "telling",
    "timed_out",
    "turn_claims",
    "with_doubts",
]

"""How a turn is shared, for those who look at a case: who has it, and what the visitor may do about that.

Changes nothing: it decides each act that shares a turn and drops the Plan. Needs the facts of the act `turn:claim`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.machine.calendar import Calendar
from workflow.machine.case import NOBODY, Question, holders_of, seats_of
from workflow.machine.deciding.assignments.turn_claims import share_turn, taken_by
from workflow.machine.definition import Definition
from workflow.values import ASSIGN, CLAIM, EMPTY_MAPPING, RELEASE, Act, Actor, Case, Facts, Plan


@dataclass(frozen=True, slots=True)
class TurnShare:
    """Who of the desk has the turn (None: nobody), and whether the actor may take it, give it back, give it to whom."""

    holder: int | None = None
    may_claim: bool = False
    may_release: bool = False
    may_assign: tuple[int, ...] = ()


def sharing(
    definition: Definition,
    case: Case,
    *,
    actor: Actor,
    facts: Facts,
    now: datetime,
    calendar: Calendar,
    definitions: Mapping[str, Definition] = EMPTY_MAPPING,
) -> TurnShare:
    """Show how the turn of a case is shared; a turn that only one person could have is shared with nobody."""
    turn = definition.states[case.state].turn
    if turn is None or turn.who in NOBODY:
        return TurnShare()
    question = Question(definition, case, Act(CLAIM), actor, facts, now, calendar, definitions)
    seats = seats_of(definition, facts, turn.who, case)
    people, holder = holders_of(seats), taken_by(case, seats)
    if len(people) == 1 and holder is None:
        return TurnShare()
    others = tuple(person for person in people if person != holder and _may(question, Act(ASSIGN, {"person": person})))
    return TurnShare(holder, _may(question, Act(CLAIM)), _may(question, Act(RELEASE)), others)


def _may(question: Question, act: Act) -> bool:
    return isinstance(share_turn(question._replace(act=act)), Plan)

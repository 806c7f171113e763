"""A deadline of the turn rings: who hears of it, and which step of the escalation comes next.

A step changes no state and takes nobody's turn away: it adds people who know. A step whose people cannot be found
goes to the administrators, so that no escalation ends in silence. The act is `due:turn`.
"""

from datetime import datetime

from workflow.machine.calendar import instant_text, remaining_wd
from workflow.machine.case import (
    ADMIN,
    Question,
    barred_from_turn,
    case_clocks,
    chasers,
    desks_of,
    holders_of,
    seats_at,
    seats_of,
)
from workflow.machine.definition import ESCALATE_TO, TURN, EscalationStep
from workflow.values import Case, Deadline, Json, Notice, Plan, Reason, Refusal, Seat


def ring(question: Question) -> Plan | Refusal:
    """Fire the next step of the turn's escalation."""
    case, definition, turn = question.case, question.definition, question.state.turn
    due = case_clocks.turn_due(turn, case_clocks.dues_of(case.clocks, question.calendar)) if turn else None
    number = case.clocks.get(case_clocks.STEP)
    if due is None or not isinstance(number, int):
        return Refusal("not_open", (Reason("nothing_due", {"state": case.state}),))
    moment = case_clocks.moment_of(definition, number, due, question.calendar)
    if moment is None or question.now < moment:
        return Refusal("refused", (Reason("not_due", {"at": instant_text(moment) if moment else None}),))
    step = case_clocks.step_of(definition, number)
    following = case_clocks.step_after(definition, number, due, question.calendar)
    return Plan(
        case=_after(case, following),
        action=question.act.action,
        was=case.state,
        deadlines=(following,) if following else (),
        stops=frozenset() if following else frozenset({case_clocks.TURN}),
        notices=(_notice(question, step, due, {"due_at": instant_text(due), "rung": number}),),
    )


def _after(case: Case, following: Deadline | None) -> Case:
    ledgers = {name: ledger for name, ledger in case.clocks.items() if name != case_clocks.STEP}
    if following:
        ledgers[case_clocks.STEP] = following.step
    return case._replace(version=case.version + 1, clocks=ledgers)


def _notice(question: Question, step: EscalationStep, due: datetime, facts: dict[str, Json]) -> Notice:
    kind = "reminder" if step.after < 0 else "overdue" if step.who == TURN else "escalation"
    seats, excluded = _hearers(question, step)
    days_left = remaining_wd(question.calendar, due, question.now)
    facts |= {"state": question.case.state, "action": question.act.action}
    facts |= {"days_left": days_left} if kind == "reminder" else {"days_late": -days_left}
    return Notice(kind, desks_of(seats), (), facts, excluded)


def _hearers(question: Question, step: EscalationStep) -> tuple[tuple[Seat, ...], frozenset[int]]:
    turn = question.state.turn
    names = {TURN: chasers(question.definition, question.state.name), ESCALATE_TO: (turn.escalate_to,) if turn else ()}
    named = [name for name in names.get(step.who, (step.who,)) if name]
    seats = tuple(seat for name in named for seat in seats_of(question.definition, question.facts, name, question.case))
    excluded = barred_from_turn(question.definition, question.case) if step.who == TURN else frozenset()
    if set(holders_of(seats)) <= excluded:
        return seats_at(question.facts, ADMIN), frozenset()
    return seats, excluded

"""Undoing: the act that takes the last act of a case back, done by whoever did that one and before anything followed.

The case stands again as it was before: state, fields, turns, asks, and clocks, which count the time in between as if
they had never been stopped. It is an entry like any other, and its facts hold the case as it was, so that a replay
needs nothing else. What may be taken back at all is for `consequences.last_act`.
"""

from workflow.machine.case import Question, UndeclaredFact, barred_from_turn, case_clocks, indexed
from workflow.machine.deciding.alternatives import stale
from workflow.machine.deciding.assignments import put_asks, turn_claims
from workflow.machine.deciding.effects import open_slots, running
from workflow.machine.deciding.state_entry import wake
from workflow.values import OPEN, Assignment, Case, Deadline, Json, Notice, Plan, Reason, Refusal, Undone

TAKEN_BACK = "undone"
"""The notice of an undoing: it goes to those who were notified of what was taken back, and says which act that was."""


def undo(question: Question) -> Plan | Refusal:
    """Decide that the last act is taken back."""
    undone = question.facts.undone
    if undone is None:
        raise UndeclaredFact("the last act")
    refusal = stale(question) or _why_not(question, undone)
    if refusal:
        return refusal
    case, before = question.case, undone.before
    version = case.version + 1
    after = before._replace(version=version, acted_version=version, head=case.head)
    restored = question._replace(case=after)
    deadlines = _deadlines(restored)
    changed = {name for name in {*case.fields, *after.fields} if case.fields.get(name) != after.fields.get(name)}
    changes: dict[str, Json] = {name: after.fields.get(name) for name in changed}
    facts: dict[str, Json] = {"state": after.state, "action": undone.action, "due_at": None}
    return Plan(
        case=after,
        action=question.act.action,
        was=case.state,
        closes=open_slots(question),
        opens=_waiting(restored),
        deadlines=deadlines,
        stops=running(question) - {deadline.name for deadline in deadlines},
        notices=(Notice(TAKEN_BACK, facts=facts),),
        listed=indexed(question.definition, was=case.state, after=after, changes=changes),
        on_behalf=undone.on_behalf,
        desk=undone.desk,
    )


def _why_not(question: Question, undone: Undone) -> Refusal | None:
    facts: dict[str, Json] = {"action": undone.action, "state": question.case.state}
    if undone.action == OPEN:
        return Refusal("refused", (Reason("undo_opening"),))
    if undone.person is None:
        return Refusal("refused", (Reason("undo_after_deadline"),))
    if undone.is_final:
        return Refusal("refused", (Reason("undo_final", facts),))
    if undone.person != question.actor.person:
        return Refusal("not_your_turn", (Reason("undo_of_another", facts),))
    if not _still_at_desk(question, undone):
        return Refusal("not_your_turn", (Reason("no_right", facts),))
    return None


def _still_at_desk(question: Question, undone: Undone) -> bool:
    """Tell whether the actor still holds the desk in which the act was done, or still acts for whom it was done."""
    if undone.on_behalf is None:
        return undone.desk is None or undone.desk in question.actor.desks
    return any(
        substitution.principal == undone.on_behalf and undone.desk in (None, substitution.desk)
        for substitution in question.actor.substitutions
    )


def _waiting(restored: Question) -> tuple[Assignment, ...]:
    """Return what waits in the state again: its turn, with whoever had it, and the answers that are missing."""
    case, state = restored.case, restored.state
    barred = barred_from_turn(restored.definition, case)
    turns = turn_claims.turns(restored, state, case, barred)
    asks = (put_asks.open_again(restored, ask) for ask in state.asks.values() if ask.name in case.asks)
    opened = (*turns, *(assignment for ask_opened in asks for assignment in ask_opened))
    return tuple(assignment._replace(opened_at=case.entered_at) for assignment in opened)


def _deadlines(restored: Question) -> tuple[Deadline, ...]:
    """Return what is to ring again; what was due in the meantime rings at once."""
    case, state = restored.case, restored.state
    moments = [Deadline(name, due_at) for name, due_at in put_asks.running_dues(case, restored.calendar)]
    turn = _turn_deadline(restored, case) if state.turn else None
    waking = wake(restored, case)
    return tuple(deadline for deadline in (turn, *moments, waking) if deadline)


def _turn_deadline(restored: Question, case: Case) -> Deadline | None:
    turn, step = restored.state.turn, case.clocks.get(case_clocks.STEP)
    dues = case_clocks.dues_of(case.clocks, restored.calendar)
    due = case_clocks.turn_due(turn, dues) if turn else None
    if due is None or not isinstance(step, int):
        return None
    moment = case_clocks.moment_of(restored.definition, step, due, restored.calendar)
    return Deadline(case_clocks.TURN, moment, step) if moment else None

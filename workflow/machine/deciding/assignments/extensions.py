"""Extensions: an act gives a running clock a later due date, once, before it has run out (Decree 61/2018).

Knows which acts extend which clocks and what stands against it; the ledgers belong to `case_clocks`.
"""

from workflow.machine.calendar import due_on, is_extended
from workflow.machine.case import Question, case_clocks
from workflow.values import Json, Reason


def not_extendable(question: Question, action: str) -> tuple[Reason, ...]:
    """Say why an act cannot extend its clocks now; the new date is checked where it has been handed in."""
    reasons: list[Reason] = []
    for clock in question.definition.clocks.values():
        field = clock.extend.get(action)
        if field:
            reasons += _against(question, question.case.clocks.get(clock.name), field)
    return tuple(reasons)


def _against(question: Question, ledger: Json, field: str) -> tuple[Reason, ...]:
    due = case_clocks.due_of(ledger, question.calendar)
    if is_extended(ledger):
        return (Reason("extended_already"),)
    if due is None:
        return (Reason("clock_stands"),)
    facts: dict[str, Json] = {"due": due_on(question.calendar, due).isoformat()}
    if question.now > due:
        return (Reason("extended_too_late", facts),)
    until = case_clocks.end_of(question.given.get(field), question.calendar)
    return (Reason("extension_not_later", facts, field),) if until is not None and until <= due else ()

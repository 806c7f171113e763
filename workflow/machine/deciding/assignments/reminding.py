"""Who may be asked once more for an answer that an ask waits for, and by whom: by whoever has the turn of its state.

Asking again is no act of the case: it changes nothing, and the history does not know of it.
"""

from workflow.machine.case import Question, acting, barred_from_turn, rights_of
from workflow.machine.deciding.assignments.put_asks import missing_members
from workflow.machine.deciding.assignments.turn_claims import open_to
from workflow.machine.definition import Ask
from workflow.values import OpenAsk, Reason


def remindable(question: Question, ask: Ask, standing: OpenAsk) -> tuple[int, ...]:
    """List the members whom the actor may ask once more: those whose answer is waited for now, but not themselves."""
    actor, waiting = question.actor, missing_members(question, standing)
    if standing.paper or not waiting or not _has_turn(question):
        return ()
    asked = waiting[:1] if ask.ordered else waiting
    return tuple(member for member in asked if member != actor.person)


def _has_turn(question: Question) -> bool:
    definition, case, turn = question.definition, question.case, question.state.turn
    if turn is None:
        return False
    rights = open_to(question, rights_of(definition, question.facts, question.actor, turn.who, case), turn.who)
    barred = barred_from_turn(definition, case)
    return not isinstance(rights, Reason) and any(not acting(question.actor, right) & barred for right in rights)

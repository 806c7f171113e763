"""The one function of the engine: what an act does to a case, or why it is refused.

Pure: facts and time come in, a Plan or a Refusal goes out. The order of refusals is fixed: a stale form, an action
the state does not have, somebody whose turn it is not, a condition that fails, something missing. Knows which module
decides which kind of act, not their rules.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from workflow.machine.calendar import Calendar
from workflow.machine.case import Question, case_clocks
from workflow.machine.deciding import answering, undoing
from workflow.machine.deciding.alternatives import Choice, choose, is_offered, not_open, offer, stale
from workflow.machine.deciding.assignments import ask_of, escalation, turn_claims
from workflow.machine.deciding.effects import effects_in_state, plan
from workflow.machine.deciding.offers import Offer
from workflow.machine.deciding.state_entry import by_system
from workflow.machine.definition import Definition
from workflow.values import ANSWER, COUNT, DUE, EMPTY_MAPPING, UNDO, Act, Actor, Case, Deadline, Facts, Plan, Refusal


def decide(
    definition: Definition,
    case: Case,
    act: Act,
    *,
    actor: Actor,
    facts: Facts,
    now: datetime,
    calendar: Calendar,
    definitions: Mapping[str, Definition] = EMPTY_MAPPING,
) -> Plan | Refusal:
    """Decide one act on one case; `definitions` are those of linked cases, by hash."""
    question = Question(definition, case, act, actor, facts, now, calendar, definitions)
    if act.action.startswith(DUE):
        return _due(question)
    if act.action.startswith(ANSWER):
        return _answer(question)
    if act.action.startswith(COUNT):
        return _count(question)
    if act.action.startswith(turn_claims.PREFIX):
        return stale(question) or turn_claims.share_turn(question)
    if act.action == UNDO:
        return undoing.undo(question)
    choice = choose(question)
    return plan(choice) if isinstance(choice, Choice) else choice


def offers(
    definition: Definition,
    case: Case,
    *,
    actor: Actor,
    facts: Facts,
    now: datetime,
    calendar: Calendar,
    definitions: Mapping[str, Definition] = EMPTY_MAPPING,
) -> tuple[Offer, ...]:
    """Show every action that people may take in the state of a case: open to this actor, or refused with reasons."""
    state = definition.states[case.state]
    question = Question(definition, case, Act(""), actor, facts, now, calendar, definitions)
    actions = [
        offer(question._replace(act=Act(action.name)), action)
        for action in state.actions.values()
        if is_offered(action)
    ]
    asks = [ask for ask in state.asks.values() if ask.name in case.asks]
    answer_offers = [answering.offer_answer(question, ask) for ask in asks if not case.asks[ask.name].paper]
    counts = [answering.offer_count(question, ask) for ask in asks if ask.paper]
    return (*actions, *answer_offers, *counts)


def _answer(question: Question) -> Plan | Refusal:
    ask = ask_of(question.state, question.act.action, ANSWER)
    refusal = stale(question)
    if refusal or ask is None or ask.name not in question.case.asks:
        return refusal or not_open(question)
    return answering.answer(question, ask)


def _count(question: Question) -> Plan | Refusal:
    ask = ask_of(question.state, question.act.action, COUNT)
    refusal = stale(question)
    return refusal or (answering.count(question, ask) if ask else not_open(question))


def _due(question: Question) -> Plan | Refusal:
    """Decide that a deadline passed: of the turn, of an ask, or for waking the system. Only the system may say so."""
    if question.actor.person is not None or question.actor.link is not None:
        return not_open(question)
    name = question.act.action.removeprefix(DUE)
    ask = question.state.asks.get(name)
    if name == case_clocks.TURN:
        return escalation.ring(question)
    if name == case_clocks.WAKE:
        return _wake(question)
    if ask is None or name not in question.case.asks:
        return not_open(question)
    return answering.silence(question, ask)


def _wake(question: Question) -> Plan | Refusal:
    """Take the first action of the system whose guard holds; where none does, say when to look again.

    An action that other cases or places refuse is tried again the next morning: nothing tells when they would agree.
    """
    tomorrow: tuple[Deadline, ...] = ()
    for action in question.state.actions.values():
        asked = question._replace(act=Act(action.name))
        choice = choose(asked) if by_system(action) else None
        answer = plan(choice) if isinstance(choice, Choice) else None
        if isinstance(answer, Plan):
            return answer
        if answer is not None:
            day = question.calendar.local_date(question.now) + timedelta(days=1)
            tomorrow = (Deadline(case_clocks.WAKE, case_clocks.start_of(day, question.calendar)),)
    after = question.case._replace(version=question.case.version + 1)
    effects = effects_in_state(question, after)
    others = tuple(deadline for deadline in effects.deadlines if deadline.name != case_clocks.WAKE)
    deadlines = (*others, *tomorrow) if tomorrow else effects.deadlines
    stops = effects.stops | ({case_clocks.WAKE} if not deadlines else set())
    return Plan(effects.case, question.act.action, question.case.state, deadlines=deadlines, stops=stops)

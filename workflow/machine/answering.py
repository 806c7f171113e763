"""An answer to an ask, by a member or by silence: what it does to the case, as a Plan.

An answer changes nothing that others decide on, so their forms stay current; it may let the system act. Knows how
an ask closes: when nobody who may answer is missing. Called by `deciding`.
"""

from collections.abc import Mapping
from dataclasses import replace

from workflow.machine import asking
from workflow.machine.definition import Ask
from workflow.machine.doing import Effects, stayed
from workflow.machine.giving import take
from workflow.machine.question import Question
from workflow.machine.rights import Right, acting
from workflow.values import ANSWER, Done, Json, Offer, Plan, Reason, Refusal, Tell

_SAID = "answer"
_COMMENT = "comment"


def answer(question: Question, ask: Ask) -> Plan | Refusal:
    """Take one member's answer."""
    right = asking.may_answer(question, ask)
    if isinstance(right, Refusal):
        return right
    inputs = question.act.inputs
    said = inputs.get(_SAID)
    given = take(
        question.definition, {name: value for name, value in inputs.items() if name != _SAID}, allowed=(_COMMENT,)
    )
    reasons = (*_wrong_answer(ask, said), *given.faults)
    if reasons or not isinstance(said, str):
        return Refusal("refused", reasons)
    member = right.on_behalf or question.actor.person
    answers = {member: said} if member is not None else {}
    plan = _plan(question, ask, answers, {_SAID: said, **given.values})
    return replace(plan, on_behalf=right.on_behalf, capacity=right.capacity, desk=right.desk)


def offer_answer(question: Question, ask: Ask) -> Offer:
    """Show an ask as something to do, or say why this actor is not waited for."""
    right = asking.may_answer(question, ask)
    refusal = right if isinstance(right, Refusal) else None
    return Offer(ANSWER + ask.name, ask.label, refusal, gives=(_SAID,), edits=(_COMMENT,))


def silence(question: Question, ask: Ask) -> Plan | Refusal:
    """Let the time of an ask pass: silence answers for the missing where the law says so, else they are reminded."""
    absent = asking.missing_members(question, ask, question.case)
    if ask.silence is not None:
        return _plan(question, ask, dict.fromkeys(absent, ask.silence), {})
    after = replace(question.case, version=question.case.version + 1)
    facts: dict[str, Json] = {
        "state": after.state,
        "action": question.act.action,
        "ask": ask.name,
        "due_at": None,
        "days_late": 0,
        "rung": 0,
    }
    return Plan(
        after,
        question.act.action,
        after.state,
        stops=frozenset({ask.name}),
        tells=(Tell("overdue", people=absent, facts=facts),) if absent else (),
    )


def _wrong_answer(ask: Ask, said: Json) -> tuple[Reason, ...]:
    allowed: list[Json] = [allowed.name for allowed in ask.answers]
    if said in allowed:
        return ()
    return (Reason("missing" if said is None else "not_a_choice", {"allowed": allowed, "field": _SAID}, _SAID),)


def _plan(question: Question, ask: Ask, answers: Mapping[int, str], inputs: Mapping[str, Json]) -> Plan:
    case = asking.answered(question, ask, answers)
    case = replace(case, version=case.version + 1, done=_remembered(question, answers))
    effects = stayed(question, case)
    closed = frozenset() if asking.missing_members(question, ask, case) else frozenset({ask.name})
    return Plan(
        case=effects.case,
        action=question.act.action,
        was=question.case.state,
        closes=_closes(effects, ask, answers),
        opens=effects.opens,
        deadlines=effects.deadlines,
        stops=effects.stops | closed,
        inputs=inputs,
    )


def _closes(effects: Effects, ask: Ask, answers: Mapping[int, str]) -> frozenset[str]:
    return effects.closes | {asking.slot_of(ask.name, member) for member in answers}


def _remembered(question: Question, answers: Mapping[int, str]) -> Mapping[str, Done]:
    """Remember who answered, so that acts that must stand apart from it know; silence is nobody's act."""
    case, action = question.case, question.act.action
    if question.actor.person is None:
        return case.done
    earlier = case.done.get(action, Done(0, frozenset()))
    people = earlier.people | acting(question.actor, Right()) | frozenset(answers)
    return {**case.done, action: Done(earlier.times + 1, people)}

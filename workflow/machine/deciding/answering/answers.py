"""An answer to an ask, by a member or by silence: what it does to the case, as a Plan.

An answer changes nothing that others decide on, so their forms stay current; it may let the system act. It closes the
ask when no further answer can change the result. The choices of a secret ask go into the box and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from workflow.machine.case import NO_LINE, Question, Right, accepted_inputs, acting
from workflow.machine.deciding.assignments import put_asks
from workflow.machine.deciding.effects import effects_in_state
from workflow.machine.deciding.offers import Offer
from workflow.machine.definition import Ask
from workflow.values import ANSWER, SEALED, Ballot, Done, Json, Notice, OpenAsk, Plan, Reason, Refusal

_SAID = "answer"
_COMMENT = "comment"


def answer(question: Question, ask: Ask) -> Plan | Refusal:
    """Take one member's answer."""
    right = put_asks.may_answer(question, ask)
    if isinstance(right, Refusal):
        return right
    member = right.on_behalf or question.actor.person or 0
    inputs = question.act.inputs
    # Words beside a secret choice could say what it was.
    given = accepted_inputs(
        question.definition,
        {name: value for name, value in inputs.items() if name != _SAID},
        allowed=() if ask.secret else (_COMMENT,),
    )
    lines = put_asks.lines_for(question.case.asks[ask.name], member, question.actor.person)
    read = _read(ask, inputs.get(_SAID), lines) if not question.act.sealed or not ask.secret else {}
    reasons = (*(() if isinstance(read, dict) else (read,)), *given.faults)
    if reasons or isinstance(read, Reason):
        return Refusal("refused", reasons)
    history_inputs: dict[str, Json] = {} if ask.secret else {_SAID: inputs.get(_SAID), **given.values}
    plan = _plan(question, ask, {member: read}, history_inputs)
    return plan._replace(on_behalf=right.on_behalf, capacity=right.capacity, desk=right.desk)


def offer_answer(question: Question, ask: Ask) -> Offer:
    """Show an ask as something to do, or say why this actor is not waited for."""
    right = put_asks.may_answer(question, ask)
    refusal = right if isinstance(right, Refusal) else None
    edits = () if ask.secret else (_COMMENT,)
    return Offer(ANSWER + ask.name, ask.label, refusal, requires=(_SAID,), edits=edits, asked=True)


def silence(question: Question, ask: Ask) -> Plan | Refusal:
    """Let the time of an ask pass: silence answers for the missing where the law says so, else they are reminded."""
    standing = question.case.asks[ask.name]
    absent = put_asks.missing_members(question, standing)
    if ask.silence is not None:
        said = {member: dict.fromkeys(put_asks.lines_for(standing, member, None), ask.silence) for member in absent}
        return _plan(question, ask, said, {})
    after = question.case._replace(
        version=question.case.version + 1,
        asks={**question.case.asks, ask.name: put_asks.timed_out(standing, question.now)},
    )
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
        notices=(Notice("overdue", people=absent, facts=facts),) if absent else (),
    )


Said = Mapping[int, Mapping[str, str]]
"""What members chose, by line."""


def _read(ask: Ask, said: Json, lines: tuple[str, ...]) -> dict[str, str] | Reason:
    """Read an answer: one choice, or one for each line on which this member has a say."""
    allowed: list[Json] = [answer.name for answer in ask.answers]
    wrong = Reason("missing" if said is None else "not_a_choice", {"allowed": allowed, "field": _SAID}, _SAID)
    if ask.scored:
        said = _in_figures(said)
    if ask.about is None:
        return {NO_LINE: said} if isinstance(said, str) and said in allowed else wrong
    if not isinstance(said, dict):
        return wrong
    if said.keys() != set(lines):
        return Reason("line_missing", {"cases": [*sorted(set(lines) ^ said.keys())]}, _SAID)
    chosen = {line: choice for line, choice in said.items() if isinstance(choice, str) and choice in allowed}
    return chosen if len(chosen) == len(said) else wrong


def _in_figures(said: Json) -> Json:
    """Take scores that come as numbers for the answers they are."""
    if isinstance(said, dict):
        return {line: _in_figures(score) for line, score in said.items()}
    return str(said) if isinstance(said, int) and not isinstance(said, bool) else said


def _plan(question: Question, ask: Ask, said: Said, inputs: Mapping[str, Json]) -> Plan:
    standing = question.case.asks[ask.name]
    after = _answered(ask, standing, said)
    after = put_asks.closing(question, ask, after)
    case = question.case._replace(
        asks={**question.case.asks, ask.name: after},
        version=question.case.version + 1,
        done=_remembered(question, said),
    )
    effects = effects_in_state(question, case)
    opens, notices = put_asks.next_in_order(question, ask, standing, case)
    over = frozenset(put_asks.missing_members(question, standing)) if after.closed else frozenset(said)
    return Plan(
        case=effects.case,
        action=question.act.action,
        was=question.case.state,
        closes=effects.closes | {put_asks.slot_of(ask.name, member) for member in over},
        opens=(*effects.opens, *opens),
        deadlines=effects.deadlines,
        stops=effects.stops | ({ask.name} if after.closed else set()),
        notices=notices,
        inputs=inputs,
        ballots=_ballots(ask, standing, said) if ask.secret else (),
    )


def _answered(ask: Ask, standing: OpenAsk, said: Said) -> OpenAsk:
    """Return the ask with these answers: each is kept with the member, or with the line that it is about."""
    if ask.secret or ask.about:
        answers = {**standing.answers, **dict.fromkeys(said, SEALED)}
    else:
        answers = {**standing.answers, **{member: chosen[NO_LINE] for member, chosen in said.items()}}
    lines = standing.lines
    if not ask.secret:
        lines = {
            code: replace(line, answers={**line.answers, **{of: on[code] for of, on in said.items() if code in on}})
            for code, line in lines.items()
        }
    return replace(standing, answers=answers, lines=lines)


def _ballots(ask: Ask, standing: OpenAsk, said: Said) -> tuple[Ballot, ...]:
    return tuple(
        Ballot(ask.name, standing.opened_version, line, choice)
        for chosen in said.values()
        for line, choice in chosen.items()
    )


def _remembered(question: Question, answers: Iterable[int]) -> Mapping[str, Done]:
    """Remember who answered, for acts that must be separate from the answer; silence is nobody's act."""
    case, action = question.case, question.act.action
    if question.actor.person is None:
        return case.done
    earlier = case.done.get(action, Done(0, frozenset()))
    people = earlier.people | acting(question.actor, Right()) | frozenset(answers)
    return {**case.done, action: Done(earlier.times + 1, people)}

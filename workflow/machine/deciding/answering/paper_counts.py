"""The count of an ask that was answered on paper, typed in by those whose turn it is.

For each line how many papers were issued, came back, were valid and not, and what they say: it must add up. A count
stands in history as these totals. An ask is answered on paper or by the members themselves, never both.
"""

from collections.abc import Mapping
from dataclasses import replace

from workflow.machine.case import (
    COLLECTED,
    INVALID,
    ISSUED,
    NO_LINE,
    PAPERS,
    VALID,
    Question,
    Right,
    acting,
    entitled,
    lines_of,
    rights_of,
    seats_of,
)
from workflow.machine.deciding.alternatives import not_open
from workflow.machine.deciding.assignments import slot_of, timed_out
from workflow.machine.deciding.effects import effects_in_state
from workflow.machine.deciding.offers import Offer
from workflow.machine.definition import Ask
from workflow.values import COUNT, Done, Json, OpenAsk, Plan, Reason, Refusal

COUNTED = "count"
Counts = Mapping[str, Mapping[str, int]]


def count(question: Question, ask: Ask) -> Plan | Refusal:
    """Take the count of the papers."""
    right = _may_count(question, ask)
    if isinstance(right, Refusal):
        return right
    read = _read(ask, question.case.asks[ask.name], question.act.inputs)
    if isinstance(read, tuple):
        return Refusal("refused", read)
    return _plan(question, ask, read, right)._replace(capacity=right.capacity, desk=right.desk)


def offer_count(question: Question, ask: Ask) -> Offer:
    """Show the count as something to do, or say who may type it in."""
    right = _may_count(question, ask)
    refusal = right if isinstance(right, Refusal) else None
    return Offer(COUNT + ask.name, ask.label, refusal, requires=(COUNTED,), asked=True)


def _may_count(question: Question, ask: Ask) -> Right | Refusal:
    standing = question.case.asks.get(ask.name)
    turn = question.state.turn
    if standing is None or turn is None or not ask.paper:
        return not_open(question)
    rights = rights_of(question.definition, question.facts, question.actor, turn.who, question.case)
    if not rights:
        facts: dict[str, Json] = {"action": COUNT + ask.name, "state": question.case.state}
        seats = seats_of(question.definition, question.facts, turn.who, question.case)
        return Refusal("not_your_turn", (Reason("no_right", facts),), seats)
    if standing.answers:
        return Refusal("refused", (Reason("already_voting"),))
    return rights[0]


def _read(ask: Ask, standing: OpenAsk, inputs: Mapping[str, Json]) -> Counts | tuple[Reason, ...]:
    """Read the count of every line, or say of each that does not add up which number is at fault."""
    said = inputs.get(COUNTED)
    lines = {NO_LINE: said} if ask.about is None else said
    if inputs.keys() - {COUNTED} or not isinstance(lines, dict) or lines.keys() != set(lines_of(standing)):
        return (Reason("not_counted", {"cases": [*lines_of(standing)]}, COUNTED),)
    read: dict[str, Mapping[str, int]] = {}
    faults: list[Reason] = []
    for line, counted in lines.items():
        numbers = _numbers(ask, counted)
        if isinstance(numbers, str):
            faults.append(_wrong(line, "not_a_count", {"cell": numbers}))
            continue
        read[line] = numbers
        faults += _astray(ask, numbers, line=line, most=len(entitled(standing, line)))
    return tuple(faults) or read


def _numbers(ask: Ask, counted: Json) -> dict[str, int] | str:
    """Read the numbers of a line, or return the name of the first that is missing, unknown or no count."""
    names = (*PAPERS, *(answer.name for answer in ask.answers))
    written = counted if isinstance(counted, dict) else {}
    numbers = {
        name: number
        for name, number in written.items()
        if name in names and isinstance(number, int) and not isinstance(number, bool) and number >= 0
    }
    return next((name for name in (*names, *written) if name not in numbers), numbers)


def _astray(ask: Ask, counted: Mapping[str, int], *, line: str, most: int) -> list[Reason]:
    """Compare the numbers of a line with each other; name each that does not add up and what it should fit."""
    answers = sum(counted[answer.name] for answer in ask.answers)
    sorted_papers = counted[VALID] + counted[INVALID]
    rules = (
        (counted[ISSUED] <= most, "too_many_issued", ISSUED, {"most": most}),
        (counted[COLLECTED] <= counted[ISSUED], "too_many_collected", COLLECTED, {"most": counted[ISSUED]}),
        (
            counted[COLLECTED] == sorted_papers,
            "not_all_sorted",
            VALID,
            {"sum": sorted_papers, "all": counted[COLLECTED]},
        ),
        (counted[VALID] == answers, "not_all_said", ask.answers[0].name, {"sum": answers, "all": counted[VALID]}),
    )
    return [_wrong(line, why, {"cell": cell, **facts}) for holds, why, cell, facts in rules if not holds]


def _wrong(line: str, why: str, facts: Mapping[str, Json]) -> Reason:
    if line == NO_LINE:
        return Reason(why, facts, COUNTED)
    return Reason("does_not_add_up", {"case": line, "why": why, **facts}, COUNTED)


def _plan(question: Question, ask: Ask, counted: Counts, right: Right) -> Plan:
    case, action = question.case, question.act.action
    standing = case.asks[ask.name]
    earlier = case.done.get(action, Done(0, frozenset()))
    after = case._replace(
        version=case.version + 1,
        acted_version=case.version + 1,
        asks={**case.asks, ask.name: replace(timed_out(standing, question.now), paper=counted, closed=True)},
        done={**case.done, action: Done(earlier.times + 1, earlier.people | acting(question.actor, right))},
    )
    effects = effects_in_state(question, after)
    return Plan(
        case=effects.case,
        action=action,
        was=case.state,
        closes=effects.closes | {slot_of(ask.name, member) for member in standing.members},
        opens=effects.opens,
        deadlines=effects.deadlines,
        stops=effects.stops | {ask.name},
        inputs=question.act.inputs,
        on_behalf=right.on_behalf,
    )

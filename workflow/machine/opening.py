"""The first entry of a case: who or what opens it, in which state, with which clocks.

By people, by a movement that makes it an obligation, or by a link of another case (`at`): such an edition starts where
the link says, with the fields copied, and inherits no obligation clock. Knows no id and no code but those handed in.
Called by `cases`, `obligations` and walks through `deciding`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from workflow.machine import timing
from workflow.machine.calendars import Calendar
from workflow.machine.definition import Definition
from workflow.machine.entering import Entered, enter
from workflow.machine.giving import Given, editable_by, listed, merged, take
from workflow.machine.needing import OPENINGS
from workflow.machine.parties import seats_of
from workflow.machine.question import Circumstances, Question
from workflow.machine.rights import Right, acting, rights_of
from workflow.values import OPEN, Act, Actor, Case, Done, Facts, Json, Plan, Reason, Refusal


def opening(  # noqa: PLR0913 -- a case is all of these, and nothing groups them before it exists
    definition: Definition,
    *,
    case_id: int,
    code: str,
    unit: int,
    movement: int | None,
    fields: Mapping[str, Json],
    actor: Actor,
    facts: Facts,
    now: datetime,
    calendar: Calendar,
    at: str | None = None,
    params: Mapping[str, Json] | None = None,
) -> Plan | Refusal:
    """Decide the opening of a case; `at` is the state in which a link of another case opens it."""
    case = Case(
        id=case_id,
        code=code,
        definition=definition.hash,
        params=params if params is not None else pinned(definition),
        unit=unit,
        movement=movement,
        state=at or definition.start.to,
        version=1,
        acted_version=1,
        opened_at=now,
        entered_at=now,
        clocks=timing.without_obligation(definition) if at else {},
    )
    question = Question(definition, case, Act(OPEN, fields), actor, facts, now, calendar)
    right = _right(question, at)
    if isinstance(right, Refusal):
        return right
    given = _given(question, at)
    question = replace(question, given=given.values)
    reasons = (*given.faults, *_out_of_force(question, at), *_unmet(question, at))
    return Refusal("refused", reasons) if reasons else _plan(question, right)


def pinned(definition: Definition) -> dict[str, Json]:
    """Return the figures a case pins: those that depend on nothing in the case itself."""
    return {param.name: param.otherwise for param in definition.params.values() if not param.by}


def _right(question: Question, at: str | None) -> Right | Refusal:
    definition, start = question.definition, question.definition.start
    by = "link" if at or start.by == "link" else "system" if start.by == "movement" else start.by
    rights = rights_of(definition, question.facts, question.actor, by)
    if rights:
        return rights[0]
    facts: dict[str, Json] = {"action": OPEN, "state": question.case.state}
    return Refusal("not_your_turn", (Reason("no_right", facts),), seats_of(definition, question.facts, start.by))


def _given(question: Question, at: str | None) -> Given:
    """Take the fields: people give what they may edit in the first state; links and movements copy what they have."""
    definition, by = question.definition, question.definition.start.by
    trusted = at is not None or by in ("movement", "link")
    allowed = definition.fields if trusted else editable_by(definition, question.state, by)
    return take(definition, question.act.inputs, allowed=allowed)


def _out_of_force(question: Question, at: str | None) -> tuple[Reason, ...]:
    """Refuse new cases outside the days for which the version is valid; editions of older cases go on."""
    definition, today = question.definition, question.calendar.local(question.now).date()
    if at or (definition.valid_from or today) <= today <= (definition.valid_to or today):
        return ()
    facts: dict[str, Json] = {"from": _day(definition.valid_from), "to": _day(definition.valid_to)}
    return (Reason("not_in_force", facts),)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"


def _unmet(question: Question, at: str | None) -> tuple[Reason, ...]:
    when = question.definition.start.when
    if when is None or at:
        return ()
    clauses = when.explain(Circumstances(question), question.calendar)
    return tuple(Reason("unmet", clause.facts()) for clause in clauses)


def _plan(question: Question, right: Right) -> Plan:
    definition = question.definition
    entered = _entered(question, right)
    return Plan(
        case=entered.case,
        action=OPEN,
        was="",
        opens=entered.opens,
        deadlines=entered.deadlines,
        tells=entered.tells,
        listed=listed(definition, question.given),
        inputs=question.given,
        on_behalf=right.on_behalf,
        capacity=right.capacity,
        desk=right.desk,
    )


def _entered(question: Question, right: Right) -> Entered:
    case = question.case
    opened = replace(
        case,
        fields=merged({}, question.given),
        done={OPEN: Done(1, acting(question.actor, right))},
        outcome=question.state.outcome,
    )
    ledgers = timing.ticked(question.definition, opened, OPENINGS, question.times)
    return enter(question, replace(opened, clocks=ledgers))

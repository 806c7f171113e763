"""The first entry of a case: who or what opens it, in which state, with which clocks.

By people, by a movement that makes it an obligation, or by a link of another case (`at`): such an edition begins where
the link says, with the fields copied, and inherits no obligation clock. Knows no id and no code but those handed in.
"""

from collections.abc import Mapping
from datetime import date, datetime

from workflow.machine.calendar import Calendar
from workflow.machine.case import (
    Given,
    GuardFacts,
    Question,
    Right,
    accepted_inputs,
    acting,
    case_clocks,
    editable_by,
    indexed,
    merged,
    pinned,
    rights_of,
    seats_of,
)
from workflow.machine.deciding.required_facts import OPENINGS
from workflow.machine.deciding.state_entry import Entered, enter
from workflow.machine.definition import Definition, Start
from workflow.values import EMPTY_MAPPING, OPEN, Act, Actor, Case, Done, Facts, Json, Plan, Reason, Refusal

Way = tuple[int | None, Start]
"""A way to open a case, with its position in the file; None for a link to a state that no `start` names."""


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
    definitions: Mapping[str, Definition] = EMPTY_MAPPING,
) -> Plan | Refusal:
    """Decide the opening of a case; `at` is the state in which a link of another case opens it.

    That other case is among the facts at its link, and its definition among `definitions`.

    Of several ways to open a case the first fires to which the actor has a right and whose guard holds. A link that
    says where the case begins uses the ways into that state, if there are any.
    """
    ways = _ways(definition, at)
    case = Case(
        id=case_id,
        code=code,
        definition=definition.hash,
        params=params if params is not None else pinned(definition),
        unit=unit,
        movement=movement,
        state=ways[0][1].to,
        version=1,
        acted_version=1,
        opened_at=now,
        entered_at=now,
        clocks=case_clocks.without_obligation(definition) if at else {},
    )
    question = Question(definition, case, Act(OPEN, fields), actor, facts, now, calendar, definitions)
    return _opened(question, ways, is_edition=at is not None)


def _ways(definition: Definition, at: str | None) -> tuple[Way, ...]:
    if at is None:
        return tuple(enumerate(definition.starts))
    linked = [(place, start) for place, start in enumerate(definition.starts) if (start.by, start.to) == ("link", at)]
    return (*linked,) or ((None, Start("link", at)),)


def _opened(question: Question, ways: tuple[Way, ...], *, is_edition: bool) -> Plan | Refusal:
    theirs = [(place, start, right) for place, start in ways if (right := _right(question, start))]
    if not theirs:
        return _not_theirs(question, ways)
    general = () if is_edition else _out_of_force(question)
    faults: tuple[Reason, ...] = ()
    unmet: list[Reason] = []
    for place, start, right in theirs:
        asked = question._replace(case=question.case._replace(state=start.to))
        given = _given(asked, start)
        asked, faults = asked._replace(given=given.values), given.faults
        reasons = _unmet(asked, start)
        if reasons:
            unmet += reasons
        elif faults or general:
            return Refusal("refused", (*faults, *general))
        else:
            return _plan(asked, right, place if len(question.definition.starts) > 1 else None)
    return Refusal("refused", (*faults, *general, *unmet))


def _right(question: Question, start: Start) -> Right | None:
    by = "system" if start.by == "movement" else start.by
    return next(iter(rights_of(question.definition, question.facts, question.actor, by, question.case)), None)


def _not_theirs(question: Question, ways: tuple[Way, ...]) -> Refusal:
    seats = (
        seat for _, start in ways for seat in seats_of(question.definition, question.facts, start.by, question.case)
    )
    facts: dict[str, Json] = {"action": OPEN, "state": question.case.state}
    return Refusal("not_your_turn", (Reason("no_right", facts),), tuple(dict.fromkeys(seats)))


def _given(question: Question, start: Start) -> Given:
    """Take the fields: people give what they may edit in the first state; links and movements copy what they have."""
    definition = question.definition
    trusted = start.by in ("movement", "link")
    allowed = definition.fields if trusted else editable_by(definition, question.state, start.by)
    return accepted_inputs(definition, question.act.inputs, allowed=allowed)


def _out_of_force(question: Question) -> tuple[Reason, ...]:
    """Refuse new cases outside the days for which the version is valid; editions of older cases go on."""
    definition, today = question.definition, question.calendar.local(question.now).date()
    if (definition.valid_from or today) <= today <= (definition.valid_to or today):
        return ()
    facts: dict[str, Json] = {"from": _day(definition.valid_from), "to": _day(definition.valid_to)}
    return (Reason("not_in_force", facts),)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"


def _unmet(question: Question, start: Start) -> tuple[Reason, ...]:
    clauses = start.when.explain(GuardFacts(question), question.calendar) if start.when else ()
    return tuple(Reason("unmet", clause.facts()) for clause in clauses)


def _plan(question: Question, right: Right, alternative: int | None) -> Plan:
    definition = question.definition
    entered = _entered(question, right)
    return Plan(
        case=entered.case,
        action=OPEN,
        was="",
        opens=entered.opens,
        deadlines=entered.deadlines,
        notices=entered.notices,
        listed=indexed(definition, was=None, after=entered.case, changes=question.given),
        inputs=question.given,
        on_behalf=right.on_behalf,
        capacity=right.capacity,
        desk=right.desk,
        alternative=alternative,
    )


def _entered(question: Question, right: Right) -> Entered:
    case = question.case
    opened = case._replace(
        fields=merged({}, question.given),
        done={OPEN: Done(1, acting(question.actor, right))},
        outcome=question.state.outcome,
    )
    ledgers = case_clocks.ticked(question.definition, opened, OPENINGS, question.times)
    return enter(question, opened._replace(clocks=ledgers))

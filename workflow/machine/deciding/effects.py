"""The second half of a decision: everything an act does, as one Plan.

All effects read the case as it was before the act. Knows what may stand in a Plan and no right: that the act may be
done is settled by `alternatives`. A linked case that refuses its part makes the whole act refuse.
"""

from typing import NamedTuple

from workflow.machine.case import (
    GuardFacts,
    Question,
    acting,
    barred_from_turn,
    case_clocks,
    desks_of,
    effective_at,
    fallen,
    indexed,
    merged,
    oneself,
    released,
    remembered,
    reserve,
    seats_of,
)
from workflow.machine.deciding.alternatives import Choice, choose
from workflow.machine.deciding.assignments import doubts_of, put_asks, turn_claims
from workflow.machine.deciding.linked_acts import Moved, acts_on, linked_question, one_by_one
from workflow.machine.deciding.state_entry import enter, notice_facts, turn_desks, wake, wakes
from workflow.machine.definition import OpenCase
from workflow.machine.expressions import plain
from workflow.values import (
    Assignment,
    Case,
    Deadline,
    Done,
    Json,
    Linked,
    Notice,
    Opening,
    Plan,
    Reason,
    Refusal,
    Reservation,
)

_NEVER = Done(0, frozenset())


class Effects(NamedTuple):
    """What follows from the state in which the case is after the act."""

    case: Case
    closes: frozenset[str] = frozenset()
    opens: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    stops: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()


def plan(choice: Choice) -> Plan | Refusal:
    """Make the Plan of an alternative that fired."""
    question, effective = choice.question, effective_at(choice.question)
    if effective is not None:
        question = question._replace(effective=effective)
    places = reserve(question, choice.alternative.reserve) if choice.alternative.reserve else ()
    if isinstance(places, Reason):
        return Refusal("refused", (places,))
    moved = _moves(question, choice, places)
    if isinstance(moved, Refusal):
        return moved
    changes = {**choice.given.values, **_sets(question, choice)}
    after = _acted(question, choice, changes)
    effects = effects_of_entry(question, after) if choice.state else effects_in_state(question, after)
    return Plan(
        case=effects.case,
        action=question.act.action,
        was=question.case.state,
        closes=effects.closes,
        opens=effects.opens,
        deadlines=effects.deadlines,
        stops=effects.stops,
        notices=(*effects.notices, *_notices(question, choice, effects)),
        moves=moved.plans,
        openings=_openings(question, choice.alternative.open),
        listed=indexed(question.definition, was=question.case.state, after=effects.case, changes=changes),
        inputs={**choice.given.values, **choice.lists.inputs} if choice.lists.after else choice.given.values,
        warnings=(*choice.warnings, *moved.warnings),
        on_behalf=choice.right.on_behalf,
        capacity=choice.right.capacity,
        desk=choice.right.desk,
        alternative=choice.position,
        links_added=choice.lists.links_added,
        links_removed=choice.lists.links_removed,
        releases=released(question, choice.alternative, effects.case) if question.definition.reserves else frozenset(),
        reserves=places,
        doubts=doubts_of(question, leaves=choice.state is not None),
    )


def _moves(question: Question, choice: Choice, places: tuple[Reservation, ...]) -> Moved | Refusal:
    """Decide the acts on linked cases, each case once, in the order in which they will be locked."""
    moved = Moved(taken=(*question.taken, *places))
    for link in dict.fromkeys(link for link, _ in choice.alternative.each):
        for linked in sorted(question.linked(link), key=lambda linked: linked.case.id):
            answer = _moved_case(question, choice, link, linked, moved)
            if not isinstance(answer, Refusal):
                moved = moved.with_plans(answer)
            elif one_by_one(question.definition, link):
                moved = moved.without(linked.case, answer)
            else:
                return answer
    return moved.refusal or moved


def _moved_case(
    question: Question, choice: Choice, link: str, linked: Linked, moved: Moved
) -> tuple[Plan, ...] | Refusal:
    """Decide every act on one linked case; where one of them is refused, none happens."""
    actions = acts_on(question, choice.alternative, link, linked)
    if not actions:
        return Refusal("refused", (Reason("no_result", {"case": linked.case.code}),))
    taken = moved.taken
    plans: list[Plan] = []
    for action in actions:
        asked = linked_question(question, linked, action, on_behalf=choice.right.on_behalf)
        move = _move(asked._replace(taken=taken))
        if isinstance(move, Refusal):
            return move
        plans.append(move)
        taken = (*taken, *move.reserves)
    return tuple(plans)


def _move(asked: Question) -> Plan | Refusal:
    choice = choose(asked)
    answer = plan(choice) if isinstance(choice, Choice) else choice
    if isinstance(answer, Plan):
        return answer
    blocked = Reason("linked_refuses", {"case": asked.case.code, "state": asked.case.state, "action": asked.act.action})
    return Refusal("refused", (blocked, *answer.reasons))


def _sets(question: Question, choice: Choice) -> dict[str, Json]:
    seen = GuardFacts(question)
    return {name: plain(value.value(seen, question.calendar)) for name, value in choice.alternative.sets}


def _acted(question: Question, choice: Choice, changes: dict[str, Json]) -> Case:
    """Return the case after the act: fields, who did it, versions, its state and where it came from, clocks."""
    case, action = question.case, question.act.action
    target = choice.state or case.state
    earlier = case.done.get(action, _NEVER)
    fields = merged(case.fields, changes) if changes else case.fields
    acted = Done(earlier.times + 1, earlier.people | acting(question.actor, choice.right))
    by = choice.right.on_behalf or question.actor.person
    done = {**case.done, action: remembered(question.definition, acted, action, fields, by=by)}
    after = case._replace(
        version=case.version + 1,
        acted_version=case.version + 1,
        fields=fields,
        done=fallen(question.definition, done, target) if choice.state else done,
        state=target,
        back=case.back if target == case.state else case.state,
        outcome=question.definition.states[target].outcome,
        entered_at=question.now if choice.state else case.entered_at,
        asks={} if choice.state else case.asks,
    )
    if question.state.is_settled and question.definition.states[target].turn:
        after = after._replace(clocks=case_clocks.reopened(after.clocks))
    if not case_clocks.touches(question.definition, action):
        return after
    return after._replace(clocks=case_clocks.ticked(question.definition, after, (action,), question.times))


def effects_of_entry(question: Question, after: Case) -> Effects:
    """Leave the state, closing its turn and annulling its asks, and enter the next."""
    entered = enter(question, after, had=turn_desks(question, question.state, question.case))
    return Effects(
        entered.case,
        closes=open_slots(question),
        opens=entered.opens,
        deadlines=entered.deadlines,
        stops=running(question) - {deadline.name for deadline in entered.deadlines},
        notices=entered.notices,
    )


def running(question: Question) -> frozenset[str]:
    """List the deadlines that may be set in the present state."""
    turn = {case_clocks.TURN} if question.state.turn else set()
    waking = {case_clocks.WAKE} if wakes(question.definition, question.case.state) else set()
    return frozenset({*question.case.asks} | turn | waking)


def open_slots(question: Question) -> frozenset[str]:
    """List the slots in which somebody may be waited for in the present state."""
    slots = {
        put_asks.slot_of(name, member)
        for name, standing in question.case.asks.items()
        for member in standing.members
        if member not in standing.answers
    }
    return frozenset(slots | ({case_clocks.TURN} if question.state.turn else set()))


def effects_in_state(question: Question, after: Case) -> Effects:
    """Keep the state, and bring its turn and its waking up to date where the act changed what they depend on."""
    turn = question.state.turn
    if turn is None:
        return Effects(after, deadlines=_waking(question, after))
    calendar, before = question.calendar, question.case
    ledgers = case_clocks.replanned(turn, after, question.times)
    dues = case_clocks.dues_of(ledgers, calendar)
    due, nearest = case_clocks.turn_due(turn, dues), min(dues.values(), default=None)
    after = after._replace(clocks=ledgers, due_at=nearest)
    deadlines = _waking(question, after)
    moved = _goes_elsewhere(question, after)
    unchanged = (
        due == case_clocks.turn_due(turn, case_clocks.dues_of(before.clocks, calendar)) and nearest == before.due_at
    )
    if unchanged and not moved:
        return Effects(after, deadlines=deadlines)
    deadline = case_clocks.next_step(question.definition, due, calendar, after=question.now) if due else None
    ledgers = {name: ledger for name, ledger in ledgers.items() if name != case_clocks.STEP}
    after = after._replace(clocks=ledgers | ({case_clocks.STEP: deadline.step} if deadline else {}))
    excluded = barred_from_turn(question.definition, after)
    return Effects(
        after,
        closes=frozenset({case_clocks.TURN}),
        opens=turn_claims.turns(question, question.state, after, excluded),
        deadlines=(*deadlines, deadline) if deadline else deadlines,
        stops=frozenset() if deadline else frozenset({case_clocks.TURN}),
    )


def _waking(question: Question, after: Case) -> tuple[Deadline, ...]:
    waking = wake(question, after)
    return (waking,) if waking else ()


def _goes_elsewhere(question: Question, after: Case) -> bool:
    """Tell whether an act changed a field that decides whose turn it is."""
    if after.fields == question.case.fields:
        return False
    desks = (turn_desks(question, question.state, case) for case in (question.case, after))
    return next(desks) != next(desks)


def _notices(question: Question, choice: Choice, effects: Effects) -> list[Notice]:
    """Notify those whom the act names, except those whom it also asks or gives the turn: they get that letter."""
    asked = {person for notice in effects.notices if notice.kind == "ask" for person in notice.people}
    waited = {desk for notice in effects.notices if notice.kind == "turn" for desk in notice.desks}
    facts, excluded = notice_facts(question, effects.case), oneself(question.actor) | asked
    named = (seats_of(question.definition, question.facts, party, effects.case) for party in choice.alternative.notify)
    desks = (tuple(desk for desk in desks_of(seats) if desk not in waited) for seats in named)
    return [Notice("told", hearers, (), facts, excluded) for hearers in desks if hearers]


def _openings(question: Question, wanted: OpenCase | None) -> tuple[Opening, ...]:
    if wanted is None:
        return ()
    fields = merged(question.case.fields, question.given)
    names = {"all": tuple(fields), "none": ()}.get(wanted.copy) if isinstance(wanted.copy, str) else wanted.copy
    copied = {name: fields[wanted.source(name)] for name in names or () if wanted.source(name) in fields}
    of = wanted.definition or question.definition.name
    return (Opening(of, wanted.link, wanted.at, copied, whole=wanted.copy == "all"),)

"""What decided acts do, in one piece. Several are one act under several contents of a box: what all of them do is
certain, what only some do is possible.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workflow.machine.deciding.cascade import Cascade, DecidedAct, DecidedOpening, KnownFacts
from workflow.machine.deciding.consequences.ended_asks import asks_ended
from workflow.machine.deciding.consequences.weights import papers_of, party_awaited, weight_of
from workflow.machine.definition import Definition
from workflow.values import (
    Case,
    CaseAfter,
    CasesOpened,
    Consequences,
    Desk,
    DueChange,
    Facts,
    Plan,
    Waiting,
)

_GREATEST = ("final", "undoable", "light")


def summary(cascades: Sequence[Cascade], known: KnownFacts, *, refusable: bool = False) -> Consequences:
    """Say what an act does: `cascades` are all that may come of it, `known` what it was decided from, without boxes."""
    first = cascades[0].act
    asks = asks_ended(first, known)
    reads_asks = any(after.counted for after in asks)
    weights = {weight_of(cascade.act, reads_asks=reads_asks) for cascade in cascades}
    certain, possible = _told(cascades)
    plans = [cascade.act.plan for cascade in cascades]
    return Consequences(
        action=first.plan.action,
        weight=next(weight for weight in _GREATEST if weight in weights),
        case=_case_after(first.definition, first.before, [plan.case for plan in plans]),
        asks=asks,
        moves=tuple(_moves(cascades)),
        opens=tuple(_opened(cascades)),
        papers=papers_of(first.definition, first.plan),
        external=tuple(dict.fromkeys(_external(cascades))),
        told=tuple(sorted(certain)),
        perhaps_told=tuple(sorted(possible - certain)),
        desks=tuple(sorted({desk for cascade in cascades for plan, _ in _plans(cascade) for desk in _desks(plan)})),
        dues=_dues(first.plan) if len({plan.deadlines for plan in plans}) == 1 else (),
        doubts=first.plan.doubts,
        warnings=first.plan.warnings if len(cascades) == 1 else (),
        refusable=refusable,
    )


def _case_after(definition: Definition, before: Case, after: Sequence[Case]) -> CaseAfter:
    states = tuple(dict.fromkeys(case.state for case in after))
    outcomes = tuple(definition.states[state].outcome for state in states)
    settled = all(definition.states[state].is_settled for state in states)
    return CaseAfter(before.code, definition.hash, before.state, states, outcomes, settled)


def _moves(cascades: Sequence[Cascade]) -> Iterator[CaseAfter]:
    """Go through the cases that are moved, in order of their ids; one that some contents leave alone may stay."""
    befores = {move.before.id: move for cascade in cascades for move in cascade.moves}
    for case_id in sorted(befores):
        move = befores[case_id]
        after = [_last(cascade, move) for cascade in cascades]
        yield _case_after(move.definition, move.before, after)


def _last(cascade: Cascade, move: DecidedAct) -> Case:
    """Return a case as it stands after everything that is done to it."""
    plans = [other.plan.case for other in cascade.moves if other.before.id == move.before.id]
    return plans[-1] if plans else move.before


def _opened(cascades: Sequence[Cascade]) -> Iterator[CasesOpened]:
    counted = [Counter(opened.beginning.definition.hash for opened in cascade.openings) for cascade in cascades]
    for definition in dict.fromkeys(name for count in counted for name in count):
        numbers = [count[definition] for count in counted]
        yield CasesOpened(definition, min(numbers), max(numbers))


def _external(cascades: Sequence[Cascade]) -> Iterator[Waiting]:
    for cascade in cascades:
        decided: tuple[DecidedAct, ...] = (cascade.act, *cascade.moves)
        for act in decided:
            party = party_awaited(act.definition, act.plan)
            if party:
                yield Waiting(act.before.code, party)


def _plans(cascade: Cascade) -> Iterator[tuple[Plan, Facts]]:
    for decided in (cascade.act, *cascade.moves):
        yield decided.plan, decided.facts
    for opened in cascade.openings:
        yield opened.plan, opened.beginning.known.facts


def _told(cascades: Sequence[Cascade]) -> tuple[frozenset[int], frozenset[int]]:
    """Find who is told whatever a box holds, and who may be. What is told of a case depends on its own result alone."""
    certain: set[int] = set()
    possible: set[int] = set()
    by_case: dict[int, list[frozenset[int]]] = {}
    for at, cascade in enumerate(cascades):
        told = _told_by_case(cascade)
        for case_id in told:
            by_case.setdefault(case_id, [frozenset()] * at)
        for case_id, people in by_case.items():
            people.append(told.get(case_id, frozenset()))
    for people in by_case.values():
        certain |= frozenset.intersection(*people)
        possible |= frozenset.union(*people)
    return frozenset(certain), frozenset(possible)


def _told_by_case(cascade: Cascade) -> dict[int, frozenset[int]]:
    told: dict[int, frozenset[int]] = {}
    for plan, facts in _plans(cascade):
        key = plan.case.id if plan.was else -1
        told[key] = told.get(key, frozenset()) | people_told(plan, facts)
    return told


def people_told(plan: Plan, facts: Facts) -> frozenset[int]:
    """List the people whom the notices of a Plan reach: those named, and the holders of the desks named."""
    holders = {seat.desk: seat.holders for seats in facts.seats.values() for seat in seats}
    return frozenset(
        person
        for notice in plan.notices
        for person in (*notice.people, *(held for desk in notice.desks for held in holders.get(desk, ())))
        if person not in notice.excluded
    )


def _desks(plan: Plan) -> Iterable[Desk]:
    return (desk for notice in plan.notices for desk in notice.desks)


def _dues(plan: Plan) -> tuple[DueChange, ...]:
    begun = [DueChange(plan.case.code, deadline.name, deadline.due_at) for deadline in plan.deadlines]
    stopped = [DueChange(plan.case.code, name, None) for name in sorted(plan.stops)]
    return tuple(change for change in (*begun, *stopped) if change.name != "wake")


def beginnings(cascades: Iterable[Cascade]) -> Iterator[DecidedOpening]:
    """Go through the openings whose numbers must be given back where nothing is written."""
    for cascade in cascades:
        yield from cascade.openings

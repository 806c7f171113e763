"""An act decided with everything that it moves and opens: all of it holds, or nothing does.

Asks the world in which it is decided, the record or a simulation, for facts and for what a new case begins with.
Writes nothing: what was decided is handed back in one piece. Where any part refuses, numbers that were taken go back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple, Protocol

from workflow.machine.calendar import Calendar
from workflow.machine.deciding.decide import decide
from workflow.machine.deciding.linked_acts import moving, not_opened, openings_of
from workflow.machine.deciding.opening import opening
from workflow.machine.deciding.required_facts import needs
from workflow.machine.definition import Definition
from workflow.values import OPEN, Act, Actor, Case, Facts, Json, Linked, Needs, Opening, Plan, Refusal


class ActContext(NamedTuple):
    """Who acts, when, and under which calendar."""

    actor: Actor
    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        return self.calendar.local_date(self.now)


class KnownFacts(NamedTuple):
    """The facts of one case, and the definitions of the cases linked to it by their hash."""

    facts: Facts
    definitions: Mapping[str, Definition]


class Beginning(NamedTuple):
    """What a new case begins with, taken before it is decided so that history holds what the decision saw.

    `at` is the state in which an act opens it, None where the definition's own start says. `book` names the book that
    the number of its code was taken from, None where nothing was taken.
    """

    definition: Definition
    case_id: int
    code: str
    unit: int
    movement: int | None
    fields: Mapping[str, Json]
    params: Mapping[str, Json]
    known: KnownFacts
    at: str | None = None
    book: tuple[str, int] | None = None


class World(Protocol):
    """Where an act is decided: what is known there, and what a new case would begin with there."""

    def definition_of(self, case: Case) -> Definition:
        """Return the definition that a case is pinned to."""

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        """Return what is wanted for the act, and what it needs of the cases that it moves."""

    def facts_of(self, case: Case, wanted: Needs) -> KnownFacts:
        """Return declared facts of one case, without those of the cases around it."""

    def objection_to(self, definition: Definition, case: Case, plan: Plan) -> Refusal | None:
        """Refuse a Plan for what only this world can know, such as whether a document exists."""

    def begin(self, wanted: Opening, origin: Case, *, waiting: int) -> Beginning:
        """Take what a case that is opened from `origin` begins with; `waiting` others are decided and not there yet."""

    def give_back(self, beginning: Beginning) -> None:
        """Give back the number that was taken for a case which is not opened after all."""


class DecidedOpening(NamedTuple):
    """A first entry that is decided and not there yet; `link` and `origin` say to which case it will be linked."""

    beginning: Beginning
    plan: Plan
    by: ActContext
    link: str | None = None
    origin: Case | None = None

    @property
    def act(self) -> Act:
        return Act(OPEN, self.beginning.fields)


class DecidedAct(NamedTuple):
    """An act on one case that is decided and not there yet, with the facts that it was decided from."""

    definition: Definition
    before: Case
    act: Act
    plan: Plan
    facts: Facts
    by: ActContext


class Cascade(NamedTuple):
    """An act with everything that comes along, in the order in which it is to be written."""

    openings: tuple[DecidedOpening, ...]
    act: DecidedAct
    moves: tuple[DecidedAct, ...]


def decide_cascade(world: World, case: Case, act: Act, by: ActContext) -> Cascade | Refusal:
    """Decide an act with all it moves and opens; the first refusal of any part refuses all of it."""
    definition = world.definition_of(case)
    known = world.facts_for(case, act, needs(definition, case, act))
    answer = _decided(world, definition, case, act, known=known, by=by)
    if isinstance(answer, Refusal):
        return answer
    others = {other.case.id: other for other in _cases_around(known.facts)}
    mover = by._replace(actor=moving(by.actor, case, on_behalf=answer.plan.on_behalf))
    origins = {other.case.id: other.case for other in others.values()} | {case.id: case}
    openings = _decide_openings(world, answer.plan, origins, mover)
    if isinstance(openings, Refusal):
        return openings
    moves = [
        DecidedAct(
            known.definitions[others[plan.case.id].case.definition],
            others[plan.case.id].case,
            Act(plan.action),
            plan,
            others[plan.case.id].facts,
            mover,
        )
        for plan in sorted(answer.plan.moves, key=_by_case)
    ]
    return Cascade(openings, answer, tuple(moves))


def decide_isolated(world: World, case: Case, act: Act, by: ActContext) -> DecidedAct | Refusal | None:
    """Decide an act that reads and changes nothing but its case; None where it does more and must be a cascade."""
    definition = world.definition_of(case)
    wanted = needs(definition, case, act)
    if wanted.reads_more:
        return None
    answer = _decided(world, definition, case, act, known=world.facts_of(case, wanted), by=by)
    return None if isinstance(answer, DecidedAct) and answer.plan.changes_more else answer


def decide_opening(world: World, beginning: Beginning, by: ActContext) -> DecidedOpening | Refusal:
    """Decide the first entry of a case that nothing is linked to; a refusal gives its number back."""
    answer = _opened(beginning, by)
    if isinstance(answer, Refusal):
        world.give_back(beginning)
        return answer
    return DecidedOpening(beginning, answer, by)


def _decided(
    world: World, definition: Definition, case: Case, act: Act, *, known: KnownFacts, by: ActContext
) -> DecidedAct | Refusal:
    answer = decide(
        definition,
        case,
        act,
        actor=by.actor,
        facts=known.facts,
        now=by.now,
        calendar=by.calendar,
        definitions=known.definitions,
    )
    if isinstance(answer, Refusal):
        return answer
    objection = world.objection_to(definition, case, answer)
    return objection or DecidedAct(definition, case, act, answer, known.facts, by)


def _decide_openings(
    world: World, plan: Plan, origins: Mapping[int, Case], mover: ActContext
) -> tuple[DecidedOpening, ...] | Refusal:
    """Decide every case that the act opens, those that moved cases open included."""
    openings: list[DecidedOpening] = []
    for origin, wanted in openings_of(plan):
        before = origins[origin.id]
        beginning = world.begin(wanted, before, waiting=len(openings))
        by = mover._replace(actor=replace(mover.actor, link=before.code))
        answer = _opened(beginning, by)
        if isinstance(answer, Refusal):
            for begun in (*(decided.beginning for decided in openings), beginning):
                world.give_back(begun)
            return not_opened(wanted, answer)
        openings.append(DecidedOpening(beginning, answer, by, wanted.link, before))
    return tuple(openings)


def _opened(beginning: Beginning, by: ActContext) -> Plan | Refusal:
    return opening(
        beginning.definition,
        case_id=beginning.case_id,
        code=beginning.code,
        unit=beginning.unit,
        movement=beginning.movement,
        fields=beginning.fields,
        actor=by.actor,
        facts=beginning.known.facts,
        now=by.now,
        calendar=by.calendar,
        at=beginning.at,
        params=beginning.params,
        definitions=beginning.known.definitions,
    )


def _cases_around(facts: Facts) -> Iterator[Linked]:
    """Go through the cases that an act may move: those at links, and those that it puts there."""
    yield from facts.cases.values()
    for others in facts.links.values():
        yield from others


def _by_case(plan: Plan) -> int:
    return plan.case.id

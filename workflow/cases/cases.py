"""Cases: opening one, and every act on one, by a person, a deadline or a linked case.

Loads the case and its facts, asks the machine, applies the answer in the caller's transaction. No rule stands here.
Called by the doors with the person who asks and with `now`, and by `escalations` for the system.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from workflow import calendars
from workflow.cases import facts, papers
from workflow.cases.opening import Opened, decide_linked, decide_opening, given_up, write_linked, write_opening
from workflow.cases.writing import Circumstances, writing
from workflow.definitions import publishing
from workflow.errors import CaseNotFound
from workflow.machine.deciding import codes_in, decide, moving, needs, openings_of
from workflow.machine.definition import Definition
from workflow.organisation import access
from workflow.storage.queries.cases import ForAct
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.storage.writing import Writing, applying
from workflow.values import SYSTEM, Act, Case, Json, Linked, Plan, Refusal


class Acted(NamedTuple):
    """What an act did: the case as it stands and the cases it opened. `repeated`: the same request came before."""

    case: Case
    plan: Plan | None
    opened: tuple[Case, ...] = ()
    repeated: bool = False


How = Callable[[Tx, Case, Act, Circumstances], Acted | Refusal]
"""A way to decide and apply one act on a case that is loaded."""


def open_case(
    tx: Tx,
    name: str,
    *,
    unit_id: int,
    person_id: int | None,
    now: datetime,
    fields: Mapping[str, Json] | None = None,
    movement_id: int | None = None,
    milestone: str | None = None,
    request_key: str | None = None,
) -> Acted | Refusal:
    """Open a case of the definition in force, for a unit; `person_id` None is the movement that opens it.

    `milestone` is that of the movement for which the unit owes the case.

    Raises `DefinitionNotFound` for a name without a published version.
    """
    earlier = records.by_request(tx, request_key) if request_key else None
    if earlier is not None:
        return Acted(earlier, None, repeated=True)
    actor = access.standing(tx, person_id, now=now) if person_id is not None else SYSTEM
    at_hand = Circumstances(actor, now, calendars.calendar_of(tx), request_key)
    definition = publishing.current(tx, name)
    decided_on = decide_opening(
        tx, definition, at_hand, unit=unit_id, movement=movement_id, milestone=milestone, fields=fields or {}
    )
    if isinstance(decided_on, Refusal):
        return decided_on
    write_opening(tx, decided_on, at_hand)
    return Acted(decided_on.plan.case, decided_on.plan)


def act(
    tx: Tx, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Do to a case what a person asks for, or say why not. Doors that do nothing else call `single_acts.act`.

    Raises `CaseNotFound` for a code that does not exist or that this person may not know of.
    """
    return approached(tx, code, asked, act_on, person_id=person_id, now=now, request_key=request_key)


def approached(
    tx: Tx, code: str, asked: Act, how: How, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Load a case and who asks, and do it as `how` does; whom it would tell too much hears that there is no case."""
    found = records.load_for_act(tx, code, request_key=request_key)
    if found is None:
        raise CaseNotFound(code)
    if found.repeated:
        return Acted(found.case, None, repeated=True)
    at_hand = circumstances(tx, found, person_id=person_id, now=now, request_key=request_key)
    answer = how(tx, found.case, asked, at_hand)
    # Whoever may act may know of the case: only a refusal asks whether this one would give a stranger something away.
    if isinstance(answer, Refusal) and not access.may_see(tx, found.case, person_id, now=now):
        raise CaseNotFound(code)
    return answer


def circumstances(
    tx: Tx, found: ForAct, *, person_id: int, now: datetime, request_key: str | None = None
) -> Circumstances:
    """Say how a person stands before a case that was just loaded."""
    calendar = calendars.at_revision(tx, found.calendar_revision)
    actor = found.around.actor(person_id, on_date=calendar.local_date(now))
    return Circumstances(actor, now, calendar, request_key, found.around)


def act_on(tx: Tx, case: Case, asked: Act, at_hand: Circumstances) -> Acted | Refusal:
    """Decide and apply one act on a case that is loaded and locked."""
    definition = publishing.compiled(tx, case.definition)
    found = facts.for_act(tx, definition, case, asked, on_date=at_hand.today, around=at_hand.around)
    if found.facts.cases:
        found = _known_to(tx, at_hand, found, codes_in(definition, asked))
    answer = decided(tx, definition, case, asked, found=found, at_hand=at_hand)
    if isinstance(answer, Refusal):
        return answer
    mover = moving(at_hand.actor, case, on_behalf=answer.on_behalf)
    by_link = at_hand._replace(actor=mover, request_key=None, around=None)
    # First the cases to open are decided, all of them: if one refuses, nothing has been written.
    before = {other.case.id: other.case for other in _around(found)} | {case.id: case}
    openings = [
        (wanted, before[origin.id], by_link._replace(actor=replace(mover, link=origin.code)))
        for origin, wanted in openings_of(answer)
    ]
    decided_too = [
        decide_linked(tx, origin, wanted, by_it, waiting=place)
        for place, (wanted, origin, by_it) in enumerate(openings)
    ]
    if any(isinstance(each, Refusal) for each in decided_too):
        return given_up(tx, decided_too)
    opened = [
        write_linked(tx, origin, wanted, each, by_it)
        for (wanted, origin, by_it), each in zip(openings, decided_too, strict=True)
        if isinstance(each, Opened)
    ]
    applying.apply_all(tx, [writing(definition, case, answer, asked=asked, known=found.facts, at_hand=at_hand)])
    _apply_moves(tx, answer, found, by_link)
    return Acted(answer.case, answer, tuple(opened))


def by_itself(tx: Tx, case: Case, asked: Act, at_hand: Circumstances) -> Writing | Refusal | None:
    """Decide an act that reads and changes nothing but its case, and say what is to be written; None: it does more."""
    definition = publishing.compiled(tx, case.definition)
    wanted = needs(definition, case, asked)
    if wanted.reads_more:
        return None
    found = facts.find(tx, case, wanted, on_date=at_hand.today, around=at_hand.around)
    answer = decided(tx, definition, case, asked, found=found, at_hand=at_hand)
    if isinstance(answer, Refusal):
        return answer
    if answer.changes_more:
        return None
    return writing(definition, case, answer, asked=asked, known=found.facts, at_hand=at_hand)


def decided(
    tx: Tx, definition: Definition, case: Case, asked: Act, *, found: facts.Found, at_hand: Circumstances
) -> Plan | Refusal:
    """Decide one act on a case from the facts found; writes nothing."""
    answer = decide(
        definition,
        case,
        asked,
        actor=at_hand.actor,
        facts=found.facts,
        now=at_hand.now,
        calendar=at_hand.calendar,
        definitions=found.definitions,
    )
    if isinstance(answer, Refusal):
        return answer
    foreign = papers.find_foreign(tx, definition, case, answer.inputs)
    return Refusal("refused", foreign) if foreign else answer


def _known_to(tx: Tx, at_hand: Circumstances, found: facts.Found, named: frozenset[str]) -> facts.Found:
    """Leave out the cases named that the actor may not know of: naming one must be like naming none at all."""
    person = at_hand.actor.person
    known = {
        code: linked
        for code, linked in found.facts.cases.items()
        if code not in named or (person is not None and access.may_see(tx, linked.case, person, now=at_hand.now))
    }
    return found._replace(facts=found.facts._replace(cases=known))


def _around(found: facts.Found) -> Iterator[Linked]:
    """Go through the cases that an act may move: those at links, and those that it puts there."""
    yield from found.facts.cases.values()
    for others in found.facts.links.values():
        yield from others


def _apply_moves(tx: Tx, plan: Plan, found: facts.Found, by_link: Circumstances) -> None:
    """Apply the Plans of linked cases in id order, each with an entry of its own that says which case moved it."""
    linked = {other.case.id: other for other in _around(found)}
    for move in sorted(plan.moves, key=lambda move: move.case.id):
        other = linked[move.case.id]
        definition = found.definitions[other.case.definition]
        moved = writing(definition, other.case, move, asked=Act(move.action), known=other.facts, at_hand=by_link)
        applying.apply_all(tx, [moved])

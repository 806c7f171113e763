"""Acting on cases: one act that stands by itself, one within a transaction. Both take the same path.

Loads the case, has the act decided with everything that it moves and opens, writes the answer. No rule stands here.

On PostgreSQL an act by itself takes one statement that reads and one that writes, with no lock between them: most acts
change one case and read no other, and writing such a Plan fails if the case is no longer at the version it was decided
on. Where somebody else acted in between, where the act touches other cases, or where it is refused (the same request
may have been carried out already), the act is decided again in a transaction that locks the case.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from workflow import calendars
from workflow.cases import drafts
from workflow.cases.record_world import RecordWorld
from workflow.cases.writing import settle_remarks, write_cascade, writing_of
from workflow.errors import CaseNotFound, Conflict, Repeated, WorkflowError
from workflow.machine.deciding import ActContext, Cascade, DecidedAct, decide_cascade, decide_isolated
from workflow.machine.remarks import DEFECTS
from workflow.organisation import access
from workflow.storage.queries.cases import ForAct
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Database, Tx
from workflow.storage.writing import applying
from workflow.values import SYSTEM, UNDO, Act, Case, Plan, Refusal


class Acted(NamedTuple):
    """What an act did: the case as it stands and the cases it opened.

    `repeated`: the same request came before. `undoable`: its doer may take it back while nothing follows.
    """

    case: Case
    plan: Plan | None
    opened: tuple[Case, ...] = ()
    repeated: bool = False
    undoable: bool = False


Answer = TypeVar("Answer")
Perform = Callable[[RecordWorld, Case, Act, str | None], Answer]
"""A way to decide and write one act on a case that is loaded; the text is the key of the request."""


class NotIsolated(WorkflowError):
    """The act reads or changes more than rows of its one case, or is refused: it is decided with the case locked."""


def act(
    database: Database, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Do to a case what a person asks for, or say why not; it stands when this returns.

    Raises `CaseNotFound` as `act_in` does, `CommitUncertain` where the connection went away meanwhile.
    """
    ask = partial(load_and_act, code=code, asked=asked, person_id=person_id, now=now, request_key=request_key)
    return alone(database, partial(ask, perform=_act_isolated), partial(ask, perform=_act))


def alone(database: Database, isolated: Callable[[Tx], Answer], locked: Callable[[Tx], Answer]) -> Answer:
    """Let an act stand by itself: with nothing locked where the database is good at that, else in a transaction."""
    if database.dialect == "postgresql":
        try:
            with database.statements() as tx:
                return isolated(tx)
        except (NotIsolated, Conflict, Repeated):
            pass
    with database.writing() as tx:
        return locked(tx)


def act_in(
    tx: Tx, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Do to a case what a person asks for within a transaction that does more, or say why not.

    Raises `CaseNotFound` for a code that does not exist or that this person may not know of.
    """
    return load_and_act(tx, code, asked, _act, person_id=person_id, now=now, request_key=request_key)


def act_as_system(tx: Tx, case: Case, asked: Act, *, now: datetime) -> Acted | Refusal:
    """Do to a case that is loaded and locked what a passed deadline asks for."""
    context = ActContext(SYSTEM, now, calendars.calendar_of(tx))
    return _act(RecordWorld(tx, context), case, asked, None)


def load_and_act(
    tx: Tx,
    code: str,
    asked: Act,
    perform: Perform[Answer],
    *,
    person_id: int,
    now: datetime,
    request_key: str | None,
) -> Answer | Acted:
    """Load a case with the person who asks, and perform the act.

    Raises `CaseNotFound` also for somebody who may not know of the case.
    """
    loaded = records.load_for_act(tx, code, request_key=request_key)
    if loaded is None:
        raise CaseNotFound(code)
    if loaded.repeated:
        return Acted(loaded.case, None, repeated=True)
    answer = perform(world_of(tx, loaded, person_id=person_id, now=now), loaded.case, asked, request_key)
    # Whoever may act may know of the case. Only a refusal could tell a stranger that the case exists.
    if isinstance(answer, Refusal) and not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    return answer


def world_of(tx: Tx, loaded: ForAct, *, person_id: int, now: datetime) -> RecordWorld:
    """Return the record with the rights that a person has in a case that was just loaded."""
    calendar = calendars.at_revision(tx, loaded.calendar_revision)
    actor = loaded.surroundings.actor(person_id, on_date=calendar.local_date(now))
    return RecordWorld(tx, ActContext(actor, now, calendar), loaded.surroundings, has_remarks=loaded.has_remarks)


def _act(world: RecordWorld, case: Case, asked: Act, request_key: str | None) -> Acted | Refusal:
    """Decide and write an act with everything it moves and opens, on a case that is loaded and locked."""
    cascade = decide_cascade(world, case, asked, world.context)
    if isinstance(cascade, Refusal):
        return cascade
    return write(world, cascade, request_key)


def write(world: RecordWorld, cascade: Cascade, request_key: str | None) -> Acted:
    """Write an act with everything it moves and opens, on a case that is loaded and locked."""
    writing = write_cascade(world.tx, cascade, request_key=request_key)
    write_beside(world.tx, cascade.act, remarks=changes_remarks(world, cascade.act))
    plan, opened = cascade.act.plan, tuple(opening.plan.case for opening in cascade.openings)
    return Acted(plan.case, plan, opened, undoable=writing.is_undoable)


def _act_isolated(world: RecordWorld, case: Case, asked: Act, request_key: str | None) -> Acted | Refusal:
    """Decide and write an act on a case that nothing locks. Raises `NotIsolated` where it must be locked."""
    if may_change_remarks(world, asked):
        raise NotIsolated
    decided = decide_isolated(world, case, asked, world.context)
    if not isinstance(decided, DecidedAct):
        raise NotIsolated
    return write_isolated(world, decided, request_key)


def write_isolated(world: RecordWorld, decided: DecidedAct, request_key: str | None) -> Acted:
    """Write an act that changes nothing but its case; fails where somebody else acted on it meanwhile.

    Raises `NotIsolated` where remarks are written with it.
    """
    if changes_remarks(world, decided):
        raise NotIsolated
    writing = writing_of(world.tx, decided, request_key=request_key)
    applying.apply_all(world.tx, [writing])
    write_beside(world.tx, decided, remarks=False)
    return Acted(decided.plan.case, decided.plan, undoable=writing.is_undoable)


def write_beside(tx: Tx, decided: DecidedAct, *, remarks: bool) -> None:
    """Write what an act does to remarks and drafts of its case."""
    if remarks:
        settle_remarks(tx, decided)
    if decided.plan.action == UNDO:
        drafts.keep_undone(tx, decided)


def may_change_remarks(world: RecordWorld, asked: Act) -> bool:
    """Say whether an act may settle remarks, before it is decided: then its case is locked for it."""
    return world.has_remarks or DEFECTS in asked.inputs


def changes_remarks(world: RecordWorld, decided: DecidedAct) -> bool:
    """Say whether an act settles remarks, once it is decided."""
    return world.has_remarks or DEFECTS in decided.plan.inputs

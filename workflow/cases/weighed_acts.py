"""Acts that somebody may have to be asked about: shown before they are done, and done unless they must be asked about.

What is shown is told from the very decision that would be written, so a request asks the record for it no second time.
No rule stands here: what must be asked about, the caller says of what the machine shows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from workflow.cases import acting
from workflow.cases.acting import Acted, NotIsolated
from workflow.cases.record_world import DryRecordWorld, RecordWorld
from workflow.errors import CaseNotFound
from workflow.machine.deciding import Cascade, DecidedAct, decide_isolated, decide_unless, preview, summarised
from workflow.organisation import access
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Database, Tx
from workflow.values import Act, Case, Consequences, Refusal

Asks = Callable[[Consequences], bool]
"""Whether somebody must be asked before an act with these consequences is done."""


def act_unless(
    database: Database,
    code: str,
    asked: Act,
    *,
    asks: Asks,
    person_id: int,
    now: datetime,
    request_key: str | None = None,
) -> Acted | Consequences | Refusal:
    """Do what `act` does, unless somebody must be asked first: then nothing is done, and what it would do is returned.

    Raises what `act` raises.
    """
    ask = partial(acting.load_and_act, code=code, asked=asked, person_id=person_id, now=now, request_key=request_key)
    isolated = partial(ask, perform=partial(_act_isolated, asks=asks))
    return acting.alone(database, isolated, partial(ask, perform=partial(_act, asks=asks)))


def preview_act(tx: Tx, code: str, asked: Act, *, person_id: int, now: datetime) -> Consequences | Refusal:
    """Say what an act would do, or why it would be refused; writes nothing. Raises `CaseNotFound` as `act_in` does."""
    loaded = records.load_for_act(tx, code)
    if loaded is None:
        raise CaseNotFound(code)
    known = acting.world_of(tx, loaded, person_id=person_id, now=now)
    dry = DryRecordWorld(tx, known.context, known.surroundings, known.has_remarks)
    answer = preview(dry, loaded.case, asked, known.context)
    # Only a refusal could tell a stranger that the case exists.
    if isinstance(answer, Refusal) and not access.may_see(tx, loaded.case, person_id, now=now):
        raise CaseNotFound(code)
    return answer


def _act(
    world: RecordWorld, case: Case, asked: Act, request_key: str | None, *, asks: Asks
) -> Acted | Consequences | Refusal:
    answer = decide_unless(world, case, asked, world.context, asks=asks)
    return acting.write(world, answer, request_key) if isinstance(answer, Cascade) else answer


def _act_isolated(
    world: RecordWorld, case: Case, asked: Act, request_key: str | None, *, asks: Asks
) -> Acted | Consequences | Refusal:
    if acting.may_change_remarks(world, asked):
        raise NotIsolated
    decided = decide_isolated(world, case, replace(asked, weighed=True), world.context)
    if not isinstance(decided, DecidedAct):
        raise NotIsolated
    shown = summarised(decided)
    return shown if asks(shown) else acting.write_isolated(world, decided, request_key)

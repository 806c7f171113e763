"""Acts that somebody may have to be asked about: shown before they are done, and done unless they must be asked about.

One act on many cases has an answer for each, refusals beside successes; they are loaded together and written together.

What is shown is told from the very decision that would be written, so a request asks the record for it no second time.
No rule stands here: what must be asked about, the caller says of what the machine shows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from workflow.cases import acting
from workflow.cases.acting import Acted, NotIsolated, act_in, changes_remarks, world_of, write_beside
from workflow.cases.record_world import DryRecordWorld, RecordWorld
from workflow.cases.writing import writing_of
from workflow.errors import CaseNotFound
from workflow.machine.deciding import Cascade, DecidedAct, decide_isolated, decide_unless, preview, summarised
from workflow.organisation import access
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.cases import requests
from workflow.storage.session import Database, Tx
from workflow.storage.writing import applying
from workflow.values import Act, Case, Consequences, Refusal

Asks = Callable[[Consequences], bool]
"""Whether somebody must be asked before an act with these consequences is done."""
Unless = Callable[[Consequences], Refusal | None]
"""Why an act with these consequences is not done after all; None: it is."""


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """What became of the act on one case; None: there is no such case, or this person may not know of it."""

    code: str
    answer: Acted | Refusal | None


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


def act_on_many(
    tx: Tx,
    codes: Iterable[str],
    asked: Act,
    *,
    person_id: int,
    now: datetime,
    seen: Mapping[str, int] | None = None,
    request_key: str | None = None,
    unless: Unless | None = None,
) -> tuple[BulkAnswer, ...]:
    """Do one act to each case, in the order given; what is refused leaves the others standing.

    `seen` are the versions the person saw, by code. The cases are loaded together and written together, so that five
    hundred cost a few round trips; those whose act reads or moves others follow one after the other, each loaded anew.
    A request that is sent again acts only on the cases that were not done the first time: each case has a key of its
    own under `request_key`. `unless` refuses an act for what it would do, told from the decision that is written.
    Raises `Conflict` where somebody else acted on a case meanwhile; then nothing is written.
    """
    acts = {code: replace(asked, seen=(seen or {}).get(code, asked.seen)) for code in codes}
    keys = {code: key_of(request_key, code) for code in acts} if request_key else {}
    answers: dict[str, Acted | Refusal | None] = dict.fromkeys(acts)
    isolated: dict[str, DecidedAct] = {}
    remarked = set()
    with_others = []
    done = requests.carried_out(tx, keys.values())
    for loaded in records.load_many(tx, acts):
        code = loaded.case.code
        if keys.get(code) in done:
            answers[code] = Acted(loaded.case, None, repeated=True)
            continue
        world = world_of(tx, loaded, person_id=person_id, now=now)
        answer = decide_isolated(world, loaded.case, replace(acts[code], weighed=unless is not None), world.context)
        if answer is None:
            with_others.append(code)
        elif isinstance(answer, DecidedAct):
            if unless is not None and (refusal := unless(summarised(answer))) is not None:
                answers[code] = refusal
                continue
            isolated[code] = answer
            if changes_remarks(world, answer):
                remarked.add(code)
        elif access.may_see(tx, loaded.case, person_id, now=now):
            answers[code] = answer
    writings = {code: writing_of(tx, decided, request_key=keys.get(code)) for code, decided in isolated.items()}
    applying.apply_all(tx, [*writings.values()])
    for code, decided in isolated.items():
        write_beside(tx, decided, remarks=code in remarked)
        answers[code] = Acted(decided.plan.case, decided.plan, undoable=writings[code].is_undoable)
    for code in with_others:
        answers[code] = _find_and_act(
            tx, code, acts[code], person_id=person_id, now=now, request_key=keys.get(code), unless=unless
        )
    return tuple(BulkAnswer(code, answers[code]) for code in acts)


def key_of(request_key: str, code: str) -> str:
    """The key under which a request for many cases is kept with one of them."""
    return sha256(f"{request_key}/{code}".encode()).hexdigest()


def _find_and_act(
    tx: Tx,
    code: str,
    asked: Act,
    *,
    person_id: int,
    now: datetime,
    request_key: str | None,
    unless: Unless | None,
) -> Acted | Refusal | None:
    try:
        if unless is None:
            return act_in(tx, code, asked, person_id=person_id, now=now, request_key=request_key)
        perform = partial(_act, asks=lambda shown: unless(shown) is not None)
        answer = acting.load_and_act(tx, code, asked, perform, person_id=person_id, now=now, request_key=request_key)
    except CaseNotFound:
        return None
    return unless(answer) if isinstance(answer, Consequences) else answer


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

"""History: what one entry holds, how it is chained to the one before, and how it is read by people.

Knows how a Plan becomes the bytes that are hashed; `audit.audits` checks the chains.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from workflow import calendars
from workflow.canonical import CASES, canonical, link_hash
from workflow.definitions import publishing
from workflow.errors import NotFound
from workflow.machine.deciding import last_act, replay
from workflow.storage.queries.cases import histories as rows
from workflow.storage.session import Tx
from workflow.storage.writing import HistoryEntry
from workflow.values import UNDO, Act, Actor, Case, Facts, Json, Plan, Undone


@dataclass(frozen=True, slots=True)
class EntryNotice:
    """Whom an entry had letters sent to: the kind of notice, the roles of the desks, and its facts."""

    kind: str
    roles: tuple[str, ...]
    facts: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as a page shows it: who (and for whom, in which capacity) did what when, with which inputs.

    `definition` is the hash of the version it was decided under; `person` None is the system. `boxes` are the totals of
    the secret ballots that were counted for it, by ask and by line of the ballot.
    """

    seq: int
    at: datetime
    recorded_at: datetime
    action: str
    was: str
    state: str
    person_id: int | None
    person: str | None
    on_behalf: str | None
    capacity: str | None
    inputs: Mapping[str, Json]
    boxes: Mapping[str, Mapping[str, Mapping[str, int]]]
    notices: tuple[EntryNotice, ...]
    definition: str
    hash: str


def entry(
    before: Case | None,
    asked: Act,
    plan: Plan,
    *,
    actor: Actor,
    facts: Facts,
    now: datetime,
    at: str | None = None,
    calendar: str = "",
) -> HistoryEntry:
    """Write what was asked, by whom, from which facts, when, and what it did; chained to the entry before.

    `at` is the state a link opened the case in, `calendar` the revision it was decided with. The entry holds everything
    that is needed to decide again, and no choice of a secret ballot.
    """
    case = plan.case
    identity = replay.identity_of(case, at=at)
    decided = replay.ReplayEntry(replay.recorded(asked, plan), actor, facts, now, identity, calendar)
    body = canonical(replay.entry_to_json(decided, plan))
    previous = before.head if before is not None else ""
    return HistoryEntry(body, link_hash(CASES, case.id, case.version, previous, body), now, actor.person)


def entries(tx: Tx, case_id: int) -> list[EntryView]:
    """List the entries of a case, first to last."""
    return [entry_view for entry_view, _ in with_bodies(tx, case_id)]


def with_bodies(tx: Tx, case_id: int) -> list[tuple[EntryView, str]]:
    """List the entries of a case, first to last, each with the body that its chain is made of."""
    return [(_view(row), row.body) for row in rows.entries(tx, case_id)]


def standing(told: Iterable[EntryView]) -> tuple[EntryView, ...]:
    """Return the entries whose effect stands: without those that were taken back, and without the taking back."""
    kept: list[EntryView] = []
    for entry_view in told:
        if entry_view.action == UNDO and kept:
            kept.pop()
        else:
            kept.append(entry_view)
    return tuple(kept)


def last(tx: Tx, case: Case) -> Undone:
    """Read the last act of a case and the case before it."""
    return last_of(tx, case, rows.bodies(tx, case.id))


def last_of(tx: Tx, case: Case, bodies: Iterable[str]) -> Undone:
    """Return the last act and the case before it from the bodies of all entries, first to last.

    Where these do not come out as they were decided, nothing is taken back: that is for `audit verify` to tell.
    """
    entries = [replay.entry_from_json(json.loads(body)) for body in bodies]
    try:
        return last_act(
            partial(publishing.compiled, tx),
            entries,
            calendar=calendars.calendar_of(tx),
            calendar_at=partial(calendars.at_revision, tx),
        )
    except (replay.NotFoldable, NotFound):
        entry_last = entries[-1]
        return Undone(entry_last.act.action, entry_last.actor.person, case, entry_last.now, is_final=True)


def _view(row: rows.EntryRow) -> EntryView:
    body: dict[str, Any] = json.loads(row.body)
    return EntryView(
        seq=row.seq,
        at=row.at,
        recorded_at=row.recorded_at,
        action=row.action,
        was=row.was,
        state=row.state,
        person_id=row.person_id,
        person=row.person,
        on_behalf=row.on_behalf,
        capacity=row.capacity,
        inputs=body["plan"]["inputs"],
        boxes=body["facts"].get("boxes", {}),
        notices=tuple(_notice(notice) for notice in body["plan"]["tells"]),
        definition=body["case"]["definition"],
        hash=row.hash,
    )


def _notice(notice: Mapping[str, Any]) -> EntryNotice:
    return EntryNotice(notice["notice"], tuple(role for role, _ in notice["desks"]), notice["facts"])

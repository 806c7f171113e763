"""Writing Plans: the only place where a case, its history, assignments, deadlines and links change.

Writes exactly what the Plan says, after comparing the version it was decided on. Knows no rule.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, exc, insert

from workflow.errors import Conflict, Repeated
from workflow.storage.case_columns import TEXT_LIMIT, case_columns, dump, listed_columns
from workflow.storage.models import END_OF_TIME, LinkRow
from workflow.storage.queries.cases import find_request
from workflow.storage.session import Tx
from workflow.storage.writing import ballots, postgresql, reservations, sqlite
from workflow.values import CaseWord, Plan

Streams = dict[str, list[dict[str, Any]]]
"""The rows to write by kind: entries, closes, opens, stops, sets, lists, unlists, drafts, words, unwords, tells.

Instants stay instants, JSON is the bytes of its text.
"""
Write = Callable[[Tx, Streams], tuple[int, list[int]]]

_link_statement = insert(LinkRow).values(
    case_id=bindparam("case_id"), name=bindparam("name"), other_id=bindparam("other_id")
)

_unlink_statement = delete(LinkRow).where(
    LinkRow.case_id == bindparam("case_id"),
    LinkRow.name == bindparam("name"),
    LinkRow.other_id == bindparam("other_id"),
)


class HistoryEntry(NamedTuple):
    """An entry of history: exactly the bytes that were hashed (UTF-8), and what is copied into columns.

    `at` is business time, `recorded_at` the machine's (the moment of writing, if None); `person_id` None is the system.
    """

    body: bytes
    hash: str
    at: datetime
    person_id: int | None
    recorded_at: datetime | None = None


class Writing(NamedTuple):
    """A Plan, its entry, and what lists show and search of the case from now on.

    `words` and `unwords` are the words by which the case is found from now on, and those by which it no longer is.
    `held_for` is the person who may take the act back, for whom its letters are held.
    """

    plan: Plan
    entry: HistoryEntry
    definition_name: str
    title: str
    search_key: str
    request_key: str | None = None
    words: frozenset[CaseWord] = frozenset()
    unwords: frozenset[CaseWord] = frozenset()
    held_for: int | None = None

    @property
    def is_undoable(self) -> bool:
        """Whether somebody may take the act back."""
        return self.held_for is not None


def apply_all(tx: Tx, writings: Sequence[Writing]) -> None:
    """Write Plans, all or none: version 1 opens a case, any other moves one. Letters' jobs are rung after the commit.

    Raises `Conflict` where a case is no longer at the version the Plan was decided on, `Repeated` where the request
    key has been used; the transaction must then be rolled back.
    """
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    new = [writing for writing in writings if writing.plan.case.version == 1]
    old = [writing for writing in writings if writing.plan.case.version != 1]
    for group, write in ((new, dialect.open_cases), (old, dialect.move)):
        if group:
            _write(tx, group, write)
    for writing in old:
        _relink(tx, writing.plan)
        reservations.change(tx, writing.plan)
        ballots.put(tx, writing.plan.case.id, writing.plan.ballots)


def link(tx: Tx, case_id: int, name: str, other_id: int) -> None:
    """Say that `other` stands at the end of a case's link `name`."""
    tx.connection.execute(_link_statement, {"case_id": case_id, "name": name, "other_id": other_id})


def _relink(tx: Tx, plan: Plan) -> None:
    """Write the links that the act adds and removes."""
    for statement, changes in ((_unlink_statement, plan.links_removed), (_link_statement, plan.links_added)):
        rows = [{"case_id": plan.case.id, "name": name, "other_id": other} for name, other in changes]
        if rows:
            tx.connection.execute(statement, rows)


def _write(tx: Tx, writings: Sequence[Writing], write: Write) -> None:
    try:
        written, job_ids = write(tx, _streams(writings))
    except exc.IntegrityError as error:
        # Only two openings at the same time can meet here with one key: two moves of a case wait for its row.
        key = next((writing.request_key for writing in writings if writing.request_key is not None), None)
        if key is None or "request_key" not in str(error.orig):
            raise
        raise Repeated(key) from error
    if written != len(writings):
        raise _why_not(tx, writings)
    tx.jobs_to_ring.extend(job_ids)


def _why_not(tx: Tx, writings: Sequence[Writing]) -> Conflict | Repeated:
    for writing in writings:
        if writing.request_key is not None and find_request(tx, writing.request_key) is not None:
            return Repeated(writing.request_key)
    return Conflict(tuple(writing.plan.case.id for writing in writings))


def _streams(writings: Sequence[Writing]) -> Streams:
    plans = [(writing.plan, writing.entry.at) for writing in writings]
    return {
        "entries": [_entry_row(writing) for writing in writings],
        "closes": [
            {"case_id": plan.case.id, "slot": slot, "at": at} for plan, at in plans for slot in sorted(plan.closes)
        ],
        "opens": [row for plan, at in plans for row in _assignments(plan, at)],
        "stops": [row for plan, _ in plans for row in _stops(plan)],
        "sets": [row for plan, _ in plans for row in _deadlines(plan)],
        "lists": [
            {"case_id": plan.case.id, "name": name, **listed_columns(value)}
            for plan, _ in plans
            for name, value in plan.listed.items()
            if value is not None
        ],
        "unlists": [
            {"case_id": plan.case.id, "name": name}
            for plan, _ in plans
            for name, value in plan.listed.items()
            if value is None
        ],
        # When a person hands something in, the draft has become part of the case.
        "drafts": [
            {"case_id": writing.plan.case.id}
            for writing in writings
            if writing.plan.inputs and writing.entry.person_id is not None
        ],
        "words": [row for writing in writings for row in word_rows(writing.plan.case.id, writing.words)],
        "unwords": [row for writing in writings for row in word_rows(writing.plan.case.id, writing.unwords)],
        "tells": [_tell_row(writing) for writing in writings if writing.plan.notices],
    }


def _entry_row(writing: Writing) -> dict[str, Any]:
    plan, entry = writing.plan, writing.entry
    return case_columns(plan.case) | {
        "definition_name": writing.definition_name,
        "head": entry.hash,
        "title": writing.title[:TEXT_LIMIT],
        "search_key": writing.search_key[:TEXT_LIMIT],
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "action": plan.action,
        "was": plan.was,
        "person_id": entry.person_id,
        "on_behalf_id": plan.on_behalf,
        "capacity": plan.capacity,
        "body": entry.body,
        "request_key": writing.request_key,
    }


def word_rows(case_id: int, words: Iterable[CaseWord]) -> list[dict[str, Any]]:
    """Return the rows of words of a case, in the order of the table."""
    return [
        {"case_id": case_id, "word": word.word, "marked": word.marked, "source": word.source} for word in sorted(words)
    ]


def _stops(plan: Plan) -> list[dict[str, Any]]:
    set_anew = {deadline.name for deadline in plan.deadlines}
    return [{"case_id": plan.case.id, "name": name} for name in sorted(plan.stops - set_anew)]


def _deadlines(plan: Plan) -> list[dict[str, Any]]:
    case = plan.case
    return [
        {
            "case_id": case.id,
            "name": deadline.name,
            "due_at": deadline.due_at,
            "rung": deadline.step,
            "seq": case.version,
        }
        for deadline in plan.deadlines
    ]


def _assignments(plan: Plan, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "case_id": plan.case.id,
            "slot": turn.slot,
            "role": turn.desk.role,
            "unit_id": turn.desk.unit,
            "person_id": turn.person,
            "excluded": f",{','.join(map(str, sorted(turn.excluded)))}," if turn.excluded else "",
            "opened_at": turn.opened_at or at,
            "due_at": turn.due_at,
            "urgent_at": turn.due_at or END_OF_TIME,
        }
        for turn in plan.opens
    ]


def _tell_row(writing: Writing) -> dict[str, Any]:
    plan, at = writing.plan, writing.entry.at
    notices = [
        {
            "notice": notice.kind,
            "desks": [[desk.role, desk.unit] for desk in notice.desks],
            "people": list(notice.people),
            "facts": dict(notice.facts),
            "excluded": sorted(notice.excluded),
        }
        for notice in plan.notices
    ]
    case = plan.case
    return {
        "case_id": case.id,
        "key": f"tell:{case.id}:{case.version}",
        "payload": dump({"case": case.id, "seq": case.version, "at": at.isoformat(), "tells": notices}),
        "held_for": writing.held_for,
    }

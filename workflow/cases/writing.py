"""What is written of a decision: entries of history, what lists show and search, what becomes of remarks.

Asks the machine what an act settles.
"""

import json
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from workflow.cases import histories
from workflow.definitions import publishing
from workflow.machine.case import open_fields
from workflow.machine.deciding import (
    ActContext,
    Cascade,
    DecidedAct,
    DecidedOpening,
    can_be_undone,
    definitions_in,
)
from workflow.machine.definition import Definition
from workflow.machine.remarks import Remark, anchor_from_json, anchor_to_json, settle, unsettle
from workflow.machine.words import case_words
from workflow.storage.queries import remark_rows
from workflow.storage.queries.organisation import units
from workflow.storage.queries.remark_rows import RemarkAt
from workflow.storage.session import Tx
from workflow.storage.writing import HistoryEntry, Writing, applying
from workflow.values import UNDO, Act, Case, CaseWord, Facts, Json, Plan
from workflow.vietnamese import fold


def write_cascade(tx: Tx, cascade: Cascade, *, request_key: str | None) -> Writing:
    """Write an act with everything it moves and opens; return what was written of the act itself.

    `request_key` marks a request that may be sent twice.
    """
    for opened in cascade.openings:
        write_opening(tx, opened, request_key=None)
    writing = writing_of(tx, cascade.act, request_key=request_key)
    applying.apply_all(tx, [writing])
    for moved in cascade.moves:
        applying.apply_all(tx, [writing_of(tx, moved, request_key=None)])
    return writing


def write_opening(tx: Tx, opened: DecidedOpening, *, request_key: str | None) -> None:
    """Write the first entry of a case, and its link to the case that it was opened from."""
    beginning, unit = opened.beginning, units.name_of(tx, opened.plan.case.unit)
    entry = _entry(None, opened.act, opened.plan, facts=beginning.known.facts, by=opened.by, at=beginning.at)
    words = case_words.words_of(beginning.definition, opened.plan.case, unit), frozenset[CaseWord]()
    applying.apply_all(tx, [_writing(beginning.definition, opened.plan, entry, request_key, words=words)])
    if opened.link is not None and opened.origin is not None:
        applying.link(tx, opened.plan.case.id, opened.link, opened.origin.id)


def writing_of(tx: Tx, decided: DecidedAct, *, request_key: str | None) -> Writing:
    """Return what is written of a decided act: its entry, and what lists show of the case from now on.

    The letters of an act that can be taken back are held for as long as its doer wants to be able to do so.
    """
    entry = _entry(decided.before, decided.act, decided.plan, facts=decided.facts, by=decided.by, at=None)
    words = case_words.changed_words(decided.definition, decided.before, decided.plan.case)
    writing = _writing(decided.definition, decided.plan, entry, request_key, words=words)
    undoable = can_be_undone(decided, definitions_in(partial(publishing.compiled, tx), decided.facts))
    return writing._replace(held_for=decided.by.actor.person) if undoable else writing


def _entry(before: Case | None, act: Act, plan: Plan, *, facts: Facts, by: ActContext, at: str | None) -> HistoryEntry:
    return histories.entry(
        before, act, plan, actor=by.actor, facts=facts, now=by.now, at=at, calendar=by.calendar.revision
    )


_Changes = tuple[case_words.Words, case_words.Words]
"""The words that a case gains, and those that it loses."""


def _writing(
    definition: Definition,
    plan: Plan,
    entry: HistoryEntry,
    request_key: str | None,
    *,
    words: _Changes,
) -> Writing:
    title = title_of(definition, plan.case)
    search_key = f"{fold(f'{plan.case.code} {title}')} {_folded_kind(definition.title.vi)}"
    return Writing(plan, entry, definition.name, title, search_key, request_key, *words)


_folded_kind = lru_cache(maxsize=256)(fold)
"""The part of the search key that all cases of a kind share, computed once a kind."""


def title_of(definition: Definition, case: Case) -> str:
    """Return what distinguishes cases of a kind: the heading field, unless the state hides that field from some people.

    A numbered paper is called by its number and day, as people do.
    """
    heading = definition.heading
    value = case.fields.get(heading) if heading and heading in open_fields(definition, case.state) else None
    if isinstance(value, dict):
        value = f"{value['symbol']}, {_day(value['dated'])}" if "symbol" in value else value.get("name")
    elif definition.heading and definition.fields[definition.heading].type == "date":
        value = _day(value)
    return str(value) if value is not None else ""


def _day(value: Json) -> str | None:
    """Write a day as it stands on paper in both languages, 05/11/2017."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(value, str) else None


def remark_of(row: RemarkAt) -> Remark:
    """Read a remark from its row."""
    return Remark(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # held by a check of the table
        state=row.state,  # type: ignore[arg-type]  # the same
        author=row.author_id,
        text=row.text,
        anchor=anchor_from_json(json.loads(row.anchor)),
        quote=json.loads(row.quote),
        revision=row.revision,
        unit=row.unit_id,
        answer_to=row.answer_to,
        settled_by=row.settled_by,
        settled_at_version=row.settled_at_version,
        was=row.was,  # type: ignore[arg-type]  # held by a check of the table
    )


def add_remark(tx: Tx, case_id: int, remark: Remark) -> int:
    """Write a new remark and return its id."""
    return remark_rows.add(tx, case_id, _remark_columns(remark))


def change_remark(tx: Tx, remark: Remark) -> None:
    """Write a remark as it is now."""
    remark_rows.change(tx, remark.id, **_remark_columns(remark))


def settle_remarks(tx: Tx, decided: DecidedAct) -> None:
    """Write what an act of a person does to the remarks of its case, in the transaction of the act."""
    person = decided.by.actor.person
    if person is None or decided.before is None:
        return
    remarks = [remark_of(row) for row in remark_rows.of_case(tx, decided.before.id)]
    if decided.plan.action == UNDO:
        settled = unsettle(remarks, version=decided.before.version)
    else:
        settled = settle(decided.definition, decided.before, decided.plan, remarks, person=person)
    for remark in settled.changed:
        change_remark(tx, remark)
    for remark in settled.added:
        add_remark(tx, decided.before.id, replace(remark, author=person))


def _remark_columns(remark: Remark) -> dict[str, Any]:
    return {
        "kind": remark.kind,
        "state": remark.state,
        "author_id": remark.author,
        "text": remark.text,
        "field": remark.anchor.field,
        "anchor": json.dumps(anchor_to_json(remark.anchor), ensure_ascii=False),
        "quote": json.dumps(remark.quote, ensure_ascii=False),
        "revision": remark.revision,
        "unit_id": remark.unit,
        "answer_to": remark.answer_to,
        "settled_by": remark.settled_by,
        "settled_at_version": remark.settled_at_version,
        "was": remark.was,
    }

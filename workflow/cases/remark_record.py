"""The remarks of a case as they are recorded, and what an act writes of them. Asks the machine what an act settles."""

import json
from dataclasses import replace
from typing import Any

from workflow.machine.deciding import DecidedAct
from workflow.machine.remarks import Remark, anchor_from_json, anchor_to_json, settle
from workflow.storage.queries import remark_rows
from workflow.storage.queries.remark_rows import RemarkAt
from workflow.storage.session import Tx


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
    )


def add(tx: Tx, case_id: int, remark: Remark) -> int:
    """Write a new remark and return its id."""
    return remark_rows.add(tx, case_id, _columns(remark))


def change(tx: Tx, remark: Remark) -> None:
    """Write a remark as it is now."""
    remark_rows.change(tx, remark.id, **_columns(remark))


def settle_remarks(tx: Tx, decided: DecidedAct) -> None:
    """Write what an act of a person does to the remarks of its case, in the transaction of the act."""
    person = decided.by.actor.person
    if person is None or decided.before is None:
        return
    remarks = [remark_of(row) for row in remark_rows.of_case(tx, decided.before.id)]
    settled = settle(decided.definition, decided.before, decided.plan, remarks, person=person)
    for remark in settled.changed:
        change(tx, remark)
    for remark in settled.added:
        add(tx, decided.before.id, replace(remark, author=person))


def _columns(remark: Remark) -> dict[str, Any]:
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
    }

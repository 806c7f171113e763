"""Drafts: defects and comments that their author writes while reading, sent with the decision and seen by nobody else.

A defect may be drafted by whoever may do an act that hands in defects.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from workflow import cases
from workflow.cases import FormView
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.machine.remarks import WHOLE_CASE, Anchor, Remark, value_at
from workflow.remarks.case_remarks import requests
from workflow.remarks.places import require_place
from workflow.storage.queries import remark_rows
from workflow.storage.session import Tx

LONGEST: Final = 4000
"""The most letters of a remark."""


def draft(
    tx: Tx,
    code: str,
    *,
    kind: Literal["defect", "comment"],
    text: str,
    anchor: Anchor = WHOLE_CASE,
    person_id: int,
    now: datetime,
    again: int | None = None,
) -> int:
    """Draft a remark and return its id; `again` is the defect that it asks for once more.

    Raises `NotAllowed` where a defect could not be sent with any act, `Invalid` for an empty or overlong text.
    """
    form = cases.form(tx, code, person_id=person_id, now=now)
    if kind == "defect" and not requests(form.offers):
        raise NotAllowed("not_yours_to_request")
    if again is not None:
        anchor = of_case(tx, form, again, kind="defect").anchor
    else:
        require_place(tx, form.case, anchor, form.definition.fields)
    quote = value_at(anchor, form.case.fields)
    remark = Remark(0, kind, "draft", person_id, written(text), anchor, quote, form.case.version, answer_to=again)
    return cases.add_remark(tx, form.case.id, remark)


def edit(tx: Tx, code: str, remark_id: int, *, text: str, person_id: int, now: datetime) -> None:
    """Write a draft of one's own anew."""
    _, remark = own_draft(tx, code, remark_id, person_id=person_id, now=now)
    cases.change_remark(tx, replace(remark, text=written(text)))


def drop(tx: Tx, code: str, remark_id: int, *, person_id: int, now: datetime) -> None:
    """Delete a draft of one's own."""
    _, remark = own_draft(tx, code, remark_id, person_id=person_id, now=now)
    remark_rows.remove_draft(tx, remark.id)


def snippets(tx: Tx, *, person_id: int, definition_name: str, field: str, most: int = 4) -> list[str]:
    """List what somebody has often asked to correct at a field, most used first."""
    return remark_rows.snippets(tx, author=person_id, definition_name=definition_name, field=field, most=most)


def own_draft(tx: Tx, code: str, remark_id: int, *, person_id: int, now: datetime) -> tuple[FormView, Remark]:
    """Find a draft of one's own on a case, locked; raises `NotFound`."""
    form = cases.form(tx, code, person_id=person_id, now=now)
    remark = of_case(tx, form, remark_id)
    if remark.state != "draft" or remark.author != person_id:
        raise NotFound("remark_missing")
    return form, remark


def of_case(tx: Tx, form: FormView, remark_id: int, *, kind: str | None = None) -> Remark:
    """Find a remark of a case; raises `NotFound`."""
    remarks = (cases.remark_of(row) for row in remark_rows.of_case(tx, form.case.id))
    remark = next((remark for remark in remarks if remark.id == remark_id and kind in (None, remark.kind)), None)
    if remark is None:
        raise NotFound("remark_missing")
    return remark


def written(text: str) -> str:
    """Return the text of a remark without spaces around it; raises `Invalid` for one that is empty or too long."""
    stripped = text.strip()
    if not stripped:
        raise Invalid("remark_empty", field="text")
    if len(stripped) > LONGEST:
        raise Invalid("remark_too_long", field="text", longest=LONGEST)
    return stripped

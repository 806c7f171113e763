"""The word of the unit that a defect was corrected, and the reviewer's that the correction is accepted.

The word waits as a draft that everybody sees who may correct the case; the act that hands the case in again takes it
along. Accepting counts at once and can be taken back.
"""

from dataclasses import replace
from datetime import datetime

from workflow import cases
from workflow.cases import FormView
from workflow.cases import remark_record as record
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.machine.remarks import Remark, value_at
from workflow.remarks.case_remarks import corrects, requests
from workflow.remarks.drafting import LONGEST, of_case
from workflow.storage.queries import remark_rows
from workflow.storage.session import Tx


def mark_corrected(tx: Tx, code: str, defect_id: int, *, note: str, person_id: int, now: datetime) -> None:
    """Say that an open defect was corrected, with a note; a second time replaces the note and who says so."""
    form, defect, fix = _defect(tx, code, defect_id, person_id=person_id, now=now)
    if len(note.strip()) > LONGEST:
        raise Invalid("remark_too_long", field="text", longest=LONGEST)
    said = Remark(
        fix.id if fix else 0,
        "fix",
        "draft",
        person_id,
        note.strip(),
        defect.anchor,
        value_at(defect.anchor, form.case.fields),
        form.case.version,
        answer_to=defect.id,
    )
    if fix is None:
        record.add(tx, form.case.id, said)
    else:
        record.change(tx, said)


def unmark_corrected(tx: Tx, code: str, defect_id: int, *, person_id: int, now: datetime) -> None:
    """Take the word back that a defect was corrected."""
    _, _, fix = _defect(tx, code, defect_id, person_id=person_id, now=now)
    if fix is not None:
        remark_rows.remove_draft(tx, fix.id)


def accept(tx: Tx, code: str, defect_id: int, *, person_id: int, now: datetime) -> None:
    """Accept the correction of a defect."""
    form, defect = _reviewed(tx, code, defect_id, person_id=person_id, now=now)
    if defect.state in ("open", "fixed"):
        settled = replace(defect, state="accepted", settled_by=person_id, settled_at_version=form.case.version)
        record.change(tx, settled)


def reopen(tx: Tx, code: str, defect_id: int, *, person_id: int, now: datetime) -> None:
    """Take the acceptance of a correction back."""
    form, defect = _reviewed(tx, code, defect_id, person_id=person_id, now=now)
    if defect.state != "accepted":
        return
    fix = _fix_of(tx, form, defect.id)
    by, version = (fix.author, fix.revision) if fix else (None, None)
    record.change(tx, replace(defect, state="fixed" if fix else "open", settled_by=by, settled_at_version=version))


def _defect(
    tx: Tx, code: str, defect_id: int, *, person_id: int, now: datetime
) -> tuple[FormView, Remark, Remark | None]:
    """Find an open defect that somebody may correct, and the word that it was; raises `NotAllowed`, `NotFound`."""
    form = cases.form(tx, code, person_id=person_id, now=now)
    if not corrects(form.offers):
        raise NotAllowed("not_yours_to_prepare")
    defect = of_case(tx, form, defect_id, kind="defect")
    if defect.state != "open":
        raise NotFound("remark_missing")
    return form, defect, _fix_of(tx, form, defect.id)


def _reviewed(tx: Tx, code: str, defect_id: int, *, person_id: int, now: datetime) -> tuple[FormView, Remark]:
    form = cases.form(tx, code, person_id=person_id, now=now)
    if not requests(form.offers):
        raise NotAllowed("not_yours_to_request")
    defect = of_case(tx, form, defect_id, kind="defect")
    if defect.state == "draft":
        raise NotFound("remark_missing")
    return form, defect


def _fix_of(tx: Tx, form: FormView, defect_id: int) -> Remark | None:
    remarks = (record.remark_of(row) for row in remark_rows.of_case(tx, form.case.id))
    return next((one for one in remarks if one.kind == "fix" and one.answer_to == defect_id), None)

"""The defects that an act hands in: those that its author has drafted, then those typed into its form."""

from workflow.cases import FormView, remark_record
from workflow.machine.definition import Definition
from workflow.machine.remarks import PLACE, WHAT, Anchor
from workflow.storage.queries import remark_rows
from workflow.storage.session import Tx
from workflow.values import Json


def defects_to_hand_in(tx: Tx, form: FormView, typed: Json, *, person_id: int) -> list[Json]:
    """Return the rows of an act's table of defects; what was typed as well as drafted stands in it once."""
    remarks = (remark_record.remark_of(row) for row in remark_rows.of_case(tx, form.case.id))
    rows: list[Json] = [
        {PLACE: named(form.definition, remark.anchor), WHAT: remark.text}
        for remark in remarks
        if remark.kind == "defect" and remark.state == "draft" and remark.author == person_id
    ]
    typed_rows = typed if isinstance(typed, list) else []
    drafted = {row[WHAT] for row in rows if isinstance(row, dict)}
    return [*rows, *(row for row in typed_rows if not (isinstance(row, dict) and row.get(WHAT) in drafted))]


def named(definition: Definition, anchor: Anchor) -> str:
    """Name a place as history keeps it, in the language of the office: field, line, page."""
    field = definition.fields.get(anchor.field or "")
    if field is None:
        return "Hồ sơ"
    parts = [field.label.vi]
    if anchor.index is not None:
        parts.append(f"dòng {anchor.index + 1}")
    column = field.columns.get(anchor.column or "")
    if column is not None:
        parts.append(column.label.vi)
    if anchor.page is not None:
        parts.append(f"trang {anchor.page}")
    return ", ".join(parts)

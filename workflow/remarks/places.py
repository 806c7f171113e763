"""Places that a remark may name: those of the fields of its case, of a file only one that the case holds or held."""

from collections.abc import Collection

from workflow.errors import Invalid
from workflow.machine.remarks import Anchor
from workflow.storage.queries import documents
from workflow.storage.session import Tx
from workflow.values import Case


def require_place(tx: Tx, case: Case, anchor: Anchor, fields: Collection[str]) -> None:
    """Refuse a place outside these fields, or in a file that never stood there, with `Invalid`."""
    if anchor.field is None:
        return
    if anchor.field not in fields or not (anchor.document is None or _held(tx, case, anchor)):
        raise Invalid("remark_place_unknown", field="anchor")


def _held(tx: Tx, case: Case, anchor: Anchor) -> bool:
    present = case.fields.get(anchor.field or "")
    if isinstance(present, dict) and present.get("sha256") == anchor.document:
        return True
    versions = documents.of_case(tx, case.id)
    return any((version.field, version.sha256) == (anchor.field, anchor.document) for version in versions)

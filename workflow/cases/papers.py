"""Papers of a case: which were handed over, and that an act takes in only those of that very case and field.

The machine sees a document as a value and cannot know whether the paper exists; history must not name a paper that does
not. A value that the case holds already stays as it is (an amendment keeps the paper of what it amends).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from workflow.machine.definition import Definition
from workflow.storage.queries import documents as rows
from workflow.storage.queries.documents import VersionRow
from workflow.storage.session import Tx
from workflow.values import Case, Json, Reason

_IDENTITY = ("document", "number", "token", "sha256")


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its versions, oldest first."""

    field: str
    versions: tuple[VersionRow, ...]


def of_case(tx: Tx, case_id: int) -> list[DocumentView]:
    """List the documents of a case with all their versions."""
    versions = groupby(rows.of_case(tx, case_id), key=lambda version: (version.document_id, version.field))
    return [DocumentView(field, tuple(group)) for (_, field), group in versions]


def shown(tx: Tx, case: Case, *, sees: Collection[str], writes: Collection[str]) -> tuple[DocumentView, ...]:
    """List the documents of the fields that somebody sees; what lies in a draft only for whoever may write there."""
    seen = [document for document in of_case(tx, case.id) if document.field in sees]
    held = {str(value["token"]) for value in case.fields.values() if isinstance(value, dict) and "token" in value}
    closed = [document for document in seen if document.field not in writes]
    if all(version.token in held for document in closed for version in document.versions):
        return tuple(seen)
    taken = rows.taken_in(tx, case.id)
    open_ones = (
        document
        if document.field in writes
        else replace(document, versions=tuple(version for version in document.versions if version.token in taken))
        for document in seen
    )
    return tuple(document for document in open_ones if document.versions)


def find_foreign(tx: Tx, definition: Definition, case: Case, inputs: Mapping[str, Json]) -> tuple[Reason, ...]:
    """Name every document among the inputs that is not a version handed over to this case's field."""
    papers = {
        name: value
        for name, value in inputs.items()
        if isinstance(value, dict)
        and name in definition.fields
        and definition.fields[name].type == "document"
        and _identity(value) != _identity(case.fields.get(name))
    }
    return tuple(
        Reason("document_unknown", {"field": name}, name)
        for name, value in papers.items()
        if not _was_handed_over(tx, case, name, value)
    )


def _was_handed_over(tx: Tx, case: Case, field: str, value: dict[str, Json]) -> bool:
    version = rows.find_version(tx, str(value["token"]))
    if version is None or (version.case_code, version.field) != (case.code, field):
        return False
    return _identity(value) == (version.document_id, version.number, version.token, version.sha256)


def _identity(value: Json) -> tuple[Json, ...] | None:
    return tuple(value[part] for part in _IDENTITY) if isinstance(value, dict) else None

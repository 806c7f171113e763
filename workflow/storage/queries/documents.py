"""Documents and their versions as rows, and drafts: what was handed over or typed before anybody acted on it.

Contents lie elsewhere under their hash.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseRow, Document, DocumentVersion, Draft, HistoryRow, LinkRow, Person
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most, machine_now


class VersionRow(NamedTuple):
    """One version of a document of a case."""

    document_id: int
    case_code: str
    field: str
    number: int
    token: str
    sha256: str
    name: str
    media_type: str
    size: int
    uploaded_by: str | None
    uploaded_at: datetime


class DraftRow(NamedTuple):
    """What was typed into a case and kept."""

    fields: str
    version: int
    saved_by: int
    full_name: str
    saved_at: datetime


_versions = (
    select(
        Document.id, CaseRow.code, Document.field, DocumentVersion.number, DocumentVersion.token,
        DocumentVersion.sha256, DocumentVersion.name, DocumentVersion.media_type, DocumentVersion.size,
        Person.full_name, DocumentVersion.uploaded_at,
    )
    .join(Document, Document.id == DocumentVersion.document_id)
    .join(CaseRow, CaseRow.id == Document.case_id)
    .outerjoin(Person, Person.id == DocumentVersion.uploaded_by)
)  # fmt: skip
_of_case = Prebuilt(
    _versions.where(Document.case_id == bindparam("case")).order_by(Document.id, DocumentVersion.number)
)
_by_token = _versions.where(DocumentVersion.token == bindparam("token"))
_latest = (
    _versions.where(Document.case_id == bindparam("case"), Document.field == bindparam("field"))
    .order_by(DocumentVersion.number.desc())
    .limit(at_most(1))
)
_DOCUMENT = {
    name: dialect.insert(Document)
    .values(case_id=bindparam("case"), field=bindparam("field", type_=String))
    .on_conflict_do_update(index_elements=[Document.case_id, Document.field], set_={"field": Document.field})
    .returning(Document.id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_earlier = aliased(DocumentVersion)
_next_number = (
    select(func.coalesce(func.max(_earlier.number), 0) + 1)
    .where(_earlier.document_id == bindparam("document"))
    .scalar_subquery()
)
_OPENED_FROM = (
    select(CaseRow.code)
    .join(LinkRow, LinkRow.case_id == CaseRow.id)
    .where(LinkRow.other_id == bindparam("case"))
    .order_by(CaseRow.id)
)
_TAKEN_IN = (
    select(DocumentVersion.token)
    .join(Document, Document.id == DocumentVersion.document_id)
    .where(
        Document.case_id == bindparam("case"),
        exists().where(HistoryRow.case_id == Document.case_id, HistoryRow.body.contains(DocumentVersion.token)),
    )
)
_digests = select(DocumentVersion.sha256).distinct()
_drafts = Prebuilt(
    select(Draft.fields, Draft.version, Draft.saved_by, Person.full_name, Draft.saved_at)
    .join(Person, Person.id == Draft.saved_by)
    .where(Draft.case_id == bindparam("case"))
)
_DRAFT = {
    name: dialect.insert(Draft).on_conflict_do_nothing(index_elements=[Draft.case_id]).returning(Draft.version)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def of_case(tx: Tx, case_id: int) -> list[VersionRow]:
    """List all versions of the documents of a case, oldest first."""
    return [VersionRow._make(row) for row in _of_case.all(tx, {"case": case_id})]


def taken_in(tx: Tx, case_id: int) -> frozenset[str]:
    """The tokens of the versions that some act took into a case: the others lie in a draft, or lay in one."""
    return frozenset(tx.connection.execute(_TAKEN_IN, {"case": case_id}).scalars())


def find_version(tx: Tx, token: str) -> VersionRow | None:
    """Find a version by its random token."""
    row = tx.connection.execute(_by_token, {"token": token}).one_or_none()
    return VersionRow._make(row) if row is not None else None


def cases_opened_from(tx: Tx, case_id: int) -> list[str]:
    """List the codes of the cases that link to a case: those opened from it may hold a copy of its papers."""
    return list(tx.connection.execute(_OPENED_FROM, {"case": case_id}).scalars())


def find_latest(tx: Tx, case_id: int, field: str) -> VersionRow | None:
    """Find the newest version of a document."""
    row = tx.connection.execute(_latest, {"case": case_id, "field": field}).one_or_none()
    return VersionRow._make(row) if row is not None else None


def add_version(tx: Tx, case_id: int, field: str, row: Mapping[str, Any]) -> VersionRow:
    """Write one more version of a document of a case that is locked, and return it."""
    document: int = tx.connection.execute(_DOCUMENT[tx.dialect], {"case": case_id, "field": field}).scalar_one()
    adding = insert(DocumentVersion).values(**row, document_id=document, number=_next_number, uploaded_at=machine_now())
    tx.connection.execute(adding, {"document": document})
    return VersionRow._make(tx.connection.execute(_by_token, {"token": row["token"]}).one())


def digests(tx: Tx) -> set[str]:
    """Return the hash of every content that a version refers to."""
    return set(tx.connection.scalars(_digests))


def find_draft(tx: Tx, case_id: int) -> DraftRow | None:
    """Find what was typed into a case and kept."""
    row = _drafts.first(tx, {"case": case_id})
    return DraftRow._make(row) if row is not None else None


def begin_draft(tx: Tx, case_id: int, *, fields: str, saved_by: int) -> bool:
    """Keep the first draft of a case; False where there is one."""
    row = {"case_id": case_id, "fields": fields, "version": 1, "saved_by": saved_by, "saved_at": machine_now()}
    return tx.connection.execute(_DRAFT[tx.dialect].values(**row)).scalar_one_or_none() is not None


def swap_draft(tx: Tx, case_id: int, *, seen: int, fields: str, saved_by: int) -> bool:
    """Replace a draft by the next; False where another came in between."""
    change = (
        update(Draft)
        .where(Draft.case_id == case_id, Draft.version == seen)
        .values(fields=fields, version=seen + 1, saved_by=saved_by, saved_at=machine_now())
    )
    return tx.connection.execute(change).rowcount == 1

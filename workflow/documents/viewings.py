"""Papers that somebody says they have read: by person, case and content, so a changed file is unread again.

Knows which papers stand in a case as somebody sees it; a tick is set by a press and never by scrolling.
"""

from collections.abc import Mapping
from datetime import datetime

from workflow.cases import CaseView, sight_of
from workflow.documents.versions import holding
from workflow.errors import NotFound
from workflow.storage.queries import documents
from workflow.storage.queries import viewings as rows
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.documents import VersionRow
from workflow.storage.session import Tx
from workflow.values import Case


def papers_of(tx: Tx, view: CaseView) -> Mapping[str, VersionRow]:
    """Return the present paper of each field that a person sees: the one that the case holds, else the last one.

    A case that was opened from another may hold a copy of a paper of that one.
    """
    versions = {document.field: document.versions for document in view.documents}
    papers: dict[str, VersionRow] = {}
    for name, field in view.definition.fields.items():
        if field.type == "document":
            own, token = versions.get(name, ()), _token(view.case, name)
            held = next((version for version in own if version.token == token), None)
            if held is None and token:
                held = documents.find_version(tx, token)
            paper = held or next(reversed(own), None)
            if paper is not None:
                papers[name] = paper
    return papers


def seen(tx: Tx, case_id: int, *, person_id: int) -> frozenset[str]:
    """Return the hashes of the contents of a case that a person has ticked as read."""
    return rows.seen(tx, case_id, person_id=person_id)


def mark(tx: Tx, code: str, token: str, *, person_id: int, now: datetime) -> VersionRow:
    """Tick a paper of a case as read by somebody who may see it."""
    case_id, version = _paper_on(tx, code, token, person_id=person_id, now=now)
    rows.add(tx, case_id, version.sha256, person_id=person_id)
    return version


def unmark(tx: Tx, code: str, token: str, *, person_id: int, now: datetime) -> VersionRow:
    """Take the tick of a paper back."""
    case_id, version = _paper_on(tx, code, token, person_id=person_id, now=now)
    rows.remove(tx, case_id, version.sha256, person_id=person_id)
    return version


def _paper_on(tx: Tx, code: str, token: str, *, person_id: int, now: datetime) -> tuple[int, VersionRow]:
    """Find a paper that stands in a case, by its token, for somebody who sees it there."""
    version, loaded = documents.find_version(tx, token), records.load(tx, code)
    sight = sight_of(tx, loaded.case, person_id, now=now) if loaded is not None else None
    if version is None or loaded is None or sight is None:
        raise NotFound("document_missing")
    own = {version.field} if version.case_code == code else set()
    if not (own | holding(loaded.case, token)) & sight.fields:
        raise NotFound("document_missing")
    return loaded.case.id, version


def _token(case: Case, name: str) -> str | None:
    held = case.fields.get(name)
    token = held.get("token") if isinstance(held, dict) else None
    return token if isinstance(token, str) else None

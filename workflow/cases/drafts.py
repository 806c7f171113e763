"""Drafts: what somebody typed into a case and kept without acting. No history; the act itself takes the fields in.

There is one draft a case. Saving compares its version, so that two clerks do not overwrite each other unseen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.cases.permissions import prepared_case
from workflow.errors import Outdated
from workflow.machine.deciding import DecidedAct
from workflow.storage.queries import documents as rows
from workflow.storage.session import Tx
from workflow.values import Json


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A draft as a form shows it: what was typed, which version it is, who kept it when (machine time)."""

    fields: Mapping[str, Json]
    version: int
    saved_by: int
    full_name: str
    saved_at: datetime


def find(tx: Tx, case_id: int) -> CaseDraft | None:
    """Find the draft of a case."""
    row = rows.find_draft(tx, case_id)
    if row is None:
        return None
    return CaseDraft(json.loads(row.fields), row.version, row.saved_by, row.full_name, row.saved_at)


def save(tx: Tx, code: str, fields: Mapping[str, Json], *, person_id: int, seen: int, now: datetime) -> int:
    """Keep what was typed over the draft that was `seen` (0: none); return the version it now has.

    Fields that are not this person's to write are left out. Raises `Outdated` where somebody kept another meanwhile.
    """
    case, allowed = prepared_case(tx, code, person_id=person_id, now=now)
    written = {name: value for name, value in fields.items() if name in allowed}
    text = _text(written)
    is_saved = (
        rows.swap_draft(tx, case.id, seen=seen, fields=text, saved_by=person_id)
        if seen
        else rows.begin_draft(tx, case.id, fields=text, saved_by=person_id)
    )
    if not is_saved:
        raise Outdated("draft_outdated")
    return seen + 1


def keep_undone(tx: Tx, decided: DecidedAct) -> None:
    """Keep what came with an act that is taken back as the draft of its case, so that nobody types it again."""
    undone, person = decided.facts.undone, decided.by.actor.person
    inputs = undone.inputs if undone else {}
    fields = {name: value for name, value in inputs.items() if name in decided.definition.fields}
    if fields and person is not None:
        rows.begin_draft(tx, decided.before.id, fields=_text(fields), saved_by=person)


def _text(fields: Mapping[str, Json]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

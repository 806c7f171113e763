"""Definitions in the record: compiled by hash, drafted, verified, published by a second person, compared.

Knows versions and who may publish; the machine knows what a text means. The record is the truth, files only ship.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflow import calendars
from workflow.audit import admin_acts
from workflow.definitions import duty_roles, inspections
from workflow.errors import DefinitionNotFound, Invalid, NotFound, Outdated
from workflow.machine.checking import movement_findings, verifier
from workflow.machine.definition import Definition, DefinitionFaults, Finding
from workflow.machine.inspecting import UNDECIDED, Inspection, InspectionQuestion
from workflow.machine.loading import EDITION, loader, normalised
from workflow.organisation import access, duties
from workflow.storage.queries import definitions as records
from workflow.storage.queries import movements, settings
from workflow.storage.queries.definitions import AuthoredDraft, VersionView
from workflow.storage.session import Tx
from workflow.values import Json, Reason, Refusal

_CACHED: Final = 256
_cache: OrderedDict[str, Definition] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Published:
    """The version that new cases use from now on. An older text published again keeps its old number."""

    name: str
    version: int
    hash: str


def compiled(tx: Tx, text_hash: str) -> Definition:
    """The definition that a case pins. A hash always names the same text, so a cached one needs no query."""
    definition = _cache.get(text_hash)
    return definition if definition is not None else _compile(tx, text_hash)


def _compile(tx: Tx, text_hash: str) -> Definition:
    row = records.find_text(tx, text_hash)
    if row is None:
        raise DefinitionNotFound(text_hash)
    definition = _cache[text_hash] = loader.load(row.text, path=row.name, edition=row.edition)
    while len(_cache) > _CACHED:
        _cache.popitem(last=False)
    return definition


def current(tx: Tx, name: str) -> Definition:
    """The definition that new cases of a kind use."""
    text_hash = records.find_current(tx, name)
    if text_hash is None:
        raise DefinitionNotFound(name)
    return compiled(tx, text_hash)


def versions(tx: Tx, name: str | None = None) -> list[VersionView]:
    """Published versions of one definition or of all, the latest first."""
    return records.versions(tx, name)


def open_cases(tx: Tx) -> Mapping[str, int]:
    """Count the open cases under each version, by its hash. This reads all of them."""
    return defaultdict(int, records.open_cases(tx))


def drafts(tx: Tx) -> list[AuthoredDraft]:
    """The drafts that wait to be published."""
    return records.drafts(tx)


def draft(tx: Tx, name: str) -> AuthoredDraft:
    """The draft of a definition."""
    authored = records.find_draft(tx, name)
    if authored is None:
        raise NotFound("draft_unknown", name=name)
    return authored


def find_read(text: str | bytes, *, path: str) -> Definition | None:
    """The definition that a text says, with or without errors; None where it cannot be read as one."""
    try:
        return loader.load(text, path=path)
    except DefinitionFaults:
        return None


def in_movements(tx: Tx, definition: Definition, *, now: datetime) -> tuple[Finding, ...]:
    """What would be wrong with a definition in the movements of the record that are not over."""
    today = calendars.local_date(tx, now)
    return movement_findings(definition, movements.milestones_by_movement(tx, definition.name, on_date=today))


def save_draft(tx: Tx, name: str, text: str, *, person_id: int | None, now: datetime, seen: int | None) -> int:
    """Save the whole text of a draft, right or wrong, and answer its new version; `seen` None begins one.

    Raises `Invalid` for a text that is too long to be one, or holds characters that nobody can see.
    """
    access.require_admin(tx, person_id, now)
    try:
        stored_text = normalised(text, path=name)
    except DefinitionFaults as faults:
        raise Invalid("draft_unreadable", line=faults.faults[0].line) from faults
    is_changed = stored_text != _text_before(tx, name)
    row = {"text": stored_text, "based_on": records.find_current(tx, name), "saved_by": person_id, "saved_at": now}
    if seen is None:
        if records.find_draft(tx, name) is not None:
            raise Outdated("draft_exists", name=name)
        records.add_draft(tx, {"name": name, "version": 1, **row})
    elif not records.swap_draft(tx, name, seen=seen, **row):
        raise Outdated("draft_changed", name=name)
    if is_changed and person_id is not None:
        records.add_writer(tx, name, person_id)
    version = 1 if seen is None else seen + 1
    facts: dict[str, Json] = {"name": name, "version": version}
    admin_acts.record(tx, "definition_drafted", facts, person_id=person_id, at=now)
    return version


def _text_before(tx: Tx, name: str) -> str:
    """The text that a saved one takes the place of: that of the draft, else of the version in use."""
    saved, current_hash = records.find_draft(tx, name), records.find_current(tx, name)
    if saved is not None:
        return saved.text
    return compiled(tx, current_hash).text if current_hash else ""


def writers(tx: Tx, name: str) -> Mapping[int, str]:
    """Everybody who has changed the text of a draft: their names by id. None of them publishes it."""
    return records.writers(tx, name)


def discard_draft(tx: Tx, name: str, *, person_id: int | None, now: datetime, seen: int) -> None:
    """Throw a draft away."""
    access.require_admin(tx, person_id, now)
    if not records.take_draft(tx, name, seen=seen):
        raise Outdated("draft_changed", name=name)
    admin_acts.record(tx, "definition_draft_discarded", {"name": name}, person_id=person_id, at=now)


def ask_about(tx: Tx, name: str, *, now: datetime) -> InspectionQuestion:
    """What the draft of a definition is to be asked before it is published: `inspections.inspect` answers."""
    return inspections.question(tx, name, draft(tx, name).text, now=now)


def publish(
    tx: Tx, name: str, *, person_id: int, now: datetime, seen: int, inspected: Inspection
) -> Published | Refusal:
    """Publish the draft that was seen: new cases use it, open ones keep theirs. None who changed its text can.

    `inspected` is what was asked of the draft, outside this transaction, and the answer; where the record says
    something else by now, nothing is published.
    """
    access.require_admin(tx, person_id, now)
    authored = draft(tx, name)
    if inspections.question(tx, name, authored.text, now=now).digest() != inspected.of:
        return Refusal("stale", (Reason("draft_changed", {"name": name}),))
    authors = {*records.writers(tx, name), authored.saved_by}
    reasons = (*_why_not(name, authored.text, inspected, authors=authors, publisher_id=person_id),)
    if authored.based_on != records.find_current(tx, name):
        reasons += (Reason("definition_draft_outdated", {"name": name}),)
    reasons = reasons or _misfits(inspected)
    if reasons:
        return Refusal("refused", reasons)
    if not records.take_draft(tx, name, seen=seen):
        return Refusal("stale", (Reason("draft_changed", {"name": name}),))
    definition = loader.load(authored.text, path=name)
    return _publish(tx, definition, author_id=authored.saved_by, publisher_id=person_id, now=now, writers=authors)


def ask_about_text(tx: Tx, text: str | bytes, *, now: datetime, path: str) -> InspectionQuestion:
    """What a text from a file is to be asked before it is published. Raises `DefinitionFaults` for no definition."""
    definition = loader.load(text, path=path)
    return inspections.question(tx, definition.name, definition.text, now=now)


def publish_text(
    tx: Tx, text: str | bytes, *, author_id: int | None, publisher_id: int | None, now: datetime, path: str
) -> Published | Refusal:
    """Publish a text from a file, for two named administrators. Raises `DefinitionFaults` for what is no definition.

    Whoever has asked `ask_about_text` before does not wait here: then the answer is known.
    """
    access.require_admin(tx, author_id, now)
    access.require_admin(tx, publisher_id, now)
    definition = loader.load(text, path=path)
    answer = inspections.inspect(ask_about_text(tx, text, now=now, path=path))
    reasons = (*_why_not(definition.name, text, answer, authors={author_id}, publisher_id=publisher_id),)
    if records.find_current(tx, definition.name) == definition.hash:
        reasons += (Reason("definition_unchanged", {"name": definition.name}),)
    reasons = reasons or _misfits(answer)
    if reasons:
        return Refusal("refused", reasons)
    return _publish(tx, definition, author_id=author_id, publisher_id=publisher_id, now=now)


def publish_shipped(tx: Tx, text: str, *, now: datetime, path: str) -> Published:
    """Publish what ships into a new database, in nobody's name; its basis is its authority."""
    definition = loader.load(text, path=path)
    errors = [finding for finding in verifier.check(definition) if finding.severity == "error"]
    if errors:
        raise DefinitionFaults(errors, path=path)
    if not definition.basis:
        raise Invalid("basis_missing", name=definition.name)
    return _publish(tx, definition, author_id=None, publisher_id=None, now=now)


def _why_not(
    name: str,
    text: str | bytes,
    inspected: Inspection,
    *,
    authors: Collection[int | None],
    publisher_id: int | None,
) -> Iterator[Reason]:
    errors = [finding for finding in inspected.findings if finding.severity == "error"]
    if errors:
        yield Reason("definition_has_errors", {"name": name, "count": len(errors), "line": errors[0].line})
    elif any(finding.code == UNDECIDED for finding in inspected.findings):
        yield Reason("definition_undecided", {"name": name})
    else:
        definition = loader.load(text, path=name)
        if definition.name != name:
            yield Reason("definition_renamed", {"name": name, "found": definition.name})
        if not definition.basis:
            yield Reason("basis_missing", {"name": name})
    if publisher_id is None or publisher_id in authors:
        yield Reason("author_publishes", {"name": name})


def _misfits(inspected: Inspection) -> tuple[Reason, ...]:
    """Say which definitions in force would no longer fit together with this one; each once, at its first line."""
    return tuple(Reason("definition_misfits", {"name": name, "line": line}) for name, line in inspected.misfits)


def _publish(
    tx: Tx,
    definition: Definition,
    *,
    author_id: int | None,
    publisher_id: int | None,
    now: datetime,
    writers: Collection[int | None] = (),
) -> Published:
    earlier = next((row for row in records.versions(tx, definition.name) if row.hash == definition.hash), None)
    if earlier is not None:
        version = earlier.version
        records.make_current(tx, definition.name, definition.hash)
    else:
        version = records.publish(tx, _row(definition, author_id=author_id, publisher_id=publisher_id, now=now))
    mark_duties(tx)
    facts: dict[str, Json] = {"name": definition.name, "version": version, "hash": definition.hash, "author": author_id}
    others = sorted(writer for writer in writers if writer not in (None, author_id))
    if others:
        facts["other_authors"] = list(others)
    admin_acts.record(tx, "definition_published", facts, person_id=publisher_id, at=now)
    return Published(definition.name, version, definition.hash)


def mark_duties(tx: Tx) -> None:
    """Write down which roles vote or decide under the definitions in force."""
    in_force = (compiled(tx, row.hash) for row in records.versions(tx) if row.current)
    settings.put(tx, duties.SETTING, " ".join(sorted(duty_roles.of_definitions(in_force))))


def _row(
    definition: Definition, *, author_id: int | None, publisher_id: int | None, now: datetime
) -> dict[str, object]:
    return {
        "hash": definition.hash,
        "name": definition.name,
        "text": definition.text,
        "edition": EDITION,
        "title_vi": definition.title.vi,
        "title_en": definition.title.en,
        "basis": definition.basis,
        "author_id": author_id,
        "written_at": now,
        "published_by": publisher_id,
        "published_at": now,
    }

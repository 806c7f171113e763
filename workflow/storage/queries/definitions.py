"""Reading and writing the texts of definitions: versions, which one is current, drafts.

Knows texts and hashes, not what they say.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseRow, DefinitionCurrent, DefinitionDraft, DefinitionRow, DefinitionWriter, Person
from workflow.storage.queries.settings import upsert
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt


class VersionView(NamedTuple):
    """A published version."""

    name: str
    version: int
    hash: str
    title_vi: str
    title_en: str
    basis: str
    author: str | None
    publisher: str | None
    published_at: datetime
    current: bool


class TextRow(NamedTuple):
    """A text as it was published, and the edition of the language in which it is written."""

    name: str
    text: str
    edition: int


class AuthoredDraft(NamedTuple):
    """The text an administrator works on. `version` is what publishing compares and swaps."""

    name: str
    text: str
    version: int
    based_on: str | None
    saved_by: int | None
    author: str | None
    saved_at: datetime


_TEXT = select(DefinitionRow.name, DefinitionRow.text, DefinitionRow.edition).where(
    DefinitionRow.hash == bindparam("hash")
)
_OF_EARLIER_EDITIONS = select(DefinitionRow.hash).where(
    DefinitionRow.name == bindparam("name"), DefinitionRow.edition < bindparam("edition")
)
_CURRENT = select(DefinitionCurrent.hash).where(DefinitionCurrent.name == bindparam("name"))
_author, _publisher = aliased(Person), aliased(Person)
_OPEN_CASES = (
    select(CaseRow.definition, func.count().label("number"))
    .where(CaseRow.outcome.is_(None))
    .group_by(CaseRow.definition)
)
_VERSIONS = (
    select(
        DefinitionRow.name, DefinitionRow.version, DefinitionRow.hash, DefinitionRow.title_vi, DefinitionRow.title_en,
        DefinitionRow.basis, _author.full_name.label("author"), _publisher.full_name.label("publisher"),
        DefinitionRow.published_at, DefinitionCurrent.hash.is_not(None).label("current"),
    )
    .outerjoin(_author, _author.id == DefinitionRow.author_id)
    .outerjoin(_publisher, _publisher.id == DefinitionRow.published_by)
    .outerjoin(DefinitionCurrent, DefinitionCurrent.hash == DefinitionRow.hash)
    .where(DefinitionRow.version.is_not(None))
    .order_by(DefinitionRow.name, DefinitionRow.version.desc())
)  # fmt: skip
_EVERY_VERSION, _VERSIONS_OF = Prebuilt(_VERSIONS), Prebuilt(_VERSIONS.where(DefinitionRow.name == bindparam("name")))
_DRAFTS = (
    select(
        DefinitionDraft.name, DefinitionDraft.text, DefinitionDraft.version, DefinitionDraft.based_on,
        DefinitionDraft.saved_by, Person.full_name, DefinitionDraft.saved_at,
    )
    .outerjoin(Person, Person.id == DefinitionDraft.saved_by)
    .order_by(DefinitionDraft.name)
)  # fmt: skip


def find_text(tx: Tx, text_hash: str) -> TextRow | None:
    """The name, text and edition of a version by its hash."""
    row = tx.connection.execute(_TEXT, {"hash": text_hash}).one_or_none()
    return None if row is None else TextRow(*row)


def of_earlier_editions(tx: Tx, name: str, *, edition: int) -> list[str]:
    """The hashes of the texts of a name that are written in an edition of the language before this one."""
    return list(tx.connection.scalars(_OF_EARLIER_EDITIONS, {"name": name, "edition": edition}))


def find_current(tx: Tx, name: str) -> str | None:
    """The hash of the version that new cases use."""
    text_hash: str | None = tx.connection.execute(_CURRENT, {"name": name}).scalar_one_or_none()
    return text_hash


def versions(tx: Tx, name: str | None = None) -> list[VersionView]:
    """The published versions of one definition or of all, the latest first."""
    rows = _EVERY_VERSION.all(tx, {}) if name is None else _VERSIONS_OF.all(tx, {"name": name})
    return [VersionView._make(row) for row in rows]


def open_cases(tx: Tx) -> dict[str, int]:
    """How many cases without an outcome each version has, by its hash; one without any is not in it."""
    return {row.definition: row.number for row in tx.connection.execute(_OPEN_CASES)}


def drafts(tx: Tx) -> list[AuthoredDraft]:
    """All drafts."""
    return [AuthoredDraft(*row) for row in tx.connection.execute(_DRAFTS)]


def find_draft(tx: Tx, name: str) -> AuthoredDraft | None:
    """The draft of a definition."""
    row = tx.connection.execute(_DRAFTS.where(DefinitionDraft.name == name)).one_or_none()
    return None if row is None else AuthoredDraft(*row)


def add_draft(tx: Tx, row: Mapping[str, Any]) -> None:
    """Write the first text of a draft."""
    tx.connection.execute(insert(DefinitionDraft), dict(row))


def swap_draft(tx: Tx, name: str, *, seen: int, **values: object) -> bool:
    """Replace a draft's text if its version is still the one seen."""
    statement = update(DefinitionDraft).where(DefinitionDraft.name == name, DefinitionDraft.version == seen)
    return tx.connection.execute(statement.values(version=seen + 1, **values)).rowcount == 1


def take_draft(tx: Tx, name: str, *, seen: int) -> bool:
    """Remove a draft if its version is still the one seen."""
    statement = delete(DefinitionDraft).where(DefinitionDraft.name == name, DefinitionDraft.version == seen)
    if tx.connection.execute(statement).rowcount != 1:
        return False
    tx.connection.execute(delete(DefinitionWriter).where(DefinitionWriter.name == name))
    return True


def writers(tx: Tx, name: str) -> dict[int, str]:
    """Everybody who has changed the text of a draft: their names by id."""
    statement = (
        select(DefinitionWriter.person_id, Person.full_name)
        .join(Person, Person.id == DefinitionWriter.person_id)
        .where(DefinitionWriter.name == name)
        .order_by(Person.sort_key, Person.id)
    )
    return {row.person_id: row.full_name for row in tx.connection.execute(statement)}


def add_writer(tx: Tx, name: str, person_id: int) -> None:
    """Note that somebody has changed the text of a draft."""
    make = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    tx.connection.execute(make(DefinitionWriter).values(name=name, person_id=person_id).on_conflict_do_nothing())


def publish(tx: Tx, row: Mapping[str, Any]) -> int:
    """Give a text the next version number of its name and make it the current one."""
    latest = select(func.max(DefinitionRow.version)).where(DefinitionRow.name == row["name"])
    number = (tx.connection.execute(latest).scalar_one() or 0) + 1
    tx.connection.execute(insert(DefinitionRow), {**row, "version": number})
    make_current(tx, row["name"], row["hash"])
    return number


def make_current(tx: Tx, name: str, text_hash: str) -> None:
    """Let new cases use a version."""
    upsert(tx, DefinitionCurrent, [{"name": name, "hash": text_hash}])

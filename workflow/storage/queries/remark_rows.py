"""Remarks as rows, whom they name, and how far somebody has read a case. Anchors and quotes stay the JSON they are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseReading, CaseRow, Mention, Person, RemarkRow
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most, machine_now


class RemarkAt(NamedTuple):
    """A remark of a case, with the names of who wrote it and who settled it."""

    id: int
    kind: str
    state: str
    author_id: int
    author: str
    text: str
    anchor: str
    quote: str
    revision: int
    unit_id: int | None
    answer_to: int | None
    settled_by: int | None
    settler: str | None
    settled_at_version: int | None
    was: str | None
    made_at: datetime
    changed_at: datetime


class ReadingRow(NamedTuple):
    """How far somebody has read a case."""

    person_id: int
    full_name: str
    seen_version: int
    seen_remark: int
    seen_at: datetime


_settler = aliased(Person)
_of_case = Prebuilt(
    select(
        RemarkRow.id, RemarkRow.kind, RemarkRow.state, RemarkRow.author_id, Person.full_name, RemarkRow.text,
        RemarkRow.anchor, RemarkRow.quote, RemarkRow.revision, RemarkRow.unit_id, RemarkRow.answer_to,
        RemarkRow.settled_by, _settler.full_name.label("settler"), RemarkRow.settled_at_version, RemarkRow.was,
        RemarkRow.made_at, RemarkRow.changed_at,
    )
    .join(Person, Person.id == RemarkRow.author_id)
    .outerjoin(_settler, _settler.id == RemarkRow.settled_by)
    .where(RemarkRow.case_id == bindparam("case"))
    .order_by(RemarkRow.id)
)  # fmt: skip
_mentions = (
    select(Mention.remark_id, Person.full_name)
    .join(Person, Person.id == Mention.person_id)
    .join(RemarkRow, RemarkRow.id == Mention.remark_id)
    .where(RemarkRow.case_id == bindparam("case"))
    .order_by(Mention.remark_id, Person.full_name)
)
_readings = (
    select(
        CaseReading.person_id, Person.full_name, CaseReading.seen_version, CaseReading.seen_remark, CaseReading.seen_at
    )
    .join(Person, Person.id == CaseReading.person_id)
    .where(CaseReading.case_id == bindparam("case"))
    .order_by(CaseReading.seen_at)
)
_READ = {name: dialect.insert(CaseReading) for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))}
_snippets = (
    select(RemarkRow.text)
    .join(CaseRow, CaseRow.id == RemarkRow.case_id)
    .where(
        RemarkRow.author_id == bindparam("author"),
        RemarkRow.kind == "defect",
        RemarkRow.state != "draft",
        RemarkRow.field == bindparam("field"),
        CaseRow.definition_name == bindparam("definition_name"),
    )
    .group_by(RemarkRow.text)
    .order_by(func.count().desc(), func.max(RemarkRow.id).desc())
)


def of_case(tx: Tx, case_id: int) -> list[RemarkAt]:
    """List all remarks of a case, oldest first."""
    return [RemarkAt._make(row) for row in _of_case.all(tx, {"case": case_id})]


def mentions(tx: Tx, case_id: int) -> dict[int, tuple[str, ...]]:
    """Say whom each remark of a case names."""
    named: dict[int, tuple[str, ...]] = {}
    for remark_id, full_name in tx.connection.execute(_mentions, {"case": case_id}):
        named[remark_id] = (*named.get(remark_id, ()), full_name)
    return named


def snippets(tx: Tx, *, author: int, definition_name: str, field: str, most: int) -> list[str]:
    """List what somebody has asked to correct at a field of a kind of case, most used first."""
    words = {"author": author, "definition_name": definition_name, "field": field}
    return list(tx.connection.execute(_snippets.limit(at_most(most)), words).scalars())


def add(tx: Tx, case_id: int, row: Mapping[str, Any]) -> int:
    """Write a new remark and return its id."""
    now = machine_now()
    adding = insert(RemarkRow).values(**row, case_id=case_id, made_at=now, changed_at=now).returning(RemarkRow.id)
    added: int = tx.connection.execute(adding).scalar_one()
    return added


def change(tx: Tx, remark_id: int, **columns: Any) -> None:
    """Change a remark."""
    changing = update(RemarkRow).where(RemarkRow.id == remark_id)
    tx.connection.execute(changing.values(**columns, changed_at=machine_now()))


def remove_draft(tx: Tx, remark_id: int) -> None:
    """Delete a draft that nobody else has read."""
    tx.connection.execute(delete(Mention).where(Mention.remark_id == remark_id))
    tx.connection.execute(delete(RemarkRow).where(RemarkRow.id == remark_id, RemarkRow.state == "draft"))


def mention(tx: Tx, remark_id: int, people: Iterable[int]) -> None:
    """Say whom a remark names."""
    rows = [{"remark_id": remark_id, "person_id": person} for person in sorted(set(people))]
    if rows:
        tx.connection.execute(insert(Mention), rows)


def readings(tx: Tx, case_id: int) -> list[ReadingRow]:
    """Say how far everybody has read a case."""
    return [ReadingRow._make(row) for row in tx.connection.execute(_readings, {"case": case_id})]


def read(tx: Tx, case_id: int, person_id: int, *, version: int, remark: int) -> None:
    """Note how far somebody has read a case."""
    row = {"seen_version": version, "seen_remark": remark, "seen_at": machine_now()}
    adding = _READ[tx.dialect].values(case_id=case_id, person_id=person_id, **row)
    keys = [CaseReading.person_id, CaseReading.case_id]
    tx.connection.execute(adding.on_conflict_do_update(index_elements=keys, set_=row))

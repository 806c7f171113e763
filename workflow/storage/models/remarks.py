"""Remarks of a case, what of it somebody has read, and forms that wait for their author to sign in again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, Code, Hash, Id, Long, Name


class RemarkRow(Base):
    """A defect, a comment, or the word that a defect has been corrected (`fix`).

    `anchor` says where in the case, as JSON, and `field` repeats its field; `quote` is the value that stood there, as
    JSON. `revision` is the entry that it came with, or for a draft and a comment the version that its author saw.
    `settled_by` and `settled_at_version` say who settled a defect and with which entry, `was` the state before the last
    change. `unit_id` is there where only people of one unit read it. Rows are no history: what settles a case stands in
    the inputs of its entry.
    """

    __tablename__ = "remark"
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    field: Mapped[Code | None]
    anchor: Mapped[Long]
    quote: Mapped[Long]
    text: Mapped[Long]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(String(8))
    answer_to: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at_version: Mapped[int | None]
    was: Mapped[str | None] = mapped_column(String(8))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("kind IN ('defect', 'comment', 'fix')", name="kind"),
        CheckConstraint("state IN ('draft', 'open', 'fixed', 'accepted', 'dropped')", name="state"),
        CheckConstraint("kind <> 'fix' OR answer_to IS NOT NULL", name="answer_to"),
        Index("ix_remark_case_id", "case_id", "id"),
        Index("ix_remark_author_id_field", "author_id", "field"),
    )


class Mention(Base):
    """Somebody whom a remark names."""

    __tablename__ = "mention"
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    __table_args__ = (Index("ix_mention_person_id", "person_id"),)


class CaseReading(Base):
    """How far somebody has read a case: the version and the last remark that they have seen."""

    __tablename__ = "case_reading"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    seen_version: Mapped[int]
    seen_remark: Mapped[int]
    seen_at: Mapped[datetime]
    __table_args__ = (Index("ix_case_reading_case_id", "case_id"),)


class KeptForm(Base):
    """A form that came with a session that had ended, encrypted, until its author has signed in again."""

    __tablename__ = "kept_form"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    path: Mapped[Name]
    sealed: Mapped[Long]
    until: Mapped[datetime] = mapped_column(index=True)

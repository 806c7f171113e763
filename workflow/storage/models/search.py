"""The words by which cases are found: an index table that can be made anew from the cases at any time."""

from sqlalchemy import VARCHAR, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, BigId

_AS_WRITTEN = String(48).with_variant(VARCHAR(48, collation="C"), "postgresql")
"""Compared by bytes on either database, so that words with one beginning lie beside each other."""


class CaseWordRow(Base):
    """A word of a case, as `values.CaseWord` has it.

    Has no foreign key: PostgreSQL would check it for each word, and the statement that writes words joins the case.
    """

    __tablename__ = "case_word"
    case_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(_AS_WRITTEN, primary_key=True)
    marked: Mapped[str] = mapped_column(_AS_WRITTEN, primary_key=True)
    source: Mapped[str] = mapped_column(String(8), primary_key=True)
    __table_args__ = (
        Index("ix_case_word_word_case_id", "word", "case_id"),
        # A word that is common without marks may be rare with those that were typed.
        Index("ix_case_word_word_marked_case_id", "word", "marked", "case_id"),
        {"sqlite_with_rowid": False},
    )

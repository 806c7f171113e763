"""What is one person's own: what they put off until a date, and the views of the queue that they keep.

Conveniences of one person. Nothing here decides anything, and history does not know of it.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, Id, Long


class Snooze(Base):
    """A case that somebody put off: back at `until_at`, in business time, or when the case has another version."""

    __tablename__ = "snooze"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    case_version: Mapped[int]
    until_at: Mapped[datetime]


class SavedView(Base):
    """Filters and grouping of the queue under a name; `filters` is a JSON object."""

    __tablename__ = "saved_view"
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(100))
    filters: Mapped[Long]
    __table_args__ = (UniqueConstraint("person_id", "name"),)


class PersonSetting(Base):
    """What a person set for themselves, by the name of the setting."""

    __tablename__ = "person_setting"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(64))

"""Definitions, the calendar, movements and what units owe in them, and the books numbers come from."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, Code, Hash, Id, Long, Name


class DefinitionRow(Base):
    """One text of a definition. `hash` is the SHA-256 of its NFC, LF text; a version number is given when published.

    `edition` is the edition of the language in which it is written; every edition stays readable.
    """

    __tablename__ = "definition"
    hash: Mapped[Hash] = mapped_column(primary_key=True)
    name: Mapped[Code]
    version: Mapped[int | None]
    text: Mapped[Long]
    edition: Mapped[int] = mapped_column(server_default="1")
    title_vi: Mapped[Name]
    title_en: Mapped[Name]
    basis: Mapped[Name] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("name", "version"),
        CheckConstraint("(version IS NULL) = (published_at IS NULL)", name="published"),
    )


class DefinitionCurrent(Base):
    """The version that new cases of a definition use: exactly one a name (invariant I15)."""

    __tablename__ = "definition_current"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    hash: Mapped[Hash] = mapped_column(ForeignKey("definition.hash"))


class DefinitionDraft(Base):
    """The text an administrator is working on; saved whole, published by a compare-and-swap on `version`."""

    __tablename__ = "definition_draft"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[Long]
    version: Mapped[int] = mapped_column(default=1)
    based_on: Mapped[str | None] = mapped_column(String(64))
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]


class DefinitionWriter(Base):
    """Somebody who has changed the text of a draft, and so may not publish it. Goes with the draft."""

    __tablename__ = "definition_writer"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class CalendarDay(Base):
    """A day that differs from its weekday: a holiday, a swapped day off, a worked Saturday. Administrators edit it."""

    __tablename__ = "calendar_day"
    on_date: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    name_vi: Mapped[Name]
    name_en: Mapped[Name]
    source: Mapped[Name] = mapped_column(default="")
    __table_args__ = (CheckConstraint("kind IN ('holiday', 'swap_off', 'worked')", name="kind"),)


class CalendarText(Base):
    """The whole calendar as it stood at a revision, which names its content; entries of history refer to it."""

    __tablename__ = "calendar_text"
    revision: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[Long]


class Regime(Base):
    """Which law applied from a day to a day, both counting. They do not overlap: a case is opened under one or none."""

    __tablename__ = "regime"
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    title_vi: Mapped[Name]
    title_en: Mapped[Name]
    source: Mapped[Name]
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class FigureRow(Base):
    """A figure of a definition's param, set for a regime, the province or a movement; never changed, only ended.

    `keys` and `value` are JSON. Both days count; of several in force the one with the highest id wins.
    """

    __tablename__ = "figure"
    id: Mapped[Id]
    layer: Mapped[str] = mapped_column(String(8))
    regime: Mapped[str | None] = mapped_column(ForeignKey("regime.code"))
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"))
    definition: Mapped[str] = mapped_column(String(64))
    param: Mapped[str] = mapped_column(String(64))
    keys: Mapped[Long]
    value: Mapped[Long]
    source: Mapped[Name]
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint(
            "(layer = 'regime' AND regime IS NOT NULL AND movement_id IS NULL)"
            " OR (layer = 'province' AND regime IS NULL AND movement_id IS NULL)"
            " OR (layer = 'movement' AND regime IS NULL AND movement_id IS NOT NULL)",
            name="layer",
        ),
        Index("ix_figure_definition", "definition"),
    )


class Movement(Base):
    """A campaign with its basis and span."""

    __tablename__ = "movement"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    title_vi: Mapped[Name]
    title_en: Mapped[Name]
    basis: Mapped[Name]
    issued_on: Mapped[date] = mapped_column(Date)
    begins_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Milestone(Base):
    """A date in a movement. `exclusive`: "before" that day, so the last good day is the one before it.

    `opens_on`: the day on which its cases are opened; without one they are when the movement is published. `source`:
    the paper that set the date; without one it is the movement's basis.
    """

    __tablename__ = "milestone"
    movement_id: Mapped[int] = mapped_column(ForeignKey("movement.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    title_vi: Mapped[Name]
    title_en: Mapped[Name]
    on_date: Mapped[date] = mapped_column(Date)
    exclusive: Mapped[bool]
    definition: Mapped[str | None] = mapped_column(String(64))
    opens_on: Mapped[date | None] = mapped_column(Date)
    source: Mapped[Name | None]


class Obligation(Base):
    """This unit owes this kind of case by this milestone; publishing the movement opened the case."""

    __tablename__ = "obligation"
    movement_id: Mapped[int] = mapped_column(ForeignKey("movement.id"), primary_key=True)
    milestone: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    definition: Mapped[str] = mapped_column(String(64))
    invited: Mapped[bool] = mapped_column(default=False)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), unique=True)
    __table_args__ = (Index("ix_obligation_unit_id", "unit_id"),)


class Book(Base):
    """The last number given out, per book and year: case codes and whatever register the installation owns."""

    __tablename__ = "book"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Setting(Base):
    """Small facts of the installation: demo mark, clock anchor, calendar revision, release."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Long]

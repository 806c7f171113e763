"""Units, people, grants and substitutions: who stands where, and since when.

Validity is a half-open span of dates (`valid_to` excluded, NULL: open end). Search and sort keys are computed by
`workflow.vietnamese` when a row is written.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, Code, Id, Long, Name


class Unit(Base):
    """An organisation in the tree. `parent_id` is the administrative parent, `line` a vertical agency's ministry."""

    __tablename__ = "unit"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    short_name: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(32))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    line: Mapped[str | None] = mapped_column(String(200))
    owes: Mapped[str] = mapped_column(String(8), default="no")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    search_key: Mapped[Name]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (
        CheckConstraint("owes IN ('yes', 'invited', 'no')", name="owes"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="valid"),
    )


class UnitAbove(Base):
    """The closure of the tree: every unit with each unit above it; distance 0 is itself. Rewritten with the tree."""

    __tablename__ = "unit_above"
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    above_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    distance: Mapped[int]
    __table_args__ = (Index("ix_unit_above_above_id_unit_id", "above_id", "unit_id"),)


class BlockMember(Base):
    """A unit belongs to an emulation block for a year; the block is a unit too."""

    __tablename__ = "block_member"
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class UnitSuccessor(Base):
    """What became of a unit that was merged, renamed or dissolved."""

    __tablename__ = "unit_successor"
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    on_date: Mapped[date] = mapped_column(Date)


class UnitKind(Base):
    """The closed vocabulary of `unit.kind` with its labels, in people's order; shipped in `definitions/kinds.yaml`."""

    __tablename__ = "unit_kind"
    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    label_vi: Mapped[Name]
    label_en: Mapped[Name]
    position: Mapped[int]


class Role(Base):
    """A role that may be granted; shipped in `definitions/roles.yaml`, kept here afterwards.

    `sees`: whether a holder sees the cases of the unit alone, or of every unit below it too.
    """

    __tablename__ = "role"
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    label_vi: Mapped[Name]
    label_en: Mapped[Name]
    sees: Mapped[str] = mapped_column(String(8), default="own")
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (CheckConstraint("sees IN ('own', 'below')", name="sees"),)


class RoleKind(Base):
    """A role may be granted at units of this kind."""

    __tablename__ = "role_kind"
    role: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(ForeignKey("unit_kind.code"), primary_key=True)


class Person(Base):
    """Somebody with an account. Contacts lie in `person_contact`, which can be erased without touching history."""

    __tablename__ = "person"
    id: Mapped[Id]
    username: Mapped[Code] = mapped_column(unique=True)
    full_name: Mapped[Name]
    title_vi: Mapped[Name] = mapped_column(default="")
    title_en: Mapped[Name] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    search_key: Mapped[Name]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("language IN ('vi', 'en')", name="language"),)


class PersonContact(Base):
    """Erasable personal data: how to reach somebody."""

    __tablename__ = "person_contact"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(40))


class RoleGrant(Base):
    """A person holds a role at a unit from a date to a date: the desk is theirs."""

    __tablename__ = "role_grant"
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(ForeignKey("role.code"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("person_id", "role", "unit_id", "valid_from"),
        Index("ix_role_grant_unit_id_role", "unit_id", "role"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid"),
    )


class PendingActRow(Base):
    """An administrator's act that waits for a second one; the row goes when it is done or withdrawn."""

    __tablename__ = "pending_act"
    id: Mapped[Id]
    action: Mapped[str] = mapped_column(String(32))
    facts: Mapped[Long]
    about: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime]


class SubstitutionRow(Base):
    """`substitute` acts for `principal` in a span of dates, at one desk or (role and unit NULL) at all of them."""

    __tablename__ = "substitution"
    id: Mapped[Id]
    principal_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str | None] = mapped_column(ForeignKey("role.code"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    capacity: Mapped[str] = mapped_column(String(3))
    paper: Mapped[Name]
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date] = mapped_column(Date)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("principal_id <> substitute_id", name="other"),
        CheckConstraint("capacity IN ('KT', 'TL', 'TUQ')", name="capacity"),
        CheckConstraint("valid_to >= valid_from", name="valid"),
        CheckConstraint("(role IS NULL) = (unit_id IS NULL)", name="scope"),
    )

"""Cases, their history, assignments, deadlines, links, drafts, documents: the record itself.

Only `storage.writing.applying` writes cases, history, assignments, deadlines and links, and only from a Plan. Triggers
keep history append-only.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, BigId, Code, Hash, Id, Long, Name


class CaseRow(Base):
    """A case as it stands. JSON columns hold what `values.Case` holds under the same names.

    `last_at` is the business time of the last entry: the next one may not be earlier.
    """

    __tablename__ = "case_file"
    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    definition: Mapped[Hash] = mapped_column(ForeignKey("definition.hash"))
    definition_name: Mapped[Code]
    params: Mapped[Long] = mapped_column(default="{}")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"))
    state: Mapped[Code]
    outcome: Mapped[str | None] = mapped_column(String(8))
    version: Mapped[int]
    acted_version: Mapped[int]
    opened_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    last_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    fields: Mapped[Long] = mapped_column(default="{}")
    done: Mapped[Long] = mapped_column(default="{}")
    asks: Mapped[Long] = mapped_column(default="{}")
    clocks: Mapped[Long] = mapped_column(default="{}")
    back: Mapped[str | None] = mapped_column(String(64))
    head: Mapped[Hash]
    title: Mapped[Name] = mapped_column(default="")
    search_key: Mapped[Name] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("version >= 1 AND acted_version BETWEEN 1 AND version", name="version"),
        CheckConstraint("outcome IN ('good', 'neutral', 'bad')", name="outcome"),
        Index("ix_case_file_movement_id_definition_name", "movement_id", "definition_name"),
        Index("ix_case_file_unit_id_id", "unit_id", "id"),
        Index("ix_case_file_definition_state", "definition", "state"),
        Index("ix_case_file_opened_at", "opened_at"),
        # The cases of a kind in the order in which they were opened: lists, and those of which ends are judged.
        Index("ix_case_file_definition_name_id", "definition_name", "id"),
        Index("ix_case_file_definition_name_state_id", "definition_name", "state", "id"),
    )


class HistoryRow(Base):
    """One entry of a case's history: exactly the bytes hashed in `body`, and columns copied from it for reading."""

    __tablename__ = "history"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(100))
    was: Mapped[str] = mapped_column(String(64))
    state: Mapped[Code]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    on_behalf_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    capacity: Mapped[str | None] = mapped_column(String(3))
    body: Mapped[Long]
    hash: Mapped[Hash]
    request_key: Mapped[str | None] = mapped_column(String(64), unique=True)


class AssignmentRow(Base):
    """Whose move it is: a case's slot waits at a desk, or with one person. Closed rows stay for the statistics.

    `urgent_at` is what my turn is sorted by: `due_at`, or the end of time where nothing is due; the databases place
    NULL at different ends. `excluded` lists people between commas (`,7,12,`), so that a query can look for one.
    """

    __tablename__ = "assignment"
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    slot: Mapped[Code]
    role: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    excluded: Mapped[Long] = mapped_column(default="")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    urgent_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_assignment_desk_open",
            "unit_id",
            "role",
            "urgent_at",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
            # With this column the nearest turns of thirty desks are found in the index alone.
            postgresql_include=["person_id"],
        ),
        Index(
            "ix_assignment_person_open",
            "person_id",
            "urgent_at",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_assignment_case_id_slot", "case_id", "slot"),
    )


class DeadlineRow(Base):
    """When a case must be rung next, in business time. The sweeper turns a due row into a job, once.

    `seq` is the history entry that set it: a clock that comes back to the same due moment is another deadline.
    """

    __tablename__ = "deadline"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    due_at: Mapped[datetime]
    rung: Mapped[int]
    seq: Mapped[int]
    rung_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_deadline_due_at",
            "due_at",
            "case_id",
            sqlite_where=text("rung_at IS NULL"),
            postgresql_where=text("rung_at IS NULL"),
        ),
    )


class LinkRow(Base):
    """`case` has `other` at the end of its link `name` (an amendment `replaces` what it amends)."""

    __tablename__ = "link"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True, index=True)


class ReservationRow(Base):
    """A place of a limit that a case holds: no two cases the same. `name` is one of the definition's `reserves`."""

    __tablename__ = "reservation"
    definition_name: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Code] = mapped_column(primary_key=True)
    key: Mapped[Code] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)


class BallotRow(Base):
    """One choice in the box of a secret ask: no member, no time, no order; see `storage.writing.ballots`.

    `round` is the entry that put the question: a vote that is held again has a box of its own.
    """

    __tablename__ = "ballot"
    key: Mapped[str] = mapped_column(String(43), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    ask: Mapped[Code]
    round: Mapped[int]
    line: Mapped[Code]
    choice: Mapped[Code]
    __table_args__ = (
        Index("ix_ballot_case_id", "case_id"),
        {"sqlite_with_rowid": False},
    )


class ListedField(Base):
    """Fields that the definition marks `listed`, copied when an act is applied; never queried inside JSON."""

    __tablename__ = "listed_field"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    text_value: Mapped[str | None] = mapped_column(String(500), index=True)
    number_value: Mapped[int | None] = mapped_column(BigId, index=True)
    date_value: Mapped[date | None] = mapped_column(Date, index=True)


class Draft(Base):
    """What a unit typed and saved without acting: no history, one a case, swapped on `version`."""

    __tablename__ = "draft"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    fields: Mapped[Long]
    version: Mapped[int]
    saved_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]


class Document(Base):
    """A paper of a case: the field it belongs to; its versions are kept beside each other."""

    __tablename__ = "document"
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    field: Mapped[Code]
    __table_args__ = (UniqueConstraint("case_id", "field"),)


class DocumentVersion(Base):
    """One uploaded file: content by hash on disk, name as the person called it, type as sniffed."""

    __tablename__ = "document_version"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)
    sha256: Mapped[Hash]
    name: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigId)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]


class PaperViewing(Base):
    """Somebody said that they have read a content on a case. A changed file has another hash, so the tick goes."""

    __tablename__ = "paper_viewing"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    sha256: Mapped[Hash] = mapped_column(primary_key=True)
    viewed_at: Mapped[datetime]
    __table_args__ = (Index("ix_paper_viewing_case_id", "case_id"),)


class Checkpoint(Base):
    """A signed statement over all chain heads at a moment; exported, it proves that no tail was cut since."""

    __tablename__ = "checkpoint"
    id: Mapped[Id]
    made_at: Mapped[datetime]
    cases: Mapped[int]
    entries: Mapped[int] = mapped_column(BigId)
    digest: Mapped[Hash]
    signature: Mapped[str] = mapped_column(String(128))
    public_key: Mapped[str] = mapped_column(String(64))


class AdminActRow(Base):
    """What administrators did outside cases (grants, units, calendar, publishing, clock): its own hash chain."""

    __tablename__ = "admin_act"
    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(100))
    body: Mapped[Long]
    hash: Mapped[Hash]


class Notification(Base):
    """One notice to one person about one entry; the letter job is made with it. `key` makes repeats harmless."""

    __tablename__ = "notification"
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int] = mapped_column(BigId)
    seq: Mapped[int]
    notice: Mapped[Code]
    facts: Mapped[Long]
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "seq"], ["history.case_id", "history.seq"]),
        Index("ix_notification_person_id_id", "person_id", "id"),
        Index("ix_notification_case_id", "case_id"),
    )

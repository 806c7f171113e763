"""Jobs, letters, heartbeats, sessions, one-time links and throttles: everything that runs on machine time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.storage.models.base import Base, Code, Hash, Id, Long, Name


class Job(Base):
    """A piece of work to do once: the row is the queue, the broker only the doorbell (docs/architecture.md)."""

    __tablename__ = "job"
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[Long]
    state: Mapped[str] = mapped_column(String(8), default="due")
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    hold_until: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    token: Mapped[str | None] = mapped_column(String(32))
    tries: Mapped[int] = mapped_column(default=0)
    rung_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(2000))
    __table_args__ = (
        CheckConstraint("state IN ('due', 'done', 'parked')", name="state"),
        Index(
            "ix_job_due_at",
            "due_at",
            "id",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )


class Letter(Base):
    """A letter to one person as it was or would have been sent; the outbox page shows these rows.

    `message_id` is fixed when the row is written, so a repeated transmission carries the same one.
    """

    __tablename__ = "letter"
    id: Mapped[Id]
    notification_id: Mapped[int | None] = mapped_column(ForeignKey("notification.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(320))
    subject: Mapped[Name]
    body_text: Mapped[Long]
    body_html: Mapped[Long]
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    made_at: Mapped[datetime]
    transmissions: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]


class Heartbeat(Base):
    """A process says that it is alive, in machine time; older than 10 s means it is not."""

    __tablename__ = "heartbeat"
    process: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    seen_at: Mapped[datetime]


class SessionRow(Base):
    """A signed-in browser. The cookie holds the token, this row its SHA-256."""

    __tablename__ = "web_session"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(43))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[Code] = mapped_column(default="")
    agent: Mapped[Name] = mapped_column(default="")


class OneTimeLink(Base):
    """A link that lets whoever has it choose a password or lock the account, once. This row holds its SHA-256."""

    __tablename__ = "one_time_link"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'reset', 'slip', 'console', 'lock')", name="purpose"),)


class Throttle(Base):
    """Failed attempts of one kind for one subject (an account, an address)."""

    __tablename__ = "throttle"
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
    until: Mapped[datetime | None]


class LookupPin(Base):
    """How often a case was given a new PIN for looking it up; most cases never are, and have no row.

    No PIN is stored: it follows from the installation's secret, the case and this count.
    """

    __tablename__ = "lookup_pin"
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    renewals: Mapped[int]
    renewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    renewed_at: Mapped[datetime]


class CalendarFeed(Base):
    """Somebody's calendar of deadlines: whether there is one, and how often its address was made anew."""

    __tablename__ = "calendar_feed"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    renewals: Mapped[int]
    is_on: Mapped[bool]
    changed_at: Mapped[datetime]

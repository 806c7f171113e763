"""The tables, one module for each thing they know; importing this package maps them all."""

from workflow.storage.models.base import Base, Instant
from workflow.storage.models.law import (
    Book,
    CalendarDay,
    CalendarText,
    DefinitionCurrent,
    DefinitionDraft,
    DefinitionRow,
    FigureRow,
    Milestone,
    Movement,
    Obligation,
    Regime,
    Setting,
)
from workflow.storage.models.organisation import (
    BlockMember,
    Person,
    PersonContact,
    Role,
    RoleGrant,
    RoleKind,
    SubstitutionRow,
    Unit,
    UnitAbove,
    UnitKind,
    UnitSuccessor,
)
from workflow.storage.models.record import (
    AdminActRow,
    AssignmentRow,
    BallotRow,
    CaseRow,
    Checkpoint,
    DeadlineRow,
    Document,
    DocumentVersion,
    Draft,
    HistoryRow,
    LinkRow,
    ListedField,
    Notification,
    ReservationRow,
)
from workflow.storage.models.work import Heartbeat, Job, Letter, SessionRow, Throttle

__all__ = [
    "AdminActRow", "AssignmentRow", "BallotRow", "Base", "BlockMember", "Book", "CalendarDay", "CalendarText",
    "CaseRow", "Checkpoint", "DeadlineRow", "DefinitionCurrent", "DefinitionDraft", "DefinitionRow", "Document",
    "DocumentVersion", "Draft", "FigureRow", "Heartbeat", "HistoryRow", "Instant", "Job", "Letter", "LinkRow",
    "ListedField", "Milestone", "Movement", "Notification", "Obligation", "Person", "PersonContact", "Regime",
    "ReservationRow", "Role", "RoleGrant", "RoleKind", "SessionRow", "Setting", "SubstitutionRow", "Throttle", "Unit",
    "UnitAbove", "UnitKind", "UnitSuccessor",
]  # fmt: skip

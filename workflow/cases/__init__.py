"""Cases: opening one, acting on one or many, and everything that is read of them."""

from workflow.cases import (
    assignments,
    case_lists,
    documents,
    drafts,
    histories,
    members,
    remark_record,
)
from workflow.cases.acting import Acted, BulkAnswer, act, act_as_system, act_in, act_on_many
from workflow.cases.assignments import TurnView, simple_acts
from workflow.cases.documents import Stored, value_of
from workflow.cases.histories import EntryNotice, EntryView
from workflow.cases.members import CaseBrief, Leading, MemberView
from workflow.cases.opening import open_case
from workflow.cases.permissions import Sight, sight_of
from workflow.cases.record_world import RecordWorld
from workflow.cases.view import (
    HIDDEN,
    NOTHING_PREPARED,
    CaseView,
    FormView,
    LinkView,
    PreparedForm,
    form,
    prepared,
    view,
)
from workflow.cases.weighed_acts import act_unless, preview_act

__all__ = [
    "HIDDEN",
    "NOTHING_PREPARED",
    "Acted",
    "BulkAnswer",
    "CaseBrief",
    "CaseView",
    "EntryNotice",
    "EntryView",
    "FormView",
    "Leading",
    "LinkView",
    "MemberView",
    "PreparedForm",
    "RecordWorld",
    "Sight",
    "Stored",
    "TurnView",
    "act",
    "act_as_system",
    "act_in",
    "act_on_many",
    "act_unless",
    "assignments",
    "case_lists",
    "documents",
    "drafts",
    "form",
    "histories",
    "members",
    "open_case",
    "opening",
    "prepared",
    "preview_act",
    "remark_record",
    "sight_of",
    "simple_acts",
    "value_of",
    "view",
]

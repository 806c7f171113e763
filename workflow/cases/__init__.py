"""Cases: opening one, acting on one or many, and everything that is read of them."""

from workflow.cases import assignments, case_lists, drafts, follow_ups, histories, members, opening
from workflow.cases.acting import Acted, act, act_as_system, act_in, world_of
from workflow.cases.assignments import TurnView, simple_acts
from workflow.cases.case_lists import CaseLine
from workflow.cases.follow_ups import FollowUps
from workflow.cases.histories import EntryNotice, EntryView
from workflow.cases.members import CaseBrief, Leading, MemberView
from workflow.cases.opening import open_case
from workflow.cases.papers import DocumentView
from workflow.cases.permissions import Sight, prepared_case, sight_of, sights_of, writable
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
from workflow.cases.weighed_acts import BulkAnswer, act_on_many, act_unless, preview_act
from workflow.cases.writing import add_remark, change_remark, remark_of

__all__ = [
    "HIDDEN",
    "NOTHING_PREPARED",
    "Acted",
    "BulkAnswer",
    "CaseBrief",
    "CaseLine",
    "CaseView",
    "DocumentView",
    "EntryNotice",
    "EntryView",
    "FollowUps",
    "FormView",
    "Leading",
    "LinkView",
    "MemberView",
    "PreparedForm",
    "RecordWorld",
    "Sight",
    "TurnView",
    "act",
    "act_as_system",
    "act_in",
    "act_on_many",
    "act_unless",
    "add_remark",
    "assignments",
    "case_lists",
    "change_remark",
    "drafts",
    "follow_ups",
    "form",
    "histories",
    "members",
    "open_case",
    "opening",
    "prepared",
    "prepared_case",
    "preview_act",
    "remark_of",
    "sight_of",
    "sights_of",
    "simple_acts",
    "view",
    "world_of",
    "writable",
]

"""Cases: opening one, acting on one or many, and everything that is read of them."""

from workflow.cases import assignments, case_lists, drafts, histories, members, new_cases
from workflow.cases.acting import Acted, BulkAnswer, act, act_as_system, act_in, act_on_many
from workflow.cases.assignments import TurnView, simple_acts
from workflow.cases.histories import EntryNotice, EntryView
from workflow.cases.members import Leading, MemberView
from workflow.cases.opening import open_case
from workflow.cases.papers import DocumentView
from workflow.cases.permissions import prepared_case, sight_of
from workflow.cases.record_world import RecordWorld
from workflow.cases.view import NOTHING_PREPARED, CaseView, FormView, LinkView, PreparedForm, form, prepared, view

__all__ = [
    "NOTHING_PREPARED",
    "Acted",
    "BulkAnswer",
    "CaseView",
    "DocumentView",
    "EntryNotice",
    "EntryView",
    "FormView",
    "Leading",
    "LinkView",
    "MemberView",
    "PreparedForm",
    "RecordWorld",
    "TurnView",
    "act",
    "act_as_system",
    "act_in",
    "act_on_many",
    "assignments",
    "case_lists",
    "drafts",
    "form",
    "histories",
    "members",
    "new_cases",
    "open_case",
    "prepared",
    "prepared_case",
    "sight_of",
    "simple_acts",
    "view",
]

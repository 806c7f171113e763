"""Cases: opening one, acting on one or many, and everything that is read of them."""

from workflow.cases import assignments, case_lists, documents, drafts, histories, members, new_cases
from workflow.cases.acting import Acted, BulkAnswer, act, act_as_system, act_in, act_on_many
from workflow.cases.documents import Stored, value_of
from workflow.cases.histories import EntryNotice, EntryView
from workflow.cases.members import CaseBrief, Leading, MemberView
from workflow.cases.opening import open_case
from workflow.cases.view import NOTHING_PREPARED, CaseView, FormView, LinkView, PreparedForm, form, prepared, view

__all__ = [
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
    "Stored",
    "act",
    "act_as_system",
    "act_in",
    "act_on_many",
    "assignments",
    "case_lists",
    "documents",
    "drafts",
    "form",
    "histories",
    "members",
    "new_cases",
    "open_case",
    "prepared",
    "value_of",
    "view",
]

"""Cases: opening one, acting on one or many, and everything that is read of them."""

from workflow.cases import assignments, case_lists, documents, drafts, histories, members, single_acts
from workflow.cases.cases import Acted, act, act_on, open_case
from workflow.cases.documents import Stored, value_of
from workflow.cases.histories import EntryView, Told
from workflow.cases.members import Leading, Member
from workflow.cases.view import CaseView, LinkView, view
from workflow.cases.writing import Circumstances

__all__ = [
    "Acted",
    "CaseView",
    "Circumstances",
    "EntryView",
    "Leading",
    "LinkView",
    "Member",
    "Stored",
    "Told",
    "act",
    "act_on",
    "assignments",
    "case_lists",
    "documents",
    "drafts",
    "histories",
    "members",
    "open_case",
    "single_acts",
    "value_of",
    "view",
]

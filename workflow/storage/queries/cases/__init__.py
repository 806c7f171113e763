"""Reads of cases, their lists, their history and whose turn it is."""

from workflow.storage.queries.cases import (
    case_lists,
    case_pages,
    found_cases,
    histories,
    inbox,
    listed_cases,
    loaded_cases,
    passages,
    requests,
)
from workflow.storage.queries.cases.case_lists import ListedCase
from workflow.storage.queries.cases.case_pages import CaseAt, Head, LinkedCase, TurnAt
from workflow.storage.queries.cases.found_cases import SearchPlace, Wanted
from workflow.storage.queries.cases.histories import ChainRow
from workflow.storage.queries.cases.inbox import TurnRow
from workflow.storage.queries.cases.loaded_cases import ForAct
from workflow.storage.queries.cases.passages import PassageRow
from workflow.storage.queries.cases.requests import find_request
from workflow.storage.queries.cases.search_terms import SoughtWord

__all__ = [
    "CaseAt",
    "ChainRow",
    "ForAct",
    "Head",
    "LinkedCase",
    "ListedCase",
    "PassageRow",
    "SearchPlace",
    "SoughtWord",
    "TurnAt",
    "TurnRow",
    "Wanted",
    "case_lists",
    "case_pages",
    "find_request",
    "found_cases",
    "histories",
    "inbox",
    "listed_cases",
    "loaded_cases",
    "passages",
    "requests",
]

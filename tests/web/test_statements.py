"""What a request asks the database, counted at the driver: BEGIN, COMMIT, the session and the page's frame as well."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.support.award_round import MEMBERS, AwardRound, code_of
from tests.support.council_site import Council
from tests.support.page_reading import Page
from tests.support.site import ASKING, PDF, Site, Visitor
from tests.support.site_plans import FORM
from tests.support.statement_counts import PREPARES, count_statements
from workflow.storage.models import SessionRow

ACTS = {"postgresql": 8, "sqlite": 28}
"""The most that a POST asks; one that brings a file keeps that first, in a transaction of its own."""
KEEPS_A_FILE = 7
PUTS_CASES_ON_A_LIST = {"postgresql": 16, "sqlite": 37}
"""One that puts cases on a list and moves them is decided again with all of them locked, and finds each anew."""
VOTES = {"postgresql": 12, "sqlite": 14}
SHOWS_A_CASE = 14
TOUCHES_THE_SESSION = 3
ACTS_WITH_REMARKS = {"postgresql": 14, "sqlite": 40}
"""An act on a case on which something was remarked is done in a transaction and writes what it settles."""
MINUTES = timedelta(minutes=5)
PAPER = {"f__plan__symbol": "12/KH-UBND", "f__plan__dated": "13/11/2017"}
CORRECTIONS = {"return__defects__0__place": "Mục 2", "return__defects__0__what": "Chưa nêu số hộ cụ thể"}
COURSE = [
    ("cucphuong.clerk", "begin", {}),
    ("cucphuong.clerk", "send", FORM),
    ("cucphuong.head", "sign", PAPER),
    ("nhoquan.officer", "receive", {}),
    ("nhoquan.head", "return", CORRECTIONS),
    ("cucphuong.clerk", "send", {**FORM, "f__launch": "21/11/2017"}),
]
"""A plan on its way to its return and up again: who does what, and what they type."""


def counted(site: Site, ask: Callable[[], TestResponse]) -> tuple[TestResponse, int]:
    """Answer, and say how many statements that took once the process knows who sits where."""
    with count_statements(site.database) as said:
        answer = ask()
    return answer, len([statement for statement in said if statement != PREPARES])


def acted(site: Site, visitor: Visitor, page: Page, target: str, **typed: object) -> tuple[TestResponse, int]:
    """Act, and count the request that did it: where it is asked about first, the one after that."""
    answer, number = counted(site, lambda: visitor.tries(page, target, **typed))
    if ASKING not in answer.text:
        return answer, number
    return counted(site, lambda: visitor.tries(Page(answer.text), target))


def test_an_act_asks_only_for_what_it_reads_and_writes(site: Site):
    path = f"/cases/{site.case_of('14437')}"
    asked = {}
    for place, (username, action, typed) in enumerate(COURSE):
        visitor, target = site.visitor(username), f"{path}/actions/{action}"
        page = visitor.page(path)
        if action == "sign":
            refused = visitor.send(page, target, f__plan__file=(io.BytesIO(PDF), "Kế hoạch.pdf"))
            assert refused.status_code == 422
        answer, number = acted(site, visitor, page, target, **typed)
        assert answer.status_code == 303, answer.text
        asked[f"{place} {action}"] = number
    assert len(asked) == len(COURSE)
    remarked = [asked.pop("4 return"), asked.pop("5 send")]
    assert max(asked.values()) <= ACTS[site.database.dialect], asked
    assert max(remarked) <= ACTS_WITH_REMARKS[site.database.dialect], remarked


def test_an_act_that_brings_a_file_keeps_it_first(site: Site):
    path = f"/cases/{site.case_of('14437')}"
    for username, action, typed in COURSE[:2]:
        site.visitor(username).press(path, f"{path}/actions/{action}", **typed)
    head = site.visitor("cucphuong.head")
    page, file = head.page(path), (io.BytesIO(PDF), "Kế hoạch.pdf")
    answer, number = acted(site, head, page, f"{path}/actions/sign", f__plan__file=file, **PAPER)
    assert answer.status_code == 303
    assert number <= ACTS[site.database.dialect] + KEEPS_A_FILE


def test_a_draft_asks_no_more_than_an_act(site: Site):
    path, clerk = f"/cases/{site.case_of('14437')}", site.visitor("cucphuong.clerk")
    clerk.press(path, f"{path}/actions/begin")
    page = clerk.page(path)
    answer, number = counted(site, lambda: clerk.send(page, f"{path}/draft", **FORM))
    assert answer.status_code == 303
    assert number <= 11


def test_a_press_after_a_minute_notes_that_the_session_is_in_use(site: Site):
    path, clerk = f"/cases/{site.case_of('14437')}", site.visitor("cucphuong.clerk")
    page = clerk.page(path)
    with site.database.writing() as tx:
        tx.connection.execute(update(SessionRow).values(seen_at=tx.machine_now() - MINUTES))
    answer, number = counted(site, lambda: clerk.send(page, f"{path}/actions/begin"))
    assert answer.status_code == 303
    assert number <= ACTS[site.database.dialect] + TOUCHES_THE_SESSION


def test_the_page_of_a_case_asks_for_each_thing_once(site: Site):
    path = f"/cases/{site.case_of('14437')}"
    asked = {}
    for place, (username, action, typed) in enumerate(COURSE):
        for reader in (username, "auditor"):
            visitor = site.visitor(reader)
            visitor.page(path)
            _, asked[f"{place} {reader}"] = counted(site, lambda v=visitor: v.answer(path))
        file = {"f__plan__file": (io.BytesIO(PDF), "Kế hoạch.pdf")} if action == "sign" else {}
        assert site.visitor(username).press(path, f"{path}/actions/{action}", **typed, **file).status_code == 303
    assert len(asked) == 2 * len(COURSE)
    assert max(asked.values()) <= SHOWS_A_CASE, asked


def test_a_vote_asks_no_more_however_full_the_box_is(site: Site):
    award = AwardRound(site)
    nominee = award.appraised()
    session = award.opens("secretary", "council_session")
    agenda = {"f__mode": "written", "f__day": "29/11/2017", "f__nominees": [code_of(nominee)]}
    secretary = award.visitor("secretary")
    page = secretary.page(session)
    answer, number = acted(site, secretary, page, f"{session}/actions/convene", **agenda)
    assert answer.status_code == 303
    assert number <= PUTS_CASES_ON_A_LIST[site.database.dialect]
    asked = []
    for name in MEMBERS:
        member, ballot = award.visitor(name), {f"answer:ballot.{code_of(nominee)}": "agree"}
        page = member.page(session)
        answer, number = acted(site, member, page, f"{session}/actions/answer:ballot", **ballot)
        assert answer.status_code == 303
        asked.append(number)
    assert len(asked) == len(MEMBERS)
    assert asked[1] == asked[0]
    assert max(asked) <= VOTES[site.database.dialect], asked


@pytest.mark.parametrize("who", ["secretary", "an"])
def test_a_session_asks_for_as_much_whatever_the_number_of_its_lines(site: Site, who: str):
    council = Council(site, ("Tạ Thị Bưởi", "Vũ Đình Lân"))
    few = council.voting()
    council.nominees = [council.nominee(f"Nguyễn Văn {number}") for number in range(12)]
    many = council.voting()
    visitor, numbers = site.visitor(who), []
    for path in (few, many):
        assert visitor.page(path).text.count("Mười năm liền") >= 2
        numbers.append(counted(site, lambda path=path: visitor.answer(path))[1])
    assert numbers[0] == numbers[1]

"""Members who have not voted are asked once more by the secretary: shown first, once a day, and no act of the case."""

from datetime import timedelta

import pytest

from tests.support.council_site import Council
from tests.support.page_reading import Page
from tests.support.site import Site
from tests.support.small_province import NOW
from workflow import cases
from workflow.deadlines import ask_reminders, notices


@pytest.fixture
def council(site: Site) -> Council:
    return Council(site)


@pytest.fixture
def session(council: Council) -> str:
    """A session of three that one has voted in."""
    path = council.voting()
    council.does("an", path.removeprefix("/cases/"), "answer:ballot", answer=dict.fromkeys(council.nominees, "agree"))
    return path


def reminders_of(council: Council, who: str) -> list[str]:
    """What stands among somebody's notifications of being asked once more."""
    with council.site.database.reading() as tx:
        mine = notices.mine(tx, council.people[who])
    return [notice.reminder.body.vi for notice in mine if notice.reminder]


def version_of(council: Council, session: str) -> int:
    with council.site.database.reading() as tx:
        code = session.removeprefix("/cases/")
        return cases.view(tx, code, person_id=council.people["secretary"], now=NOW).case.version


def test_the_secretary_reads_text_and_people_before_anything_is_sent(council: Council, session: str):
    secretary = council.site.visitor("secretary")
    page = secretary.page(session)
    assert "Đề nghị 2 ủy viên bỏ phiếu" in page.text
    before = council.site.digest()
    shown = secretary.page(f"{session}/reminders/ballot").text
    assert "Ông/bà chưa bỏ phiếu: Phiếu kín. Đề nghị ông/bà bỏ phiếu." in shown
    assert ("Ma Văn Bình" in shown, "Hà Thị Chi" in shown, "Lò Thị An" in shown) == (True, True, False)
    assert council.site.digest() == before
    assert reminders_of(council, "binh") == []


def test_those_who_have_not_voted_are_notified_and_the_case_knows_nothing_of_it(council: Council, session: str):
    secretary = council.site.visitor("secretary")
    before = version_of(council, session)
    sent = secretary.press(f"{session}/reminders/ballot", f"{session}/reminders/ballot")
    assert sent.status_code == 303
    assert version_of(council, session) == before
    assert "Đã gửi đề nghị đến 2 người." in secretary.page(session).text
    told = {who: len(reminders_of(council, who)) for who in ("an", "binh", "chi", "secretary")}
    assert told == {"an": 0, "binh": 1, "chi": 1, "secretary": 0}
    assert "Đề nghị bỏ phiếu" in council.site.visitor("binh").page("/notifications").text


def test_nobody_is_asked_twice_on_one_day_and_again_on_the_next(council: Council, session: str):
    secretary = council.site.visitor("secretary")
    shown = secretary.page(f"{session}/reminders/ballot")
    assert secretary.tries(shown, f"{session}/reminders/ballot").status_code == 303
    assert "Đã gửi đề nghị trong hôm nay." in secretary.page(session).text
    again = secretary.tries(shown, f"{session}/reminders/ballot")
    assert (again.status_code, "mỗi ngày một lần" in Page(again.text).text) == (422, True)
    assert len(reminders_of(council, "binh")) == 1
    code = session.removeprefix("/cases/")
    tomorrow = NOW + timedelta(days=1)
    with council.site.database.writing() as tx:
        asked = ask_reminders.remind(tx, code, "ballot", person_id=council.people["secretary"], now=tomorrow)
    assert (asked, len(reminders_of(council, "binh"))) == (2, 2)
    with council.site.database.reading() as tx:
        latest = notices.mine(tx, council.people["binh"])[0].row
    assert (latest.at, latest.actor_name) == (tomorrow, None)


@pytest.mark.parametrize("who", ["binh", "vice"])
def test_only_whose_turn_the_session_is_may_ask(council: Council, session: str, who: str):
    visitor = council.site.visitor(who)
    assert "Đề nghị 2 ủy viên" not in visitor.page(session).text
    assert visitor.answer(f"{session}/reminders/ballot").status_code == 403


def test_a_stranger_hears_of_no_session_and_nobody_is_asked_once_all_have_voted(council: Council, session: str):
    assert council.site.visitor("giatuong.clerk").answer(f"{session}/reminders/ballot").status_code == 404
    code = session.removeprefix("/cases/")
    for who in ("binh", "chi"):
        council.does(who, code, "answer:ballot", answer=dict.fromkeys(council.nominees, "agree"))
    secretary = council.site.visitor("secretary")
    assert secretary.answer(f"{session}/reminders/ballot").status_code == 403
    with council.site.database.reading() as tx:
        view = cases.view(tx, code, person_id=council.people["secretary"], now=NOW)
    assert [poll.remindable for poll in view.polls] == [()]

"""One's own deadlines as a calendar: at an address that only its owner has, until they switch it off."""

import re
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.support.site import Site, Visitor
from tests.support.site_plans import signed
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.organisation import people

ADDRESS = re.compile(r"http://localhost(/profile/calendar/\d+/[0-9a-f]{64}\.ics)")


def address_of(visitor: Visitor) -> str:
    [path] = ADDRESS.findall(visitor.page("/profile").text)
    return str(path)


def asked(site: Site, path: str) -> TestResponse:
    return Visitor(site.app.test_client()).answer(path)


def events(answer: TestResponse) -> dict[str, str]:
    """Days by what is due then, the text unfolded as RFC 5545 says."""
    text = answer.data.decode().replace("\r\n ", "")
    assert answer.status_code == 200
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    days = re.findall(r"DTSTART;VALUE=DATE:(\d+)", text)
    return dict(zip(re.findall(r"SUMMARY:(.*)\r", text), days, strict=True))


def test_there_is_none_until_somebody_asks_for_one(site: Site):
    assert ADDRESS.search(site.visitor("nhoquan.officer").page("/profile").text) is None


def test_it_has_what_waits_for_its_owner_on_the_day_it_is_due(site: Site):
    signed(site)
    officer = site.visitor("nhoquan.officer")
    assert officer.press("/profile", "/profile/calendar").status_code == 303
    answer = asked(site, address_of(officer))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    code = site.case_of("14437")
    assert events(answer) == {f"{code} · Kế hoạch của đơn vị · UBND xã Cúc Phương · Chờ tiếp nhận": "20171115"}


def test_lines_are_folded_to_75_bytes_and_no_letter_is_cut(site: Site):
    signed(site)
    officer = site.visitor("nhoquan.officer")
    officer.press("/profile", "/profile/calendar")
    lines = asked(site, address_of(officer)).data.split(b"\r\n")
    assert any(line.startswith(b" ") for line in lines)
    assert [line for line in lines if len(line) > 75] == []
    assert all(line.decode() is not None for line in lines)


def test_a_new_address_ends_the_old_one_and_switching_off_ends_both(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    clerk.press("/profile", "/profile/calendar")
    first = address_of(clerk)
    clerk.press("/profile", "/profile/calendar")
    second = address_of(clerk)
    assert [asked(site, path).status_code for path in (first, second)] == [404, 200]
    clerk.press("/profile", "/profile/calendar/end")
    assert [asked(site, path).status_code for path in (first, second)] == [404, 404]
    clerk.press("/profile", "/profile/calendar")
    assert [asked(site, path).status_code for path in (first, second)] == [404, 404]


def test_an_address_of_somebody_else_is_answered_as_none(site: Site):
    clerk, officer = site.visitor("cucphuong.clerk"), site.visitor("nhoquan.officer")
    for visitor in (clerk, officer):
        visitor.press("/profile", "/profile/calendar")
    token = urlsplit(address_of(clerk)).path.rpartition("/")[2]
    theirs = address_of(officer).rpartition("/")[0] + "/" + token
    assert asked(site, theirs).status_code == 404


def test_a_locked_account_has_no_calendar(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    clerk.press("/profile", "/profile/calendar")
    path = address_of(clerk)
    with site.database.writing() as tx:
        people.deactivate(tx, site.stage.people["cucphuong.clerk"], person_id=None, now=NOW)
    assert asked(site, path).status_code == 404

"""Letting people in: nobody but the person ever has a password or a link, and the person hears of every change."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.servers.smtp import SmtpSink
from tests.support import letter_box
from tests.support.letter_box import deliver, link_in, reach, words_of
from tests.support.page_reading import Page
from tests.support.site import PASSWORD, Site, Visitor
from workflow.accounts import choosing_passwords, one_time_links
from workflow.installation import business_time
from workflow.organisation import credentials
from workflow.storage.models import AdminActRow, Letter, OneTimeLink, Throttle

CHOSEN = "gió bấc thổi qua đồng"


def stranger(site: Site) -> Visitor:
    return Visitor(site.app.test_client())


def asks(site: Site, username: str) -> str:
    """What somebody is told who asks for a link."""
    visitor = stranger(site)
    answer = visitor.press("/sign-in/forgotten", "/sign-in/forgotten", username=username)
    return visitor.page(answer.headers["Location"]).text


def signs_in(site: Site, username: str, password: str) -> bool:
    answer = stranger(site).press("/sign-in", "/sign-in", username=username, password=password)
    return answer.status_code == 303


def person_page(site: Site, username: str) -> str:
    return f"/admin/people/{site.stage.people[username]}"


def test_an_administrator_lets_the_chairman_choose_a_password_and_sees_none(site: Site, smtp_sink: SmtpSink):
    address, admin = reach(site, "nhoquan.chairman"), site.visitor("admin")
    path = person_page(site, "nhoquan.chairman")
    answer = admin.press(path, f"{path}/link")
    shown = admin.page(answer.headers["Location"]).text
    deliver(site, smtp_sink)
    (letter,) = smtp_sink.letters
    link = link_in(letter)
    outbox = admin.page("/admin/outbox")
    kept = admin.page(next(href for href in outbox.links if href.startswith("/admin/outbox/"))).html
    assert letter["To"].addresses[0].addr_spec == address
    assert "quản trị viên" in words_of(letter).lower()
    assert (link in shown, link.rpartition("/")[2] in kept, "••••••••" in kept) == (False, False, True)
    assert signs_in(site, "nhoquan.chairman", PASSWORD), "the present password stays until the link is used"


def test_a_link_works_once_and_by_its_form_alone(site: Site, smtp_sink: SmtpSink):
    reach(site, "cucphuong.clerk")
    elsewhere = site.visitor("cucphuong.clerk")
    asks(site, "cucphuong.clerk")
    deliver(site, smtp_sink)
    link = link_in(smtp_sink.letters[0])
    visitor = stranger(site)
    assert visitor.client.head(link).status_code == 200
    assert "cucphuong.clerk" in visitor.page(link).text
    assert signs_in(site, "cucphuong.clerk", PASSWORD)
    refused = visitor.press(link, link, password="ngắn")
    assert (refused.status_code, "ít nhất" in refused.text) == (422, True)
    assert visitor.press(link, link, password=CHOSEN).headers["Location"] == "/sign-in"
    assert (signs_in(site, "cucphuong.clerk", PASSWORD), signs_in(site, "cucphuong.clerk", CHOSEN)) == (False, True)
    assert elsewhere.answer("/").headers["Location"].startswith("/sign-in")
    assert visitor.answer(link).status_code == 404


def test_a_new_link_kills_the_old_one(site: Site, smtp_sink: SmtpSink):
    reach(site, "cucphuong.clerk")
    for _ in range(2):
        asks(site, "cucphuong.clerk")
        deliver(site, smtp_sink)
    first, second = map(link_in, smtp_sink.letters)
    assert (stranger(site).answer(first).status_code, stranger(site).answer(second).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("purpose", "minutes"), [("reset", 10), ("invitation", 72 * 60), ("slip", 72 * 60), ("console", 60)]
)
def test_a_link_is_over_in_time(site: Site, purpose: one_time_links.Purpose, minutes: int):
    clerk = site.stage.people["cucphuong.clerk"]
    with site.database.writing() as tx:
        token = one_time_links.make(tx, clerk, purpose, made_by=None)
        row = tx.connection.execute(select(OneTimeLink)).one()
    assert row.expires_at - row.made_at == timedelta(minutes=minutes)
    assert token not in map(str, row)
    visitor = stranger(site)
    page = visitor.page(f"/link/{token}")
    with site.database.writing() as tx:
        tx.connection.execute(update(OneTimeLink).values(expires_at=tx.machine_now() - timedelta(seconds=1)))
    assert visitor.send(page, f"/link/{token}", password=CHOSEN).status_code == 404
    assert signs_in(site, "cucphuong.clerk", PASSWORD)


def test_asking_for_a_link_tells_nobody_who_has_an_account(site: Site, smtp_sink: SmtpSink):
    reach(site, "cucphuong.clerk")
    assert asks(site, "cucphuong.clerk") == asks(site, "cucphuong.head") == asks(site, "khong.co.ai")
    deliver(site, smtp_sink)
    assert len(smtp_sink.letters) == 1


def test_a_link_is_not_asked_for_without_end(site: Site, smtp_sink: SmtpSink):
    reach(site, "cucphuong.clerk")
    for _ in range(choosing_passwords.FREE_REQUESTS):
        asks(site, "cucphuong.clerk")
    page = stranger(site).press("/sign-in/forgotten", "/sign-in/forgotten", username="cucphuong.clerk")
    assert (page.status_code, "Đã yêu cầu nhiều lần" in page.text) == (429, True)
    deliver(site, smtp_sink)
    assert len(smtp_sink.letters) == choosing_passwords.FREE_REQUESTS
    with site.database.writing() as tx:
        tx.connection.execute(update(Throttle).values(until=None))
    assert "10 phút" in asks(site, "cucphuong.clerk")


def test_somebody_new_is_invited_by_mail(site: Site, smtp_sink: SmtpSink):
    admin = site.visitor("admin")
    typed = {"username": "moi", "full_name": "Hà Thị Mới", "email": "moi@mail.example"}
    answer = admin.press("/admin/people/new", "/admin/people/new", **typed)
    assert "Thư mời đặt mật khẩu được gửi đến moi@mail.example" in admin.page(answer.headers["Location"]).text
    deliver(site, smtp_sink)
    (letter,) = smtp_sink.letters
    visitor, link = stranger(site), link_in(letter)
    assert visitor.press(link, link, password=CHOSEN).status_code == 303
    assert signs_in(site, "moi", CHOSEN)


def test_an_ordinary_person_whom_no_mail_reaches_gets_a_printed_slip_that_names_who_printed_it(site: Site):
    admin, path = site.visitor("admin"), person_page(site, "stranger")
    slip = Page(admin.press(path, f"{path}/slip").text)
    link = next(word for word in slip.text.split() if "/link/" in word).partition("localhost")[2]
    visitor = stranger(site)
    assert visitor.press(link, link, password=CHOSEN).status_code == 303
    assert signs_in(site, "stranger", CHOSEN)
    with site.database.reading() as tx:
        acts = select(AdminActRow.action, AdminActRow.person_id).order_by(AdminActRow.seq.desc()).limit(2)
        chosen, printed = tx.connection.execute(acts)
    assert printed == ("slip_printed", site.stage.people["admin"])
    assert chosen == ("password_chosen", site.stage.people["stranger"])


@pytest.mark.parametrize("username", ["nhoquan.chairman", "nhoquan.officer", "cucphuong.head", "admin2", "auditor"])
def test_no_slip_is_printed_for_whoever_decides_or_administers(site: Site, username: str):
    admin, path = site.visitor("admin"), person_page(site, username)
    assert not admin.page(path).offers(f"{path}/slip")
    answer = admin.client.post(f"{path}/slip", data={"form_token": admin.token()})
    assert (answer.status_code, "/link/" in answer.text) == (403, False)


def test_no_slip_is_printed_for_whom_mail_reaches(open_site, smtp_sink: SmtpSink):
    site = open_site(letters_leave=True)
    reach(site, "stranger")
    admin, path = site.visitor("admin"), person_page(site, "stranger")
    answer = admin.client.post(f"{path}/slip", data={"form_token": admin.token()})
    assert (answer.status_code, "/link/" in answer.text) == (403, False)
    assert smtp_sink.letters == []


def test_one_administrator_does_not_move_the_mail_of_whoever_decides(site: Site, smtp_sink: SmtpSink):
    reach(site, "nhoquan.chairman")
    admin, path = site.visitor("admin"), person_page(site, "nhoquan.chairman")
    answer = admin.press(path, path, email="puppet@mail.example")
    assert (answer.status_code, "không đổi được địa chỉ thư" in answer.text) == (403, True)
    asks(site, "nhoquan.chairman")
    deliver(site, smtp_sink)
    assert smtp_sink.letters[0]["To"].addresses[0].addr_spec == "nhoquan.chairman@mail.example"


def test_both_addresses_hear_that_the_mail_of_somebody_moved(site: Site, smtp_sink: SmtpSink):
    old = reach(site, "stranger")
    admin, path = site.visitor("admin"), person_page(site, "stranger")
    assert admin.press(path, path, email="moi@mail.example").status_code == 303
    deliver(site, smtp_sink)
    reached = {letter["To"].addresses[0].addr_spec for letter in smtp_sink.letters}
    assert reached == {old, "moi@mail.example"}


def test_every_change_of_an_account_is_told_and_nothing_else(site: Site, smtp_sink: SmtpSink):
    reach(site, "stranger")
    admin, path = site.visitor("admin"), person_page(site, "stranger")
    unit = site.stage.units["14401"]
    admin.press(path, f"{path}/grants", role="unit_clerk", unit_id=unit, valid_from="13/11/2017")
    admin.press(path, next(form.action for form in admin.page(path).forms if form.action.endswith("/end")))
    admin.press(path, f"{path}/deactivate")
    admin.press(path, f"{path}/reactivate")
    admin.press(path, path, phone="0229 000 000")
    deliver(site, smtp_sink)
    told = [words_of(letter) for letter in smtp_sink.letters]
    wanted = ("được giao vai trò", "kết thúc từ ngày", "đã ngừng hoạt động", "được dùng lại")
    assert [any(words in text for text in told) for words in wanted] == [True] * 4
    assert len(told) == len(wanted)
    assert all("quản trị viên" in text for text in told)


def test_whoever_was_not_asked_locks_the_account_without_signing_in(site: Site, smtp_sink: SmtpSink):
    reach(site, "cucphuong.clerk")
    clerk = site.visitor("cucphuong.clerk")
    clerk.press("/profile", "/profile/password", old=PASSWORD, new=CHOSEN)
    deliver(site, smtp_sink)
    link, visitor = link_in(smtp_sink.letters[0]), stranger(site)
    assert "sẽ bị khóa" in visitor.page(link).text
    assert signs_in(site, "cucphuong.clerk", CHOSEN), "a visit locks nothing"
    visitor.press(link, link)
    assert not signs_in(site, "cucphuong.clerk", CHOSEN)
    assert clerk.answer("/").headers["Location"].startswith("/sign-in")
    asks(site, "cucphuong.clerk")
    deliver(site, smtp_sink)
    assert len(smtp_sink.letters) == 1, "whoever is locked out gets no link"


def test_the_command_line_lets_in_whoever_was_locked_out_and_tells_it(site: Site, smtp_sink: SmtpSink):
    reach(site, "admin")
    with site.database.writing() as tx:
        token = credentials.console_link(
            tx, site.stage.people["admin"], now=business_time.read(tx) + timedelta(hours=1)
        )
    visitor, link = stranger(site), f"/link/{token}"
    assert visitor.press(link, link, password=CHOSEN).status_code == 303
    deliver(site, smtp_sink)
    assert "dòng lệnh trên máy chủ" in words_of(smtp_sink.letters[0])


def test_without_a_mail_server_the_outbox_shows_the_letter_and_no_link(site: Site):
    reach(site, "cucphuong.clerk")
    asks(site, "cucphuong.clerk")
    letter_box.deliver(site, None)
    with site.database.reading() as tx:
        (body,) = tx.connection.execute(select(Letter.body_text)).scalars()
        links = tx.connection.execute(select(OneTimeLink)).all()
    assert ("/link/••••••••" in body, links) == (True, [])


def test_a_letter_sent_again_carries_a_link_that_works(site: Site, smtp_sink: SmtpSink):
    reach(site, "cucphuong.clerk")
    asks(site, "cucphuong.clerk")
    smtp_sink.mood = "busy"
    deliver(site, smtp_sink)
    smtp_sink.mood = "accepting"
    with site.database.writing() as tx:
        tx.connection.exec_driver_sql("UPDATE job SET due_at = made_at WHERE state = 'due'")
    deliver(site, smtp_sink)
    assert stranger(site).answer(link_in(smtp_sink.letters[0])).status_code == 200

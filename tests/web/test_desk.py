"""The desk without scripts: groups, the next case, what is put off, many at once, views, settings."""

import io
import shutil
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.servers.postgres import PostgresServer
from tests.support import full_queue, site_plans
from tests.support import site as sites
from tests.support.site import Site

REVIEWER = "nhoquan.head"
THREE = full_queue.CODES[:3]


@pytest.fixture(scope="module")
def sqlite_full(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory):
    """A file with the site and more communes in it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("full") / "site.sqlite3"))
    return path, sites.build(f"sqlite:///{path}", **full_queue.MORE)


@pytest.fixture(scope="module")
def postgresql_full(postgres: PostgresServer):
    """The name of a database with the site and more communes in it."""
    with postgres.fresh_database() as url:
        built = sites.build(url, **full_queue.MORE)
        yield str(make_url(url).database), built


@pytest.fixture
def site(request, kind, tmp_path):
    """The site with three plans before the reviewer."""
    template, built = request.getfixturevalue(f"{kind}_full")
    if kind == "sqlite":
        url = f"sqlite:///{shutil.copy(template, tmp_path / 'site.sqlite3')}"
        opened = Site(url, tmp_path, built)
        yield opened
        opened.close()
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    with postgres.fresh_database(template=template) as url:
        opened = Site(url, tmp_path, built)
        yield opened
        opened.close()


@pytest.fixture
def plans(site):
    return full_queue.fill(site, THREE)


def test_the_queue_stands_in_groups_and_beside_the_case(site, plans):
    reviewer = site.visitor(REVIEWER)
    page = reviewer.page("/")
    assert "Việc của tôi 3" in page.text
    assert all(code in page.text for code in plans)
    desk = reviewer.page(f"/desk/{plans[0]}")
    assert "1/3" in desk.text
    assert all(code in desk.text for code in plans)


def test_after_a_decision_the_next_case_opens(site, plans):
    reviewer = site.visitor(REVIEWER)
    answer = reviewer.press(f"/desk/{plans[0]}", f"/cases/{plans[0]}/actions/acknowledge")
    assert (answer.status_code, answer.location) == (303, f"/desk/{plans[1]}")
    answer = reviewer.press(answer.location, f"/cases/{plans[1]}/actions/acknowledge")
    assert answer.location == f"/desk/{plans[2]}"
    answer = reviewer.press(answer.location, f"/cases/{plans[2]}/actions/acknowledge")
    assert answer.location == "/"
    assert "Không còn hồ sơ chờ xử lý." in reviewer.page("/").text


def test_the_next_case_is_that_of_the_filtered_queue(site, plans):
    unit = site.stage.units[THREE[2]]
    reviewer = site.visitor(REVIEWER)
    page = reviewer.page(f"/?unit={unit}")
    assert (plans[2] in page.text, plans[0] in page.text) == (True, False)
    answer = reviewer.press(f"/desk/{plans[2]}?unit={unit}", f"/cases/{plans[2]}/actions/acknowledge")
    assert answer.location == f"/?unit={unit}"
    assert "Không có hồ sơ khớp." in reviewer.page(answer.location).text


def test_who_wants_stays_at_the_case(site, plans):
    reviewer = site.visitor(REVIEWER)
    chosen = {"next_case": "stay", "keys": "off", "density": "compact"}
    assert reviewer.press("/profile", "/profile/settings", **chosen).status_code == 303
    answer = reviewer.press(f"/desk/{plans[0]}", f"/cases/{plans[0]}/actions/acknowledge")
    assert answer.location == f"/desk/{plans[0]}"
    assert 'class="queue compact"' in reviewer.answer("/").text


def test_a_choice_that_there_is_not_is_refused(site):
    answer = site.visitor(REVIEWER).press("/profile", "/profile/settings", density="huge")
    assert answer.status_code == 422


def test_an_act_on_the_page_of_a_case_stays_there(site, plans):
    answer = site.visitor(REVIEWER).press(f"/cases/{plans[0]}", f"/cases/{plans[0]}/actions/acknowledge")
    assert answer.location == f"/cases/{plans[0]}"


def test_a_case_is_put_off_and_taken_back(site, plans):
    reviewer = site.visitor(REVIEWER)
    path = f"/desk/{plans[0]}/snooze"
    answer = reviewer.press(path, path, until="13/11/2017")
    assert answer.status_code == 422
    assert "Chọn một ngày sau hôm nay" in answer.text
    answer = reviewer.press(path, path)
    assert (answer.status_code, answer.location) == (303, f"/desk/{plans[1]}")
    page = reviewer.page("/")
    assert "Việc của tôi 2" in page.text
    assert "nhắc lại 14/11" in page.text
    assert reviewer.press("/", f"/desk/{plans[0]}/awake").status_code == 303
    assert "Việc của tôi 3" in reviewer.page("/").text


def chosen(reviewer, codes):
    return reviewer.client.post("/desk/selected", data={"form_token": reviewer.token(), "case": codes}, buffered=True)


def test_many_are_decided_at_once_and_two_are_not_eligible(site, plans):
    reviewer = site.visitor(REVIEWER)
    full_queue.act(site, plans[1], "acknowledge", REVIEWER)
    preview = chosen(reviewer, [*plans, "KH-2017-9999"])
    assert "2 đủ điều kiện, 1 không." in preview.text
    page = sites.Page(preview.text)
    answer = reviewer.client.post("/desk/selected/act", data=page.form("/desk/selected/act").values, buffered=True)
    assert answer.status_code == 200


def test_a_view_is_kept_and_dropped(site):
    full_queue.fill(site, THREE)
    reviewer = site.visitor(REVIEWER)
    answer = reviewer.press("/desk/views/new?by=unit", "/desk/views", name="Theo đơn vị")
    assert answer.status_code == 303
    page = reviewer.page(answer.location)
    assert "Theo đơn vị" in page.text
    assert "UBND xã Sơn Thành" in page.text
    refused = reviewer.press("/desk/views/new?by=unit", "/desk/views", name="Theo đơn vị")
    assert refused.status_code == 422
    view = answer.location.partition("view=")[2]
    assert reviewer.press(answer.location, f"/desk/views/{view}/drop").status_code == 303
    assert "Theo đơn vị" not in reviewer.page("/").text


def test_nobody_opens_the_desk_on_a_case_they_may_not_know_of(site, plans):
    assert site.visitor("stranger").answer(f"/desk/{plans[0]}").status_code == 404


UNDO = "actions/case:undo"


def decided(reviewer, code):
    """The page after a decision, which offers to take it back."""
    answer = reviewer.press(f"/desk/{code}", f"/cases/{code}/actions/acknowledge")
    return reviewer.page(answer.location)


def test_a_decision_is_taken_back_from_the_page_that_follows_it(site, plans):
    reviewer = site.visitor(REVIEWER)
    page = decided(reviewer, plans[0])
    answer = reviewer.send(page, f"/cases/{plans[0]}/{UNDO}")
    assert (answer.status_code, answer.location) == (303, f"/desk/{plans[0]}")
    again = reviewer.page(answer.location)
    assert "Đã hoàn tác" in again.text
    assert "3/3" in again.text
    assert "Đã ghi nhận (đã qua)" not in again.text
    assert f"/cases/{plans[0]}/actions/acknowledge" in again.html


def test_it_can_be_taken_back_later_from_the_page_of_the_case(site, plans):
    reviewer = site.visitor(REVIEWER)
    decided(reviewer, plans[0])
    page = reviewer.page(f"/cases/{plans[0]}")
    assert "Hoàn tác “Ghi nhận”" in page.text
    assert reviewer.send(page, f"/cases/{plans[0]}/{UNDO}").location == f"/cases/{plans[0]}"
    assert "Hoàn tác “Ghi nhận”" not in reviewer.page(f"/cases/{plans[0]}").text


def test_nobody_else_is_offered_to_take_it_back(site, plans):
    reviewer = site.visitor(REVIEWER)
    decided(reviewer, plans[0])
    assert "Hoàn tác" not in site.visitor("nhoquan.officer").page(f"/cases/{plans[0]}").text


def test_after_the_next_act_it_is_refused_in_words(site, plans):
    reviewer = site.visitor(REVIEWER)
    page = decided(reviewer, plans[0])
    assert reviewer.send(page, f"/cases/{plans[0]}/{UNDO}").status_code == 303
    answer = reviewer.tries(page, f"/cases/{plans[0]}/{UNDO}")
    assert answer.status_code == 409
    assert "đã thực hiện “Hoàn tác”" in sites.Page(answer.text).text
    assert "Thao tác của ông/bà chưa được thực hiện" in answer.text


def test_a_batch_is_taken_back_at_once(site, plans):
    reviewer = site.visitor(REVIEWER)
    preview = sites.Page(chosen(reviewer, plans).text)
    answer = reviewer.client.post("/desk/selected/act", data=preview.form("/desk/selected/act").values, buffered=True)
    assert "Hoàn tác cả 3 hồ sơ" in answer.text
    form = sites.Page(answer.text).form("/desk/selected/undo")
    undone = reviewer.client.post("/desk/selected/undo", data=form.values, buffered=True)
    assert "Đã hoàn tác 3 trên 3 hồ sơ" in undone.text
    assert "Việc của tôi 3" in reviewer.page("/").text
    again = reviewer.client.post("/desk/selected/undo", data=form.values, buffered=True)
    assert "Đã hoàn tác 0 trên 3 hồ sơ" in again.text


def test_an_act_that_must_be_read_first_is_not_done_on_many(site):
    clerk, path = site_plans.drafting(site)
    paper = {"f__plan__file": (io.BytesIO(sites.PDF), "Kế hoạch.pdf"), "f__plan__symbol": "12/KH-UBND"}
    sent = clerk.press(path, f"{path}/actions/send", **site_plans.FORM, **paper, f__plan__dated="13/11/2017")
    assert sent.status_code == 303
    head, code = site.visitor("cucphuong.head"), path.removeprefix("/cases/")
    seen = head.page(path).form(f"{path}/draft").values["seen"]
    form = {"form_token": head.token(), "action": "sign", "seen": f"{code}={seen}", "request_key": "k"}
    answer = head.client.post("/desk/selected/act", data=form, buffered=True)
    assert "Cần xem hệ quả của thao tác này trước khi thực hiện" in answer.text
    assert "Chờ ký" in head.page(path).text

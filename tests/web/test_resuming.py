"""A session that ends while somebody types: the form is kept for its author, sealed, and comes back unsent."""

from sqlalchemy import select, update

from tests.support.page_reading import Page
from tests.support.site import PASSWORD, Site, Visitor
from tests.support.site_plans import FORM, drafting, under_review
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from web import resume
from workflow.accounts import kept_forms
from workflow.accounts.signing_in import IDLE
from workflow.storage.models import KeptForm, SessionRow

TYPED = {
    "f__launch": "17/11/2017",
    "f__targets__0__indicator": "Số hộ thoát nghèo vừa nhập",
    "f__targets__0__target": "9",
}


def end_sessions(site: Site) -> None:
    with site.database.writing() as tx:
        tx.connection.execute(update(SessionRow).values(seen_at=tx.machine_now() - 2 * IDLE))


def sign_in(visitor: Visitor, goal: str, username: str) -> Page:
    page = visitor.page(goal)
    answer = visitor.send(page, "/sign-in", username=username, password=PASSWORD)
    assert answer.status_code == 303
    return visitor.page(answer.headers["Location"])


def kept(site: Site) -> list[KeptForm]:
    with site.database.reading() as tx:
        return list(tx.connection.execute(select(KeptForm.path, KeptForm.sealed)))


def interrupted(site: Site) -> tuple[Visitor, str, str]:
    """A clerk presses a button of a page whose session has ended."""
    clerk, path = drafting(site)
    page = clerk.page(path)
    end_sessions(site)
    answer = clerk.send(page, f"{path}/actions/send", **FORM | TYPED)
    assert answer.status_code == 303
    return clerk, path, answer.headers["Location"]


def test_what_was_typed_comes_back_after_signing_in_and_was_not_sent(site: Site):
    clerk, path, goal = interrupted(site)
    page = sign_in(clerk, goal, "cucphuong.clerk")
    assert "Đã đăng nhập lại. Nội dung vẫn còn, chưa gửi." in page.text
    values = page.form(f"{path}/draft").values
    assert values["f.launch"] == "17/11/2017"
    assert values["f.targets.0.indicator"] == "Số hộ thoát nghèo vừa nhập"
    assert "Nháp" in page.text
    assert clerk.send(page, f"{path}/actions/send", f__contact__name="Trần Thị Lan").status_code == 303


def test_what_waits_is_sealed(site: Site):
    interrupted(site)
    [(path, sealed)] = kept(site)
    assert path.endswith("/actions/send")
    assert "thoát" not in sealed
    assert len(sealed) > 100


def test_somebody_else_who_signs_in_gets_nothing_and_it_is_dropped(site: Site):
    clerk, _, goal = interrupted(site)
    page = sign_in(clerk, goal, "giatuong.clerk")
    assert "Nội dung vẫn còn" not in page.text
    assert kept(site) == []


def test_a_token_shows_nothing_to_another_person(site: Site):
    _, path, goal = interrupted(site)
    token = goal.partition("kept=")[2]
    head = site.visitor("cucphuong.head")
    assert "17/11/2017" not in head.page(f"{path}?kept={token}").text
    assert "17/11/2017" not in head.page(f"{path}?kept=x").text


def test_what_waited_too_long_is_gone(site: Site):
    clerk, _, goal = interrupted(site)
    with site.database.writing() as tx:
        tx.connection.execute(update(KeptForm).values(until=tx.machine_now() - IDLE))
    assert "Nội dung vẫn còn" not in sign_in(clerk, goal, "cucphuong.clerk").text


def test_nothing_is_kept_for_whoever_never_had_a_session(site: Site):
    _, path = drafting(site)
    stranger = site.app.test_client()
    answer = stranger.post(f"{path}/draft", data={"f.launch": "17/11/2017", "form_token": "x"})
    assert "kept" not in answer.headers["Location"]
    stranger.set_cookie("trinh_session", "y" * 43)
    stranger.post(f"{path}/draft", data={"f.launch": "17/11/2017", "form_token": "x"})
    assert kept(site) == []


def test_nothing_is_kept_of_a_form_that_is_not_of_a_page_of_ours(site: Site):
    clerk, path = drafting(site)
    end_sessions(site)
    clerk.client.post(f"{path}/draft", data={"f.launch": "17/11/2017", "form_token": "forged"})
    assert kept(site) == []


def test_an_answer_to_an_ask_is_never_kept(site: Site):
    lead, path = site.visitor("k4.lead"), f"/cases/{site.case_of('14437')}"
    token = lead.token()
    end_sessions(site)
    lead.client.post(f"{path}/actions/answer:remark", data={"answer": "seen", "form_token": token})
    assert kept(site) == []
    lead.client.post(f"{path}/draft", data={"answer": "seen", "answer:remark.DN-1": "yes", "form_token": token})
    [(_, sealed)] = kept(site)
    with site.app.test_request_context():
        assert b"seen" not in resume._seal().decrypt(sealed)


def test_a_form_that_is_too_large_is_not_kept(site: Site):
    clerk, path = drafting(site)
    page = clerk.page(path)
    end_sessions(site)
    answer = clerk.send(page, f"{path}/draft", f__contact__name="a" * 300_000)
    assert "kept" not in answer.headers["Location"]


def test_only_so_many_forms_wait_for_one_person(site: Site):
    clerk, path = drafting(site)
    page = clerk.page(path)
    end_sessions(site)
    for _ in range(kept_forms.MOST + 2):
        clerk.send(page, f"{path}/draft", **FORM)
    assert len(kept(site)) == kept_forms.MOST


def test_a_defect_that_was_being_written_comes_back_too(site: Site):
    reviewer, path = under_review(site)
    page = reviewer.page(f"{path}?at=launch")
    end_sessions(site)
    goal = reviewer.send(page, f"{path}/remarks", text="Sớm hơn 15/11").headers["Location"]
    assert "Sớm hơn 15/11" in sign_in(reviewer, goal, "nhoquan.head").html


def test_a_script_is_told_that_the_session_ended_and_signs_in_again(site: Site):
    clerk, path = drafting(site)
    end_sessions(site)
    ask = {"Accept": "application/json"}
    assert clerk.client.post(f"{path}/draft", data={}, headers=ask).status_code == 401
    asked = clerk.client.get("/session", headers=ask)
    assert asked.status_code == 401
    data = {"username": "cucphuong.clerk", "password": "sai", "form_token": asked.json["form_token"]}
    assert clerk.client.post("/sign-in/again", data=data, headers=ask).status_code == 403
    answer = clerk.client.post("/sign-in/again", data=data | {"password": PASSWORD}, headers=ask)
    assert answer.status_code == 200
    data = {"form_token": answer.json["form_token"], "draft_seen": "0", "f.launch": "17/11/2017"}
    saved = clerk.client.post(f"{path}/draft", data=data, headers=ask)
    assert (saved.status_code, saved.json["version"]) == (200, 1)
    assert clerk.client.get("/session", headers=ask).json["username"] == "cucphuong.clerk"


def test_two_people_in_one_draft_lose_nothing(site: Site):
    clerk, path = drafting(site)
    other = site.visitor("cucphuong.clerk")
    mine, theirs = clerk.page(path), other.page(path)
    assert other.send(theirs, f"{path}/draft", f__launch="15/11/2017").status_code == 303
    answer = clerk.send(mine, f"{path}/draft", f__launch="17/11/2017")
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Nội dung ông/bà nhập vẫn được giữ trên trang, chưa lưu" in page.text
    assert "bản nháp do Trần Thị Lan lưu: 15/11/2017" in page.text
    assert page.form(f"{path}/draft").values["f.launch"] == "17/11/2017"
    assert clerk.send(page, f"{path}/draft").status_code == 303
    ask = {"Accept": "application/json"}
    values = theirs.form(f"{path}/draft").values | {"f.launch": "18/11/2017"}
    told = other.client.post(f"{path}/draft", data=values, headers=ask)
    assert told.status_code == 409
    assert "Người khác vừa lưu bản nháp" in told.json["said"]

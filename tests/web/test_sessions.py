"""Where one is signed in: the list of one's sessions, ending them, and what a change of password does to them."""

from tests.support.page_reading import Page
from tests.support.site import PASSWORD, Site, Visitor
from workflow.accounts import choosing_passwords

CHOSEN = "gió bấc thổi qua đồng"
PAGE = "/profile/sessions"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def ends(visitor: Visitor) -> list[str]:
    """The sessions that a visitor's list offers to end."""
    actions = [form.action for form in visitor.page(PAGE).forms]
    return [action for action in actions if action.startswith(f"{PAGE}/") and action != f"{PAGE}/end"]


def is_out(visitor: Visitor) -> bool:
    return visitor.answer("/profile").headers.get("Location", "").startswith("/sign-in")


def test_the_list_shows_each_device_and_ends_one(site: Site):
    here, phone = site.visitor("cucphuong.clerk"), site.app.test_client()
    elsewhere = Visitor(phone)
    phone.environ_base["HTTP_USER_AGENT"] = FIREFOX
    elsewhere.press("/sign-in", "/sign-in", username="cucphuong.clerk", password=PASSWORD)
    shown = here.page(PAGE).text
    (one,) = ends(here)
    assert ("Firefox, Windows" in shown, "thiết bị này" in shown) == (True, True)
    assert here.press(PAGE, one).status_code == 303
    assert (is_out(elsewhere), is_out(here), ends(here)) == (True, False, [])


def test_nobody_ends_or_sees_the_session_of_somebody_else(site: Site):
    clerk, again, head = (site.visitor(name) for name in ("cucphuong.clerk", "cucphuong.clerk", "cucphuong.head"))
    (one,) = ends(clerk)
    answer = head.client.post(one, data={"form_token": head.token()})
    assert (answer.status_code, is_out(again), ends(head)) == (404, False, [])


def test_one_signs_out_everywhere(site: Site):
    here, elsewhere = site.visitor("cucphuong.clerk"), site.visitor("cucphuong.clerk")
    assert here.press(PAGE, f"{PAGE}/end").headers["Location"] == "/sign-in"
    assert (is_out(here), is_out(elsewhere)) == (True, True)


def test_a_changed_password_gives_this_browser_a_new_session_and_ends_all_others(site: Site):
    here, elsewhere = site.visitor("cucphuong.clerk"), site.visitor("cucphuong.clerk")
    before = here.client.get_cookie("trinh_session")
    assert here.press("/profile", "/profile/password", old=PASSWORD, new=CHOSEN).status_code == 303
    after = here.client.get_cookie("trinh_session")
    assert (before is None, after is None) == (False, False)
    assert before.value != after.value
    stolen = site.app.test_client()
    stolen.set_cookie("trinh_session", before.value)
    assert [is_out(visitor) for visitor in (here, elsewhere, Visitor(stolen))] == [False, True, True]


def test_the_old_password_is_not_guessed_without_end(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    for _ in range(choosing_passwords.FREE_GUESSES):
        clerk.press("/profile", "/profile/password", old="sai", new=CHOSEN)
    answer = clerk.press("/profile", "/profile/password", old=PASSWORD, new=CHOSEN)
    assert (answer.status_code, "nhiều lần" in Page(answer.text).text) == (422, True)

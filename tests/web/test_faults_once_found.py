"""Requests that were once answered with a fault of ours, each by the words that made it."""

import pytest

from tests.support.page_reading import Page
from tests.support.site import PASSWORD, Site
from tests.support.site_plans import drafting


@pytest.mark.parametrize("wanted", ["//[", "http://[::1", "/cases/]["])
def test_signing_in_goes_on_from_an_address_that_is_none(site: Site, wanted: str):
    client = site.app.test_client()
    assert client.get("/sign-in", query_string={"next": wanted}).status_code == 200
    form = Page(client.get("/sign-in").text).form("/sign-in").values
    answer = client.post("/sign-in", data=form | {"username": "admin", "password": PASSWORD, "next": wanted})
    assert answer.status_code == 303


def test_a_desk_is_not_a_number_of_five_thousand_digits(site: Site):
    clerk = site.visitor("cucphuong.head")
    typed = {"desk": "x@" + "9" * 5_000, "valid_from": "20/11/2017", "valid_to": "21/11/2017", "paper": "5/UQ"}
    sent = {"form_token": clerk.token(), "substitute.words": "giatuong.clerk", **typed}
    assert clerk.client.post("/profile/substitutions", data=sent).status_code == 422


def test_a_draft_may_hold_what_does_not_print_and_what_is_long(site: Site):
    clerk, path = drafting(site)
    for text in ("\u202eđảo ngược", "x" * 300_000, "\u200b", "\ufffe"):
        answer = clerk.press(path, f"{path}/draft", f__contact__name=text)
        assert answer.status_code in (303, 422), text[:10]


def test_a_role_given_back_on_the_day_it_ended_is_given(site: Site):
    admin, person = site.visitor("admin"), site.stage.people["stranger"]
    page, unit = f"/admin/people/{person}", site.stage.units["14437"]
    typed = {"role": "unit_clerk", "unit_id": unit, "valid_from": "13/11/2017", "valid_to": ""}
    assert admin.press(page, f"{page}/grants", **typed).status_code == 303
    end = next(form.action for form in admin.page(page).forms if form.action.endswith("/end"))
    assert admin.press(page, end, on_date="13/11/2017").status_code == 303
    answer = admin.press(page, f"{page}/grants", **typed)
    assert answer.status_code == 303, Page(answer.text).text


@pytest.mark.parametrize("text", ["# \u202eđảo\n", "# \x1b[31m\n", "# đ\n" * 60_000])
def test_a_definition_that_cannot_be_kept_says_where(site: Site, text: str):
    admin, path = site.visitor("admin"), "/admin/definitions/unit_plan/draft"
    admin.press("/admin/definitions", f"{path}/begin")
    answer = admin.press(path, path, text=text)
    assert answer.status_code == 422
    assert "Không lưu được: dòng 1" in answer.text

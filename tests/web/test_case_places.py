"""The places of a case page: a turn bar only on one's turn, and each action once."""

from collections import Counter

import pytest

from tests.support.page_reading import Page
from tests.support.site import Site
from tests.support.site_plans import drafting, returned, signed, signing, under_review
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests

BAR = 'id="turn-bar"'


def test_there_is_no_turn_bar_while_a_case_waits_for_others(site: Site):
    reviewer, path = under_review(site)
    assert BAR in reviewer.client.get(path).text
    for waiting in ("cucphuong.clerk", "cucphuong.head", "auditor"):
        page = site.visitor(waiting).client.get(path).text
        assert BAR not in page
        assert "Ông/bà hiện chưa cần xử lý." in page


def test_what_one_only_may_do_stands_apart_and_asks_before_it_does(site: Site):
    path = signed(site)
    page = site.visitor("cucphuong.clerk").client.get(path).text
    assert BAR not in page
    apart = page[page.index('id="may"') :]
    assert "Rút lại để sửa…" in apart
    assert apart.index("<summary>") < apart.index("bắt buộc") < apart.index(f"{path}/actions/withdraw")


@pytest.mark.parametrize("at", [drafting, signing, under_review])
def test_each_action_stands_once(site: Site, at):
    visitor, path = at(site)
    buttons = Counter(target for form in visitor.page(path).forms for target in form.buttons if "/actions/" in target)
    assert len(buttons) >= 1
    assert set(buttons.values()) == {1}


def test_a_new_case_has_no_number_before_it_is_saved(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    before = site.digest()
    form = clerk.new_case("award_nomination")
    typed = clerk.page(form).form("/my-unit/cases").values | {"f.nominee.name": "Bùi Thị Sen"}
    more = clerk.client.post("/my-unit/new/rows", data=typed)
    assert Page(more.text).form("/my-unit/cases").values["f.nominee.name"] == "Bùi Thị Sen"
    assert site.digest() == before
    saved = clerk.press(form, "/my-unit/cases", f__nominee__kind="person", f__nominee__name="Bùi Thị Sen")
    assert saved.status_code == 303
    draft = clerk.page(saved.location).form(f"{saved.location}/draft")
    assert draft.values["f.nominee.name"] == "Bùi Thị Sen"


def test_the_question_which_case_to_open_says_what_each_kind_is_for(site: Site):
    text = site.visitor("cucphuong.clerk").page("/my-unit/new").text
    assert "Ông/bà cần lập hồ sơ nào?" in text
    assert "Dùng khi đơn vị đề nghị" in text
    refused = site.visitor("cucphuong.clerk").client.get("/my-unit/new/form")
    assert refused.status_code == 422
    assert "Đề nghị chọn một loại hồ sơ." in refused.text


def test_what_was_returned_says_what_to_correct_and_has_its_bar(site: Site):
    page = site.visitor("cucphuong.clerk").client.get(returned(site)).text
    assert BAR in page
    assert page.index("Yêu cầu chỉnh sửa") < page.index("Chưa nêu số hộ cụ thể") < page.index(BAR)

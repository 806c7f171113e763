"""What cases are called in lists: titles tell cases apart, and no state stands as if it were an event."""

from tests.support.award_round import AwardRound
from tests.support.site import Site
from tests.support.site_plans import signed
from tests.support.telling import tell_all
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests


def test_a_plan_without_a_name_is_called_by_its_unit_kind_and_year(site: Site):
    signed(site)
    assert "UBND xã Cúc Phương, Kế hoạch 2017" in site.visitor("auditor").page("/cases").text


def test_a_paper_is_called_by_its_kind_and_number(site: Site):
    award = AwardRound(site)
    award.received()
    text = award.visitor("sldtbxh.clerk").page("/my-unit").text
    assert "18/TTr-LĐTBXH, 13/11/2017" in text
    assert "Nguyễn Thị Mận" in text


def test_a_figure_names_its_source_and_not_its_authors_marks(site: Site):
    award = AwardRound(site)
    page = award.visitor("officer").page(award.received()).text
    figures = page[page.index("Mức quy định áp dụng") :]
    assert "(P)" not in figures
    assert "QĐ 318/QĐ-BNV" in figures
    assert "(P)" not in site.visitor("admin").page("/admin/figures").text


def test_a_notification_says_whose_case_and_what_it_asks_and_is_read_once_the_case_is_opened(site: Site):
    path = signed(site)
    tell_all(site.database)
    officer = site.visitor("nhoquan.officer")
    page = officer.page("/notifications")
    assert "UBND xã Cúc Phương: chờ ông/bà xử lý" in page.text
    assert "bước: Chờ tiếp nhận" in page.text
    assert 'data-unread="/notifications/read"' in officer.page(path).html
    read = {"form_token": officer.token(), "case": path.rpartition("/")[2]}
    assert officer.client.post("/notifications/read", data=read).status_code == 303
    assert "mới" not in officer.page("/notifications").text.partition("UBND xã Cúc Phương:")[2].partition("Trình")[0]

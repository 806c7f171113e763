"""The receipt and the look-up in a real browser: no barriers in any of their states, and one page on paper."""

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from tests.support.accessibility import obstacles
from tests.support.site import PASSWORD, Site
from tests.support.site_plans import returned, under_review

pytestmark = pytest.mark.browser

LOOKS = [("light", 1280), ("dark", 390)]
PIN = re.compile(r"Mã tra cứu: (\w{4}-\w{4})")


@pytest.fixture(params=LOOKS, ids=[f"{scheme}-{width}" for scheme, width in LOOKS])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    scheme, width = request.param
    opened = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800})
    yield opened
    opened.close()


def signed_in(context: BrowserContext, address: str, username: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button")
    return page


def look_up(page: Page, address: str, code: str, pin: str) -> str:
    page.goto(f"{address}/lookup?code={code}")
    page.fill("[name=pin]", pin)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page.inner_text("main")


def test_tracker_receipt_and_lookup_have_no_barriers_in_any_state(context: BrowserContext, site: Site, address: str):
    _, path = under_review(site)
    code = path.rpartition("/")[2]
    page = signed_in(context, address, "cucphuong.clerk")
    found: list[str] = []
    for where in (path, f"{path}/receipt", f"/cases/{site.case_of('14401')}/receipt"):
        page.goto(address + where)
        found += obstacles(page)
    page.goto(f"{address}{path}/receipt")
    [pin] = PIN.findall(page.inner_text("main"))
    page.context.clear_cookies()
    page.goto(f"{address}/lookup")
    found += obstacles(page)
    assert "Không có hồ sơ nào" in look_up(page, address, code, "0000-0000")
    assert page.title().startswith("Lỗi:")
    found += obstacles(page)
    assert "Đang xem xét" in look_up(page, address, code, pin)
    found += obstacles(page)
    assert found == []


def test_a_returned_and_a_drafted_plan_have_no_barriers(context: BrowserContext, site: Site, address: str):
    path, found = returned(site), []
    page = signed_in(context, address, "cucphuong.clerk")
    for where in (path, f"{path}/receipt"):
        page.goto(address + where)
        found += obstacles(page)
    assert found == []


def test_the_receipt_is_one_page_on_paper_without_what_is_only_for_the_screen(
    browser: Browser, site: Site, address: str
):
    _, path = under_review(site)
    context = browser.new_context()
    page = signed_in(context, address, "cucphuong.clerk")
    page.goto(f"{address}{path}/receipt")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in printed).split())
    assert len(printed) == 1
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert ("Cấp mã tra cứu mới" in text, "Việc của tôi" in text) == (False, False)
    context.close()

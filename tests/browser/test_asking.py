"""What cannot be taken back is asked about in a dialog where scripts run: nothing typed is lost, the safe way first."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.council_site import Council
from tests.support.site import PASSWORD, PDF, Site
from tests.support.site_plans import under_review

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("Tạ Thị Bưởi", "Vũ Đình Lân", "Hà Thị Dung", "Lương Văn Kỷ", "Đinh Thị Sáu", "Nguyễn Văn Bình")
CLOSES = "button[formaction$='/actions/close']"


def voted_by_ten(site: Site) -> str:
    """A vote of seventeen in which ten have voted; return its path."""
    council = Council(site, NAMES, seats=17)
    path = council.voting()
    for who in ("an", "binh", "chi", *(f"member{at}" for at in range(1, 8))):
        answer = dict.fromkeys(council.nominees, "agree")
        council.does(who, path.removeprefix("/cases/"), "answer:ballot", answer=answer)
    return path


def asked_to_close(browser: Browser, address: str, path: str, **looks: object) -> Page:
    """The dialog that comes when the secretary presses the button."""
    page = browser.new_context(bypass_csp=True, reduced_motion="reduce", **looks).new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", "secretary")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button")
    page.goto(address + path)
    page.click("#act-close > summary")
    page.set_input_files("[name='close.minutes.file']", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.fill("[name='close.minutes.symbol']", "3/BB-HĐ")
    page.fill("[name='close.minutes.dated']", "13/11/2017")
    page.click(CLOSES)
    page.wait_for_selector("dialog[open] #consequences")
    return page


def barriers(page: Page) -> list[tuple[str, str]]:
    page.add_script_tag(content=AXE.read_text("utf-8"))
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_dialog_has_no_barriers_and_begins_at_the_safe_way(
    browser: Browser, site: Site, address: str, scheme: str, width: int
):
    path = voted_by_ten(site)
    page = asked_to_close(browser, address, path, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert page.evaluate("document.activeElement.textContent.trim()") == "Quay lại, chờ thêm"
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 390)])
def test_the_page_without_scripts_has_no_barriers(browser: Browser, site: Site, address: str, scheme: str, width: int):
    _, path = under_review(site)
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", "nhoquan.head")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button")
    page.goto(f"{address}{path}/actions/acknowledge")
    assert barriers(page) == []
    assert page.evaluate("document.activeElement.textContent.trim()") == "Quay lại"
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()


def test_the_safe_way_leaves_everything_as_it_was_typed(browser: Browser, site: Site, address: str):
    path = voted_by_ten(site)
    page = asked_to_close(browser, address, path)
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.asks", state="detached")
    assert page.input_value("[name='close.minutes.symbol']") == "3/BB-HĐ"
    assert page.locator(f"main {CLOSES}").is_visible()
    assert "Đang bỏ phiếu" in page.inner_text("main")
    page.click(CLOSES)
    page.wait_for_selector("dialog[open] #consequences")
    with page.expect_navigation():
        page.click("dialog button.bad")
    assert "Đã họp" in page.inner_text("main")
    page.context.close()

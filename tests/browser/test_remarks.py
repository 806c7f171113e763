"""Defects and drafts in a real browser: at their place, with and without scripts, and when the session ends."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from tests.support.site import PASSWORD, Site
from tests.support.site_plans import drafting, signed, under_review
from workflow.accounts.signing_in import IDLE
from workflow.storage.models import SessionRow

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SEE = """async () => {
  const answer = await axe.run(document, {resultTypes: ["violations"]});
  return answer.violations.map((barrier) => barrier.id + ": " + barrier.nodes[0].html);
}"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def enter(browser: Browser, address: str, username: str, **context: object) -> Page:
    page = browser.new_context(bypass_csp=True, **context).new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("text=Đăng nhập >> nth=-1")
    return page


def barriers(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    return page.evaluate(SEE)


def press(page: Page, what: str) -> None:
    with page.expect_navigation():
        page.click(what)


def write_defects(page: Page, url: str, defects: dict[str, str]) -> None:
    for at, text in defects.items():
        page.goto(url)
        press(page, f'a[href="?at={at}#compose"]')
        page.fill("#compose-text", text)
        press(page, "#compose > button:not(.plain)")


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"),
    [pytest.param(1280, "light", True, marks=pytest.mark.long), (390, "dark", True), (390, "light", False)],
)
def test_three_defects_are_returned_corrected_and_accepted(
    browser: Browser, site: Site, address: str, width: int, scheme: str, *, scripts: bool
):
    _, path = under_review(site)
    url = f"{address}{path}"
    words = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "java_script_enabled": scripts}
    check: Callable[[Page], list[str]] = barriers if scripts else lambda _: []
    reviewer = enter(browser, address, "nhoquan.head", **words)
    write_defects(reviewer, url, {"targets.0": "Ghi rõ từng năm", "launch": "Sớm hơn 15/11/2017", "": "Thiếu thôn"})
    reviewer.goto(f"{url}?at=launch")
    assert check(reviewer) == []
    assert not (scripts and reviewer.evaluate(SCROLLS))
    reviewer.goto(url)
    reviewer.click("#act-return > summary")
    press(reviewer, '#act-return [formaction$="/actions/return"]')

    clerk = enter(browser, address, "cucphuong.clerk", **words)
    clerk.goto(url)
    expect(clerk.locator("#checklist")).to_contain_text("Còn 3/3 yêu cầu chưa sửa")
    assert check(clerk) == []
    assert not (scripts and clerk.evaluate(SCROLLS))
    clerk.fill('[name="f.launch"]', "14/11/2017")
    for _ in range(3):
        press(clerk, ".remark:not(.said) .correcting button")
    expect(clerk.locator("#checklist")).to_contain_text("Đã sửa cả 3 yêu cầu")
    expect(clerk.locator('[name="f.launch"]')).to_have_value("14/11/2017")
    press(clerk, '[formaction$="/actions/send"]')
    signed(site, again=path)
    site.visitor("nhoquan.officer").press(path, f"{path}/actions/receive")

    reviewer.goto(url)
    expect(reviewer.locator("#checklist .added")).to_contain_text("14/11/2017")
    for _ in range(3):
        press(reviewer, '#checklist [aria-pressed="false"]')
    expect(reviewer.locator('#checklist [aria-pressed="true"]')).to_have_count(3)
    assert check(reviewer) == []


def test_a_draft_saves_itself_and_a_dialog_asks_to_sign_in_again(browser: Browser, site: Site, address: str):
    _, path = drafting(site)
    page = enter(browser, address, "cucphuong.clerk", viewport={"width": 390, "height": 800})
    page.goto(f"{address}{path}")
    page.fill('[name="f.launch"]', "20/11/2017")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc", timeout=10_000)
    with site.database.writing() as tx:
        tx.connection.execute(update(SessionRow).values(seen_at=tx.machine_now() - 2 * IDLE))
    page.fill('[name="f.contact.name"]', "Trần Thị Lan")
    dialog = page.locator("#sign-in-again")
    expect(dialog).to_be_visible(timeout=10_000)
    assert barriers(page) == []
    expect(page.locator("#sign-in-again [name=password]")).to_be_focused()
    page.fill("#sign-in-again [name=password]", "sai")
    page.click("#sign-in-again button >> nth=0")
    expect(dialog).to_contain_text("mật khẩu không đúng")
    page.fill("#sign-in-again [name=password]", PASSWORD)
    page.click("#sign-in-again button >> nth=0")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.locator('[name="f.contact.name"]')).to_have_value("Trần Thị Lan")


def test_a_press_after_the_session_ended_goes_on_after_signing_in(browser: Browser, site: Site, address: str):
    _, path = drafting(site)
    page = enter(browser, address, "cucphuong.clerk")
    page.goto(f"{address}{path}")
    with site.database.writing() as tx:
        tx.connection.execute(update(SessionRow).values(seen_at=tx.machine_now() - 2 * IDLE))
    page.fill('[name="f.launch"]', "20/11/2017")
    page.click('.turn-bar button:text("Lưu nháp")')
    page.fill("#sign-in-again [name=password]", PASSWORD)
    press(page, "#sign-in-again button >> nth=0")
    expect(page.locator(".flash")).to_contain_text("Đã lưu nháp")
    expect(page.locator('[name="f.launch"]')).to_have_value("20/11/2017")

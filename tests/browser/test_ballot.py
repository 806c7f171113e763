"""The ballot, the session and the decision to sign on a phone; a ballot of six is cast in eight taps."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.support.award_round import MEMBERS, AwardRound, code_of
from tests.support.site import PASSWORD, Site

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAPS = 8


def barriers(page: Page) -> list[str]:
    page.add_script_tag(content=AXE.read_text("utf-8"))
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in violations]


def on_phone(browser: Browser, scheme: str) -> Page:
    screen = {"width": 390, "height": 844}
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=screen, reduced_motion="reduce")
    return context.new_page()


def signed_in(browser: Browser, address: str, username: str, scheme: str) -> Page:
    page = on_phone(browser, scheme)
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    return page


def test_a_ballot_of_six_is_cast_in_eight_taps(browser: Browser, site: Site, address: str):
    award = AwardRound(site)
    nominees = [code_of(award.appraised()) for _ in range(6)]
    session = award.opens("secretary", "council_session")
    award.does("secretary", session, "convene", f__mode="written", f__day="29/11/2017", f__nominees=nominees)
    page, taps = signed_in(browser, address, MEMBERS[0], "dark"), 0
    page.goto(address + session)
    assert barriers(page) == []
    for number in range(6):
        page.locator(".ballot-lines .halves").nth(number).get_by_text("Đồng ý", exact=True).click()
        taps += 1
    assert "Đã chọn 6/6" in page.inner_text("#turn-bar")
    page.click("#turn-bar button:text-is('Xem lại phiếu…')")
    taps += 1
    page.wait_for_selector("dialog[open]")
    assert page.inner_text("dialog.asks .facts").count("Đồng ý") == 6
    assert barriers(page) == []
    with page.expect_navigation():
        page.click("dialog.asks button.bad")
    taps += 1
    assert "1/3 ủy viên đã bỏ phiếu" in page.inner_text("main")
    assert taps == TAPS
    page.context.close()


def test_a_session_on_a_phone_says_the_threshold_and_fits_the_screen(browser: Browser, site: Site, address: str):
    award = AwardRound(site)
    nominees = [code_of(award.appraised()) for _ in range(2)]
    session = award.opens("secretary", "council_session")
    award.does("secretary", session, "convene", f__mode="written", f__day="29/11/2017", f__nominees=nominees)
    page = signed_in(browser, address, "secretary", "light")
    page.goto(address + session)
    assert "phiếu “Đồng ý” để có kết quả “thông qua”" in page.inner_text(".threshold")
    assert page.locator(".agenda > li").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(page) == []
    page.click("text=Đề nghị 3 ủy viên bỏ phiếu")
    assert "Đề nghị ông/bà bỏ phiếu." in page.inner_text("blockquote")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(page) == []
    page.click("button:text-is('Gửi thông báo')")
    assert "Đã gửi đề nghị đến 3 người." in page.inner_text("main")
    page.context.close()


def test_whoever_signs_reads_the_annex_with_its_votes_on_a_phone(browser: Browser, site: Site, address: str):
    award = AwardRound(site)
    nominee = award.appraised()
    award.voted(nominee, choice="agree")
    page = signed_in(browser, address, "decider", "dark")
    page.goto(address + award.submitted(nominee))
    annex = page.locator("#list-nominees")
    assert "Bằng khen của Chủ tịch UBND tỉnh" in annex.inner_text()
    assert "Phiếu kín: Đồng ý 3, Không đồng ý 0" in annex.locator(".votes").inner_text()
    assert page.locator("#paper").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert barriers(page) == []
    page.context.close()

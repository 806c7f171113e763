"""The desk in a real browser: twenty plans by keyboard and in bulk, the queue's place, Telex, a phone, no barriers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support import full_queue
from tests.support import site as sites
from tests.support.at_a_browser import barriers, sign_in, too_wide
from tests.support.site import Site
from tests.support.small_province import Stage
from workflow.accounts import preferences

pytestmark = pytest.mark.browser

REVIEWER = "nhoquan.head"
TWENTY = 20
MOST_KEYS, AIM_OF_KEYS = 25, 21
MOST_CLICKS, AIM_OF_CLICKS = 6, 4
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def full_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """A file with twenty plans before the reviewer, who has letters as keys."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("full") / "site.sqlite3"))
    built = sites.build(f"sqlite:///{path}", **full_queue.MORE)
    filled = Site(f"sqlite:///{path}", path.parent, built)
    full_queue.fill(filled)
    with filled.database.writing() as tx:
        preferences.choose(tx, built.people[REVIEWER], {"keys": "on"})
    filled.close()
    return path, built


@pytest.fixture
def site(full_template: tuple[Path, Stage], tmp_path: Path) -> Iterator[Site]:
    path, built = full_template
    shutil.copytree(path.parent / "blobs", tmp_path / "blobs")
    opened = Site(f"sqlite:///{shutil.copy(path, tmp_path / 'site.sqlite3')}", tmp_path, built)
    yield opened
    opened.close()


def reviewing(browser: Browser, address: str, **how: object) -> Page:
    page = browser.new_page(**{"viewport": WIDE, **how})
    sign_in(page, address, REVIEWER)
    return page


def waiting(page: Page) -> int:
    return page.locator(".queue input[name=case]").count()


def test_twenty_plans_are_acknowledged_by_keyboard(browser: Browser, address: str):
    page = reviewing(browser, address)
    keys = 0
    assert waiting(page) == TWENTY
    page.locator(".queue li a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys += 1
    for left in reversed(range(TWENTY)):
        with page.expect_navigation():
            page.keyboard.press("a")
        keys += 1
        assert waiting(page) == left
    assert keys <= MOST_KEYS
    assert keys == AIM_OF_KEYS
    page.close()


def test_twenty_plans_are_acknowledged_at_once(browser: Browser, address: str):
    page = reviewing(browser, address)
    clicks = 0
    for group in page.locator("[data-group]").all():
        group.click()
        clicks += 1
    assert "20" in page.inner_text("#chosen .selected")
    assert page.inner_text("#chosen .go") == "Ghi nhận…"
    for button in ("#chosen .go", "main form button:text-is('Ghi nhận 20')"):
        with page.expect_navigation():
            page.click(button)
        clicks += 1
    assert "Đã thực hiện 20 trên 20 hồ sơ" in page.inner_text("h1")
    assert clicks <= AIM_OF_CLICKS < MOST_CLICKS
    page.close()


def test_two_who_are_not_eligible_are_named_and_the_others_are_done(browser: Browser, site: Site, address: str):
    page = reviewing(browser, address)
    page.locator("[data-group]").first.click()
    codes = page.locator(".queue input[name=case]").evaluate_all("boxes => boxes.map((box) => box.value)")
    for code in codes[:2]:
        full_queue.act(site, code, "acknowledge", REVIEWER)
    with page.expect_navigation():
        page.click("#chosen .go")
    assert "18 đủ điều kiện, 2 không." in page.inner_text("main")
    assert page.locator(".refused > li").count() == len(codes[:2])
    assert page.locator(".refused > li ul li").count() == len(codes[:2])
    with page.expect_navigation():
        page.click("button:text-is('Ghi nhận 18')")
    assert "Đã thực hiện 18 trên 18 hồ sơ" in page.inner_text("h1")
    page.close()


def test_a_case_opens_beside_the_queue_which_keeps_its_place(browser: Browser, address: str):
    page = reviewing(browser, address, viewport={"width": 1280, "height": 600})
    with page.expect_navigation():
        page.locator(".queue li a").first.click()
    page.evaluate("window.untouched = true")
    links = page.locator(".queue .groups li a[data-case]")
    for place in (9, 12):
        code = links.nth(place).get_attribute("data-case")
        links.nth(place).click()
        page.wait_for_selector(f"#steps[data-code='{code}']")
        assert links.nth(place).get_attribute("aria-current") == "true"
        assert page.url.endswith(f"/desk/{code}")
    scrolled = page.evaluate("document.querySelector('.groups').scrollTop")
    assert scrolled > 0
    back = links.nth(9).get_attribute("data-case")
    page.go_back()
    page.wait_for_selector(f"#steps[data-code='{back}']")
    assert page.evaluate("window.untouched")
    assert abs(page.evaluate("document.querySelector('.groups').scrollTop") - scrolled) < 200
    assert page.locator(".queue [aria-current=true][data-case]").get_attribute("data-case") == back
    page.close()


def test_no_text_of_a_case_lies_in_web_storage(browser: Browser, address: str):
    page = reviewing(browser, address)
    with page.expect_navigation():
        page.locator(".queue li a").first.click()
    link = page.locator(".queue .groups li a[data-case]").nth(3)
    link.click()
    page.wait_for_selector(f"#steps[data-code='{link.get_attribute('data-case')}']")
    page.reload()
    kept = page.evaluate("({...localStorage, ...sessionStorage})")
    # An address and a number of pixels; what stands in the case is nowhere.
    assert set(kept) == {"htmx-current-path-for-history", "queue-place"}
    assert (kept["htmx-current-path-for-history"].startswith("/desk/"), kept["queue-place"].isdigit()) == (True, True)
    page.close()


def typed(page: Page, key: str, **more: object) -> None:
    """A key as the browser reports it where an input method had a hand in it."""
    page.evaluate(
        "(event) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {...event, bubbles: true}))",
        {"key": key, **more},
    )


def test_letters_are_keys_where_telex_merges_them(browser: Browser, address: str):
    page = reviewing(browser, address)
    boxes = page.locator(".queue input[name=case]:checked")
    first, second = page.locator(".queue li a").nth(0), page.locator(".queue li a").nth(1)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    first.focus()
    # "a" and "x" come as "ã": the mark is the key that was pressed.
    typed(page, "ã")
    assert boxes.count() == 1
    typed(page, "x", isComposing=True)
    typed(page, "Backspace")
    assert boxes.count() == 1
    typed(page, "j")
    assert page.evaluate("document.activeElement.dataset.case") == second.get_attribute("data-case")
    page.close()


def test_letters_are_silent_until_somebody_turns_them_on(browser: Browser, site: Site, address: str):
    with site.database.writing() as tx:
        preferences.choose(tx, site.stage.people[REVIEWER], {"keys": "off"})
    page = reviewing(browser, address)
    page.locator(".queue li a").first.focus()
    page.keyboard.press("x")
    assert page.locator(".queue input[name=case]:checked").count() == 0
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.case") == page.locator(".queue li a").nth(1).get_attribute(
        "data-case"
    )
    page.close()


def test_a_phone_shows_the_queue_or_the_case(browser: Browser, address: str):
    page = reviewing(browser, address, viewport=PHONE)
    assert page.locator("#queue").is_visible()
    with page.expect_navigation():
        page.locator(".queue li a").first.click()
    assert not page.locator("#queue").is_visible()
    assert page.locator("#case").is_visible()
    assert too_wide(page) == []
    with page.expect_navigation():
        page.click(".steps .back")
    assert page.locator("#queue").is_visible()
    page.close()


def test_without_a_network_the_form_stays_and_is_sent_later(browser: Browser, address: str):
    page = reviewing(browser, address)
    with page.expect_navigation():
        page.locator(".queue li a").first.click()
    page.context.set_offline(True)
    page.click("#case button:text-is('Ghi nhận')")
    assert "sẽ gửi lại khi có mạng" in page.inner_text(".said-here")
    with page.expect_navigation():
        page.context.set_offline(False)
    assert waiting(page) == TWENTY - 1
    page.close()


def test_a_person_is_chosen_by_name_without_marks(browser: Browser, address: str):
    page = reviewing(browser, address)
    page.goto(f"{address}/profile")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.locator("[name='substitute.words']").press_sequentially("pham van an")
    page.wait_for_selector(".choices input[type=radio]")
    assert page.inner_text(".choices label").strip().startswith("Phạm Văn Ẩn")
    assert page.locator(".choices input:checked").count() == 1
    page.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_the_desk_has_no_barriers(browser: Browser, address: str, viewport: dict[str, int]):
    context = browser.new_context(bypass_csp=True, viewport=viewport, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, address, REVIEWER)
    found = barriers(page) + too_wide(page)
    page.locator(".queue input[name=case]").first.check()
    found += barriers(page) + too_wide(page)
    with page.expect_navigation():
        page.click("#chosen .go")
    found += barriers(page) + too_wide(page)
    page.go_back()
    with page.expect_navigation():
        page.locator(".queue li a").first.click()
    found += barriers(page) + too_wide(page)
    here = page.url
    page.goto(f"{here}/snooze")
    found += barriers(page) + too_wide(page)
    page.goto(f"{address}/desk/views/new?by=unit")
    found += barriers(page) + too_wide(page)
    page.goto(address)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    found += barriers(page) + too_wide(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_a_decision_is_taken_back_with_one_press(browser: Browser, address: str, viewport: dict[str, int]):
    page = reviewing(browser, address, viewport=viewport, bypass_csp=True)
    page.locator(".queue li a").first.click()
    page.wait_for_selector("#turn-bar")
    code = page.locator("#case").get_attribute("data-case-code")
    with page.expect_navigation():
        page.locator("#turn-bar > form > button, #turn-bar > button").first.click()
    undo = page.locator(".undo button")
    assert undo.is_visible()
    assert page.locator("#case").get_attribute("data-case-code") != code
    assert barriers(page) + too_wide(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = false; })")
    with page.expect_navigation():
        undo.click()
    assert page.locator("#case").get_attribute("data-case-code") == code
    assert page.locator("#turn-bar").is_visible()
    assert "Đã hoàn tác" in page.inner_text("#said")
    page.close()


def test_z_takes_the_last_decision_back(browser: Browser, address: str):
    page = reviewing(browser, address)
    page.goto(f"{address}/profile")
    page.check("[name=keys][value=on]")
    with page.expect_navigation():
        page.locator("form[action$='/profile/settings'] button").click()
    page.goto(address)
    page.locator(".queue li a").first.click()
    page.wait_for_selector("#turn-bar")
    before = waiting(page)
    with page.expect_navigation():
        page.keyboard.press("a")
    assert waiting(page) == before - 1
    with page.expect_navigation():
        page.keyboard.press("z")
    assert waiting(page) == before
    page.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "390"])
def test_many_acts_are_taken_back_by_one_press(browser: Browser, address: str, viewport: dict[str, int]):
    page = reviewing(browser, address, viewport=viewport, bypass_csp=True)
    page.locator("[data-group]").first.click()
    for button in ("#chosen .go", "main form[action='/desk/selected/act'] button"):
        with page.expect_navigation():
            page.locator(button).first.click()
    assert (barriers(page), too_wide(page)) == ([], [])
    with page.expect_navigation():
        page.locator("form[action='/desk/selected/undo'] button").press("Enter")
    assert (barriers(page), too_wide(page)) == ([], [])
    page.goto(f"{address}/")
    assert waiting(page) == TWENTY
    page.close()

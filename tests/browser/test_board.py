"""The board of some 240 units in a real browser: how tall it is, on how many pages it prints, no barriers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.site import PASSWORD, Site
from tests.support.wide_province import widen

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
MOST_TALL = {1280: 2_400, 390: 3_900}
MOST_PAGES = 6


@pytest.fixture
def board(site: Site, address: str) -> str:
    """The address of a board of 243 units."""
    return f"{address}/movements/{widen(site.database, watcher=site.stage.people['auditor'])}"


def opened(browser: Browser, address: str, board: str, width: int, scheme: str = "light") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=username]", "auditor")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button")
    page.goto(board)
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_board_is_short_and_bars_nobody(browser: Browser, address: str, board: str, width: int, scheme: str):
    page = opened(browser, address, board, width, scheme)
    assert page.locator("tbody tr").count() > 240
    page.evaluate("document.querySelector('#board details').open = true")
    size = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert size[0] <= MOST_TALL[width]
    assert size[1] <= width
    page.add_script_tag(path=AXE)
    assert (
        page.evaluate("axe.run().then(found => found.violations.map(one => one.id + ': ' + one.nodes[0].html))") == []
    )


def test_a_board_is_printed_on_six_pages_at_most_with_every_unit(browser: Browser, address: str, board: str):
    page = opened(browser, address, f"{board}/print", 1280)
    assert page.locator("tbody tr:not(.group)").count() > 240
    printed = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= MOST_PAGES


def test_the_search_of_the_header_is_reached_by_a_key(browser: Browser, address: str, board: str):
    page = opened(browser, address, board, 1280)
    page.keyboard.press("/")
    page.keyboard.type("lang moi 7")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".rows mark").count() > 0
    page.add_script_tag(path=AXE)
    assert (
        page.evaluate("axe.run().then(found => found.violations.map(one => one.id + ': ' + one.nodes[0].html))") == []
    )

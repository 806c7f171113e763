"""Keys on a case with two papers do what their list says: c, v, [ and ]."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.at_a_browser import sign_in
from tests.support.award_round import AwardRound, code_of, numbered
from tests.support.site import Site
from workflow.accounts import preferences
from workflow.organisation import people

pytestmark = pytest.mark.browser

OPEN = ".paper-tabs a[aria-current]"
TICK = "button[name=viewed]"


@pytest.fixture
def letter(site: Site, browser: Browser, address: str) -> Iterator[Page]:
    """A letter with its minutes before the officer of the province, who has letters as keys."""
    award = AwardRound(site)
    nominee = award.ready()
    path = award.opens("sldtbxh.clerk", "dossier")
    listed = {"f__line": "province", "f__nominees": [code_of(nominee)]}
    award.does("sldtbxh.clerk", path, "send", **listed, **numbered("f__minutes", "4/BB-LĐTBXH"))
    award.does("department.head", path, "sign", **numbered("sign__letter", "18/TTr-LĐTBXH"))
    with site.database.writing() as tx:
        preferences.choose(tx, people.find_username(tx, "officer").id, {"keys": "on"})
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, address, "officer")
    page.goto(f"{address}{path.replace('/cases/', '/desk/')}")
    yield page
    # Nothing is asked any more when the server ends.
    page.close()


def test_brackets_open_the_paper_after_and_before(letter: Page):
    tabs = letter.locator(".paper-tabs a")
    expect(tabs).to_have_count(2)
    first, second = (name.strip() for name in tabs.all_inner_texts())
    expect(letter.locator(OPEN)).to_have_text(first)
    letter.keyboard.press("]")
    expect(letter.locator(OPEN)).to_have_text(second)
    letter.keyboard.press("[")
    expect(letter.locator(OPEN)).to_have_text(first)


def test_v_ticks_the_open_paper_as_read(letter: Page):
    expect(letter.locator(TICK)).to_have_attribute("aria-pressed", "false")
    letter.keyboard.press("v")
    expect(letter.locator(TICK)).to_have_attribute("aria-pressed", "true")


def test_c_opens_where_a_correction_is_written(letter: Page):
    letter.keyboard.press("c")
    expect(letter.locator("#compose textarea")).to_be_visible()

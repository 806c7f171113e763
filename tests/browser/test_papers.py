"""Papers beside a case in a real browser: each kind of file opens or says why not, pages turn, ticks stay."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import paper_files
from tests.support.site import PASSWORD, Site
from tests.support.site_plans import under_review

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
THREE_PAGES = paper_files.pdf("Ke hoach so 21", "Chi tieu nam 2018", "To chuc thuc hien")
DARK_AT = """(canvas) => {
  const pen = canvas.getContext("2d");
  const at = (x, y) => pen.getImageData(canvas.width * x, canvas.height * y, 1, 1).data[0] < 128;
  return [at(0.5, 0.5), at(0.1, 0.1), at(0.9, 0.9)];
}"""


@pytest.fixture
def opened(browser: Browser, site: Site, address: str):
    """Open the page of a plan's papers for its reviewer; what the browser complains about is a failure."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_with(content: bytes, name: str, **context: object) -> Page:
        _, path = under_review(site, content=content, name=name)
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(f"{address}/sign-in")
        page.fill("[name=username]", "nhoquan.head")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.goto(f"{address}{path}/papers")
        page.click(".paper-tabs a")
        return page

    yield open_with
    # Nothing is asked any more when the server ends.
    for opened_context in contexts:
        opened_context.close()
    assert complaints == []


def barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })")
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]


def test_a_pdf_is_drawn_with_text_to_select_and_pages_to_turn(opened):
    page = opened(THREE_PAGES, "Kế hoạch.pdf")
    expect(page.locator("[data-pages]")).to_have_text(", trang 1/3")
    expect(page.locator(".paper-letters span").first).to_have_text("Ke hoach so 21")
    page.click("[data-turn='1']")
    expect(page.locator("[data-pages]")).to_have_text(", trang 2/3")
    expect(page.locator("[data-page='2'] .paper-letters span")).to_have_text("Chi tieu nam 2018")
    before = page.locator("[data-page='2']").bounding_box()["width"]
    page.click("[data-scale='1']")
    assert page.locator("[data-page='2']").bounding_box()["width"] == pytest.approx(before * 1.25, abs=1)
    expect(page.locator("[data-pages]")).to_have_text(", trang 2/3")


@pytest.mark.parametrize("coding", ["flate", "jpeg2000", "g4", "jbig2"])
def test_a_scan_in_every_coding_is_drawn(opened, coding):
    page = opened(paper_files.scan(coding), "Quét.pdf")
    drawn = page.locator("[data-page='1'][data-state='drawn'] canvas")
    expect(drawn).to_be_attached()
    assert drawn.evaluate(DARK_AT) == [True, False, False]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (paper_files.encrypted_pdf(), "mật khẩu"),
        (THREE_PAGES[:60], "bị hỏng"),
    ],
)
def test_a_pdf_that_cannot_be_drawn_says_why_in_a_sentence(opened, content, words):
    page = opened(content, "Kế hoạch.pdf")
    expect(page.locator(".paper-said")).to_contain_text(words)
    assert barriers(page) == []


def test_a_picture_is_shown(opened):
    page = opened(paper_files.PNG, "Ảnh.png")
    picture = page.locator(".paper-picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.naturalWidth") == 24


def test_word_and_excel_show_their_text(opened):
    page = opened(paper_files.word("Kế hoạch", "Giúp đỡ hộ nghèo", table=[["Thôn", "Số hộ"]]), "Kế hoạch.docx")
    expect(page.locator(".paper-text")).to_contain_text("Giúp đỡ hộ nghèo")
    expect(page.locator(".paper-text td").last).to_have_text("Số hộ")
    assert barriers(page) == []


def test_the_tick_is_pressed_and_never_set_by_scrolling(opened):
    page = opened(THREE_PAGES, "Kế hoạch.pdf")
    expect(page.locator("[data-pages]")).to_have_text(", trang 1/3")
    page.locator(".paper-sheets").evaluate("(sheets) => sheets.scrollTo(0, sheets.scrollHeight)")
    expect(page.locator("[data-pages]")).to_have_text(", trang 3/3")
    page.reload()
    expect(page.locator(".paper-progress")).to_have_text("Đã xem 0/1")
    page.evaluate("document.dispatchEvent(new CustomEvent('trinh:seen'))")
    expect(page.locator(".paper-progress")).to_have_text("Đã xem 1/1")
    expect(page.locator("[data-act=seen]")).to_have_attribute("aria-pressed", "true")


def test_the_viewer_is_loaded_only_where_a_pdf_opens(opened):
    asked: list[str] = []
    page = opened(paper_files.PNG, "Ảnh.png")
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator(".paper-picture")).to_be_visible()
    assert asked
    assert [url for url in asked if "/papers/" in url and "static" in url] == []


def test_a_place_on_a_page_is_chosen_with_the_mouse_and_by_keyboard(opened):
    page = opened(THREE_PAGES, "Kế hoạch.pdf")
    expect(page.locator("[data-pages]")).to_have_text(", trang 1/3")
    expect(page.locator("[data-marking]")).to_be_hidden()
    _with_anchor_input(page)
    page.click("[data-marking]")
    sheet = page.locator("[data-page='1']").bounding_box()
    page.mouse.move(sheet["x"] + 0.1 * sheet["width"], sheet["y"] + 0.1 * sheet["height"])
    page.mouse.down()
    page.mouse.move(sheet["x"] + 0.8 * sheet["width"], sheet["y"] + 0.2 * sheet["height"])
    page.mouse.up()
    anchor = page.evaluate("JSON.parse(document.querySelector('[data-anchor]').value)")
    assert anchor["page"] == 1
    assert re.fullmatch("[0-9a-f]{64}", anchor["document"])
    assert anchor["box"] == pytest.approx([0.1, 0.1, 0.8, 0.2], abs=0.01)
    assert anchor["text"] == "Ke hoach so 21"
    page.click("[data-marking]")
    page.keyboard.press("Enter")
    assert page.evaluate("JSON.parse(document.querySelector('[data-anchor]').value).box") == [0, 0, 1, 1]


def _with_anchor_input(page: Page) -> None:
    """Put the input of a form for remarks on the page, and open the paper once more."""
    page.evaluate("""async () => {
      const input = document.createElement("input");
      input.dataset.anchor = "";
      input.hidden = true;
      document.querySelector("main").append(input);
      const sheets = document.querySelector("[data-pdf]");
      const again = sheets.cloneNode(false);
      again.innerHTML = '<p class="paper-said"></p>';
      sheets.replaceWith(again);
      const viewer = await import(again.dataset.viewer);
      await viewer.show(again);
    }""")


@pytest.mark.parametrize("width", [1280, 390])
def test_no_paper_has_barriers_or_needs_sideways_scrolling(opened, width):
    page = opened(THREE_PAGES, "Kế hoạch.pdf", viewport={"width": width, "height": 800})
    expect(page.locator("[data-page='1'][data-state='drawn']")).to_be_attached()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""Papers beside a case in a real browser: each kind of file opens or says why not, pages turn, ticks stay."""

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


def draw(page: Page, *, to: float) -> None:
    """Draw a box from the upper left of the first page."""
    page.click("[data-marking]")
    sheet = page.locator("[data-page='1'].paper-sheet").bounding_box()
    page.mouse.move(sheet["x"] + 0.1 * sheet["width"], sheet["y"] + 0.1 * sheet["height"])
    page.mouse.down()
    page.mouse.move(sheet["x"] + 0.8 * sheet["width"], sheet["y"] + to * sheet["height"])
    page.mouse.up()


def boxes(page: Page) -> list[list[float]]:
    """Where marks are drawn, as parts of the first page."""
    return page.evaluate("""() => [...document.querySelectorAll("[data-page='1'] > .paper-mark")].map((mark) => {
      const [box, sheet] = [mark, mark.parentElement].map((part) => part.getBoundingClientRect());
      return [(box.left - sheet.left) / sheet.width, (box.top - sheet.top) / sheet.height, box.width / sheet.width];
    })""")


def test_a_place_is_chosen_with_the_mouse_remarked_on_and_drawn_again(opened):
    page = opened(THREE_PAGES, "Kế hoạch.pdf")
    expect(page.locator(".paper-letters span").first).to_have_text("Ke hoach so 21")
    draw(page, to=0.2)
    expect(page.locator("#mark-text")).to_be_focused()
    expect(page.locator("[name=box_text]")).to_have_value("Ke hoach so 21")
    page.fill("#mark-text", "Thiếu ngày")
    assert barriers(page) == []
    with page.expect_navigation():
        page.click("[data-mark-form] [value=defect]")
    expect(page.locator(".paper-mark .pin")).to_have_text("1")
    assert boxes(page) == [pytest.approx([0.1, 0.1, 0.7], abs=0.01)]
    expect(page.locator("[data-marks]")).to_contain_text("Thiếu ngày")
    assert barriers(page) == []


def test_the_whole_page_is_chosen_by_keyboard_and_forgotten_with_another_page(opened):
    page = opened(THREE_PAGES, "Kế hoạch.pdf")
    expect(page.locator("[data-pages]")).to_have_text(", trang 1/3")
    page.click("[data-turn='1']")
    page.click("[data-marking]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-mark-form] [name=page]")).to_have_value("2")
    expect(page.locator("[name=box]")).to_have_value("0,0,1,1")
    page.fill("[data-mark-form] [name=page]", "3")
    expect(page.locator("[name=box]")).to_have_value("")


def test_a_place_on_a_picture_is_remarked_on_and_drawn_again(opened):
    page = opened(paper_files.PNG, "Ảnh.png")
    expect(page.locator(".paper-picture")).to_be_visible()
    draw(page, to=0.6)
    page.fill("#mark-text", "Mờ dấu")
    with page.expect_navigation():
        page.click("[data-mark-form] [value=comment]")
    expect(page.locator(".paper-mark .pin")).to_have_text("T1")
    assert boxes(page) == [pytest.approx([0.1, 0.1, 0.7], abs=0.1)]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_paper_has_barriers_or_needs_sideways_scrolling(opened, width):
    page = opened(THREE_PAGES, "Kế hoạch.pdf", viewport={"width": width, "height": 800})
    expect(page.locator("[data-page='1'][data-state='drawn']")).to_be_attached()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

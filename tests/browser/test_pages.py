"""The pages in a real browser: no barriers, no scripts of strangers, a plan sent in a dozen interactions."""

import pytest
from playwright.sync_api import Browser

from tests.support.at_a_browser import barriers, sign_in, too_wide
from tests.support.award_round import AwardRound
from tests.support.site import CODE, Site
from tests.support.site_plans import returned, under_review
from tests.support.small_province import NOW
from workflow.definitions import publishing
from workflow.organisation import PersonForm, people

pytestmark = pytest.mark.browser

HOSTILE = '"><img src=x onerror=alert(1)><svg onload=alert(2)>'
MOST_INTERACTIONS = 12
SEEN_BY = {
    "cucphuong.clerk": [
        "/",
        "/my-unit",
        "/cases",
        "/cases/{case}",
        "/cases/{case}/receipt",
        "/notifications",
        "/profile",
    ],
    "nhoquan.head": ["/", f"/movements/{CODE}", "/cases/{case}"],
    "sldtbxh.clerk": ["{nominee}"],
    "secretary": ["/", "{session}"],
    "an": ["{session}"],
    "admin": [
        "/admin",
        "/admin/definitions",
        "/admin/definitions/unit_plan/draft",
        "/admin/definitions/unit_plan/versions/{version}",
        "/admin/figures",
        "/admin/people",
        "/admin/people/1",
        "/admin/people/new",
        "/admin/units",
        "/admin/units/1",
        "/admin/units/import",
        "/admin/calendar",
        "/admin/outbox",
        "/admin/incidents",
        "/audit",
        "/clock",
        "/movements",
    ],
}


def faultily_drafted(site: Site) -> str:
    """The hash of the version in force, of which a draft with an error waits."""
    with site.database.writing() as tx:
        current, admin = publishing.current(tx, "unit_plan"), site.stage.people["admin"]
        text = current.text.replace("to: draft", "to: nowhere", 1)
        publishing.save_draft(tx, "unit_plan", text, person_id=admin, now=NOW, seen=None)
    return current.hash


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.long)])
def test_no_page_has_barriers(browser: Browser, site: Site, address: str, width: int):
    case, version = returned(site).rsplit("/", 1)[1], faultily_drafted(site)
    award = AwardRound(site)
    nominee = award.appraised()
    session = award.convened(nominee)
    found: list[str] = []
    for username, paths in SEEN_BY.items():
        context = browser.new_context(
            bypass_csp=True, viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        found += barriers(page)
        sign_in(page, address, username)
        for path in paths:
            page.goto(address + path.format(case=case, version=version, nominee=nominee, session=session))
            found += barriers(page) + too_wide(page)
        context.close()
    assert found == []


def test_a_clerk_sends_a_plan_for_signature_in_a_dozen_interactions(browser: Browser, address: str):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    hands = sign_in(page, address, "cucphuong.clerk")
    hands.press(".queue li a")
    hands.press("button:text-is('Soạn kế hoạch')")
    hands.fill("[name='f.targets.0.indicator']", "Số hộ thoát nghèo")
    hands.fill("[name='f.targets.0.target']", "45")
    hands.fill("[name='f.launch']", "20/11/2017")
    hands.fill("[name='f.contact.name']", "Trần Thị Lan")
    hands.press("button:text-is('Trình ký')")
    assert "Đã thực hiện: Trình ký" in page.inner_text("main")
    assert hands.interactions <= MOST_INTERACTIONS
    page.close()


def test_rows_grow_in_place_where_scripts_run(browser: Browser, address: str):
    page = browser.new_page()
    hands = sign_in(page, address, "cucphuong.clerk")
    hands.press(".queue li a")
    hands.press("button:text-is('Soạn kế hoạch')")
    here = page.url
    page.click("text=Thêm dòng")
    assert page.url == here
    assert page.evaluate("document.activeElement.name") == "f.targets.1.indicator"
    assert page.locator(".grid-row").count() == 2
    page.click(".grid-row >> nth=0 >> button")
    assert page.locator(".grid-row").count() == 1
    page.close()


def test_the_bar_opens_what_must_be_filled_in(browser: Browser, site: Site, address: str):
    _, path = under_review(site)
    page = browser.new_page(viewport={"width": 390, "height": 800})
    sign_in(page, address, "nhoquan.head")
    page.goto(address + path)
    what = "[name='return.defects.0.what']"
    assert not page.is_visible(what)
    page.click(".turn-bar summary:has-text('Trả lại')")
    assert page.is_visible(what)
    page.close()


def test_text_of_strangers_runs_nowhere(browser: Browser, site: Site, address: str):
    with site.database.writing() as tx:
        form = PersonForm("hostile", HOSTILE.replace("\n", ""), unit_id=site.stage.units["14437"])
        people.add(tx, form, person_id=None, now=NOW)
    heard: list[str] = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    clerk = sign_in(page, address, "cucphuong.clerk")
    clerk.press(".queue li a")
    clerk.press("button:text-is('Soạn kế hoạch')")
    page.fill("[name='f.targets.0.indicator']", HOSTILE)
    page.fill("[name='f.contact.name']", HOSTILE)
    clerk.press("button:text-is('Lưu nháp')")
    page.goto(f"{address}/my-unit")
    assert heard == []
    page.close()


@pytest.mark.parametrize("name", ["unit_plan", "province_review"])
def test_a_drawing_shows_on_a_phone_where_its_rules_begin(browser: Browser, site: Site, address: str, name: str):
    with site.database.reading() as tx:
        version = publishing.current(tx, name).hash
    page = browser.new_page(viewport={"width": 390, "height": 800})
    sign_in(page, address, "admin")
    page.goto(f"{address}/admin/definitions/{name}/versions/{version}")
    drawing, start = page.locator(".drawing").bounding_box(), page.locator(".law-start").bounding_box()
    assert drawing
    assert start
    assert drawing["x"] <= start["x"]
    assert start["x"] + start["width"] <= drawing["x"] + drawing["width"]
    page.close()


def test_a_long_state_bends_on_a_phone(browser: Browser, address: str):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    sign_in(page, address, "cucphuong.clerk")
    page.goto(f"{address}/cases")
    page.locator(".rows .chip").first.evaluate("(chip) => { chip.textContent = 'Đang xin ý kiến '.repeat(6); }")
    assert too_wide(page) == []
    page.close()

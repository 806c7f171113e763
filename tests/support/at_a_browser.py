"""Somebody at a real browser, and what axe finds on the page that they see."""

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

from tests.support.site import PASSWORD

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


class Hands:
    """Somebody at the browser; every press and every field filled in is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.interactions = page, 0

    def fill(self, what: str, words: str) -> None:
        self.page.fill(what, words)
        self.interactions += 1

    def press(self, what: str) -> None:
        with self.page.expect_navigation():
            self.page.click(what)
        self.interactions += 1


def sign_in(page: Page, address: str, username: str) -> Hands:
    hands = Hands(page)
    page.goto(f"{address}/sign-in")
    hands.fill("[name=username]", username)
    hands.fill("[name=password]", PASSWORD)
    hands.press("main form button")
    return hands


def barriers(page: Page) -> list[str]:
    """What axe finds, every folded part being open; the contrast of both schemes, light and dark."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.add_script_tag(content=AXE.read_text("utf-8"))
    scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
    violations = _violations(page, {})
    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark", reduced_motion="reduce")
    violations += _violations(page, {"runOnly": ["color-contrast"]})
    page.emulate_media(color_scheme=scheme)
    return violations


def _violations(page: Page, options: Mapping[str, object]) -> list[str]:
    found = page.evaluate("(options) => axe.run(document, options)", {"resultTypes": ["violations"], **options})
    return [f"{page.url} {violation['id']}: {violation['nodes'][0]['html']}" for violation in found["violations"]]


def too_wide(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{page.url} is {width} px too wide"] if width > 0 else []

"""What a page in a browser has that keeps people out: barriers that axe finds, and content wider than the screen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def obstacles(page: Page) -> list[str]:
    """What is wrong with a page as it stands, every folded part being open; it must have been opened past its CSP."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    page.add_script_tag(content=AXE.read_text("utf-8"))
    answer = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    violations = [f"{page.url} {fault['id']}: {fault['nodes'][0]['html']}" for fault in answer["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*violations, *([f"{page.url} is {width} px too wide"] if width > 0 else [])]

"""Both languages whole; text of strangers stays text; looking changes nothing."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from tests.support.page_reading import Page
from tests.support.site import Site, Visitor
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.organisation import PersonForm, people, units

TEMPLATES = Path(web.__file__).parent / "templates"
ENGLISH = TEMPLATES.parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"
HOSTILE = '"><svg onload=alert(1)>{{7*7}}'
WALKERS = ("cucphuong.clerk", "nhoquan.head", "giavien.officer", "admin", "auditor", "stranger")
MOST_PAGES = 400


def spoken() -> set[str]:
    found = extract_from_dir(
        TEMPLATES.parent,
        [("templates/**.html", "jinja2"), ("templates/**.json", "jinja2"), ("**.py", "python")],
        options_map={"templates/**.html": {"trimmed": "true"}},
        keywords={"_": None, "ngettext": (1, 2)},
    )
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def walk(visitor: Visitor) -> set[str]:
    """Follow every link from the front page on, as a scanner does; of pages by year or by place in a list, two."""
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        assert len(seen) < MOST_PAGES
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = visitor.answer(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        if answer.mimetype == "text/html":
            waiting += [link for link in visitor_links(answer.text) if link not in seen]
    return seen


def visitor_links(html: str) -> list[str]:
    return [link.partition("#")[0] for link in Page(html).links if link.startswith("/")]


def test_every_word_of_the_templates_has_its_english():
    with ENGLISH.open("rb") as written:
        catalogue = read_po(written, locale="en")
    known = {(entry.id[0] if isinstance(entry.id, tuple) else entry.id): entry for entry in catalogue if entry.id}
    assert set(known) == spoken()
    assert [it for it, entry in known.items() if not entry.string or entry.fuzzy] == []


def test_a_person_reads_in_the_language_they_chose(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    clerk.press("/", "/profile/language", language="en")
    page = clerk.page("/")
    assert "My turn" in page.text
    assert "Not started" in page.text
    assert "due 14/11" in page.text


def test_before_signing_in_the_language_is_a_cookie(site: Site):
    visitor = Visitor(site.app.test_client())
    visitor.press("/sign-in", "/language", language="en")
    assert "Sign in" in visitor.page("/sign-in").text


@pytest.mark.parametrize("username", WALKERS)
def test_following_every_link_twice_changes_nothing(site: Site, username: str):
    visitor = site.visitor(username)
    before = site.digest()
    assert walk(visitor) == walk(visitor)
    assert site.digest() == before


def test_text_of_strangers_stays_text(site: Site):
    with site.database.writing() as tx:
        form = PersonForm("hostile", HOSTILE, unit_id=site.stage.units["14437"])
        people.add(tx, form, person_id=None, now=NOW)
        table = 'code,name,kind,parent,valid_from\n14437,"""><svg onload=alert(1)>{{7*7}}",commune,372,01/04/1992\n'
        units.import_file(tx, table.encode(), name="u.csv", person_id=None, now=NOW)
    admin, clerk = site.visitor("admin"), site.visitor("cucphuong.clerk")
    path = f"/cases/{site.case_of('14437')}"
    clerk.press(path, f"{path}/actions/begin")
    clerk.press(path, f"{path}/draft", f__targets__0__indicator=HOSTILE, f__contact__name=HOSTILE)
    pages = [admin.answer(it).text for it in ("/admin/people", "/admin/units", "/audit")]
    pages += [clerk.answer(it).text for it in ("/", "/my-unit", path, f"{path}/receipt")]
    for page in pages:
        assert "<svg onload" not in page
    assert any("&lt;svg onload=alert(1)&gt;{{7*7}}" in page for page in pages)

"""A draft is judged by a child, while everybody else goes on; what could not be judged is not published."""

import threading

import pytest

from tests.support.guarded_definition import with_guards
from tests.support.page_reading import Page
from tests.support.site import Site
from workflow.child import OutOfMemory
from workflow.definitions import inspections

DRAFT = "/admin/definitions/unit_plan/draft"


def saved(site: Site, text: str) -> None:
    admin = site.visitor("admin")
    admin.press("/admin/definitions", f"{DRAFT}/begin")
    assert admin.press(DRAFT, DRAFT, text=text).status_code == 303


def test_a_text_of_forty_guards_is_said_to_be_undecided_and_stays_a_draft(site: Site):
    saved(site, with_guards(40).replace("definition: leave", "definition: unit_plan"))
    other = site.visitor("admin2")
    assert "Quá nhiều khả năng để kiểm hết" in other.page(DRAFT).text
    answer = other.press(DRAFT, f"{DRAFT}/publish")
    assert answer.status_code == 422
    assert "Chưa kết luận được unit_plan có đúng hay không" in Page(answer.text).text


def test_somebody_else_writes_while_a_child_works(site: Site, monkeypatch: pytest.MonkeyPatch):
    clerk, asked = site.visitor("cucphuong.clerk"), inspections.ask
    written: list[int] = []
    spoken = {"form_token": clerk.token(), "language": "vi"}

    def write() -> None:
        written.append(clerk.client.post("/profile/language", data=spoken).status_code)

    def meanwhile(*question: object) -> object:
        somebody = threading.Thread(target=write)
        somebody.start()
        somebody.join()
        return asked(*question)

    saved(site, with_guards(1).replace("definition: leave", f"definition: unit_plan # {site.database.dialect}"))
    monkeypatch.setattr(inspections, "ask", meanwhile)
    site.visitor("admin2").press(DRAFT, f"{DRAFT}/publish")
    assert written == [303] * 2


def test_a_child_that_is_ended_is_a_fault_on_the_page(site: Site, monkeypatch: pytest.MonkeyPatch):
    saved(site, with_guards(1).replace("definition: leave", f"definition: unit_plan # {site.database.dialect} 2"))

    def ended(*_: object) -> None:
        raise OutOfMemory

    monkeypatch.setattr(inspections, "ask", ended)
    other = site.visitor("admin2")
    assert "Việc kiểm tra phải dừng" in other.page(DRAFT).text
    assert other.press(DRAFT, f"{DRAFT}/publish").status_code == 422

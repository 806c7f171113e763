"""The history of a case as a PDF: what it says is what the page says, and nothing more."""

import io
import re

from pypdf import PdfReader

from tests.support.blind_review_definition import BLIND_REVIEW
from tests.support.site import Site, Visitor
from tests.support.site_plans import drafting, returned
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow import cases
from workflow.cases import histories
from workflow.definitions import publishing
from workflow.storage.queries.cases import loaded_cases
from workflow.values import Act


def words_of(text: str) -> str:
    return " ".join(text.split())


def pdf(visitor: Visitor, path: str) -> PdfReader:
    answer = visitor.answer(f"{path}/history.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return PdfReader(io.BytesIO(answer.data))


def text_of(paper: PdfReader) -> str:
    return words_of(" ".join(page.extract_text() for page in paper.pages))


def test_every_entry_is_there_in_order_with_who_when_and_its_hash(site: Site):
    path = returned(site)
    text = text_of(pdf(site.visitor("cucphuong.clerk"), path))
    with site.database.reading() as tx:
        case = loaded_cases.load(tx, path.rpartition("/")[2])
        assert case is not None
        entries = histories.entries(tx, case.case.id)
    places = [text.index(entry.hash) for entry in entries]
    assert len(places) == 6
    assert places == sorted(places)
    assert [entry.person for entry in entries if entry.person and entry.person not in text] == []
    assert re.search(r"Ký ban hành – Chờ tiếp nhận 08 giờ \d\d phút, ngày 13/11/2017 · Đinh Văn Ước", text)


def test_what_was_said_stands_there_as_on_the_page(site: Site):
    text = text_of(pdf(site.visitor("cucphuong.clerk"), returned(site)))
    assert "1. Mục: Mục 2; Yêu cầu chỉnh sửa: Chưa nêu số hộ cụ thể" in text
    assert "Văn bản kế hoạch: Kế hoạch.pdf Số 12/KH-UBND, ngày 13/11/2017" in text


def test_it_speaks_the_language_of_its_reader(site: Site):
    path = returned(site)
    clerk = site.visitor("cucphuong.clerk")
    clerk.press("/profile", "/profile/language", language="en")
    text = text_of(pdf(clerk, path))
    assert "Sign and issue – Awaiting receipt" in text


def test_what_somebody_typed_is_text_and_no_markup(site: Site):
    clerk, path = drafting(site)
    hostile = '#read("/etc/passwd") *bold* $x$ \\ <a href=x> & "quoted" @label'
    form = {"f__targets__0__indicator": hostile, "f__targets__0__target": "1", "f__launch": "20/11/2017"}
    sent = clerk.press(path, f"{path}/actions/send", **form, f__contact__name="Trần Thị Lan")
    assert sent.status_code == 303
    head = site.visitor("cucphuong.head")
    assert head.press(path, f"{path}/actions/rewrite", rewrite__comment=hostile).status_code == 303
    assert hostile in text_of(pdf(clerk, path))


def test_a_reader_who_may_not_see_who_acted_does_not_read_it_there(site: Site):
    clerk, people = site.stage.people["cucphuong.clerk"], site.stage.people
    with site.database.writing() as tx:
        publishing.publish_text(
            tx, BLIND_REVIEW, author_id=people["admin"], publisher_id=people["admin2"], now=NOW, path="paper"
        )
        unit = site.stage.units["14437"]
        code = cases.open_case(tx, "paper", unit_id=unit, person_id=clerk, now=NOW).case.code
        given = {"author": "Hoa", "topic": "Nghèo", "pages": 9}
        cases.act_in(tx, code, Act("send", given), person_id=clerk, now=NOW)
    blind = text_of(pdf(site.visitor("cucphuong.head"), f"/cases/{code}"))
    assert ("Phản biện kín" in blind, "Trần Thị Lan" in blind) == (True, False)
    assert "Trần Thị Lan" in text_of(pdf(site.visitor("nhoquan.chairman"), f"/cases/{code}"))


def test_strangers_get_none(site: Site):
    assert site.visitor("stranger").answer(f"{returned(site)}/history.pdf").status_code == 404

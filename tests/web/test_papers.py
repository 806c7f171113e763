"""Papers beside their case without scripts: what is answered inline and how, ticks by version, files too large."""

import io
from urllib.parse import unquote

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.support import paper_files
from tests.support.site_plans import signing, under_review
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from web.headers import DOCUMENT_POLICY

NAME = "Kế hoạch số 21 – Đề nghị.pdf"


def token_of(visitor, path):
    """The token of the open paper, from the address where it is downloaded."""
    links = [link for link in visitor.page(f"{path}/papers").links if link.startswith("/documents/")]
    return links[0].rpartition("/")[2]


def test_a_pdf_is_answered_inline_without_anything_that_runs(site):
    reviewer, path = under_review(site, content=paper_files.pdf("Ke hoach"), name=NAME)
    answer = reviewer.answer(f"/documents/{token_of(reviewer, path)}/content")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"] == DOCUMENT_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data == paper_files.pdf("Ke hoach")


@pytest.mark.parametrize("suffix", ["", "/content"])
def test_a_vietnamese_name_is_the_name_of_the_download(site, suffix):
    reviewer, path = under_review(site, content=paper_files.pdf("Ke hoach"), name=NAME)
    disposition = reviewer.answer(f"/documents/{token_of(reviewer, path)}{suffix}").headers["Content-Disposition"]
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == NAME


def test_what_no_page_draws_is_never_answered_inline(site):
    reviewer, path = under_review(site, content=paper_files.word("Kế hoạch"), name="Kế hoạch.docx")
    token = token_of(reviewer, path)
    assert reviewer.answer(f"/documents/{token}/content").status_code == 404
    assert reviewer.answer(f"/documents/{token}").headers["Content-Disposition"].startswith("attachment")


def test_a_stranger_finds_neither_paper_nor_content_nor_tick(site):
    reviewer, path = under_review(site, content=paper_files.pdf("Ke hoach"), name=NAME)
    token, stranger = token_of(reviewer, path), site.visitor("stranger")
    assert stranger.answer(f"{path}/papers").status_code == 404
    assert stranger.answer(f"/documents/{token}/content").status_code == 404
    sent = stranger.client.post(f"{path}/papers/{token}/viewed", data={"viewed": "yes", "form_token": stranger.token()})
    assert sent.status_code == 404


def test_a_paper_of_another_case_does_not_open_beside_this_one(site):
    reviewer, path = under_review(site, content=paper_files.pdf("Ke hoach"), name=NAME)
    token, other = token_of(reviewer, path), f"/cases/{site.case_of('372')}"
    assert reviewer.answer(f"{path}/papers?paper={token}").status_code == 200
    assert reviewer.answer(f"{other}/papers?paper={token}").status_code == 404
    sent = reviewer.client.post(
        f"{other}/papers/{token}/viewed", data={"viewed": "yes", "form_token": reviewer.token()}
    )
    assert sent.status_code == 404


def test_a_tick_is_one_persons_own_and_may_be_taken_back(site):
    reviewer, path = under_review(site, content=paper_files.pdf("Ke hoach"), name=NAME)
    target = f"{path}/papers/{token_of(reviewer, path)}/viewed"
    assert "Đã xem 0/1" in reviewer.page(f"{path}/papers").text
    assert reviewer.press(f"{path}/papers", target, viewed="yes").status_code == 303
    assert reviewer.press(f"{path}/papers", target, viewed="yes").status_code == 303
    assert "Đã xem 1/1" in reviewer.page(f"{path}/papers").text
    assert "Đã xem 0/1" in site.visitor("nhoquan.officer").page(f"{path}/papers").text
    assert reviewer.press(f"{path}/papers", target, viewed="no").status_code == 303
    assert "Đã xem 0/1" in reviewer.page(f"{path}/papers").text


def test_reading_a_paper_ticks_nothing(site):
    reviewer, path = under_review(site, content=paper_files.pdf("Ke hoach"), name=NAME)
    before = site.digest()
    token = token_of(reviewer, path)
    reviewer.answer(f"{path}/papers?paper={token}")
    reviewer.answer(f"/documents/{token}/content")
    assert site.digest() == before


def test_word_shows_its_text_and_hostile_words_stay_words(site):
    hostile = "<script>alert(1)</script>"
    content = paper_files.word("Kế hoạch", "Giúp 40 hộ", table=[["Thôn", hostile]])
    reviewer, path = under_review(site, content=content, name="Kế hoạch.docx")
    shown = reviewer.answer(f"{path}/papers?paper={token_of(reviewer, path)}").text
    assert "Giúp 40 hộ" in shown
    assert hostile not in shown
    assert "&lt;script&gt;" in shown


def test_excel_shows_its_sheets_as_people_write_numbers(site):
    content = paper_files.workbook([["Thôn", "Số hộ"], ["Nga", 12.5], ["Bái", 40]])
    reviewer, path = under_review(site, content=content, name="Phụ lục.xlsx")
    shown = reviewer.answer(f"{path}/papers?paper={token_of(reviewer, path)}").text
    assert all(f">{cell}<" in shown for cell in ("Phân công", "Nga", "12,5", "40"))


def test_a_word_file_that_cannot_be_read_says_why_and_can_be_downloaded(site):
    broken = paper_files.broken_word()
    reviewer, path = under_review(site, content=broken, name="Kế hoạch.docx")
    shown = reviewer.page(f"{path}/papers?paper={token_of(reviewer, path)}")
    assert "Không đọc được tệp này. Đề nghị tải tệp về máy để đọc." in " ".join(shown.text.split())
    assert any(link.startswith("/documents/") for link in shown.links)


def test_what_is_too_large_to_send_is_answered_in_words_with_its_size(site):
    reviewer, path = under_review(site)
    data = {"form_token": reviewer.token(), "words": "x" * (41 * 1024 * 1024)}
    answer = reviewer.client.post(f"{path}/draft", data=data)
    assert answer.status_code == 413
    assert "Tệp 42 MB, tối đa 25 MB. Đề nghị nén hoặc tách tệp" in answer.text


def test_a_file_a_little_too_large_names_its_size_beside_its_input(site):
    head, path = signing(site)
    content = b"%PDF-1.7" + b"x" * (25 * 1024 * 1024)
    paper = FileStorage(io.BytesIO(content), NAME)
    typed = {"f.plan.symbol": "1/KH", "f.plan.dated": "1/11/2017", "f.plan.file": paper}
    values = head.page(path).form(f"{path}/actions/sign").values | typed
    # Encoded here, for the client leaves the file open in which it would keep so large a body.
    boundary, body = encode_multipart(values)
    encoding = f"multipart/form-data; boundary={boundary}"
    answer = head.client.post(f"{path}/actions/sign", data=body, content_type=encoding)
    assert answer.status_code == 422
    assert "Tệp 26 MB, tối đa 25 MB. Đề nghị nén hoặc tách tệp." in answer.text

"""Papers and drafts: who may hand something over before acting, what a file may be, and that nothing typed is lost."""

import hashlib
import io
import zipfile
from unicodedata import normalize

import pytest

from tests.support.small_province import NOW
from workflow import cases, documents
from workflow.cases import drafts, papers
from workflow.errors import CaseNotFound, Invalid, NotAllowed, NotFound, Outdated
from workflow.files import SUFFIXES, Blobs
from workflow.files.sniffing import DOCX, XLSX
from workflow.values import Act

PDF = b"%PDF-1.7\n% a signed plan"


@pytest.fixture
def blobs(tmp_path):
    return Blobs(tmp_path / "documents")


@pytest.fixture
def nomination(database, province):
    """A nomination that the clerk of Cúc Phương has opened; the code."""
    with database.writing() as tx:
        opened = cases.open_case(
            tx,
            "award_nomination",
            unit_id=province.units["14437"],
            person_id=province.people["cucphuong.clerk"],
            now=NOW,
        )
    return opened.case.code


def upload(database, province, blobs, code, *, content=PDF, name="Báo cáo.pdf", field="report", by="cucphuong.clerk"):
    stored = documents.store(blobs, io.BytesIO(content), name)
    with database.writing() as tx:
        return documents.upload(tx, code, field, stored, person_id=province.people[by], now=NOW)


def archive(*names):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as content:
        for name in names:
            content.writestr(name, "<x/>")
    return written.getvalue()


def test_a_paper_keeps_its_content_its_name_and_its_versions(database, province, blobs, nomination):
    first = upload(database, province, blobs, nomination, name=normalize("NFD", "Báo cáo.pdf"))
    second = upload(database, province, blobs, nomination, content=PDF + b" again")
    assert (first.name, first.number, second.number) == ("Báo cáo.pdf", 1, 2)
    assert blobs.path(first.sha256).read_bytes() == PDF
    with database.reading() as tx:
        (shown,) = papers.of_case(tx, 1)
    assert (shown.field, [version.number for version in shown.versions]) == ("report", [1, 2])


def test_the_same_file_twice_is_one_version(database, province, blobs, nomination):
    first = upload(database, province, blobs, nomination)
    assert upload(database, province, blobs, nomination) == first


def test_a_version_is_handed_out_to_those_who_may_write_there(database, province, blobs, nomination):
    version = upload(database, province, blobs, nomination)
    clerk = province.people["cucphuong.clerk"]
    with database.reading() as tx:
        assert documents.open_version(tx, version.token, person_id=clerk, now=NOW) == version
        # The head does not see the files of a draft before they are handed in.
        with pytest.raises(NotFound):
            documents.open_version(tx, version.token, person_id=province.people["cucphuong.head"], now=NOW)
        with pytest.raises(NotFound):
            documents.open_version(tx, version.token, person_id=province.people["stranger"], now=NOW)
        with pytest.raises(NotFound):
            documents.open_version(tx, "x" * 43, person_id=province.people["cucphuong.clerk"], now=NOW)


def test_only_whose_turn_it_is_hands_a_paper_over(database, province, blobs, nomination):
    with pytest.raises(NotAllowed):
        upload(database, province, blobs, nomination, by="cucphuong.head")
    with pytest.raises(NotAllowed):
        upload(database, province, blobs, nomination, field="decision")
    with pytest.raises(CaseNotFound):
        upload(database, province, blobs, nomination, by="stranger")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (archive("[Content_Types].xml", "word/document.xml"), DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
    ],
)
def test_a_file_is_what_its_bytes_say(blobs, content, media_type):
    stored = documents.store(blobs, io.BytesIO(content), "x.html")
    assert stored.media_type == media_type
    assert stored.name == f"x.html{SUFFIXES[media_type][0]}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<html><script>alert(1)</script>", "file_kind"),
        (b" %PDF-1.7", "file_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Word", "file_old_office"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "file_heic"),
        (b"PK\x03\x04 no archive", "file_damaged"),
        (archive("evil.exe"), "file_kind"),
        (archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), "file_kind"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "file_with_macros"),
        (b"x" * (documents.LIMIT + 1), "file_too_large"),
    ],
)
def test_a_file_that_is_not_taken_says_why(blobs, content, code):
    with pytest.raises(Invalid) as refused:
        documents.store(blobs, io.BytesIO(content), "x.pdf")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Tài liệu\\Đề nghị.PDF", "Đề nghị.pdf"),
        ("a\u202efdp.exe\x00.pdf", "afdp.exe.pdf"),
        ("", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("..", "tep.pdf"),
        ("đ" * 2000 + ".pdf", "đ" * 200 + ".pdf"),
    ],
)
def test_a_name_is_for_showing_only(name, shown):
    assert documents.display_name(name, media_type="application/pdf") == shown


def test_an_upload_that_breaks_off_leaves_no_content(blobs):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            return super().read(size) or self.fail()

        def fail(self):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        documents.store(blobs, Broken(PDF), "x.pdf")
    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == []


def test_a_damaged_content_is_found(database, province, blobs, nomination):
    version = upload(database, province, blobs, nomination)
    with database.reading() as tx:
        assert list(documents.damaged(tx, blobs)) == []
    blobs.path(version.sha256).write_bytes(b"%PDF- of somebody else")
    with database.reading() as tx:
        assert list(documents.damaged(tx, blobs)) == [version.sha256]


@pytest.mark.parametrize("digest", ["", "../x", "a" * 63, "/" * 64, hashlib.sha256(b"").hexdigest() + "0"])
def test_what_is_no_digest_is_no_path(blobs, digest):
    with pytest.raises(ValueError, match="no digest"):
        blobs.path(digest)


def test_a_draft_is_kept_and_replaced(database, province, nomination):
    clerk = province.people["cucphuong.clerk"]
    with database.writing() as tx:
        first = drafts.save(tx, nomination, {"achievement": "Một"}, person_id=clerk, seen=0, now=NOW)
        second = drafts.save(tx, nomination, {"achievement": "Hai"}, person_id=clerk, seen=first, now=NOW)
        found = drafts.find(tx, 1)
    assert (first, second) == (1, 2)
    assert (found.fields, found.version, found.saved_by) == ({"achievement": "Hai"}, 2, clerk)


@pytest.mark.parametrize("seen", [0, 7])
def test_a_draft_does_not_overwrite_one_that_was_not_seen(database, province, nomination, seen):
    clerk = province.people["cucphuong.clerk"]
    with database.writing() as tx:
        drafts.save(tx, nomination, {"achievement": "Một"}, person_id=clerk, seen=0, now=NOW)
        with pytest.raises(Outdated):
            drafts.save(tx, nomination, {"achievement": "Hai"}, person_id=clerk, seen=seen, now=NOW)
        assert drafts.find(tx, 1).fields == {"achievement": "Một"}


def test_a_draft_holds_only_what_is_ones_own_to_write(database, province, nomination):
    with database.writing() as tx:
        written = {"achievement": "Một", "decision": {"symbol": "1/QĐ"}, "state": "approved"}
        drafts.save(tx, nomination, written, person_id=province.people["cucphuong.clerk"], seen=0, now=NOW)
        assert drafts.find(tx, 1).fields == {"achievement": "Một"}
        with pytest.raises(NotAllowed):
            drafts.save(tx, nomination, written, person_id=province.people["cucphuong.head"], seen=1, now=NOW)


def test_an_act_takes_the_draft_into_the_case(database, province, nomination):
    clerk = province.people["cucphuong.clerk"]
    with database.writing() as tx:
        drafts.save(tx, nomination, {"achievement": "Một"}, person_id=clerk, seen=0, now=NOW)
        comment = {"comment": "Đơn vị rút lại để xét trong năm sau."}
        cases.act_in(tx, nomination, Act("withdraw", comment), person_id=clerk, now=NOW)
        assert drafts.find(tx, 1) is None

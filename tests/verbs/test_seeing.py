"""Who sees what in the record: the page of a case, its history, papers, title; the public; papers that go along."""

import io

import pytest

from tests.support.blind_review_definition import BLIND_REVIEW
from tests.support.small_province import NOW
from workflow import cases, documents
from workflow.cases.view import HIDDEN
from workflow.definitions import publishing
from workflow.errors import CaseNotFound, NotFound
from workflow.files import Blobs
from workflow.values import Act, Refusal

SECOND = """
definition: second
title: Bản chuyển | Converted
basis: 1/QĐ
fields:
  scan: {is: document, label: Bản quét | Scan}
  to:   {is: unit, label: Nơi xử lý | Where}
people: {other: unit_clerk at to else boss, boss: chair at province}
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: link, to: looked_at}
states:
  looked_at:
    label: Đang xem | Being looked at
    turn: {who: other, due: 3 wd, escalate_to: boss}
    actions: {end: {label: Xong | End, to: ended}}
  ended: {label: Xong | Ended, outcome: neutral}
"""
FIRST = """
definition: first
title: Bản đầu | First
basis: 1/QĐ
fields:
  paper: {is: document, label: Văn bản | Paper}
  to:    {is: unit, label: Nơi xử lý | Where}
people: {clerk: unit_clerk at unit}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk}
    edit: {clerk: all}
    actions:
      fill: {label: Ghi | Fill in, requires: [paper, to]}
      turn_over:
        label: Chuyển | Convert
        to: converted
        open: {definition: second, as: converts, copy: {scan: paper, to: to}, at: looked_at}
  converted: {label: Đã chuyển | Converted, outcome: neutral}
"""


def published(tx, province, *laws):
    for law in laws:
        author, publisher = province.people["admin"], province.people["admin2"]
        done = publishing.publish_text(tx, law, author_id=author, publisher_id=publisher, now=NOW, path="law.yaml")
        assert isinstance(done, publishing.Published), done


def does(tx, province, code, action, who, **inputs):
    answer = cases.act_in(tx, code, Act(action, inputs), person_id=province.people[who], now=NOW)
    assert not isinstance(answer, Refusal), answer
    return answer


@pytest.fixture
def blind(database, province):
    """The code of a paper of Cúc Phương under blind review."""
    with database.writing() as tx:
        published(tx, province, BLIND_REVIEW)
        clerk = province.people["cucphuong.clerk"]
        code = cases.open_case(tx, "paper", unit_id=province.units["14437"], person_id=clerk, now=NOW).case.code
        does(tx, province, code, "send", "cucphuong.clerk", author="Hoa", topic="Nghèo", pages=9)
    return code


def view(database, province, code, who):
    with database.reading() as tx:
        return cases.view(tx, code, person_id=province.people[who], now=NOW)


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ("cucphuong.head", {"topic"}),
        ("cucphuong.clerk", {"topic"}),
        ("nhoquan.chairman", {"author", "topic", "pages"}),
        ("stranger", {"topic"}),
    ],
)
def test_the_page_shows_each_their_part(database, province, blind, who, fields):
    shown = view(database, province, blind, who)
    assert set(shown.case.fields) == fields
    assert shown.head.title == ""
    written = {name for entry in shown.entries for name in entry.inputs}
    assert written == (fields if who != "stranger" else set())


def test_history_does_not_tell_who_wrote_what_is_closed(database, province, blind):
    head, clerk, chairman = (
        view(database, province, blind, who) for who in ("cucphuong.head", "cucphuong.clerk", "nhoquan.chairman")
    )
    assert {entry.person for entry in head.entries} == {HIDDEN}
    assert {entry.person for entry in clerk.entries} == {entry.person for entry in chairman.entries}
    assert HIDDEN not in {entry.person for entry in chairman.entries}


def test_the_public_sees_what_is_public_and_can_do_nothing(database, province, blind):
    shown = view(database, province, blind, "stranger")
    assert (shown.offers, shown.entries, shown.turns, shown.links) == ((), (), (), ())
    with database.writing() as tx, pytest.raises(CaseNotFound):
        cases.act_in(tx, blind, Act("accept", {"mark": 1}), person_id=province.people["stranger"], now=NOW)


def test_the_next_state_opens_the_form_and_the_title_again(database, province, blind):
    with database.writing() as tx:
        does(tx, province, blind, "accept", "cucphuong.head", mark=7)
    assert set(view(database, province, blind, "cucphuong.head").case.fields) == {"author", "topic", "pages", "mark"}
    public = view(database, province, blind, "stranger")
    assert (dict(public.case.fields), public.head.title) == ({"author": "Hoa", "topic": "Nghèo"}, "Hoa")


def test_a_case_without_anything_public_is_unknown_to_strangers(database, province):
    with database.writing() as tx:
        published(tx, province, BLIND_REVIEW)
        clerk = province.people["cucphuong.clerk"]
        code = cases.open_case(tx, "paper", unit_id=province.units["14437"], person_id=clerk, now=NOW).case.code
    with pytest.raises(CaseNotFound):
        view(database, province, code, "stranger")


def test_papers_go_along_with_a_converted_case(database, province, tmp_path):
    stored = documents.store(Blobs(tmp_path / "documents"), io.BytesIO(b"%PDF-1.7\n% a paper"), "Giấy.pdf")
    clerk, other, stranger = (province.people[who] for who in ("cucphuong.clerk", "sldtbxh.clerk", "stranger"))
    with database.writing() as tx:
        published(tx, province, SECOND, FIRST)
        code = cases.open_case(tx, "first", unit_id=province.units["14437"], person_id=clerk, now=NOW).case.code
        version = documents.upload(tx, code, "paper", stored, person_id=clerk, now=NOW)
        given = {"paper": documents.value_of(version), "to": province.units["SLDTBXH"]}
        does(tx, province, code, "fill", "cucphuong.clerk", **given)
    with database.reading() as tx, pytest.raises(NotFound):
        documents.open_version(tx, version.token, person_id=other, now=NOW)
    with database.writing() as tx:
        (opened,) = does(tx, province, code, "turn_over", "cucphuong.clerk").opened
    with database.reading() as tx:
        assert documents.open_version(tx, version.token, person_id=other, now=NOW).token == version.token
        with pytest.raises(NotFound):
            documents.open_version(tx, version.token, person_id=stranger, now=NOW)
    assert view(database, province, opened.code, "sldtbxh.clerk").case.fields["scan"]["token"] == version.token


def test_a_paper_in_a_closed_field_is_not_handed_out(database, province, tmp_path):
    closed = BLIND_REVIEW.replace("author: {is: text, listed: true,", "author: {is: document,").replace(
        "heading: author\n", ""
    )
    stored = documents.store(Blobs(tmp_path / "documents"), io.BytesIO(b"%PDF-1.7\n% a paper"), "Giấy.pdf")
    clerk, head, chairman = (province.people[who] for who in ("cucphuong.clerk", "cucphuong.head", "nhoquan.chairman"))
    with database.writing() as tx:
        published(tx, province, closed)
        code = cases.open_case(tx, "paper", unit_id=province.units["14437"], person_id=clerk, now=NOW).case.code
        version = documents.upload(tx, code, "author", stored, person_id=clerk, now=NOW)
        does(tx, province, code, "send", "cucphuong.clerk", author=documents.value_of(version), topic="Nghèo", pages=9)
    with database.reading() as tx:
        assert documents.open_version(tx, version.token, person_id=chairman, now=NOW).token == version.token
        with pytest.raises(NotFound):
            documents.open_version(tx, version.token, person_id=head, now=NOW)
    assert view(database, province, code, "cucphuong.head").documents == ()

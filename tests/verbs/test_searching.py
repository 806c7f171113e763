"""Searching: with and without marks, unfinished words, filters, pages; what is closed to some is found by nobody."""

import unicodedata
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.support.blind_review_definition import BLIND_REVIEW
from tests.support.small_province import NOW
from tests.support.words_of_cases import expected_words, kept_words
from workflow import cases, search
from workflow.definitions import publishing
from workflow.organisation import units
from workflow.search import Asked
from workflow.storage.queries.cases import SoughtWord, found_cases
from workflow.storage.queries.cases.found_cases import Limits, Wanted
from workflow.values import Act, Refusal

WRITTEN = {
    "Hòa": "Hòa hợp trong thôn, 21/KH-UBND",
    "Hoa": "Hoa màu của đường làng",
    "Đỗ": "Chăm sóc người nghèo ở Đồng Phong",
}


@pytest.fixture
def papers(database, province):
    """Three papers of Cúc Phương in the hands of their writer, by author; the codes."""
    author, publisher, clerk = (province.people[name] for name in ("admin", "admin2", "cucphuong.clerk"))
    codes = {}
    with database.writing() as tx:
        done = publishing.publish_text(
            tx, BLIND_REVIEW, author_id=author, publisher_id=publisher, now=NOW, path="law.yaml"
        )
        assert isinstance(done, publishing.Published), done
        for name, topic in WRITTEN.items():
            unit = province.units["14437"]
            code = cases.open_case(tx, "paper", unit_id=unit, person_id=clerk, now=NOW).case.code
            codes[name] = code
            act(tx, province, code, "send", author=name, topic=topic, pages=9)
            act(tx, province, code, "ask", who="cucphuong.head", comment="Đề nghị bổ sung số liệu của từng thôn.")
    return codes


def act(tx, province, code, action, who="cucphuong.clerk", **inputs):
    answer = cases.act_in(tx, code, Act(action, inputs), person_id=province.people[who], now=NOW)
    assert not isinstance(answer, Refusal), answer


def found(database, province, words="", who="nhoquan.chairman", **asked):
    with database.reading() as tx:
        page = search.find(tx, Asked(words, **asked), person_id=province.people[who], now=NOW)
    return [case.line.row.code for case in page.found]


@pytest.mark.parametrize(
    ("words", "authors"),
    [
        ("hoa hop", ["Hòa"]),
        ("HÒA HỢP", ["Hòa"]),
        (unicodedata.normalize("NFD", "hòa hợp"), ["Hòa"]),
        ("hoà hợp", ["Hòa"]),
        ("duong lang", ["Hoa"]),
        ("đường", ["Hoa"]),
        ("dong phong do", ["Đỗ"]),
        ("21/kh-ubnd", ["Hòa"]),
        ("21/KH", ["Hòa"]),
        ("nghèo", ["Đỗ"]),
        ("nghe", ["Đỗ"]),
        ("nghe ", []),
        ("nghèo hoa", []),
        ("cúc phương hợp", ["Hòa"]),
        ("bài viết", ["Đỗ", "Hoa", "Hòa"]),
    ],
)
def test_words_match_with_or_without_marks_and_the_last_may_be_unfinished(database, province, papers, words, authors):
    assert found(database, province, words) == [papers[name] for name in authors]


def test_cases_with_the_marks_that_were_typed_come_first(database, province, papers):
    assert found(database, province, "hòa ") == [papers["Hòa"], papers["Hoa"]]
    assert found(database, province, "hoa ") == [papers["Hoa"], papers["Hòa"]]


@pytest.mark.usefixtures("papers")
def test_an_excerpt_says_where_the_words_stand(database, province):
    with database.reading() as tx:
        page = search.find(tx, Asked("làng"), person_id=province.people["nhoquan.chairman"], now=NOW)
    (case,) = page.found
    assert case.excerpt.label.vi == "Đề tài"
    assert [(part.text, part.hit) for part in case.excerpt.parts] == [("Hoa màu của đường ", False), ("làng", True)]


@pytest.mark.parametrize("who", ["cucphuong.head", "cucphuong.clerk", "nhoquan.chairman"])
def test_what_a_state_closes_to_some_is_found_by_nobody_and_by_all_once_it_is_open(database, province, papers, who):
    code = papers["Đỗ"]
    assert found(database, province, "đỗ", who=who) == [code]
    with database.writing() as tx:
        act(tx, province, code, "send", author="Đỗ", topic=WRITTEN["Đỗ"], pages=9)
    assert found(database, province, "đỗ", who=who) == []
    assert found(database, province, "chăm sóc", who=who) == [code]
    with database.writing() as tx:
        act(tx, province, code, "accept", who="cucphuong.head", mark=8)
    assert found(database, province, "đỗ", who=who) == [code]


def test_only_cases_of_units_that_a_person_sees_are_found(database, province, papers):
    assert found(database, province, "hòa hợp", who="stranger") == []
    with database.reading() as tx:
        stranger, chairman = (province.people[name] for name in ("stranger", "nhoquan.chairman"))
        code = papers["Hòa"]
        assert search.find_code(tx, f" {code.lower()} ", person_id=stranger, now=NOW) is None
        assert search.find_code(tx, f" {code.lower()} ", person_id=chairman, now=NOW) == code
        assert search.find_code(tx, code[:-1], person_id=chairman, now=NOW) is None


def test_filters_narrow_a_search(database, province, papers):
    day = NOW.date()
    every = [papers["Đỗ"], papers["Hoa"], papers["Hòa"]]
    assert found(database, province, definition="paper") == every
    assert found(database, province, definition="paper", state="draft") == every
    assert found(database, province, definition="paper", state="blind") == []
    assert found(database, province, definition="paper", unit_id=province.units["372"]) == every
    assert found(database, province, definition="paper", unit_id=province.units["14401"]) == []
    assert found(database, province, definition="paper", since=day, until=day) == every
    assert found(database, province, definition="paper", until=day - timedelta(days=1)) == []
    assert found(database, province, definition="paper", since=day + timedelta(days=1)) == []
    assert found(database, province, definition="paper", only_late=True) == []


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("words", [(), (("hoa", "", False),), (("hoa", "1hoa", False),), (("phuong", "", True),)])
@pytest.mark.parametrize("limits", [Limits(), Limits(2, 2)])
def test_pages_hold_every_case_once_however_far_each_has_walked(database, province, words, limits):
    wanted = Wanted(words=tuple(SoughtWord(*word) for word in words))
    codes, place, pages = [], None, 0
    with database.reading() as tx:
        search_page = partial(
            found_cases.find, tx, province.people["nhoquan.chairman"], wanted, on_date=NOW.date(), limits=limits
        )
        whole = found_cases.find(
            tx, province.people["nhoquan.chairman"], wanted, on_date=NOW.date(), place=None, limit=100
        )
        while pages == 0 or place is not None:
            page = search_page(place=place, limit=1)
            codes += [row.code for row in page.rows]
            place, pages = page.next, pages + 1
    assert codes == [row.code for row in whole.rows]
    assert len(codes) >= 2


def test_a_unit_that_is_renamed_is_found_by_its_new_name(database, province, papers):
    with database.writing() as tx:
        unit = units.find_code(tx, "14437")
        form = {
            "code": unit.code,
            "name": "UBND xã Đồi Chè",
            "short_name": "Đồi Chè",
            "kind": unit.kind,
            "parent": "372",
        }
        units.edit(tx, form | {"valid_from": "01/01/2010"}, person_id=province.people["admin"], now=NOW)
        assert kept_words(tx) == expected_words(tx)
    assert found(database, province, "hợp đồi chè") == [papers["Hòa"]]
    assert found(database, province, "hợp cúc phương") == []


def test_a_malformed_place_means_the_beginning(database, province, papers):
    asked = replace(Asked(), definition="paper")
    with database.reading() as tx:
        page = search.find(tx, asked, person_id=province.people["nhoquan.chairman"], now=NOW, after="x9")
    assert len(page.found) == len(papers)

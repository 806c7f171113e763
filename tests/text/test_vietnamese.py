"""Vietnamese text: search keys, the order of lists, names, and texts of old fonts."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.vietnamese import fold, looks_like_legacy_font, name_sort_key, slug, sort_key

MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đồng  bằng", "dong bang"),
        ("NGUYỄN THỊ ĐỨC THỦY", "nguyen thi duc thuy"),
        (normalize("NFD", "Nguyễn Thị Đức Thủy"), "nguyen thi duc thuy"),
        ("hòa hoà", "hoa hoa"),
        ("\tXã\u00a0Cúc Phương ", "xa cuc phuong"),
    ],
)
def test_a_search_does_not_see_marks_case_or_spaces(text, folded):
    assert fold(text) == folded


@given(st.text("aăâdđeêoôơuưyAĂÂĐÊÔƠƯ \u0300\u0301\u0303\u0309\u0323"))
def test_a_search_key_is_plain_and_stays_as_it_is(text):
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded == fold(normalize("NFD", text)) == fold(text.upper())


@given(st.text())
def test_a_search_key_of_anything_has_no_marks(text):
    assert MARKS.isdisjoint(fold(text))


@pytest.mark.parametrize(
    "ordered",
    [
        # The order that ICU's vi_VN gives (DOMAIN 6.2).
        ["An", "Ăn", "Ân", "Ẩn", "Dương", "Đinh", "Em", "Êm", "Oanh", "Ông", "Ơn", "Uyên", "Ưng", "Yến"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mà a", "mb"],
        ["la", "lá", "lan", "Lan", "làn", "lăn"],
        ["1", "10", "2", "a"],
        ["Xã 1", "Xã 1a", "Xã A", "Xã Ă"],
        ["a b", "a-b", "a1", "aa"],
        ["z", "я"],
    ],
)
def test_lists_are_in_vietnamese_order(ordered):
    assert sorted(set(ordered), key=sort_key) == ordered


@given(st.text(), st.text())
def test_how_a_text_was_composed_does_not_change_its_place(one, other):
    assert (sort_key(one) < sort_key(other)) == (sort_key(normalize("NFD", one)) < sort_key(normalize("NFC", other)))


@given(st.text("ăâđêôơư xyz", min_size=1))
def test_words_that_differ_differ_in_their_key(text):
    assert sort_key(text) != sort_key(f"{text}a")


def test_people_are_in_the_order_of_their_given_names():
    ordered = ["Trần Văn An", "Lê Thị Ân", "Nguyễn Bình", "Đinh Văn Hà", "Nguyễn An Hà", "Nguyễn Văn Hà", "Bùi Hạ"]
    assert sorted(set(ordered), key=name_sort_key) == ordered


@pytest.mark.parametrize("name", ["", " ", "An"])
def test_a_name_of_one_word_or_none_has_a_place(name):
    assert name_sort_key(name) <= name_sort_key("An")


@pytest.mark.parametrize(
    "text",
    ["Céng hoµ x· héi", "Uû ban nh©n d©n", "®ång", "Coäng hoøa xaõ hoäi", "Ñoäc laäp", "TØnh Ninh B×nh", "KÕ ho¹ch"],
)
def test_a_text_of_an_old_font_is_recognised(text):
    assert looks_like_legacy_font(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội", "Ủy ban nhân dân", "", "UBND xã Gia Vân", "Hà Nội", "Müller", "20 km² · 3 m³", "A × B",
        "Quốc lộ 1A – đoạn ½", "«Vì người nghèo»", "Thái Bình, Lào Cai", "chè, cà, ô tô, ý, ì, ã, õ",
    ],
)  # fmt: skip
def test_unicode_is_not_taken_for_an_old_font(text):
    assert not looks_like_legacy_font(text)


@pytest.mark.parametrize(
    ("text", "name"), [("Đề nghị.pdf", "de-nghi-pdf"), ("../..//", ""), ("KH 117/UBND", "kh-117-ubnd")]
)
def test_a_slug_is_plain(text, name):
    assert slug(text) == name

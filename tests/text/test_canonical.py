"""Canonical JSON and the links of a chain: one value, one text; two links, two hashes."""

import json
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.canonical import LARGEST, NotCanonical, canonical, link_hash

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: normalize("NFC", text))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "đ"]}, '{"a":[true,null,"đ"],"b":1}'),
        # As in the example of RFC 8785, 3.2.3: sorted by UTF-16 code units.
        ({"\u20ac": 1, "\r": 2, "\ue001": 3, "1": 4}, '{"\\r":2,"1":4,"\u20ac":1,"\ue001":3}'),
        ({"\U0001f600": 1, "\ue000": 2}, '{"\U0001f600":1,"\ue000":2}'),
        ('\u0000\u001f\b\f\n\r\t"\\\u007f', '"\\u0000\\u001f\\b\\f\\n\\r\\t\\"\\\\\u007f"'),
        ({}, "{}"),
    ],
)
def test_a_value_has_the_text_that_rfc_8785_gives_it(value, text):
    assert canonical(value) == text.encode()


@pytest.mark.parametrize(
    "value", [1.5, {"a": [float("nan")]}, "e\u0301", {"e\u0301": 1}, 2**53, -(2**53), "\ud800", (1,), b"x"]
)
def test_what_history_cannot_hold_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@given(values)
def test_reading_it_back_gives_the_value_and_writing_again_the_text(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(texts, st.integers(-9, 9)))
def test_the_order_of_keys_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(st.lists(texts), st.lists(texts))
def test_two_links_have_one_hash_only_if_they_are_one(one, other):
    assert (link_hash("chain", *one) == link_hash("chain", *other)) == (one == other)


def test_a_link_is_the_documented_bytes():
    # A checker in another language starts from these.
    for body in ("{}", b"{}"):
        assert (
            link_hash("trinh/1", 7, 1, "", body) == "780eb78140127a1bd290cd8b2f8699aa349bdc06ce64929bbc8898d81e0533ba"
        )

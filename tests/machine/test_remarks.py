"""Places of remarks under inserting, deleting and sorting of rows, and what an act does to remarks."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.machine.remarks import (
    Anchor,
    anchor_at,
    anchor_from_json,
    anchor_to_json,
    box_in,
    page_with,
    place_of,
)

ROWS = st.lists(
    st.fixed_dictionaries({"indicator": st.text("abc", min_size=1, max_size=2), "target": st.sampled_from("123")}),
    min_size=1,
    max_size=6,
)


@given(ROWS, st.data())
def test_a_row_is_found_wherever_sorting_puts_it(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    shuffled = data.draw(st.permutations(rows))
    anchor = anchor_at({"targets": rows}, "targets", index=index)
    place = place_of(anchor, {"targets": list(shuffled)})
    assert place.held == rows[index]
    assert place.standing == ("same" if place.index == index else "moved")
    nearer = [
        at for at, row in enumerate(shuffled) if row == rows[index] and abs(at - index) < abs(place.index - index)
    ]
    assert nearer == []


@given(ROWS, st.data())
def test_a_row_moves_by_one_when_another_is_inserted_before_it(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    at = data.draw(st.integers(0, index))
    anchor = anchor_at({"targets": rows}, "targets", index=index)
    longer = [*rows[:at], {"indicator": "mới", "target": "9"}, *rows[at:]]
    place = place_of(anchor, {"targets": longer})
    assert place.held == rows[index]
    assert place.standing in ("same", "moved")


@given(ROWS, st.data())
def test_a_row_that_is_deleted_is_never_called_the_same(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    anchor = anchor_at({"targets": rows}, "targets", index=index)
    rest = [row for row in rows if row != rows[index]]
    place = place_of(anchor, {"targets": rest})
    assert place.standing == ("changed" if index < len(rest) else "gone")
    assert place.index == (index if index < len(rest) else None)


@given(ROWS, st.data())
def test_a_row_whose_content_changes_is_found_at_its_position(rows, data):
    index = data.draw(st.integers(0, len(rows) - 1))
    anchor = anchor_at({"targets": rows}, "targets", index=index)
    others = [row for row in rows if row != rows[index]]
    edited = [*others[:index], {"indicator": "sửa", "target": "9"}, *others[index:]]
    place = place_of(anchor, {"targets": edited})
    assert place.standing in ("changed", "gone")


def test_a_row_that_is_not_there_has_no_anchor():
    assert anchor_at({"targets": []}, "targets", index=0) is None


def test_a_box_stays_in_the_file_in_which_it_was_drawn():
    anchor = box_in("plan", "a" * 64, 2, (0.1, 0.2, 0.5, 0.25), "nhận giúp 6 hộ")
    assert place_of(anchor, {"plan": {"sha256": "a" * 64}}).standing == "same"
    assert place_of(anchor, {"plan": {"sha256": "b" * 64}}).standing == "earlier"
    assert place_of(anchor, {}).standing == "earlier"


def test_a_box_whose_corners_are_not_on_the_page_is_none():
    assert box_in("plan", "a" * 64, 1, (0.5, 0.2, 0.1, 0.3)) is None
    assert box_in("plan", "a" * 64, 1, (0.1, 0.2, 1.1, 0.3)) is None
    assert box_in("plan", "a" * 64, 0, (0.1, 0.2, 0.3, 0.3)) is None
    assert box_in("plan", "a" * 64, 1, (0.1, 0.2, 0.3)) is None


def test_the_text_of_a_box_is_found_on_the_page_of_a_later_file_that_alone_has_it():
    pages = ("I. Mục đích", "1. Hội Nông dân xã\nnhận giúp 6 hộ", "III. Tổ chức")
    assert page_with("xã nhận  giúp 6 hộ", pages) == 2
    assert page_with("nhận giúp 7 hộ", pages) is None
    assert page_with("I", pages) is None
    assert page_with(None, pages) is None


def test_an_anchor_is_read_back_as_it_was_written():
    anchors = (
        Anchor(),
        Anchor("launch"),
        Anchor("targets", "d" * 64, 1, "target"),
        box_in("plan", "e" * 64, 1, (0, 0, 1, 1)),
    )
    assert [anchor_from_json(anchor_to_json(anchor)) for anchor in anchors] == list(anchors)

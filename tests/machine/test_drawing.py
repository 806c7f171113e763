"""A drawing shows everything a person needs, says it to those who hear it, and is the same every time."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.support.small_definition import leave, shipped
from workflow.machine.drawing import layout
from workflow.machine.drawing.diagram import draw
from workflow.machine.drawing.layout import Box, Polyline
from workflow.machine.loading.loader import load
from workflow.values import Text

SVG = "{http://www.w3.org/2000/svg}"
LABELS = {
    "unit_clerk": Text("Cán bộ phụ trách", "Unit clerk"),
    "plans": Text("Kế hoạch và phát động", "Plan and launch"),
}


def picture(name, **wishes):
    return draw(load(shipped(name)), **{"language": "vi", "labels": LABELS, **wishes})


def states_of(svg):
    return {group.get("data-state"): group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("data-state")}


def words_of(svg):
    return " ".join("".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", ["unit_plan", "award_nomination"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_and_action_is_on_it_in_the_language_asked_for(name, language):
    law = load(shipped(name))
    words = words_of(draw(law, language=language))
    assert law.states
    for state in law.states.values():
        assert getattr(state.label, language) in words
        for action in state.actions.values():
            assert getattr(action.label, language) in words


def test_the_same_definition_gives_the_same_bytes():
    assert picture("unit_plan") == picture("unit_plan")


def test_roles_and_milestones_have_their_labels():
    words = words_of(picture("unit_plan"))
    assert "Chờ: Cán bộ phụ trách" in words
    assert "Hạn: trước mốc “Kế hoạch và" in words


def test_every_state_can_be_focused_and_says_whose_turn_it_is_and_where_it_leads():
    submitted = states_of(picture("unit_plan"))["submitted"]
    assert (submitted.get("tabindex"), submitted.get("role")) == ("0", "img")
    assert submitted.get("aria-label") == (
        "Chờ tiếp nhận. Chờ: officer. Hạn: 2 ngày làm việc. "
        "Tiếp nhận (officer) → Đang xem xét. Rút lại để sửa (Cán bộ phụ trách) → Chờ bổ sung, điều chỉnh"
    )


def test_the_drawing_has_a_title_and_a_description():
    root = ET.fromstring(picture("unit_plan"))
    named = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
    assert [named[label] for label in root.get("aria-labelledby").split()] == [
        "Sơ đồ quy trình: Kế hoạch của đơn vị",
        "9 trạng thái, 3 kết thúc. 117/KH-UBND, 16/10/2017",
    ]


def test_the_present_state_and_faulty_ones_stand_out():
    states = states_of(
        picture("unit_plan", present="draft", faulty=["states.review.turn", "states.draft.actions.send.to"])
    )
    assert "law-present" in states["draft"].get("class")
    assert "law-faulty" not in states["draft"].get("class")
    assert "law-faulty" in states["review"].get("class")
    assert picture("unit_plan", faulty=["states.draft.actions.send.to"]).count('-fault)"') == 1


def test_labels_cannot_break_out_of_the_drawing():
    law = load(
        leave(("Xin nghỉ phép | Leave", "'</title><script>x</script> | \"&\"'"), ("Nháp | Draft", "'<b>N</b> & | D'"))
    )
    svg = draw(law, language="vi")
    assert "<script" not in svg
    assert "<b>N</b> &" in words_of(svg)


def test_it_needs_no_style_sheet_and_no_script():
    svg = picture("award_nomination")
    assert not re.search(r"<style|style=|<script|\son[a-z]+=|href=", svg)


def test_without_the_layout_library_nothing_lies_on_a_box():
    boxes = [Box(100, 50)] * 4
    lines = [
        Polyline(0, 1, Box(60, 30)),
        Polyline(1, 2, Box(60, 30)),
        Polyline(2, 0, Box(60, 30)),
        Polyline(0, 3, Box(60, 30)),
        Polyline(2, 1, Box(60, 30)),
    ]
    found = layout.in_one_column(boxes, lines)
    rectangles = [(*at, box) for at, box in zip(found.centres, boxes, strict=True)]
    rectangles += [(*at, line.label) for at, line in zip(found.labels, lines, strict=True)]
    assert len(rectangles) == 9
    for number, (x, y, box) in enumerate(rectangles):
        for x2, y2, other in rectangles[number + 1 :]:
            assert abs(x - x2) >= (box.width + other.width) / 2 or abs(y - y2) >= (box.height + other.height) / 2


def test_a_definition_with_faults_can_still_be_drawn():
    law = load(leave(("to: asked", "to: nowhere"), ("start: {by: clerk, to: draft}", "start: {by: clerk, to: lost}")))
    assert set(states_of(draw(law, language="en"))) == {"draft", "asked", "granted"}


def hundred_states(*, leads):
    """A definition of a hundred states, each with an arrow to the next and one to where `leads` says."""
    states = "".join(
        f"  s{number}: {{label: Bước {number} | Step {number}, turn: {{who: clerk}}, actions: {{"
        f"on: {{label: Tiếp | On, to: s{number + 1}}}, off: {{label: Thôi | Off, to: s{leads(number)}}}}}}}\n"
        for number in range(99)
    )
    head = "definition: long\ntitle: Dài | Long\npeople: {clerk: unit_clerk at unit}\nstart: {by: clerk, to: s0}\n"
    return f"{head}states:\n{states}  s99: {{label: Xong | Done, outcome: good}}\n"


@pytest.mark.parametrize(
    "leads",
    [lambda _: 99, lambda number: max(0, number - 3), lambda number: number * 37 % 99],
    ids=["end", "back", "wild"],
)
def test_a_hundred_states_are_drawn_the_same_every_time_with_nothing_left_out(leads):
    law = load(hundred_states(leads=leads))
    first, second = draw(law, language="vi"), draw(law, language="vi")
    assert first == second
    assert len(states_of(first)) == 100
    assert words_of(first).count("Tiếp") == 99


def test_who_is_asked_in_which_order_shows():
    answers = "answers: {fine: Đạt | Fine}"
    asked = f"    ask: {{view: {{label: Ý kiến | View, of: [head, chair], in: order, {answers}, due: 2 wd}}}}\n"
    text = leave(("    actions:\n      grant:", f"{asked}    actions:\n      grant:"))
    assert "head → chair" in draw(load(text), language="en")
    assert "head, chair" in draw(load(text.replace("in: order, ", "")), language="en")

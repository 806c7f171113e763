"""A laid-out picture as SVG of our own: every state can be focused and says itself in one sentence.

Colours are the page's own variables with light fallbacks, in attributes, because a page with a strict policy refuses a
style sheet inside. The same picture gives the same bytes. Knows no rule.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from workflow.machine.definition import State
from workflow.machine.drawing.boxes import (
    BODY,
    HEAD,
    PAD,
    SMALL,
    body_lines,
    head_lines,
    label_lines,
    label_size,
    start_size,
    state_size,
)
from workflow.machine.drawing.captions import Arrow, Kind, Wording
from workflow.machine.drawing.layout import Placed, Point, Route

INK, QUIET, CARD, LINE = "var(--ink, #17262b)", "var(--quiet, #4c5d63)", "var(--card, #ffffff)", "var(--line, #9aa8a6)"
ACCENT, ACCENT_GROUND = "var(--accent, #0c5a61)", "var(--accent-ground, #e0efee)"
BAD = "var(--bad, #9a1b18)"
TONES: Mapping[str | None, tuple[str, str, str]] = {
    None: (ACCENT, CARD, ""),
    "good": ("var(--good, #1b6340)", "var(--good-ground, #e0f1e7)", "✓"),
    "neutral": ("var(--calm, #37484e)", "var(--calm-ground, #e6ecec)", "–"),
    "bad": (BAD, "var(--bad-ground, #fbe5e2)", "✕"),
}
STROKES: Mapping[Kind, str] = {"plain": "", "system": "2 4", "back": "7 4", "opens": "1 4"}
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
MARGIN, RADIUS = 24.0, 9.0
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, before it is written."""

    wording: Wording
    states: tuple[State, ...]
    arrows: list[Arrow]
    layout: Placed
    prefix: str
    present: str | None
    faulty: Collection[str]


def _tag(name: str, content: str = "", /, **attributes: object) -> str:
    """Write one element; names in Python's spelling become those of SVG, what is None is left out."""
    written = "".join([f'{_attribute(key)}{_shown(value)}"' for key, value in attributes.items() if value is not None])
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


@cache
def _attribute(key: str) -> str:
    return f' {key.rstrip("_").replace("_", "-")}="'


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return _escaped(value) if isinstance(value, str) else str(value)


@lru_cache(_KEPT)
def _escaped(text: str) -> str:
    """Escape a text; cached, for colours, fonts and labels come again and again."""
    return escape(text)


def written(picture: Picture) -> str:
    """Write the whole picture."""
    (left, top), (right, bottom) = picture.layout.low, picture.layout.high
    width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    prefix, wording = picture.prefix, picture.wording
    routes, labels = picture.layout.routes, picture.layout.labels
    extra = len(routes) - len(picture.arrows)
    parts = [
        _tag("title", escape(wording.title()), id=f"{prefix}-title"),
        _tag("desc", escape(wording.about()), id=f"{prefix}-about"),
        _heads(prefix),
        *(_route(picture, route, kind="plain", colour=INK) for route in routes[:extra]),
        *(_arrow(picture, arrow, route) for arrow, route in zip(picture.arrows, routes[extra:], strict=True)),
        *(_label(arrow, at) for arrow, at in zip(picture.arrows, labels[extra:], strict=True)),
        _start(picture),
        *(_state(picture, state, at) for state, at in zip(picture.states, picture.layout.centres[1:], strict=True)),
    ]
    return _tag(
        "svg",
        "\n".join(["", *parts, ""]),
        xmlns="http://www.w3.org/2000/svg",
        class_="law",
        viewBox=" ".join(map(_shown, (left - MARGIN, top - MARGIN, width, height))),
        width=round(width),
        height=round(height),
        role="group",
        aria_labelledby=f"{prefix}-title {prefix}-about",
        font_family=FONT,
        lang="vi" if wording.language == "both" else wording.language,
    )


def _heads(prefix: str) -> str:
    """Write the heads of arrows, one for each colour: `context-stroke` is not known everywhere."""
    heads = "".join(
        _tag(
            "marker",
            _tag("path", d="M0 0L10 5L0 10z", fill=colour),
            id=f"{prefix}-{name}",
            viewBox="0 0 10 10",
            refX=9,
            refY=5,
            markerWidth=8,
            markerHeight=8,
            orient="auto-start-reverse",
        )
        for name, colour in (("head", INK), ("fault", BAD))
    )
    return _tag("defs", heads)


def _arrow(picture: Picture, arrow: Arrow, route: Route) -> str:
    paths = [f"states.{arrow.source}.actions.{action}" for action in arrow.actions]
    colour = BAD if any(_is_faulty(picture, path) for path in paths) else INK
    return _route(picture, route, kind=arrow.kind, colour=colour)


def _route(picture: Picture, route: Route, *, kind: Kind, colour: str) -> str:
    head = "fault" if colour == BAD else "head"
    return _tag(
        "path",
        class_=f"law-arrow law-arrow-{kind}",
        d=f"{_rounded(route[0])} {_rounded(route[1])}",
        fill="none",
        stroke=colour,
        stroke_width=1.4,
        stroke_linecap="round",
        stroke_dasharray=STROKES[kind] or None,
        marker_end=f"url(#{picture.prefix}-{head})",
    )


def _rounded(route: tuple[Point, ...]) -> str:
    """Write a piece of a route with round corners."""
    path = [f"M{_at(route[0])}"]
    for before, at, after in zip(route, route[1:], route[2:], strict=False):
        path.append(f"L{_at(_towards(at, before))} Q{_at(at)} {_at(_towards(at, after))}")
    return " ".join([*path, f"L{_at(route[-1])}"])


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _towards(at: Point, other: Point) -> Point:
    """Find the point a corner's radius away from a corner, or half way if the piece is short."""
    length = max(abs(other[0] - at[0]) + abs(other[1] - at[1]), 0.1)
    share = min(6.0, length / 2) / length
    return at[0] + (other[0] - at[0]) * share, at[1] + (other[1] - at[1]) * share


def _label(arrow: Arrow, at: Point) -> str:
    top = at[1] - label_size(arrow).height / 2
    texts = [
        _tag(
            "text",
            escape(line),
            x=at[0],
            y=top + SMALL * (1.05 + 1.25 * number),
            text_anchor="middle",
            font_size=SMALL,
            fill=INK if kind == "action" else QUIET,
            font_weight=600 if kind == "action" else None,
        )
        for number, (kind, line) in enumerate(label_lines(arrow))
    ]
    return _tag("g", "".join(texts), class_="law-label", aria_hidden="true")


def _start(picture: Picture) -> str:
    (x, y), box = picture.layout.centres[0], start_size(picture.wording)
    ground = _tag("rect", x=x - box.width / 2, y=y - 13, width=box.width, height=26, rx=13, fill=INK)
    said = escape(picture.wording.start())
    text = _tag("text", said, x=x, y=y + 4.5, text_anchor="middle", font_size=BODY, fill=CARD)
    return _tag("g", ground + text, class_="law-start")


def _state(picture: Picture, state: State, at: Point) -> str:
    box = state_size(picture.wording, state)
    colour, ground, _ = TONES[state.outcome]
    present, faulty = state.name == picture.present, _is_faulty(picture, f"states.{state.name}")
    edge = BAD if faulty else colour
    left, top = at[0] - box.width / 2, at[1] - box.height / 2
    frame = _tag(
        "rect",
        x=left,
        y=top,
        width=box.width,
        height=box.height,
        rx=RADIUS,
        fill=ACCENT_GROUND if present else ground,
        stroke=edge,
        stroke_width=3.0 if present or faulty else 1.4,
    )
    bar = _tag("rect", x=left, y=top + RADIUS, width=4, height=box.height - 2 * RADIUS, fill=edge)
    marks = [
        "law-state",
        f"law-{state.outcome or 'turn'}",
        *(["law-present"] if present else []),
        *(["law-faulty"] if faulty else []),
    ]
    return _tag(
        "g",
        frame + bar + _state_texts(picture.wording, state, left=left + PAD, top=top),
        class_=" ".join(marks),
        id=f"{picture.prefix}-{state.name}",
        tabindex=0,
        role="img",
        data_state=state.name,
        aria_label=picture.wording.spoken(state, picture.arrows),
    )


def _state_texts(wording: Wording, state: State, *, left: float, top: float) -> str:
    sign = TONES[state.outcome][2]
    y, texts = top + PAD - 3, []
    for number, line in enumerate(head_lines(wording, state)):
        y += HEAD * 1.3
        shown = f"{sign} {line}" if sign and number == 0 else line
        texts.append(_tag("text", escape(shown), x=left, y=y - 5, font_size=HEAD, font_weight=700, fill=INK))
    for line in body_lines(wording, state):
        y += BODY * 1.35
        texts.append(_tag("text", escape(line), x=left, y=y - 4, font_size=BODY, fill=QUIET))
    return "".join(texts)


def _is_faulty(picture: Picture, path: str) -> bool:
    """Tell whether a finding lies here; one inside an action marks its arrow, not the state."""
    within = [fault for fault in picture.faulty if fault == path or fault.startswith(f"{path}.")]
    return any(path.count(".") > 1 or not fault.startswith(f"{path}.actions.") for fault in within)

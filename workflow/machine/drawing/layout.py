"""Where the boxes and arrows of a drawing go: by the library graphlay or, without it, in one column.

Knows sizes and ends, no word and no state. Both ways are deterministic: the same graph gives the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

try:
    import graphlay
except ImportError:  # No wheel for this machine: the one column below does.
    HAS_GRAPHLAY = False
else:
    HAS_GRAPHLAY = True

Point = tuple[float, float]
Route = tuple[tuple[Point, ...], tuple[Point, ...]]
"""The piece of an arrow up to its words, and the piece from there to its head."""
_OPTIONS = {
    "direction": "topbottom",
    "spacing": {"layer_gap": 22.0, "node_gap": 26.0, "dummy_gap": 18.0, "port_gap": 16.0, "stub": 8.0},
    "cycles": {"strategy": "follow_flow"},
}
_NEVER = 1_000_000
_QUICK = {
    "effort": "fast",
    "tuning": {
        "coords": {"simplex_max_nodes": 0, "snap_rounds": 0, "branch_rounds": 0},
        "order": {"seeds": 1, "sweeps": 2, "kick_rounds": 0, "sifting_min_layer": _NEVER, "balance_rounds": 0},
        "routing": {"port_relax_rounds": 0},
    },
    # Where most arrows run past most boxes no picture is tidy: graphlay refuses, and the boxes go in one column.
    "limits": {"max_dummies": 2000},
}
MANY = 120
"""With more boxes and words than this, `_QUICK` is used: a tidier picture is not worth the wait."""
_GAP = 40.0
_LANE = 18.0


@dataclass(frozen=True, slots=True)
class Box:
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Polyline:
    """An arrow between two boxes, by their positions in the list, and the size of its words."""

    source: int
    target: int
    label: Box


@dataclass(frozen=True, slots=True)
class Placed:
    """Centres of the boxes, corners of the arrows, centres of their words, and the whole extent."""

    centres: tuple[Point, ...]
    routes: tuple[Route, ...]
    labels: tuple[Point, ...]
    low: Point
    high: Point


def placed(boxes: Sequence[Box], lines: Sequence[Polyline]) -> Placed:
    """Lay out a graph from top to bottom, its first box first."""
    if not HAS_GRAPHLAY:
        return in_one_column(boxes, lines)
    try:
        return _by_graphlay(boxes, lines)
    except graphlay.GraphlayError:
        return in_one_column(boxes, lines)


def _by_graphlay(boxes: Sequence[Box], lines: Sequence[Polyline]) -> Placed:
    """Lay out with the words of an arrow as a box of its own on the arrow's way, so that none lies on another line."""
    graph = graphlay.Graph()
    sized = [*boxes, *(line.label for line in lines)]
    for position, box in enumerate(sized):
        graph.node(position, width=box.width, height=box.height)
    for number, line in enumerate(lines, len(boxes)):
        graph.edge(line.source, number)
        graph.edge(number, line.target)
    layout = graphlay.layout(graph, options=_OPTIONS if len(sized) <= MANY else {**_OPTIONS, **_QUICK})
    centres = tuple(_point(node["center"]) for node in layout.nodes)
    pieces = [tuple(_point(point) for point in edge["points"]) for edge in layout.edges]
    routes = tuple(zip(pieces[::2], pieces[1::2], strict=True))
    return _bounded(boxes, lines, centres[: len(boxes)], routes, centres[len(boxes) :])


def _point(point: Any) -> Point:
    return round(float(point["x"]), 1), round(float(point["y"]), 1)


def in_one_column(boxes: Sequence[Box], lines: Sequence[Polyline]) -> Placed:
    """Put the boxes under each other in their order; an arrow past a box runs in a lane of its own beside them."""
    gap = max((line.label.height for line in lines), default=0.0) + _GAP
    centres: list[Point] = []
    top = 0.0
    for box in boxes:
        centres.append((0.0, top + box.height / 2))
        top += box.height + gap
    routes: list[Route] = []
    side = max(box.width for box in boxes) / 2 + _GAP
    lanes = _lanes(lines)
    for number, line in enumerate(lines):
        if number not in lanes:
            routes.append(_down(boxes, centres, line))
            continue
        lane = side + sum(lines[other].label.width + _LANE for other in lanes[: lanes.index(number)])
        routes.append(
            _beside(boxes, centres, line, lane=lane + line.label.width / 2, port=6.0 * (lanes.index(number) % 5))
        )
    labels = tuple(_between(route) for route in routes)
    return _bounded(boxes, lines, tuple(centres), tuple(routes), labels)


def _lanes(lines: Sequence[Polyline]) -> list[int]:
    """List the arrows that need a lane, the shortest nearest to the boxes: all but the first to the next box."""
    straight: dict[int, int] = {}
    for number, line in enumerate(lines):
        if line.target == line.source + 1:
            straight.setdefault(line.source, number)
    others = [number for number in range(len(lines)) if number not in straight.values()]
    return sorted(others, key=lambda number: (abs(lines[number].target - lines[number].source), number))


def _down(boxes: Sequence[Box], centres: Sequence[Point], line: Polyline) -> Route:
    start = centres[line.source][1] + boxes[line.source].height / 2
    end = centres[line.target][1] - boxes[line.target].height / 2
    middle, half = (start + end) / 2, line.label.height / 2
    return ((0.0, start), (0.0, middle - half)), ((0.0, middle + half), (0.0, end))


def _beside(boxes: Sequence[Box], centres: Sequence[Point], line: Polyline, *, lane: float, port: float) -> Route:
    start, end = centres[line.source][1] - port, centres[line.target][1] + port + 4
    middle = (start + end) / 2
    half = line.label.height / 2 * (1 if end > start else -1)
    out, home = boxes[line.source].width / 2, boxes[line.target].width / 2
    return ((out, start), (lane, start), (lane, middle - half)), ((lane, middle + half), (lane, end), (home, end))


def _between(route: Route) -> Point:
    (x1, y1), (x2, y2) = route[0][-1], route[1][0]
    return (x1 + x2) / 2, (y1 + y2) / 2


def _bounded(
    boxes: Sequence[Box],
    lines: Sequence[Polyline],
    centres: tuple[Point, ...],
    routes: tuple[Route, ...],
    labels: tuple[Point, ...],
) -> Placed:
    rectangles = [*zip(centres, boxes, strict=True), *zip(labels, (line.label for line in lines), strict=True)]
    corners = [point for route in routes for piece in route for point in piece]
    for (x, y), box in rectangles:
        corners += [(x - box.width / 2, y - box.height / 2), (x + box.width / 2, y + box.height / 2)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Placed(centres, routes, labels, (min(xs), min(ys)), (max(xs), max(ys)))

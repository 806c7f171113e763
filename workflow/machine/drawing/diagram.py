"""A definition as a picture to print and pin up: states with whose turn and by when, arrows with who takes them.

Knows which parts a picture has; words, sizes, places and SVG are made by the other modules here. The same definition
gives the same bytes.
"""

from collections.abc import Collection, Mapping

from workflow.machine.checking import BACK
from workflow.machine.definition import Definition
from workflow.machine.drawing.boxes import label_size, start_size, state_size
from workflow.machine.drawing.captions import Languages, Wording
from workflow.machine.drawing.layout import Box, Polyline, placed
from workflow.machine.drawing.svg import Picture, written
from workflow.values import Text


def draw(
    definition: Definition,
    *,
    language: Languages,
    labels: Mapping[str, Text] | None = None,
    present: str | None = None,
    faulty: Collection[str] = (),
) -> str:
    """Draw a definition as SVG.

    `labels` are those of roles and milestones, by their names; `present` is the state where a case stands; `faulty`
    are paths of findings (`states.review.turn`): the states and arrows they lie in are marked.
    """
    wording = Wording(definition, language, labels or {})
    states = tuple(definition.states.values())
    arrows = wording.arrows(_ways_back(definition))
    places = {state.name: position for position, state in enumerate(states, 1)}
    boxes = [start_size(wording), *(state_size(wording, state) for state in states)]
    lines = [Polyline(places[arrow.source], places[arrow.target], label_size(arrow)) for arrow in arrows]
    openings = dict.fromkeys(places[start.to] for start in definition.starts if start.to in places)
    lines = [*(Polyline(0, place, Box(1, 1)) for place in openings), *lines]
    layout = placed(boxes, lines)
    return written(Picture(wording, states, arrows, layout, f"law-{definition.name}", present, faulty))


def _ways_back(definition: Definition) -> dict[str, tuple[str, ...]]:
    """Find for each state where `to: back` may lead: to the states that have a way into it."""
    ways: dict[str, tuple[str, ...]] = {}
    for state in definition.states.values():
        for action in state.actions.values():
            for way in action.alternatives:
                if way.to and way.to not in (BACK, state.name):
                    ways[way.to] = tuple(dict.fromkeys((*ways.get(way.to, ()), state.name)))
    return ways

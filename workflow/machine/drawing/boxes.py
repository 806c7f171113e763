"""How large things are on a drawing: the lines in a box, the words on an arrow, measured by their letters.

A drawing is made without any font, so widths are estimates that leave room. Knows words and sizes, no position.
"""

from functools import lru_cache
from textwrap import wrap as wrapped

from workflow.machine.definition import State
from workflow.machine.drawing.captions import BETWEEN, Arrow, Wording
from workflow.machine.drawing.layout import Box

_KEPT = 4096
HEAD, BODY, SMALL = 15.0, 12.5, 12.0
WIDE, NARROW = 34, 24
PAD = 14.0


@lru_cache(_KEPT)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break a text into lines, each language on its own; cached, for words are measured before they are written."""
    return tuple(line for side in text.split(BETWEEN) for line in wrapped(side, width))


def head_lines(wording: Wording, state: State) -> list[str]:
    """Break a state's label into lines."""
    return list(wrap(wording.of(state.label), NARROW)) or [state.name]


def body_lines(wording: Wording, state: State) -> list[str]:
    """Break what a state says into lines."""
    return [line for said in wording.lines(state) for line in wrap(said, WIDE)]


def state_size(wording: Wording, state: State) -> Box:
    """Measure the box of a state."""
    head, body = head_lines(wording, state), body_lines(wording, state)
    sign = 2 if state.outcome else 0
    width = max([(len(line) + sign) * HEAD * 0.64 for line in head] + [len(line) * BODY * 0.57 for line in body])
    return Box(max(150.0, width + 2 * PAD + 8), len(head) * HEAD * 1.3 + len(body) * BODY * 1.35 + 2 * PAD - 6)


def start_size(wording: Wording) -> Box:
    """Measure the mark at which cases begin."""
    return Box(len(wording.start()) * BODY * 0.58 + 30, 26)


def label_lines(arrow: Arrow) -> list[tuple[str, str]]:
    """Break the words of an arrow into lines, telling actions from people."""
    lines: list[tuple[str, str]] = []
    for action, who in arrow.lines:
        lines += [("action", line) for line in wrap(action, NARROW)]
        lines += [("who", line) for line in wrap(who, NARROW + 6)]
    return lines


def label_size(arrow: Arrow) -> Box:
    """Measure the words of an arrow."""
    lines = label_lines(arrow)
    return Box(max(len(line) for _, line in lines) * SMALL * 0.58 + 8, len(lines) * SMALL * 1.25 + 4)

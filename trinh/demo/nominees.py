"""Whom a part nominates: drawn once and remembered, so that a corrected nomination is about the same nominee.

Knows how a nominee is written in a field.
"""

from trinh.demo import phrases
from trinh.demo.phrases import NomineeKind
from trinh.demo.stage import PlayedCase
from workflow.values import Json


def nominee_of(part: PlayedCase, kind: NomineeKind | None = None) -> dict[str, Json]:
    """Who is nominated, as the field holds it."""
    if "nominee" not in part.memory:
        drawn = phrases.draw_nominee(part.chance, part.unit, kind=kind)
        nominee: dict[str, Json] = {"kind": drawn.kind, "name": drawn.name}
        if drawn.kind == "person":
            nominee["position"] = drawn.post.vi
        part.memory |= {"nominee": nominee, "achievement": drawn.achievement}
    remembered: dict[str, Json] = part.memory["nominee"]
    return remembered


def achievement_of(part: PlayedCase) -> str:
    """What the nominee achieved."""
    nominee_of(part)
    achievement: str = part.memory["achievement"]
    return achievement

"""The names of the language that a definition need not declare: who may stand where a name of people is expected."""

from typing import Final

MOVEMENT: Final = "movement"
"""The movement opens the case, or gives the date of a milestone."""
SYSTEM: Final = "system"
LINK: Final = "link"
"""The act comes from a linked case."""
PUBLIC: Final = "public"
"""Everybody who may know of the case."""
MILESTONE: Final = "milestone"
TURN: Final = "turn"
"""Whoever has the turn."""
ESCALATE_TO: Final = "escalate_to"
"""Whoever hears of a turn that is late."""

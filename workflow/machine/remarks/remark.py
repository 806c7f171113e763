"""A remark as a value: who said what of which place, and what became of it."""

from dataclasses import dataclass
from typing import Final, Literal

from workflow.machine.remarks.anchors import WHOLE_CASE, Anchor
from workflow.values import Json

RemarkKind = Literal["defect", "comment", "fix"]
RemarkState = Literal["draft", "open", "fixed", "accepted", "dropped"]

DEFECTS: Final = "defects"
"""The table of an act's inputs whose rows are defects: each names a `place` and says `what` to correct."""
PLACE: Final = "place"
WHAT: Final = "what"


@dataclass(frozen=True, slots=True)
class Remark:
    """A defect, a comment, or the word that a defect was corrected (`fix`, which answers it).

    `quote` is what stood at the place, or what a place that is no field was called. `unit` is there where only people
    of one unit read it. `revision` is the entry that it came with; `was` is the state before its last change, if it had
    one. `id` is 0 until it is written.
    """

    id: int
    kind: RemarkKind
    state: RemarkState
    author: int
    text: str
    anchor: Anchor = WHOLE_CASE
    quote: Json = None
    revision: int = 0
    unit: int | None = None
    answer_to: int | None = None
    settled_by: int | None = None
    settled_at_version: int | None = None
    was: RemarkState | None = None

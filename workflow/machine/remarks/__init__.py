"""Remarks on a case: where they stand, and what an act does to them."""

from workflow.machine.remarks.anchors import (
    WHOLE_CASE,
    Anchor,
    AnchorPlace,
    anchor_at,
    anchor_from_json,
    anchor_to_json,
    box_in,
    named_place,
    page_with,
    place_of,
    value_at,
)
from workflow.machine.remarks.remark import DEFECTS, PLACE, WHAT, Remark, RemarkKind, RemarkState
from workflow.machine.remarks.settling import Settled, open_defects, settle, unsettle

__all__ = [
    "DEFECTS",
    "PLACE",
    "WHAT",
    "WHOLE_CASE",
    "Anchor",
    "AnchorPlace",
    "Remark",
    "RemarkKind",
    "RemarkState",
    "Settled",
    "anchor_at",
    "anchor_from_json",
    "anchor_to_json",
    "box_in",
    "named_place",
    "open_defects",
    "page_with",
    "place_of",
    "settle",
    "unsettle",
    "value_at",
]

"""From the text of a definition to its frozen value, or to all its faults at once."""

from workflow.machine.loading import loader
from workflow.machine.loading.cursor import Cursor, near
from workflow.machine.loading.earlier_editions import EDITION
from workflow.machine.loading.guards import HEADS, SCORES
from workflow.machine.loading.keys import OLDER_TARGETS
from workflow.machine.loading.times import budget_name
from workflow.machine.loading.yaml_nodes import ListNode, MapNode, Node, ScalarNode, compose, normalised

__all__ = [
    "EDITION",
    "HEADS",
    "OLDER_TARGETS",
    "SCORES",
    "Cursor",
    "ListNode",
    "MapNode",
    "Node",
    "ScalarNode",
    "budget_name",
    "compose",
    "loader",
    "near",
    "normalised",
]

"""The JSON Schema of definitions, and a definition as plain values that it can be held against."""

import json
import re
from pathlib import Path

from workflow.machine.definition import FindingReport
from workflow.machine.loading import ListNode, ScalarNode, compose

DEFINITIONS = Path(__file__).parents[2] / "definitions"
SCHEMA = json.loads((DEFINITIONS / "schema.json").read_text(encoding="utf-8"))


def plain_values(node):
    """What a definition is to a JSON Schema: numbers and flags as such, all else text."""
    if isinstance(node, ScalarNode):
        if node.plain and re.fullmatch(r"-?(0|[1-9][0-9]*)", node.text):
            return int(node.text)
        return {"true": True, "false": False}.get(node.text, node.text) if node.plain else node.text
    if isinstance(node, ListNode):
        return [plain_values(item) for item in node.items]
    return {key: plain_values(value) for key, (_, value) in node.entries.items()}


def as_json(text):
    return plain_values(compose(text, FindingReport()))

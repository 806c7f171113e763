"""Texts of earlier editions of the language, read as if they had been written in the words of today.

Knows which word stood at which place in which edition, nothing of what it means. Only the tree is changed: the text
and its hash stay as they are, and every node keeps its place in the text. Each edition has one step from the edition
before it. People never write in an earlier edition: only texts that were published in one are read so.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from workflow.machine.loading.keys import OLDER_KEYS, OLDER_TARGETS
from workflow.machine.loading.yaml_nodes import ListNode, MapNode, Node, ScalarNode

Change = Callable[[Node], Node]

EDITION: Final = 2
"""The edition in which definitions are written now; the record keeps with each text which one it is of."""


def in_todays_words(node: Node, *, edition: int) -> Node:
    """Return the tree of a text of some edition with the words of today."""
    for step in _STEPS[edition - 1 :]:
        node = step(node)
    return node


def _second(node: Node) -> Node:
    """Take the first edition's `give`, `tell`, `apart`, `ladder`, `late`, `outside` and `see` to the second."""
    node = _at(_renamed(node, "definition"), "escalation", _each(_target))
    return _at(node, "states", _each(_state))


def _state(node: Node) -> Node:
    node = _at(_renamed(node, "state"), "turn", lambda turn: _renamed(turn, "turn"))
    return _at(node, "actions", _each(_alternatives))


def _alternatives(node: Node) -> Node:
    if isinstance(node, ListNode):
        return replace(node, items=tuple(_renamed(item, "action") for item in node.items))
    return _renamed(node, "action")


def _target(node: Node) -> Node:
    if isinstance(node, ScalarNode):
        return replace(node, text=OLDER_TARGETS.get(node.text.strip(), node.text))
    return node


_STEPS: Final[tuple[Change, ...]] = (_second,)


def _renamed(node: Node, kind: str) -> Node:
    """Give the keys of a part of some kind the names that they have now."""
    if not isinstance(node, MapNode):
        return node
    words = OLDER_KEYS[kind]
    return replace(node, entries={words.get(key, key): entry for key, entry in node.entries.items()})


def _at(node: Node, key: str, change: Change) -> Node:
    """Change what stands under a key, where it is there."""
    if not isinstance(node, MapNode) or key not in node.entries:
        return node
    mark, value = node.entries[key]
    return replace(node, entries=node.entries | {key: (mark, change(value))})


def _each(change: Change) -> Change:
    """Change what stands under every key of a mapping."""

    def changed(node: Node) -> Node:
        if not isinstance(node, MapNode):
            return node
        return replace(node, entries={key: (mark, change(value)) for key, (mark, value) in node.entries.items()})

    return changed

"""Which keys each part of a definition has: the one list that the reader, `schema.json` and the README agree on.

Knows names only, also those of earlier editions of the language: whoever writes one is told which word it is now. A
test binds schema and document to this list.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Keys(NamedTuple):
    """The keys of one part: those it must have, and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        return self.required + self.optional


KEYS: Mapping[str, Keys] = {
    "definition": Keys(
        ("definition", "title", "people", "start", "states"),
        (
            "short",
            "purpose",
            "basis",
            "valid",
            "heading",
            "fields",
            "params",
            "external",
            "separate",
            "clocks",
            "escalation",
            "members",
            "links",
            "reserves",
        ),
    ),
    "valid": Keys((), ("from", "to")),
    "field": Keys(("is", "label"), ("min", "max", "of", "columns", "numbered", "from", "listed", "hint")),
    "column": Keys(("is",), ("label", "min", "max", "of", "hint")),
    "param": Keys(("is", "source"), ("label", "by", "values", "else")),
    "clock": Keys(("starts",), ("label", "budget", "due", "stops", "again", "extend")),
    "members": Keys(("of", "in"), ("label", "from", "where", "reads", "order")),
    "link": Keys((), ("label", "as", "reads")),
    "reserve": Keys(("by", "most"), ("label",)),
    "start": Keys(("by", "to"), ("when",)),
    "state": Keys(("label",), ("turn", "outcome", "edit", "view", "ask", "actions")),
    "turn": Keys(("who",), ("due", "escalate_to", "pick")),
    "ask": Keys(
        ("of", "answers"),
        ("label", "about", "in", "due", "silence", "secret", "paper", "interested", "result", "called"),
    ),
    "action": Keys(
        (),
        (
            "label",
            "done",
            "tone",
            "by",
            "when",
            "warn",
            "requires",
            "to",
            "set",
            "notify",
            "fill",
            "each",
            "open",
            "reserve",
            "release",
        ),
    ),
    "open": Keys(("as", "at"), ("definition", "copy")),
}

OLDER_KEYS: Mapping[str, Mapping[str, str]] = {
    "definition": {"apart": "separate", "ladder": "escalation", "outside": "external"},
    "state": {"see": "view"},
    "turn": {"late": "escalate_to"},
    "action": {"give": "requires", "tell": "notify"},
}
"""What keys of a part were called in the first edition of the language, with what they are called now."""

OLDER_TARGETS: Mapping[str, str] = {"late": "escalate_to"}
"""The same for the words that an escalation may name besides people."""

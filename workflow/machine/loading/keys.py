"""Which keys each part of a definition has: the one list that the reader, `schema.json` and the README agree on.

Knows names only. Used by `loading_cursor` to refuse unknown keys, and by a test that binds schema and document to it.
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
            "outside",
            "apart",
            "clocks",
            "ladder",
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
    "state": Keys(("label",), ("turn", "outcome", "edit", "see", "ask", "actions")),
    "turn": Keys(("who",), ("due", "late", "pick")),
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
            "give",
            "to",
            "set",
            "tell",
            "fill",
            "each",
            "open",
            "reserve",
            "release",
        ),
    ),
    "open": Keys(("as", "at"), ("definition", "copy")),
}

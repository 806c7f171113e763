"""A place in the tree of nodes that knows its path: typed reading which notes a fault and goes on.

Knows scalars (YAML 1.2 core), names, texts in two languages and lists of keys, nothing of what a definition means. A
value that cannot be read becomes a harmless one, since a text with faults never becomes a definition.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from workflow.machine.definition import Fact, FindingReport, Mark
from workflow.machine.loading.keys import KEYS, OLDER_KEYS
from workflow.machine.loading.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from workflow.values import Json, Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
LONGEST_TEXT = 500
_NOTHING_OLDER: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cursor:
    """One node, its path in the file (`states.review.turn`), and where faults go."""

    node: Node
    path: str
    report: FindingReport

    def fault(self, code: str, *, at: Mark | None = None, **facts: Fact) -> None:
        """Note a fault at this place."""
        self.report.add(code, at or self.node.mark, path=self.path, **facts)

    def child(self, name: str, node: Node) -> "Cursor":
        """Go to a part, remembering where it stands."""
        path = f"{self.path}.{name}" if self.path else name
        self.report.marks.setdefault(path, node.mark)
        return Cursor(node, path, self.report)

    def parts(self, kind: str) -> dict[str, "Cursor"]:
        """Read a mapping with the keys of a kind of part; unknown and missing keys are faults."""
        keys = KEYS[kind]
        entries = self._entries(keys.allowed)
        for key in entries.keys() - set(keys.allowed):
            self.fault(
                "unknown_key",
                at=entries[key][0],
                key=key,
                kind=kind,
                allowed=keys.allowed,
                near=near(key, keys.allowed, older=OLDER_KEYS.get(kind, {})),
            )
        for key in keys.required:
            if key not in entries:
                self.fault("missing_key", key=key, kind=kind)
        return {key: self.child(key, node) for key, (_, node) in entries.items() if key in keys.allowed}

    def named(self, *, most: int = 200) -> dict[str, "Cursor"]:
        """Read a mapping whose keys are names the author chose."""
        parts: dict[str, Cursor] = {}
        if isinstance(self.node, MapNode) and len(self.node.entries) > most:
            self.fault("too_many", most=most)
        for name, (mark, node) in self._entries(("name",)).items():
            if not NAME.match(name):
                self.fault("not_a_name", at=mark, found=shown(name))
                continue
            self.report.marks[f"{self.path}.{name}" if self.path else name] = mark
            parts[name] = self.child(name, node)
        return parts

    def keyed(self) -> list[tuple["Cursor", "Cursor"]]:
        """Read a mapping whose keys are values themselves (`-2 wd`): pairs of key and value, both with a place."""
        return [
            (Cursor(ScalarNode(key, mark, plain=True, inline=True), self.path, self.report), self.child(key, node))
            for key, (mark, node) in self._entries(("name",)).items()
        ]

    def _entries(self, allowed: tuple[str, ...]) -> dict[str, tuple[Mark, Node]]:
        if isinstance(self.node, MapNode):
            return self.node.entries
        self.fault("not_a_mapping", found=_kind(self.node), allowed=allowed)
        return {}

    def items(self) -> list["Cursor"]:
        """Read a list."""
        if isinstance(self.node, ListNode):
            return [self.child(str(position), item) for position, item in enumerate(self.node.items)]
        self.fault("not_a_list", found=_kind(self.node))
        return []

    def one_or_more(self) -> list["Cursor"]:
        """Read a list, or one value that stands for a list of one."""
        return self.items() if isinstance(self.node, ListNode) else [self]

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, ListNode)

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.node, ScalarNode)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, MapNode)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here (`key:` with no value, `null`)."""
        return isinstance(self.node, ScalarNode) and self.node.plain and self.node.text in _EMPTY

    def words(self) -> str:
        """Read any one value as the text it is written as: `no`, `012` and `1:30` are texts here."""
        if not isinstance(self.node, ScalarNode):
            self.fault("not_a_text", found=_kind(self.node))
            return ""
        text = self.node.text.strip()
        if self.is_empty or not text:
            self.fault("nothing_here")
        if len(text) > LONGEST_TEXT:
            self.fault("text_too_long", most=LONGEST_TEXT)
        return text

    def text(self) -> Text:
        """Read a text for people, `vi | en`; both are required."""
        written = self.words()
        vi, bar, en = (part.strip() for part in written.partition("|"))
        if written and not (bar and vi and en):
            self.fault("needs_both_languages", found=shown(written))
        return Text(vi, en)

    def name(self) -> str:
        """Read a name of something in this definition."""
        written = self.words()
        if written and not NAME.match(written):
            self.fault("not_a_name", found=shown(written))
        return written

    def names(self) -> tuple[str, ...]:
        """Read a list of names, or one."""
        return tuple(item.name() for item in self.one_or_more())

    def one_of(self, allowed: Iterable[str]) -> str:
        """Read one of the words that are allowed here."""
        written, words = self.words(), tuple(allowed)
        if written and written not in words:
            self.fault("not_one_of", found=shown(written), allowed=words, near=near(written, words))
        return written

    def integer(self) -> int:
        """Read a whole number, written without quotes and without leading zeros."""
        written = self.words()
        if not self._plain or not _INTEGER.match(written):
            self.fault("not_an_integer", found=shown(written))
            return 0
        return int(written)

    def flag(self) -> bool:
        """Read `true` or `false`, and nothing that only looks like it."""
        written = self.words()
        if not self._plain or written not in _FLAGS:
            self.fault("not_a_flag", found=shown(written))
            return False
        return _FLAGS[written]

    def day(self) -> date | None:
        """Read a date, `YYYY-MM-DD`."""
        written = self.words()
        try:
            if _DAY.match(written):
                return date.fromisoformat(written)
        except ValueError:
            pass
        self.fault("not_a_date", found=shown(written))
        return None

    def json(self) -> Json:
        """Read a value of a param: a number, a flag, or words."""
        written = self.words()
        if self._plain and _INTEGER.match(written):
            return int(written)
        return _FLAGS[written] if self._plain and written in _FLAGS else written

    @property
    def _plain(self) -> bool:
        return isinstance(self.node, ScalarNode) and self.node.plain


def label_in(parts: Mapping[str, Cursor]) -> Text | None:
    """Read what people call a part that may do without a label."""
    return parts["label"].text() if "label" in parts else None


def near(written: str, allowed: Iterable[str], *, older: Mapping[str, str] = _NOTHING_OLDER) -> str:
    """Name what was probably meant, in words of the language ("" if nothing is near).

    `older` maps words of earlier editions to those of today: such a word, or one near it, means the one of today.
    """
    meant = next(iter(get_close_matches(written, [*allowed, *older], n=1, cutoff=0.6)), "")
    return older.get(meant, meant)


def shown(written: str) -> str:
    """Shorten what stands in the file for a sentence."""
    return written if len(written) <= 60 else f"{written[:57]}…"  # noqa: PLR2004 -- a line's worth of it.


def _kind(node: Node) -> str:
    return {ScalarNode: "value", ListNode: "list", MapNode: "mapping"}[type(node)]

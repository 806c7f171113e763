"""From a text to a tree of nodes with places: the only reader of YAML for definitions.

Knows YAML and its dangers, no key of the language. It takes libyaml's events and composes them itself: the library's
own composer builds aliases into bombs, keeps the last of two equal keys and overflows the C stack on deep nesting.
Scalars stay text with the mark whether they were quoted; what they mean is decided by whoever wants a number, a flag
or a text (YAML 1.2 core, so `no`, `on` and `1:30` are text).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from workflow.machine.definition import DefinitionFaults, FindingReport, Mark

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40
MAX_NODES = 20_000
# Marks that make a text look other than it reads, and characters that nobody types.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value as written, without its quotes; `plain` if it had none, `inline` if it stands on its mark's line."""

    text: str
    mark: Mark
    plain: bool
    inline: bool


@dataclass(frozen=True, slots=True)
class ListNode:
    items: tuple["Node", ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys in the order of the file, each with the place of the key and its value."""

    entries: dict[str, tuple[Mark, "Node"]]
    mark: Mark


Node = ScalarNode | ListNode | MapNode


def normalised(source: str | bytes, *, path: str) -> str:
    """Return the text in NFC with LF ends: what is hashed, kept and read."""
    report = FindingReport()
    text = _decoded(source, report) if isinstance(source, bytes) else source
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        report.add("too_large", Mark(1, 1), path="", most=MAX_BYTES // 1024)
    elif hidden := _HIDDEN.search(text):
        report.add("hidden_character", _mark_at(text, hidden.start()), path="", character=f"U+{ord(hidden[0]):04X}")
    if report.faults:
        raise DefinitionFaults(report.faults, path=path)
    return text


def _decoded(source: bytes, report: FindingReport) -> str:
    if len(source) > MAX_BYTES:
        report.add("too_large", Mark(1, 1), path="", most=MAX_BYTES // 1024)
        return ""
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as fault:
        report.add("not_utf8", _mark_at(source[: fault.start].decode("utf-8"), fault.start), path="")
        return ""


def _mark_at(text: str, position: int) -> Mark:
    before = text[:position]
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


class _Stop(Exception):
    """Going on would be dangerous or senseless."""


def compose(text: str, report: FindingReport) -> Node | None:
    """Compose the one document of a normalised text, or None if it cannot be read on; faults go to the report."""
    composer = _Composer(yaml.parse(text, Loader=yaml.CSafeLoader), report)
    try:
        return composer.document()
    except _Stop:
        return None
    except yaml.MarkedYAMLError as fault:
        at = fault.problem_mark or fault.context_mark
        mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
        report.add("not_yaml", mark, path="", problem=str(fault.problem or fault.context))
    except yaml.YAMLError as fault:
        report.add("not_yaml", Mark(1, 1), path="", problem=str(fault))
    return None


class _Composer:
    def __init__(self, events: Iterator[Any], report: FindingReport) -> None:
        self.events, self.report, self.nodes = events, report, 0

    def document(self) -> Node | None:
        next(self.events)
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            self.report.add("empty", Mark(1, 1), path="")
            return None
        node = self.node(next(self.events), 1)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.report.add("second_document", _mark(after), path="")
        return node

    def node(self, event: Any, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop("too_many_values", event, MAX_NODES)
        if depth > MAX_DEPTH and isinstance(event, _STARTS):
            self.stop("too_deep", event, MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent):
            self.report.add("alias", _mark(event), path="", name=str(event.anchor))
            return ScalarNode("", _mark(event), plain=True, inline=True)
        if event.anchor is not None:
            self.report.add("anchor", _mark(event), path="", name=str(event.anchor))
        if event.tag is not None:
            self.report.add("tag", _mark(event), path="", name=event.tag)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.scalar(event)

    def stop(self, code: str, event: Any, most: int) -> None:
        self.report.add(code, _mark(event), path="", most=most)
        raise _Stop

    def scalar(self, event: Any) -> ScalarNode:
        text = unicodedata.normalize("NFC", event.value)
        if hidden := _HIDDEN.search(text):
            self.report.add("hidden_character", _mark(event), path="", character=f"U+{ord(hidden[0]):04X}")
        inline = event.style not in ("|", ">") and event.start_mark.line == event.end_mark.line
        return ScalarNode(text, _mark(event), plain=event.style is None or event.style == "", inline=inline)

    def sequence(self, start: Any, depth: int) -> ListNode:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return ListNode(tuple(items), _mark(start))

    def mapping(self, start: Any, depth: int) -> MapNode:
        entries: dict[str, tuple[Mark, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, ScalarNode):
                self.report.add("key_not_text", key.mark, path="")
            elif key.plain and key.text == "<<":
                self.report.add("merge_key", key.mark, path="")
            elif key.text in entries:
                self.report.add("duplicate_key", key.mark, path="", key=key.text, first=entries[key.text][0].line)
            else:
                entries[key.text] = (key.mark, value)
        return MapNode(entries, _mark(start))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)

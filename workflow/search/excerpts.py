"""Where in a case the words of a search stand: a text open to all who may know of the case, cut around the words."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from unicodedata import normalize

from workflow.definitions import publishing
from workflow.machine.words import case_words
from workflow.storage.queries.cases import ListedCase, SoughtWord
from workflow.storage.session import Tx
from workflow.values import Case, Text
from workflow.vietnamese import fold

AROUND: Final = 60
"""Characters shown before and after the words that were found."""
_TOKEN: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"[^\W_]+")


class Part(NamedTuple):
    """A piece of a text; `hit`: it is one of the words that are looked for."""

    text: str
    hit: bool


class Excerpt(NamedTuple):
    """The field in which words were found, and its text around them."""

    label: Text
    parts: tuple[Part, ...]


def excerpt_of(tx: Tx, case: Case, row: ListedCase, sought: Sequence[SoughtWord]) -> Excerpt | None:
    """Return where in the content of a case those words stand that its heading does not have; None: nowhere."""
    definition = publishing.compiled(tx, case.definition)
    heading = f"{row.code} {row.title} {row.unit_name} {row.definition_vi} {row.definition_en}"
    missing = [word for word in sought if not any(part.hit for part in parts_of(heading, [word]))]
    if not missing:
        return None
    for field, text in case_words.readable(definition, case):
        parts = parts_of(text, missing)
        if any(part.hit for part in parts):
            return Excerpt(field.label, _cut(parts))
    return None


def parts_of(text: str, sought: Sequence[SoughtWord]) -> tuple[Part, ...]:
    """Split a text at the words that are looked for."""
    text = normalize("NFC", text)
    parts, end = [], 0
    for begin, stop in _hits(text, sought):
        if begin >= end:
            parts += [Part(text[end:begin], hit=False), Part(text[begin:stop], hit=True)]
            end = stop
    return tuple(part for part in (*parts, Part(text[end:], hit=False)) if part.text)


def _hits(text: str, sought: Sequence[SoughtWord]) -> Iterator[tuple[int, int]]:
    for token in _TOKEN.finditer(text):
        words = list(_WORD.finditer(text, *token.span()))
        whole = [(words[0].start(), words[-1].end())] if len(words) > 1 else []
        for begin, stop in (*whole, *(word.span() for word in words)):
            if any(_is(fold(text[begin:stop]), word) for word in sought):
                yield begin, stop


def _is(folded: str, word: SoughtWord) -> bool:
    return folded.startswith(word.folded) if word.unfinished else folded == word.folded


def _cut(parts: Sequence[Part]) -> tuple[Part, ...]:
    first = next(place for place, part in enumerate(parts) if part.hit)
    shown = list(parts[first : first + 4])
    if first and parts[first - 1].text:
        before = parts[first - 1].text
        shown.insert(0, Part(before if len(before) <= AROUND else f"…{before[-AROUND:]}", hit=False))
    last = shown[-1]
    if not last.hit and len(last.text) > AROUND:
        shown[-1] = Part(f"{last.text[:AROUND]}…", hit=False)
    return tuple(shown)

"""The words by which a case is found: its code, its kind, its unit, and what stands in the fields open to all.

What a state closes to some of those who may know of the case is not among them, so nobody finds or sees marked what
they may not see. Numbers, amounts and yes or no are not words.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Final

from workflow.machine.case import open_fields
from workflow.machine.definition import Definition, Field
from workflow.values import Case, CaseWord, Json, WordSource
from workflow.vietnamese import words_in

MOST_WORDS: Final = 1_000
"""The most words of a case's content that are kept."""
_NAMED_PARTS: Final = ("symbol", "name", "position", "signer", "sender")
"""The parts of a person, a nominee or a document that are words; the others are ids and hashes."""

Words = frozenset[CaseWord]


def words_of(definition: Definition, case: Case, unit: str) -> Words:
    """Return all words of a case; `unit` is what its unit is called."""
    code, kind = frozenset(_from("code", case.code)), _of_text("kind", definition.title.vi)
    return code | kind | _of_text("unit", unit) | _content(definition, case)


def changed_words(definition: Definition, before: Case, after: Case) -> tuple[Words, Words]:
    """Return the words that an act added to a case and those that it took away."""
    is_as_open = open_fields(definition, before.state) == open_fields(definition, after.state)
    if is_as_open and before.fields == after.fields:
        return frozenset(), frozenset()
    was, now = _content(definition, before), _content(definition, after)
    return now - was, was - now


def readable(definition: Definition, case: Case) -> Iterator[tuple[Field, str]]:
    """Return the texts of a case that are open to everybody who may know of it, each with its field."""
    shown = open_fields(definition, case.state)
    for name, value in case.fields.items():
        field = definition.fields.get(name)
        if field is not None and name in shown:
            yield from ((field, text) for text in _texts(field, value))


def _content(definition: Definition, case: Case) -> Words:
    words = chain.from_iterable(_from("content", text) for _, text in readable(definition, case))
    return frozenset(islice(dict.fromkeys(words), MOST_WORDS))


def _from(source: WordSource, text: str) -> Iterator[CaseWord]:
    return (CaseWord(word.folded, word.marked, source) for word in words_in(text))


@lru_cache(maxsize=1_024)
def _of_text(source: WordSource, text: str) -> Words:
    return frozenset(_from(source, text))


def _texts(field: Field, value: Json) -> Iterator[str]:
    match field.type, value:
        case (("text" | "long_text"), str()):
            yield value
        case "choice", str() if value in field.of:
            yield field.of[value].vi
        case "date", str():
            yield _day(value)
        case _, dict():
            yield from _parts(value)
        case "table", list():
            for row in value:
                if isinstance(row, dict):
                    for name, cell in row.items():
                        if name in field.columns:
                            yield from _texts(field.columns[name], cell)
        case _:
            return


def _parts(value: Mapping[str, Json]) -> Iterator[str]:
    for name in _NAMED_PARTS:
        if isinstance(part := value.get(name), str):
            yield part
    for name in ("dated", "received"):
        if isinstance(day := value.get(name), str):
            yield _day(day)


def _day(value: str) -> str:
    return f"{date.fromisoformat(value):%d/%m/%Y}"

"""Reads `regimes.yaml`: which law applied when, and the figures it sets; every fault with its place.

A door: shapes, days and texts are checked here; whether a definition can use a figure is asked when a case is opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from workflow.errors import DefinitionError
from workflow.exchange.shipped import Tree, tree
from workflow.values import Figure, Json, Text

_NAMES = 2


@dataclass(frozen=True, slots=True)
class ShippedRegime:
    """One regime as its file says it; figures by the name of the definition."""

    code: str
    title: Text
    source: str
    valid_from: date | None
    valid_to: date | None
    figures: tuple[tuple[str, Figure], ...]


class MalformedVocabulary(DefinitionError):
    """A shipped list of words has another shape than it must."""

    def __init__(self, path: Path | str, *, place: str) -> None:
        super().__init__(f"{path}: {place}")
        self.code, self.facts = "vocabulary_malformed", {"path": str(path), "place": place}


def read_regimes(source: str | bytes, *, path: str) -> tuple[ShippedRegime, ...]:
    """Read all regimes. Raises `DefinitionFaults` for what is no YAML, `MalformedVocabulary` for a wrong shape."""
    regimes = tuple(_Reader(path, code).regime(entry) for code, entry in _pairs(tree(source, path=path), path, "{…}"))
    in_order = sorted(regimes, key=lambda regime: regime.valid_from or date.min)
    for earlier, following in pairwise(in_order):
        if (earlier.valid_to or date.max) >= (following.valid_from or date.min):
            raise MalformedVocabulary(path, place=f"{following.code}.valid: {earlier.code}")
    return regimes


def _pairs(entry: Tree | None, path: str, place: str) -> list[tuple[str, Tree]]:
    if not isinstance(entry, dict):
        raise MalformedVocabulary(path, place=place)
    return list(entry.items())


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    code: str

    def wrong(self, place: str) -> MalformedVocabulary:
        return MalformedVocabulary(self.path, place=f"{self.code}.{place}")

    def parts(self, entry: Tree | None, place: str, *, allowed: tuple[str, ...]) -> dict[str, Tree]:
        if not isinstance(entry, dict):
            raise self.wrong(place)
        unknown = sorted(entry.keys() - set(allowed))
        if unknown:
            raise self.wrong(f"{place}{unknown[0]}: {', '.join(allowed)}")
        return entry

    def regime(self, entry: Tree) -> ShippedRegime:
        parts = self.parts(entry, "", allowed=("title", "valid", "source", "params"))
        valid = self.parts(parts.get("valid"), "valid.", allowed=("from", "to"))
        first, last = (self.day(valid.get(edge), f"valid.{edge}") for edge in ("from", "to"))
        if first and last and last < first:
            raise self.wrong(f"valid.to: {last}")
        figures = parts.get("params", {})
        return ShippedRegime(
            self.code,
            self.title(parts.get("title")),
            self.words(parts.get("source"), "source"),
            first,
            last,
            tuple(self.figures(figures)),
        )

    def title(self, entry: Tree | None) -> Text:
        texts = [part.strip() for part in entry.split("|")] if isinstance(entry, str) else []
        if len(texts) != _NAMES or not all(texts):
            raise self.wrong("title: vi | en")
        return Text(*texts)

    def words(self, entry: Tree | None, place: str) -> str:
        if not isinstance(entry, str) or not entry.strip():
            raise self.wrong(place)
        return entry.strip()

    def day(self, entry: Tree | None, place: str) -> date | None:
        try:
            return date.fromisoformat(entry) if isinstance(entry, str) else None
        except ValueError:
            raise self.wrong(f"{place}: YYYY-MM-DD") from None

    def figures(self, params: Tree) -> Iterator[tuple[str, Figure]]:
        for name, entry in _pairs(params, self.path, f"{self.code}.params"):
            definition, dot, param = name.partition(".")
            if not (definition and dot and param):
                raise self.wrong(f"params.{name}: DEFINITION.PARAM")
            parts = self.parts(entry, f"params.{name}.", allowed=("values", "else", "source"))
            source = self.words(parts.get("source"), f"params.{name}.source")
            if "else" in parts:
                value = self.scalar(parts["else"], f"params.{name}.else")
                yield definition, Figure("regime", param, (), value, source)
            for keys, value in self.values(parts.get("values", {}), f"params.{name}.values"):
                yield definition, Figure("regime", param, keys, value, source)

    def values(self, entry: Tree, place: str) -> Iterator[tuple[tuple[str, ...], Json]]:
        for key, value in _pairs(entry, self.path, f"{self.code}.{place}"):
            if isinstance(value, dict):
                yield from (((key, *rest), figure) for rest, figure in self.values(value, f"{place}.{key}"))
            else:
                yield (key,), self.scalar(value, f"{place}.{key}")

    def scalar(self, entry: Tree, place: str) -> Json:
        return as_figure(self.words(entry, place))


def as_figure(written: str) -> Json:
    """Read a figure as it is typed: a whole number, a flag, else words."""
    if written in ("true", "false"):
        return written == "true"
    plain = written.removeprefix("-")
    return int(written) if plain.isascii() and plain.isdigit() and (plain == "0" or plain[0] != "0") else written

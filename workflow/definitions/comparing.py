"""Two texts of a definition side by side, line by line."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of two texts side by side, with its number in each."""

    kind: Literal["same", "old", "new"]
    old: int | None
    new: int | None
    text: str


def diff(old: str, new: str) -> list[DiffLine]:
    """Two texts line by line."""
    return list(_diff(old.splitlines(), new.splitlines()))


def _diff(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            for offset in range(old_to - old_from):
                yield DiffLine("same", old_from + offset + 1, new_from + offset + 1, old[old_from + offset])
            continue
        for number in range(old_from, old_to):
            yield DiffLine("old", number + 1, None, old[number])
        for number in range(new_from, new_to):
            yield DiffLine("new", None, number + 1, new[number])

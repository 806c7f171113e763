"""A page of the cases that somebody looks for; an exact code leads to its case.

The words of a search match with or without marks; cases with the marks that were typed come first, the newest of them
at the top. The last word may be unfinished.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflow import calendars
from workflow.cases import CaseLine, case_lists
from workflow.organisation import access
from workflow.search.excerpts import Excerpt, excerpt_of
from workflow.storage.queries.cases import SearchPlace, SoughtWord, Wanted, found_cases, listed_cases
from workflow.storage.session import Tx
from workflow.vietnamese import words_asked

PAGE = 50
MOST_WORDS = 10
"""The words of a search that are looked for; more say nothing more."""
_PLACE = re.compile(r"(m?)([0-9]{1,17})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for. Days are those of the opening, both included; with a unit go all units below it."""

    words: str = ""
    definition: str | None = None
    state: str | None = None
    movement_id: int | None = None
    unit_id: int | None = None
    since: date | None = None
    until: date | None = None
    only_late: bool | None = None


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case that was found, and where in its content, if not in its heading."""

    line: CaseLine
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of what was found; `after` asks for the next one. `sought` are the words, for marking them."""

    found: tuple[FoundCase, ...]
    after: str | None
    sought: tuple[SoughtWord, ...]

    @property
    def excerpts(self) -> Mapping[str, Excerpt]:
        """Where the words stand in the content of cases, by their codes."""
        return {found.line.row.code: found.excerpt for found in self.found if found.excerpt}


def find(
    tx: Tx, asked: Asked, *, person_id: int, now: datetime, after: str | None = None, limit: int = PAGE
) -> SearchPage:
    """Find the cases of units that a person sees."""
    sought = sought_words(asked.words)
    found = found_cases.find(
        tx,
        person_id,
        _wanted(tx, asked, sought, now=now),
        on_date=calendars.local_date(tx, now),
        place=_place(after),
        limit=limit,
    )
    lines = case_lists.lines(tx, found.rows)
    excerpts = _excerpts(tx, lines, sought) if sought else {}
    after = found.next and f"{'m' if found.next.marked else ''}{found.next.before}"
    return SearchPage(tuple(FoundCase(line, excerpts.get(line.row.code)) for line in lines), after, sought)


def find_code(tx: Tx, words: str, *, person_id: int, now: datetime) -> str | None:
    """Return the code that was typed, where it is that of a case that the person may know of."""
    code = "".join(words.split()).upper()
    case = next(iter(listed_cases.load(tx, [code])), None) if code else None
    return code if case is not None and access.may_see(tx, case, person_id, now=now) else None


def sought_words(words: str) -> tuple[SoughtWord, ...]:
    """Return the words of a search, each once; the last one is unfinished unless a blank follows it."""
    asked = list(dict.fromkeys(words_asked(words)))[:MOST_WORDS]
    last = asked[-1] if asked and not words[-1].isspace() else None
    return tuple(SoughtWord(word.folded, word.marked, word is last) for word in asked)


def _wanted(tx: Tx, asked: Asked, sought: tuple[SoughtWord, ...], *, now: datetime) -> Wanted:
    calendar = calendars.calendar_of(tx)
    return Wanted(
        words=sought,
        kinds=(asked.definition,) if asked.definition else (),
        state=asked.state,
        movement_id=asked.movement_id,
        unit_id=asked.unit_id,
        since=calendar.instant(asked.since, time.min) if asked.since else None,
        until=calendar.instant(asked.until + timedelta(days=1), time.min) if asked.until else None,
        late_at=now if asked.only_late else None,
    )


def _place(after: str | None) -> SearchPlace | None:
    # It comes from an address that anybody may have edited: one that is malformed means the beginning.
    read = _PLACE.fullmatch(after or "")
    return SearchPlace(marked=bool(read[1]), before=int(read[2])) if read else None


def _excerpts(tx: Tx, lines: Sequence[CaseLine], sought: Sequence[SoughtWord]) -> dict[str, Excerpt | None]:
    loaded = listed_cases.load(tx, [line.row.code for line in lines])
    rows = {line.row.code: line.row for line in lines}
    return {case.code: excerpt_of(tx, case, rows[case.code], sought) for case in loaded}

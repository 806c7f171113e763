"""The words of a search as conditions on the table of words: a word itself, or the words that begin with it.

The last word may be unfinished. Where few words begin with it they are looked up by name, else as a range.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseRow, CaseWordRow
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, at_most

MOST_ENDINGS: Final = 24
"""The most words that an unfinished word is completed to by name."""
SHORTEST_BEGINNING: Final = 3
"""An unfinished word of fewer letters is taken as it is."""
_LAST: Final = "\U0010ffff"

_smallest = func.min(CaseWordRow.word)
_below = CaseWordRow.word < bindparam("last", type_=String)
_first = select(_smallest.label("word")).where(CaseWordRow.word >= bindparam("beginning", type_=String), _below)
_words = _first.cte("words", recursive=True)
_next = select(_smallest).where(CaseWordRow.word > _words.c.word, _below).scalar_subquery()
# One seek in the index a word: the rows of each word, which may be millions, are not read.
_words = _words.union_all(select(_next).where(_words.c.word.is_not(None)))
_ENDINGS = Prebuilt(select(_words.c.word).where(_words.c.word.is_not(None)).limit(at_most(MOST_ENDINGS + 1)))


class SoughtWord(NamedTuple):
    """A word that somebody typed, folded and with its marks; `unfinished`: words that begin with it are meant too."""

    folded: str
    marked: str
    unfinished: bool


class Term(NamedTuple):
    """One of the words of a search: any of `words`, or all that begin with `beginning`; `marked` as `Word.marked`."""

    words: tuple[str, ...]
    beginning: str | None
    marked: str
    unfinished: bool


def terms_of(tx: Tx, sought: Sequence[SoughtWord]) -> list[Term] | None:
    """Look up what unfinished words may end in; None where a word is in no case."""
    terms = []
    for word in sought:
        words: Sequence[str] = (word.folded,)
        if word.unfinished and len(word.folded) >= SHORTEST_BEGINNING:
            rows = _ENDINGS.all(tx, {"beginning": word.folded, "last": word.folded + _LAST})
            words = [row.word for row in rows]
        if not words:
            return None
        many = len(words) > MOST_ENDINGS
        named, beginning = ((), word.folded) if many else (tuple(words), None)
        terms.append(Term(named, beginning, word.marked, word.unfinished))
    return terms


def holds(term: Term, *, marked: bool) -> ColumnElement[bool]:
    """Whether a case has a term; `marked`: with the marks that were typed.

    A scalar subquery, because PostgreSQL would read all rows of a word for a join.
    """
    row = aliased(CaseWordRow)
    probe = select(literal(1)).where(row.case_id == CaseRow.id, _matches(row, term, marked=marked)).limit(at_most(1))
    return probe.correlate(CaseRow).scalar_subquery().is_not(None)


def postings(term: Term, *, marked: bool, before: int | None, limit: int) -> Select[Any]:
    """List the cases that have a term, the newest first; of a range in no order."""
    parts = [_posting(term._replace(words=(word,)), marked=marked, before=before, limit=limit) for word in term.words]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return _posting(term, marked=marked, before=before, limit=limit)
    every = union_all(*(select(part.subquery().c.id) for part in parts)).subquery()
    return select(every.c.id).distinct().order_by(every.c.id.desc()).limit(at_most(limit))


def _posting(term: Term, *, marked: bool, before: int | None, limit: int) -> Select[Any]:
    row = aliased(CaseWordRow)
    rows = select(row.case_id.label("id")).where(_matches(row, term, marked=marked))
    if before is not None:
        rows = rows.where(row.case_id < before)
    if term.words:
        return rows.distinct().order_by(row.case_id.desc()).limit(at_most(limit))
    last_words = rows.order_by(row.word.desc()).limit(at_most(limit)).subquery()
    return select(last_words.c.id).distinct().limit(at_most(limit))


def _matches(row: Any, term: Term, *, marked: bool) -> ColumnElement[bool]:
    if term.beginning is not None:
        matches = and_(row.word >= term.beginning, row.word < term.beginning + _LAST)
    elif len(term.words) == 1:
        matches = row.word == term.words[0]
    else:
        matches = row.word.in_(term.words)
    if not marked or not term.marked:
        return matches
    if not term.unfinished:
        return and_(matches, row.marked == term.marked)
    return and_(matches, row.marked >= term.marked, row.marked < term.marked + _LAST)

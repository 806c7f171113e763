"""Cases by words and filters, newest first, in time that does not grow with how many cases there are.

Each restriction with an index offers candidates: a word, a kind, a state, a movement, a few units. The one that has the
fewest is read from the newest on, so many candidates a page and no more: where the page is not full by then,
`Found.next` says from where the next one goes on. Who sees which unit is known by `organisation.grants`.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, func, not_, select, union_all

from workflow.storage.models import CaseRow, Unit, UnitAbove
from workflow.storage.queries import present
from workflow.storage.queries.cases.case_lists import LISTED, ListedCase
from workflow.storage.queries.cases.search_terms import SoughtWord, Term, holds, postings, terms_of
from workflow.storage.queries.organisation import grants
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, among, at_most, listing

_UNITS_APART: Final = 30
"""The most units whose cases are walked unit by unit."""
_NO_CASE: Final = 2**62
_NEAR: Final = 100
"""Cases around a day that may have been opened in another order than that of their ids."""


class Limits(NamedTuple):
    """How many candidates are read for a page; `walked_in_parts` where they come from several lists."""

    walked: int = 5_000
    walked_in_parts: int = 300


LIMITS: Final = Limits()


class Wanted(NamedTuple):
    """What is looked for. Days are half-open instants of the opening; `unit_id` stands for all units below it too."""

    words: tuple[SoughtWord, ...] = ()
    kinds: tuple[str, ...] = ()
    state: str | None = None
    movement_id: int | None = None
    unit_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    late_at: datetime | None = None


class SearchPlace(NamedTuple):
    """How far a search has come: before this case, among those found with the marks that were typed, or the others."""

    marked: bool
    before: int | None = None


class Found(NamedTuple):
    """One page of a search; `next` is None where there is no more."""

    rows: list[ListedCase]
    next: SearchPlace | None


class _Source(NamedTuple):
    """Candidates of one restriction: the newest first where it is `ordered`, at most `limit`."""

    candidates: Select[Any]
    ordered: bool
    limit: int


def find(
    tx: Tx,
    person_id: int,
    wanted: Wanted,
    *,
    on_date: date,
    place: SearchPlace | None,
    limit: int,
    limits: Limits = LIMITS,
) -> Found:
    """Find the cases of units that a person sees: first those with the marks that were typed, then the others."""
    terms = terms_of(tx, wanted.words)
    units = _units(tx, person_id, wanted.unit_id, on_date=on_date)
    if terms is None or units == []:
        return Found([], None)
    if wanted._replace(unit_id=None) == Wanted() and (units is None or len(units) == 1):
        return _newest(tx, units, place, limit=limit)
    search = _Search(tx, wanted, terms, units, limits)
    at = place or SearchPlace(search.has_marks)
    found = search.page(at, limit=limit)
    if not at.marked or found.next is not None:
        return found
    others = search.page(SearchPlace(marked=False), limit=limit - len(found.rows))
    return Found(found.rows + others.rows, others.next)


def _units(tx: Tx, person_id: int, below: int | None, *, on_date: date) -> list[int] | None:
    """List the units that are looked at; None: all there are."""
    organisation = present.organisation_of(tx)
    key = ("units", person_id, below, on_date)
    return organisation.once(key, lambda: _find_units(tx, person_id, below, on_date=on_date))


def _find_units(tx: Tx, person_id: int, below: int | None, *, on_date: date) -> list[int] | None:
    total = select(func.count()).select_from(Unit).scalar_subquery()
    seen = grants.VISIBLE.add_columns(total)
    if below is not None:
        seen = seen.where(UnitAbove.unit_id.in_(_below(below)))
    rows = tx.connection.execute(seen, {"person": person_id, "on_date": on_date}).all()
    units = {row[0] for row in rows}
    return None if rows and len(units) == rows[0][1] else sorted(units)


def _below(unit_id: int) -> Select[Any]:
    under = UnitAbove.__table__.alias()
    return select(under.c.unit_id).where(under.c.above_id == unit_id)


def _newest(tx: Tx, units: list[int] | None, place: SearchPlace | None, *, limit: int) -> Found:
    """List the newest cases of all units, or of one: both lie in order in an index."""
    before = place.before if place is not None and place.before is not None else _NO_CASE
    rows = _newest_of(units is None, limit).all(tx, {"before": before, "unit": units[0] if units else 0})
    return Found(
        [ListedCase._make(row) for row in rows],
        SearchPlace(marked=False, before=rows[-1].id) if len(rows) == limit else None,
    )


@lru_cache(maxsize=32)
def _newest_of(every_unit: bool, limit: int) -> Prebuilt:  # noqa: FBT001 - the shape of a statement
    listed = LISTED.where(CaseRow.id < bindparam("before", type_=BigInteger)).limit(at_most(limit))
    return Prebuilt(listed if every_unit else listed.where(CaseRow.unit_id == bindparam("unit", type_=BigInteger)))


class _Search:
    """A search with everything looked up that its pages have in common."""

    def __init__(self, tx: Tx, wanted: Wanted, terms: Sequence[Term], units: list[int] | None, limits: Limits) -> None:
        self._tx, self._wanted, self._terms, self._units, self._limits = tx, wanted, terms, units, limits
        self.has_marks = any(term.marked for term in terms)

    def page(self, place: SearchPlace, *, limit: int) -> Found:
        """Find the next cases behind a place."""
        before, after = self._between(place.before)
        source = self._source(marked=place.marked, before=before)
        candidates = source.candidates.subquery("candidates")
        conditions = [*self._filters(), *(holds(term, marked=place.marked) for term in self._terms)]
        if self.has_marks and not place.marked:
            conditions.append(not_(and_(*(holds(term, marked=True) for term in self._terms if term.marked))))
        if after is not None:
            conditions.append(CaseRow.id >= after)
        if before is not None:
            conditions.append(CaseRow.id < before)
        statement = LISTED.join(candidates, candidates.c.id == CaseRow.id).where(*conditions).limit(at_most(limit))
        rows = [ListedCase._make(row) for row in self._tx.connection.execute(statement, {"units": self._units or []})]
        if len(rows) == limit:
            return Found(rows, SearchPlace(place.marked, rows[-1].id) if rows else place)
        last, number = self._tx.connection.execute(select(func.min(candidates.c.id), func.count())).one()
        return Found(rows, SearchPlace(place.marked, last) if source.ordered and number == source.limit else None)

    def _between(self, before: int | None) -> tuple[int | None, int | None]:
        """Narrow days to ids, which are nearly in the order of opening: below the first, from the second on."""
        after, wanted = None, self._wanted
        if wanted.until is not None:
            near = select(CaseRow.id).where(CaseRow.opened_at < wanted.until).order_by(CaseRow.opened_at.desc())
            last = self._tx.connection.scalar(select(func.max(near.limit(at_most(_NEAR)).subquery().c.id))) or 0
            before = min(last + 1, before) if before is not None else last + 1
        if wanted.since is not None:
            near = select(CaseRow.id).where(CaseRow.opened_at >= wanted.since).order_by(CaseRow.opened_at)
            after = self._tx.connection.scalar(select(func.min(near.limit(at_most(_NEAR)).subquery().c.id)))
        return before, after

    def _filters(self) -> list[ColumnElement[bool]]:
        wanted = self._wanted
        given: tuple[tuple[object, Callable[[], ColumnElement[bool]]], ...] = (
            (self._units, lambda: among(CaseRow.unit_id, listing("units"))),
            (wanted.kinds or None, lambda: CaseRow.definition_name.in_(wanted.kinds)),
            (wanted.state, lambda: CaseRow.state == wanted.state),
            (wanted.movement_id, lambda: CaseRow.movement_id == wanted.movement_id),
            (wanted.since, lambda: CaseRow.opened_at >= wanted.since),
            (wanted.until, lambda: CaseRow.opened_at < wanted.until),
            (wanted.late_at, lambda: and_(CaseRow.outcome.is_(None), CaseRow.due_at < wanted.late_at)),
        )
        return [make() for value, make in given if value is not None]

    def _source(self, *, marked: bool, before: int | None) -> _Source:
        """Choose the restriction with the fewest candidates; where all have many, the first that is in order."""
        offered = [
            *self._by_units(before),
            *(self._by_term(term, marked=marked, before=before) for term in self._terms),
            *self._by_columns(before),
        ]
        if offered:
            counts = (select(func.count()).select_from(source.candidates.subquery()) for source in offered)
            numbers = self._tx.connection.execute(select(*(count.scalar_subquery() for count in counts))).one()
            whole = [at for at, source in enumerate(offered) if numbers[at] < source.limit]
            if whole:
                return offered[min(whole, key=lambda at: numbers[at])]
        ordered = [source for source in offered if source.ordered]
        if ordered:
            return ordered[0]
        # A beginning that very many words share finds the last of them: who goes on typing finds the others.
        unfinished = [term for term in self._terms if term.beginning is not None]
        return self._by_term(unfinished[0], marked=marked, before=before) if unfinished else self._newest_first(before)

    def _by_units(self, before: int | None) -> list[_Source]:
        if self._units is None or len(self._units) > _UNITS_APART:
            return []
        limit = self._limits.walked if len(self._units) == 1 else self._limits.walked_in_parts
        parts = [self._newest_first(before, CaseRow.unit_id == unit, limit=limit).candidates for unit in self._units]
        every = union_all(*(select(part.subquery().c.id) for part in parts)).subquery()
        return [
            _Source(select(every.c.id).order_by(every.c.id.desc()).limit(at_most(limit)), ordered=True, limit=limit)
        ]

    def _by_term(self, term: Term, *, marked: bool, before: int | None) -> _Source:
        limit = self._limits.walked if len(term.words) == 1 else self._limits.walked_in_parts
        candidates = postings(term, marked=marked, before=before, limit=limit)
        return _Source(candidates, ordered=bool(term.words), limit=limit)

    def _by_columns(self, before: int | None) -> list[_Source]:
        wanted, sources = self._wanted, []
        if len(wanted.kinds) == 1 and wanted.state is not None:
            stands = CaseRow.state == wanted.state
            sources.append(self._newest_first(before, CaseRow.definition_name == wanted.kinds[0], stands))
        if len(wanted.kinds) == 1:
            sources.append(self._newest_first(before, CaseRow.definition_name == wanted.kinds[0]))
        if wanted.movement_id is not None:
            movement = self._newest_first(before, CaseRow.movement_id == wanted.movement_id)
            sources.append(movement._replace(candidates=movement.candidates.order_by(None), ordered=False))
        return sources

    def _newest_first(
        self, before: int | None, *restrictions: ColumnElement[bool], limit: int | None = None
    ) -> _Source:
        most = limit or self._limits.walked
        conditions = (*restrictions, CaseRow.id < before) if before is not None else restrictions
        newest_first = select(CaseRow.id).where(*conditions).order_by(CaseRow.id.desc())
        return _Source(newest_first.limit(at_most(most)), ordered=True, limit=most)

"""Lists of cases, newest first: of everything a person sees, or of the units where they hold a desk.

Rows only; who sees which unit stands in one place (`organisation.grants`).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import String, func, select
from sqlalchemy.orm import aliased

from workflow.storage.models import CaseRow, DefinitionRow, LinkRow, Unit
from workflow.storage.queries.organisation import grants
from workflow.storage.session import Tx
from workflow.storage.statements import among, at_most, listing


class ListedCase(NamedTuple):
    """A case as a list shows it; `definition` is the hash that knows the label of its state."""

    id: int
    code: str
    title: str
    definition: str
    definition_name: str
    definition_vi: str
    definition_en: str
    unit_id: int
    unit_name: str
    state: str
    outcome: str | None
    opened_at: datetime
    due_at: datetime | None


class ListingCase(NamedTuple):
    """A case that lists another one: under which name, and the hash of its definition."""

    code: str
    definition: str
    link: str


LISTED = (
    select(
        CaseRow.id, CaseRow.code, CaseRow.title, CaseRow.definition, CaseRow.definition_name, DefinitionRow.title_vi,
        DefinitionRow.title_en, Unit.id.label("unit_id"), Unit.name.label("unit_name"), CaseRow.state, CaseRow.outcome,
        CaseRow.opened_at, CaseRow.due_at,
    )
    .join(Unit, Unit.id == CaseRow.unit_id)
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .order_by(CaseRow.id.desc())
)  # fmt: skip
_MEMBER = aliased(CaseRow)
_VISIBLE = LISTED.where(CaseRow.unit_id.in_(grants.VISIBLE))
_MINE = LISTED.where(CaseRow.unit_id.in_(grants.DESK_UNITS))


def coded(tx: Tx, person_id: int, *, on_date: date, codes: Iterable[str]) -> list[ListedCase]:
    """List those of the cases with these codes that stand at units a person sees."""
    statement = _VISIBLE.where(CaseRow.code.in_(sorted(codes)))
    rows = tx.connection.execute(statement, {"person": person_id, "on_date": on_date})
    return [ListedCase._make(row) for row in rows]


def at_desks(tx: Tx, person_id: int, *, on_date: date, limit: int) -> list[ListedCase]:
    """List the cases of the units where a person holds a desk, own or lent."""
    rows = tx.connection.execute(_MINE.limit(at_most(limit)), {"person": person_id, "on_date": on_date})
    return [ListedCase._make(row) for row in rows]


_named = (
    select(CaseRow.code, func.min(_MEMBER.id).label("first"), func.count().label("number"))
    .join(LinkRow, LinkRow.case_id == CaseRow.id)
    .join(_MEMBER, _MEMBER.id == LinkRow.other_id)
    .where(among(CaseRow.code, listing("codes", String)), _MEMBER.title != "")
    .group_by(CaseRow.code)
    .subquery()
)
_LED = select(_named.c.code, _MEMBER.title, _named.c.number).join(_MEMBER, _MEMBER.id == _named.c.first)


_LISTING = (
    select(CaseRow.code, CaseRow.definition, LinkRow.name)
    .distinct()
    .join(LinkRow, LinkRow.case_id == CaseRow.id)
    .join(_MEMBER, _MEMBER.id == LinkRow.other_id)
    .where(among(_MEMBER.code, listing("codes", String)))
)


def listing_cases(tx: Tx, codes: Iterable[str]) -> list[ListingCase]:
    """Find the cases that have a link to any of these."""
    return [ListingCase._make(row) for row in tx.connection.execute(_LISTING, {"codes": sorted(codes)})]


def led_by(tx: Tx, codes: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Name, for each of these cases that lists cases with names, the first of them and how many there are."""
    return {code: (title, number) for code, title, number in tx.connection.execute(_LED, {"codes": sorted(codes)})}

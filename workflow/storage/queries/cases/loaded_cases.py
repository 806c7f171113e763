"""Cases as they stand, with what an act needs beside them, and the cases linked to them.

In a writing transaction a case that is loaded is locked, so that whoever comes second sees what the first one did.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased

from workflow.errors import CaseNotFound
from workflow.storage.case_columns import COLUMNS, read_case
from workflow.storage.models import CaseRow, HistoryRow, LinkRow, RemarkRow, Unit
from workflow.storage.queries import present
from workflow.storage.queries.cases.requests import find_request
from workflow.storage.queries.organisation import Surroundings, organisation_cache
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt, among, listing
from workflow.values import Case

REVERSE = "~"
"""Before a link's name: the cases that link here under it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with what pages show beside it. `last_at` is the business time of its last entry."""

    case: Case
    definition_name: str
    title: str
    unit_code: str
    unit_name: str
    last_at: datetime


class ForAct(NamedTuple):
    """A case with what an act needs beside it: the calendar's revision, the people around.

    `repeated`: the request asked about has been carried out already. `has_remarks`: something was remarked on the case.
    """

    case: Case
    calendar_revision: str
    surroundings: Surroundings
    repeated: bool = False
    has_remarks: bool = False


_as_in_snapshot = aliased(CaseRow)
_seen_version = select(_as_in_snapshot.version).where(_as_in_snapshot.id == CaseRow.id).scalar_subquery()
_for_pages = select(
    *COLUMNS,
    CaseRow.definition_name,
    CaseRow.title,
    CaseRow.last_at,
    Unit.code.label("unit_code"),
    Unit.name.label("unit_name"),
).join(Unit, Unit.id == CaseRow.unit_id)
_has_remarks = exists().where(RemarkRow.case_id == CaseRow.id).label("has_remarks")
_for_acts = select(
    *COLUMNS,
    present.CALENDAR,
    present.ORGANISATION,
    _has_remarks,
)
_repeated = exists().where(HistoryRow.request_key == bindparam("request_key", type_=String)).label("repeated")

_by_code = CaseRow.code == bindparam("wanted")
_by_id = CaseRow.id == bindparam("wanted")
_pages = {"code": _for_pages.where(_by_code), "id": _for_pages.where(_by_id)}
_page_reading = {name: Prebuilt(statement) for name, statement in _pages.items()}
_page_locking = {name: Prebuilt(statement.with_for_update(of=CaseRow)) for name, statement in _pages.items()}
_act_reading = Prebuilt(_for_acts.where(_by_code))
_act_locking = Prebuilt(
    _for_acts.add_columns(_repeated, _seen_version.label("seen_version")).where(_by_code).with_for_update(of=CaseRow)
)

_by_codes = _for_acts.where(among(CaseRow.code, listing("codes", String))).order_by(CaseRow.id)
_locked_by_codes = _by_codes.with_for_update(of=CaseRow)

_titles = (
    select(CaseRow.code, CaseRow.title, Unit.name)
    .join(Unit, Unit.id == CaseRow.unit_id)
    .where(among(CaseRow.code, listing("codes", String)))
)
_bare_by_id = select(*COLUMNS).where(CaseRow.id == bindparam("wanted"))

_is_reverse = LinkRow.other_id == bindparam("here")
_linked = (
    select(*COLUMNS, LinkRow.name.label("link_name"), _is_reverse.label("is_reverse"))
    .join(LinkRow, CaseRow.id == case((_is_reverse, LinkRow.case_id), else_=LinkRow.other_id))
    .where(
        or_(
            and_(LinkRow.case_id == bindparam("here"), among(LinkRow.name, listing("forward", String))),
            and_(_is_reverse, among(LinkRow.name, listing("backward", String))),
        )
    )
    .order_by(CaseRow.id)
)
_locked_linked = _linked.with_for_update(of=CaseRow)


def load(tx: Tx, code: str) -> Loaded | None:
    """Load a case by the code people see, locked when writing; None where there is none."""
    return _loaded(tx, "code", code)


def load_by_id(tx: Tx, case_id: int) -> Loaded:
    """Load a case that must be there, locked when writing."""
    loaded = _loaded(tx, "id", case_id)
    if loaded is None:
        raise CaseNotFound(case_id)
    return loaded


def load_for_act(tx: Tx, code: str, *, request_key: str | None = None) -> ForAct | None:
    """Load a case with what an act needs; the organisation around it comes from the cache, where that is up to date.

    A writing transaction locks the case first, and only then can say whether the request has been carried out.
    """
    if not tx.writes:
        row = _act_reading.first(tx, {"wanted": code})
        return _for_act(tx, row) if row is not None else None
    words = {"wanted": code, "request_key": request_key}
    row = _act_locking.first(tx, words)
    # After waiting for the lock, the row is new and the rest of the answer is older than it: ask again, with the lock.
    if row is not None and row.version != row.seen_version:
        row = _act_locking.first(tx, words)
    return _for_act(tx, row)._replace(repeated=row.repeated) if row is not None else None


def load_many(tx: Tx, codes: Iterable[str]) -> list[ForAct]:
    """Load cases by code in id order, locked when writing; a code without a case brings none.

    Ask `requests.carried_out` afterwards: with the cases locked, nobody else can carry a request out any more.
    """
    statement = _locked_by_codes if tx.writes else _by_codes
    rows = tx.connection.execute(statement, {"codes": list(codes)})
    return [_for_act(tx, row) for row in rows]


def titles(tx: Tx, codes: Iterable[str]) -> dict[str, str]:
    """Say what cases are called, by code: their titles, or the names of their units where they have none."""
    rows = tx.connection.execute(_titles, {"codes": list(codes)})
    return {code: title or unit_name for code, title, unit_name in rows}


def by_request(tx: Tx, request_key: str) -> Case | None:
    """Return the case that a request acted on or opened, if it has been carried out."""
    entry = find_request(tx, request_key)
    return read_case(tx.connection.execute(_bare_by_id, {"wanted": entry[0]}).one()) if entry is not None else None


def load_links(tx: Tx, case_id: int, names: Iterable[str]) -> Mapping[str, tuple[Case, ...]]:
    """Load the cases at the ends of links in id order, locked when writing; `~name` asks for those that link here."""
    wanted = tuple(names)
    by_name: dict[str, tuple[Case, ...]] = dict.fromkeys(wanted, ())
    rows = tx.connection.execute(
        _locked_linked if tx.writes else _linked,
        {
            "here": case_id,
            "forward": [name for name in wanted if not name.startswith(REVERSE)],
            "backward": [name.removeprefix(REVERSE) for name in wanted if name.startswith(REVERSE)],
        },
    )
    for row in rows:
        name = f"{REVERSE}{row.link_name}" if row.is_reverse else row.link_name
        by_name[name] = (*by_name[name], read_case(row))
    return by_name


def _loaded(tx: Tx, which: str, wanted: str | int) -> Loaded | None:
    row = (_page_locking if tx.writes else _page_reading)[which].first(tx, {"wanted": wanted})
    if row is None:
        return None
    return Loaded(read_case(row), row.definition_name, row.title, row.unit_code, row.unit_name, row.last_at)


def _for_act(tx: Tx, row: Any) -> ForAct:
    surroundings = Surroundings(organisation_cache.at_revision(tx, row.organisation), row.unit_id)
    return ForAct(read_case(row), row.calendar_revision, surroundings, has_remarks=row.has_remarks)

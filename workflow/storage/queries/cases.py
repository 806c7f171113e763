"""Cases as they stand, with what an act needs beside them, and the cases linked to them.

In a writing transaction a case that is loaded is locked, so that whoever comes second sees what the first one did.
Called by `workflow.cases` and `workflow.facts`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased

from workflow.errors import CaseNotFound
from workflow.storage.casefiles import COLUMNS, read_case
from workflow.storage.dialects import among, listing, machine_now
from workflow.storage.models import CaseRow, HistoryRow, LinkRow, Setting, Unit
from workflow.storage.prebuilt import Prebuilt
from workflow.storage.queries import organisation
from workflow.storage.queries.organisation import Surroundings
from workflow.storage.queries.requests import find_request
from workflow.storage.session import Tx
from workflow.values import Case

REVERSE = "~"
"""Before a link's name: the cases that link here under it."""
CALENDAR_REVISION = "calendar_revision"
"""The setting without which no case was ever opened."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with what stands beside it. `last_at` is the business time of its last entry.

    `repeated`: the request asked about has been carried out already.
    """

    case: Case
    definition_name: str
    title: str
    unit_code: str
    unit_name: str
    calendar_revision: str
    last_at: datetime
    machine_now: datetime
    repeated: bool = False


_as_in_snapshot = aliased(CaseRow)
_seen_version = select(_as_in_snapshot.version).where(_as_in_snapshot.id == CaseRow.id).scalar_subquery()
_columns = (
    *COLUMNS,
    CaseRow.definition_name,
    CaseRow.title,
    CaseRow.last_at,
    Unit.code.label("unit_code"),
    Unit.name.label("unit_name"),
    Setting.value.label("calendar_revision"),
    machine_now().label("machine_now"),
    exists().where(HistoryRow.request_key == bindparam("request_key", type_=String)).label("repeated"),
    _seen_version.label("seen_version"),
)


def _loading(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_columns)
        .join(Unit, Unit.id == CaseRow.unit_id)
        .join(Setting, Setting.name == CALENDAR_REVISION)
        .where(condition)
    )


_by_code = _loading(CaseRow.code == bindparam("wanted"))
_by_code_with_people = _by_code.add_columns(organisation.REVISION.label("organisation"))
_by_id = _loading(CaseRow.id == bindparam("wanted"))
_statements = {"code": _by_code, "people": _by_code_with_people, "id": _by_id}
_reading = {name: Prebuilt(statement) for name, statement in _statements.items()}
_locking = {name: Prebuilt(statement.with_for_update(of=CaseRow)) for name, statement in _statements.items()}

_by_codes = (
    _loading(among(CaseRow.code, listing("codes", String)))
    .add_columns(organisation.REVISION.label("organisation"))
    .order_by(CaseRow.id)
)
_locked_by_codes = _by_codes.with_for_update(of=CaseRow)

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


def load_for_act(tx: Tx, code: str, *, request_key: str | None = None) -> Loaded | None:
    """Load a case by the code people see, locked when writing; None where there is none."""
    row = _row(tx, "code", wanted=code, request_key=request_key)
    return _loaded(row) if row is not None else None


def load_with_people(tx: Tx, code: str, *, request_key: str | None = None) -> tuple[Loaded, Surroundings] | None:
    """Load a case as `load_for_act` does, and the organisation around it, which is seldom asked for anew."""
    row = _row(tx, "people", wanted=code, request_key=request_key)
    if row is None:
        return None
    return _loaded(row), Surroundings(organisation.at_revision(tx, row.organisation), row.unit_id)


def load_many(tx: Tx, codes: Iterable[str]) -> list[tuple[Loaded, Surroundings]]:
    """Load cases by code in id order, locked when writing; a code without a case brings none.

    Whether a request has been carried out is asked afterwards, when nobody else can any more: `requests.carried_out`.
    """
    statement = _locked_by_codes if tx.writes else _by_codes
    rows = tx.connection.execute(statement, {"codes": list(codes), "request_key": None})
    return [(_loaded(row), Surroundings(organisation.at_revision(tx, row.organisation), row.unit_id)) for row in rows]


def load_by_id(tx: Tx, case_id: int) -> Loaded:
    """Load a case that must be there, locked when writing."""
    row = _row(tx, "id", wanted=case_id, request_key=None)
    if row is None:
        raise CaseNotFound(case_id)
    return _loaded(row)


def by_request(tx: Tx, request_key: str) -> Case | None:
    """Return the case that a request acted on or opened, if it has been carried out."""
    found = find_request(tx, request_key)
    return read_case(tx.connection.execute(_bare_by_id, {"wanted": found[0]}).one()) if found is not None else None


def load_links(tx: Tx, case_id: int, names: Iterable[str]) -> Mapping[str, tuple[Case, ...]]:
    """Load the cases at the ends of links in id order, locked when writing; `~name` asks for those that link here."""
    wanted = tuple(names)
    found: dict[str, tuple[Case, ...]] = dict.fromkeys(wanted, ())
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
        found[name] = (*found[name], read_case(row))
    return found


def _row(tx: Tx, which: str, **words: Any) -> Any:
    statement = (_locking if tx.writes else _reading)[which]
    row = statement.first(tx.connection, words)
    # Whoever had to wait for the row reads it new and everything else as it was before: ask again, holding the lock.
    if row is not None and row.version != row.seen_version:
        return statement.first(tx.connection, words)
    return row


def _loaded(row: Any) -> Loaded:
    return Loaded(
        case=read_case(row),
        definition_name=row.definition_name,
        title=row.title,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        calendar_revision=row.calendar_revision,
        last_at=row.last_at,
        machine_now=row.machine_now,
        repeated=row.repeated,
    )

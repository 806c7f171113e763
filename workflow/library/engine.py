"""The engine as a library: an installation opened on a database URL, its organisation, its cases, its history.

Each call is one transaction; time is always handed in. Everything is done by the verbs, in the name of whoever runs the
program; roles and kinds of unit that nobody declared are declared by their first use.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from workflow import calendars, cases
from workflow.cases import Acted, EntryView, histories
from workflow.deadlines import escalations, jobs, notices
from workflow.definitions import Published, publishing
from workflow.errors import CaseNotFound
from workflow.exchange import tree
from workflow.installation import shipping
from workflow.organisation import GrantForm, PersonForm, grants, people, units
from workflow.storage import migrating
from workflow.storage.queries import settings
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.present import CALENDAR_REVISION
from workflow.storage.queries.settings import RoleWord, Word
from workflow.storage.session import Database, Tx
from workflow.values import Act, Case, Json, Refusal

_AT_ONCE: Final = 200
_LEASE: Final = timedelta(minutes=5)
_NO_INPUTS: Final[Mapping[str, Json]] = {}


@contextmanager
def open_engine(url: str) -> Iterator["Engine"]:
    """Open an installation on `sqlite:///path` or `postgresql://…`; its tables are made or brought up to date."""
    migrating.migrate(url)
    database = Database(url)
    try:
        with database.writing() as tx, as_file(files("definitions").joinpath("roles.yaml")) as roles:
            _set_up(tx, roles.parent)
        yield Engine(database)
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class Engine:
    """One installation. People are named by user name, units and cases by code, definitions by name."""

    database: Database

    def publish(self, definition: Path | str, *, now: datetime) -> Published:
        """Publish a definition, a file or its text. Raises `DefinitionFaults` with everything wrong with it."""
        text = definition if isinstance(definition, str) else definition.read_text("utf-8")
        with self.database.writing() as tx:
            return publishing.publish_shipped(tx, text, now=now, path="" if text is definition else str(definition))

    def add_unit(self, code: str, name: str, *, now: datetime, kind: str = "unit", above: str | None = None) -> int:
        """Add a unit, or change the one of that code; the first is the top of the tree, others lie below one."""
        cells = {"code": code, "name": name, "kind": kind, "parent": above or "", "valid_from": str(now.date())}
        with self.database.writing() as tx:
            _know_kind(tx, kind)
            return units.edit(tx, cells, person_id=None, now=now)

    def add_person(self, username: str, full_name: str, *, now: datetime) -> int:
        """Add somebody, who has no role yet."""
        with self.database.writing() as tx:
            return people.add(tx, PersonForm(username, full_name), person_id=None, now=now)

    def grant(self, username: str, role: str, *, at: str, now: datetime, since: date | None = None) -> int:
        """Let somebody hold a role at a unit, from the day of `now` on or an earlier one."""
        with self.database.writing() as tx:
            unit = units.find_code(tx, at)
            know_role(tx, role, unit.kind)
            holder = people.find_username(tx, username).id
            form = GrantForm(holder, role, unit.id, since or calendars.local_date(tx, now))
            return grants.grant(tx, form, person_id=None, now=now)

    def open_case(
        self, definition: str, *, unit: str, by: str, now: datetime, fields: Mapping[str, Json] = _NO_INPUTS
    ) -> Acted | Refusal:
        """Open a case of a unit, or say why not."""
        with self.database.writing() as tx:
            person, place = people.find_username(tx, by).id, units.find_code(tx, unit).id
            return cases.open_case(tx, definition, unit_id=place, person_id=person, now=now, fields=fields)

    def act(
        self, code: str, action: str, *, by: str, now: datetime, inputs: Mapping[str, Json] = _NO_INPUTS
    ) -> Acted | Refusal:
        """Do to a case what somebody asks for, or say why not."""
        with self.database.statements() as tx:
            person = people.find_username(tx, by).id
        return cases.act(self.database, code, Act(action, inputs), person_id=person, now=now)

    def let_pass(self, until: datetime) -> int:
        """Let time go on: what is due by then fires in order, each at its own time; return how many."""
        with self.database.writing() as tx:
            return let_pass(tx, until)

    def case(self, code: str) -> Case:
        """A case as it stands."""
        with self.database.reading() as tx:
            return find_case(tx, code)

    def history(self, code: str) -> list[EntryView]:
        """Everything that happened to a case, first to last."""
        with self.database.reading() as tx:
            return histories.entries(tx, find_case(tx, code).id)


def find_case(tx: Tx, code: str) -> Case:
    """Load a case. Raises `CaseNotFound`."""
    loaded = records.load(tx, code)
    if loaded is None:
        raise CaseNotFound(code)
    return loaded.case


def let_pass(tx: Tx, until: datetime) -> int:
    """Fire what is due by a moment and make the notifications; letters wait for a worker that sends mail."""
    fired = 0
    while due := escalations.ring_due(tx, now=until, limit=_AT_ONCE):
        fired += due
        _do_jobs(tx)
    return fired


def _do_jobs(tx: Tx) -> None:
    effects = {notices.TELL: notices.expand, escalations.KIND: escalations.fire_deadline}
    while tx.jobs_to_ring:
        job_ids, tx.jobs_to_ring[:] = list(tx.jobs_to_ring), []
        for job_id in job_ids:
            job = jobs.claim(tx, job_id, lease=_LEASE)
            if job is not None and job.kind in effects:
                effects[job.kind](tx, job.payload)
                jobs.finish(tx, job)


def _set_up(tx: Tx, folder: Path) -> None:
    """Give a new database the calendar, kinds and roles that ship; one that has them keeps its own."""
    if settings.find(tx, CALENDAR_REVISION) is None:
        shipping.ship_vocabularies(tx, folder)
        calendars.ship(tx, _calendar(folder / "calendar.yaml"))


def _calendar(path: Path) -> Mapping[str, object]:
    document = tree(path.read_bytes(), path=path.name)
    return document if isinstance(document, dict) else {}


def _know_kind(tx: Tx, kind: str) -> None:
    known = settings.kinds(tx)
    if kind not in {word.code for word in known}:
        settings.put_kinds(tx, [*known, Word(kind, kind, kind)])


def know_role(tx: Tx, role: str, kind: str) -> None:
    """Let a role be granted at units of a kind; a role that nobody declared is added."""
    known = settings.roles(tx)
    places = {word.code: settings.role_kinds(tx, word.code) for word in known}
    if kind in places.get(role, frozenset()):
        return
    added = () if role in places else (RoleWord(role, role, role, "below"),)
    settings.put_roles(tx, [*known, *added], at={**places, role: places.get(role, frozenset()) | {kind}})

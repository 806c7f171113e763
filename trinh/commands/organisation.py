"""`trinh units`, `people`, `grants` and `movements`: the organisation from the command line, in the operator's name.

Reads files and arguments, calls one verb each; every edit is in the record of administrators' acts.
"""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from trinh import record
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow import calendars
from workflow.accounts import passwords
from workflow.exchange import FaultyFile
from workflow.installation import business_time
from workflow.movements import obligations
from workflow.organisation import GrantForm, PersonForm, grants, people, units
from workflow.values import Text

_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_day = click.DateTime(["%Y-%m-%d"])


class RoleAtUnit(click.ParamType[tuple[str, str]]):
    """A role at a unit, written `unit_clerk@14404`."""

    name = "role@unit"

    def convert(
        self, value: tuple[str, str] | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        role, at, unit = value.partition("@") if isinstance(value, str) else (value[0], "@", value[1])
        if not (role and at and unit):
            self.fail(f"{value!r}: ROLE@UNIT_CODE, like unit_clerk@14404", param, ctx)
        return role, unit


@click.group("units")
def units_group() -> None:
    """Import the units of the organisation."""


@units_group.command("import")
@click.argument("file", type=_file)
@click.option("--dry-run", is_flag=True, help="Only say what is wrong with the file.")
@_form
@click.pass_obj
def import_units(terminal: Terminal, file: Path, *, dry_run: bool, form: str) -> None:
    """Import units from CSV (UTF-8) or Excel. Every fault is listed with its row; then nothing is imported."""
    try:
        with record.opened(terminal.settings) as database, database.writing() as tx:
            rows = units.read_file(tx, file.read_bytes(), name=str(file))
            if dry_run:
                terminal.say("units_fine", count=len(rows))
                return
            done = units.import_rows(tx, rows, person_id=None, now=business_time.read(tx))
    except FaultyFile as faulty:
        _tell_faults(terminal, faulty, form=form)
        raise SystemExit(FOUND_FAULTS) from faulty
    terminal.say("units_imported", added=done.added, changed=done.changed)


@click.group("people")
def people_group() -> None:
    """Add people with accounts, and list them."""


@people_group.command("add")
@click.argument("username")
@click.argument("full_name")
@click.option("--unit", "unit_code", metavar="CODE", help="The unit they work for.")
@click.option("--title", nargs=2, default=("", ""), metavar="VI EN", help="Job title in both languages.")
@click.option("--email")
@click.option("--language", type=click.Choice(Text._fields), default="vi", show_default=True)
@click.option(
    "--role", "roles", type=RoleAtUnit(), multiple=True, metavar="ROLE@UNIT", help="A desk to grant; repeatable."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
@click.pass_obj
def add_person(
    terminal: Terminal,
    username: str,
    full_name: str,
    *,
    unit_code: str | None,
    title: tuple[str, str],
    email: str | None,
    language: str,
    roles: tuple[tuple[str, str], ...],
    password_stdin: bool,
) -> None:
    """Add somebody with an account, and grant them desks (`--role unit_clerk@14404`)."""
    password_hash = passwords.hashed(_password(terminal, from_stdin=password_stdin), username=username)
    with record.opened(terminal.settings) as database, database.writing() as tx:
        now = business_time.read(tx)
        unit_id = units.find_code(tx, unit_code).id if unit_code else None
        form = PersonForm(username, full_name, Text(*title), unit_id, language, email)
        added = people.add(tx, form, person_id=None, now=now, password_hash=password_hash)
        today = calendars.local_date(tx, now)
        for role, unit in roles:
            grant = GrantForm(added, role, units.find_code(tx, unit).id, today)
            grants.grant(tx, grant, person_id=None, now=now)
    terminal.say("person_added", username=username)


@people_group.command("list")
@click.option("--words", default="", help="Only people whose name has these words.")
@_form
@click.pass_obj
def list_people(terminal: Terminal, words: str, form: str) -> None:
    """List people, in the order of given names."""
    with record.opened(terminal.settings) as database, database.reading() as tx:
        listed = people.listing(tx, words=words, limit=10_000)
    if form == "json":
        terminal.as_json([person._asdict() for person in listed])
        return
    rows = [
        (person.username, person.full_name, person.title_vi if terminal.language == "vi" else person.title_en)
        for person in listed
    ]
    terminal.rows(("username", "name", "title"), rows)


@click.group("grants")
def grants_group() -> None:
    """Grant roles at units, end grants, list them."""


@grants_group.command("add")
@click.argument("username")
@click.argument("role_at_unit", type=RoleAtUnit(), metavar="ROLE@UNIT")
@click.option("--from", "valid_from", type=_day, help="The first day; today if not given.")
@click.option("--until", "valid_to", type=_day, help="The first day they no longer hold it.")
@click.pass_obj
def add_grant(
    terminal: Terminal,
    username: str,
    role_at_unit: tuple[str, str],
    valid_from: datetime | None,
    valid_to: datetime | None,
) -> None:
    """Grant a role at a unit to somebody."""
    role, code = role_at_unit
    with record.opened(terminal.settings) as database, database.writing() as tx:
        now = business_time.read(tx)
        first = _date(valid_from) or calendars.local_date(tx, now)
        unit = units.find_code(tx, code)
        form = GrantForm(people.find_username(tx, username).id, role, unit.id, first, _date(valid_to))
        grants.grant(tx, form, person_id=None, now=now)
    terminal.say("granted", username=username, role=role, unit=unit.name)


@grants_group.command("end")
@click.argument("grant", type=int)
@click.option("--on", "on_date", type=_day, help="The first day it is void; today if not given.")
@click.pass_obj
def end_grant(terminal: Terminal, grant: int, on_date: datetime | None) -> None:
    """End a grant (its number is in `trinh grants list`)."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        now = business_time.read(tx)
        grants.end(tx, grant, on_date=_date(on_date) or calendars.local_date(tx, now), person_id=None, now=now)
    terminal.say("grant_ended", grant=grant)


@grants_group.command("list")
@click.argument("username")
@_form
@click.pass_obj
def list_grants(terminal: Terminal, username: str, form: str) -> None:
    """List every grant somebody has or had."""
    with record.opened(terminal.settings) as database, database.reading() as tx:
        held = grants.of_person(tx, people.find_username(tx, username).id)
    if form == "json":
        terminal.as_json([row._asdict() for row in held])
        return
    terminal.rows(
        ("grant", "role", "unit", "from", "until"),
        [(row.id, row.role, row.unit_name, row.valid_from, row.valid_to) for row in held],
    )


@click.group("movements")
def movements_group() -> None:
    """Import movements and publish them."""


@movements_group.command("import")
@click.argument("file", type=_file)
@click.pass_obj
def import_movements(terminal: Terminal, file: Path) -> None:
    """Import movements from YAML. They can be imported again, changed, until they are published."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        codes = obligations.import_movement(
            tx, file.read_bytes(), name=str(file), person_id=None, now=business_time.read(tx)
        )
    terminal.say("movements_imported", codes=", ".join(codes))


@movements_group.command("publish")
@click.argument("code")
@click.pass_obj
def publish_movement(terminal: Terminal, code: str) -> None:
    """Publish a movement: a case is opened for each unit that owes one."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        *_, last = obligations.publish_movement(tx, code, person_id=None, now=business_time.read(tx))
    terminal.say("movement_announced", code=code, opened=last.opened)


def _tell_faults(terminal: Terminal, faulty: FaultyFile, *, form: str) -> None:
    if form == "json":
        said = [
            {
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
                "sentence": {
                    "vi": fault.line("vi"),
                    "en": fault.line("en"),
                },
            }
            for fault in faulty.faults
        ]
        terminal.as_json(said)
        return
    for fault in faulty.faults:
        terminal.warn(f"{faulty.name}: {fault.line(terminal.language)}")
    terminal.warn(terminal.sentence("nothing_imported", count=len(faulty.faults)))


def _password(terminal: Terminal, *, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    asked: str = click.prompt(terminal.sentence("password_asked"), hide_input=True, confirmation_prompt=True)
    return asked


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None

"""`trinh people` and `grants`: accounts and what they may do, from the command line, in nobody's name.

Reads arguments, calls one verb each; every edit is in the record of administrators' acts.
"""

import sys
from datetime import date, datetime

import click

from trinh import composition, record
from trinh.ports import PREFERRED_PORT
from trinh.terminal import Terminal
from workflow import calendars
from workflow.accounts import passwords
from workflow.installation import business_time
from workflow.organisation import GrantForm, PersonForm, credentials, grants, people, units
from workflow.values import Text

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


@click.group("people")
def people_group() -> None:
    """Add people with accounts, let them in, list them."""


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
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; without it a link is printed."
)
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
    """Add somebody with an account, grant them desks (`--role unit_clerk@14404`), print a link for a password."""
    password_hash = passwords.hashed(_typed_password(), username=username) if password_stdin else None
    with record.opened(terminal.settings) as database, database.writing() as tx:
        now = business_time.read(tx)
        unit_id = units.find_code(tx, unit_code).id if unit_code else None
        form = PersonForm(username, full_name, Text(*title), unit_id, language, email)
        added = people.add(tx, form, person_id=None, now=now, password_hash=password_hash)
        today = calendars.local_date(tx, now)
        for role, unit in roles:
            grant = GrantForm(added, role, units.find_code(tx, unit).id, today)
            grants.grant(tx, grant, person_id=None, now=now)
        token = None if password_stdin else credentials.console_link(tx, added, now=now)
    terminal.say("person_added", username=username)
    if token is not None:
        _say_link(terminal, username, token)


@people_group.command("link")
@click.argument("username")
@click.pass_obj
def link_person(terminal: Terminal, username: str) -> None:
    """Print a link by which somebody chooses a password, once; an account that was locked is in use again."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        person = people.find_username(tx, username)
        token = credentials.console_link(tx, person.id, now=business_time.read(tx))
    _say_link(terminal, username, token)


@people_group.command("mail")
@click.argument("username")
@click.argument("email")
@click.pass_obj
def mail_person(terminal: Terminal, username: str, email: str) -> None:
    """Change the mail address of somebody; both addresses are told."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        person = people.find_username(tx, username)
        title = Text(person.title_vi, person.title_en)
        form = PersonForm(username, person.full_name, title, person.unit_id, person.language, email, person.phone)
        people.edit(tx, person.id, form, person_id=None, now=business_time.read(tx))
    terminal.say("email_changed", username=username, email=email)


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


def _typed_password() -> str:
    return sys.stdin.readline().rstrip("\n")


def _say_link(terminal: Terminal, username: str, token: str) -> None:
    address = composition.base_url_of(terminal.settings, port=terminal.settings.port or PREFERRED_PORT)
    terminal.say("link_made", username=username, link=f"{address.rstrip('/')}/link/{token}")


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None

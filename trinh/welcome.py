"""What a start tells its operator: the address, and in a demonstration the clock, the accounts and their password.

Knows which accounts visitors are meant to use; their people and desks are read from the record.
"""

from collections.abc import Iterator
from typing import Final

from trinh import home
from trinh.terminal import Terminal
from workflow import calendars
from workflow.installation import business_time
from workflow.organisation import grants, people, units
from workflow.storage.session import Database, Tx

ACCOUNTS: Final = (
    "cucphuong.clerk",
    "cucphuong.head",
    "nhoquan.officer",
    "nhoquan.head",
    "nhoquan.chairman",
    "sldtbxh.clerk",
    "sldtbxh.head",
    "board.officer",
    "board.head",
    "board.secretary",
    "office",
    "chairman",
    "admin",
    "admin2",
    "auditor",
)
"""The accounts that are shown; everybody else of the demonstration has the same password."""


def welcome(terminal: Terminal, database: Database, *, address: str) -> None:
    """Say where the installation answers and who may sign in."""
    with database.reading() as tx:
        if business_time.is_demo(tx):
            introduce(terminal, tx)
        elif not people.listing(tx, limit=1):
            terminal.say("set_up_how")
    terminal.say("serving", address=address)
    terminal.say("stopping_how", home=terminal.settings.home)


def introduce(terminal: Terminal, tx: Tx) -> None:
    """Say which accounts a demonstration has, their password, and what its clock says."""
    headings = ("user name", "person", "role", "unit")
    terminal.rows(headings, _accounts(terminal, tx), title=terminal.sentence("demo_accounts"))
    _say_password(terminal)
    now = calendars.calendar_of(tx).local(business_time.read(tx))
    terminal.say("demo_clock", now=f"{now:%H:%M %d/%m/%Y}")


def _accounts(terminal: Terminal, tx: Tx) -> Iterator[tuple[str, str, str, str]]:
    labels = {role.code: role.label_vi if terminal.language == "vi" else role.label_en for role in grants.roles(tx)}
    for username in ACCOUNTS:
        person = people.find_username(tx, username)
        held = grants.of_person(tx, person.id)
        roles = ", ".join(dict.fromkeys(labels[grant.role] for grant in held))
        place = units.find(tx, person.unit_id).name if person.unit_id else ""
        yield username, person.full_name, roles, place


def _say_password(terminal: Terminal) -> None:
    file = terminal.settings.home / home.DEMO_PASSWORD
    if terminal.settings.demo_password is not None:
        terminal.say("demo_password_given")
    elif file.exists():
        terminal.say("demo_password", password=file.read_text("utf-8").strip())
    else:
        terminal.say("demo_password_unknown")

"""The stage of the workers' tests: a small province with a definition whose turns go late quickly, and letters.

Business time is the demo's, so that a test moves it; the machine's time is the database's own.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select, text

from tests.support import small_record
from tests.support.calendar_facts import hanoi
from tests.support.processes import PASSWORD
from tests.support.small_record import CHAIR, CLERK, COMMUNE, LEAD, OFFICER
from workflow import calendars, cases
from workflow.accounts import passwords
from workflow.definitions import publishing
from workflow.exchange.shipped import tree
from workflow.installation import business_time
from workflow.organisation import people
from workflow.storage import models
from workflow.storage.queries.present import CALENDAR_REVISION
from workflow.storage.session import Database
from workflow.values import Act

CALENDAR = Path(__file__).parents[2] / "definitions" / "calendar.yaml"
MONDAY = hanoi("2017-11-13 08:00")
EMAILS = {person: f"p{person}@example.org" for person in (CLERK, OFFICER, CHAIR, LEAD)}

ERRAND = """
definition: errand
title: Việc nhỏ | Errand
basis: thử nghiệm
fields: {note: {is: text, label: Ghi chú | Note}}
people: {clerk: unit_clerk at unit, officer: plan_officer above unit, chair: chair above unit}
escalation: {-1 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}
start: {by: clerk, to: draft}
states:
  draft:
    label: Nháp | Draft
    turn: {who: clerk, due: 3 wd, escalate_to: chair}
    actions: {send: {label: Gửi | Send, to: submitted}}
  submitted:
    label: Chờ tiếp nhận | Awaiting receipt
    turn: {who: officer, due: 2 wd, escalate_to: chair}
    actions:
      receive: {label: Tiếp nhận | Receive, to: done}
      return:  {label: Trả lại | Return, to: draft}
  done: {label: Xong | Done, outcome: good}
"""


def build(database: Database) -> None:
    """Fill an empty database."""
    with database.writing() as tx:
        business_time.mark_demo(tx, starts_at=MONDAY)
        small_record.build(tx)
        # The province of the record's tests has a revision without a calendar.
        tx.connection.execute(delete(models.Setting).where(models.Setting.name == CALENDAR_REVISION))
        days = tree(CALENDAR.read_bytes(), path=CALENDAR.name)
        assert isinstance(days, dict)
        calendars.ship(tx, days)
        contacts = [{"person_id": person, "email": email} for person, email in EMAILS.items()]
        small_record.rows(tx, models.PersonContact, contacts)
        # Nobody here wants to take anything back: letters leave at once.
        at_once = [{"person_id": person, "name": "undo", "value": "0"} for person in EMAILS]
        small_record.rows(tx, models.PersonSetting, at_once)
        publishing.publish_shipped(tx, ERRAND, now=MONDAY, path="errand.yaml")


def open_errand(database: Database, *, key: str | None = None) -> str:
    """Open a case on a clerk's behalf; returns its code."""
    with database.writing() as tx:
        opened = cases.open_case(
            tx, "errand", unit_id=COMMUNE, person_id=CLERK, now=business_time.read(tx), request_key=key
        )
    assert isinstance(opened, cases.Acted), opened
    return opened.case.code


def act(database: Database, code: str, action: str, *, by: int, key: str | None = None) -> cases.Acted:
    """Do something to a case."""
    with database.writing() as tx:
        acted = cases.act_in(tx, code, Act(action), person_id=by, now=business_time.read(tx), request_key=key)
    assert isinstance(acted, cases.Acted), acted
    return acted


def move_clock(database: Database, when: str) -> datetime:
    """Move business time forward to an hour on the wall in Hà Nội."""
    with database.writing() as tx:
        return business_time.move_to(tx, hanoi(when), person_id=None)


def history(database: Database, code: str) -> list[tuple[str, datetime]]:
    """List a case's actions with their business times."""
    case, entry = models.CaseRow, models.HistoryRow
    query = select(entry.action, entry.at).join(case, case.id == entry.case_id).where(case.code == code)
    with database.reading() as tx:
        return [(row.action, row.at) for row in tx.connection.execute(query.order_by(entry.seq))]


def column(database: Database, query: str) -> list:
    """Read one column of whatever the record holds."""
    with database.reading() as tx:
        return list(tx.connection.scalars(text(query)))


def let_clerk_sign_in(database: Database) -> None:
    """Give the clerk a password."""
    with database.writing() as tx:
        hashed = passwords.hashed_as_given(PASSWORD)
        people.set_password(tx, CLERK, hashed, now=MONDAY)

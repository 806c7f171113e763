"""Letting people in: links that an administrator sends or prints, and never a password.

Knows who may be let in how. A link goes to the person's mail address; where mail reaches nobody, an ordinary person's
link is printed as a slip, and the entry names who printed it. Whoever holds a duty role is let in by mail or from the
command line only.
"""

from datetime import datetime

from workflow.accounts import account_letters, one_time_links
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed
from workflow.organisation import access, duties
from workflow.organisation.people import find
from workflow.storage.queries.organisation import PersonView
from workflow.storage.queries.organisation import people as records
from workflow.storage.session import Tx


def send_link(tx: Tx, whose_id: int, *, person_id: int | None, now: datetime) -> None:
    """Send somebody a link by mail: an invitation, or a reset where there is a password already."""
    access.require_admin(tx, person_id, now)
    person = _in_use(tx, whose_id)
    if not person.email:
        raise Invalid("email_needed", field="email", name=person.full_name)
    letter: account_letters.Letter = "reset" if person.has_password else "invitation"
    act = admin_acts.record(tx, "link_sent", {"person": whose_id, "link": letter}, person_id=person_id, at=now)
    account_letters.send_link(tx, whose_id, letter, by=person_id, at=now, key=str(act))


def print_slip(tx: Tx, whose_id: int, *, letters_leave: bool, person_id: int, now: datetime) -> str:
    """Make a link to be printed for an ordinary person whom no mail reaches, and return its token."""
    access.require_admin(tx, person_id, now)
    person = _in_use(tx, whose_id)
    if letters_leave and person.email:
        raise NotAllowed("slip_for_nobody_with_mail", name=person.full_name)
    if duties.holds_duty(tx, whose_id, now=now):
        raise NotAllowed("slip_for_no_duty", name=person.full_name)
    admin_acts.record(tx, "slip_printed", {"person": whose_id}, person_id=person_id, at=now)
    return one_time_links.make(tx, whose_id, "slip", made_by=person_id)


def console_link(tx: Tx, whose_id: int, *, now: datetime) -> str:
    """Make a link on the command line, for anybody, and return its token; a locked account is in use again.

    The person is told of it.
    """
    find(tx, whose_id)
    records.change(tx, whose_id, active=True)
    act = admin_acts.record(tx, "console_link_made", {"person": whose_id}, person_id=None, at=now)
    account_letters.tell(tx, whose_id, "link_made", by=None, at=now, act=act)
    return one_time_links.make(tx, whose_id, "console", made_by=None)


def _in_use(tx: Tx, whose_id: int) -> PersonView:
    person = find(tx, whose_id)
    if not person.active:
        raise NotAllowed("person_inactive", name=person.full_name)
    return person

"""A mail server for a site: lets the letters about accounts leave, and reads the links in them."""

import re
from email.message import EmailMessage

from sqlalchemy import select

from tests.servers.smtp import SmtpSink
from tests.support.site import Site
from workers.effects import effects
from workers.letters.posting import MailServer, Post
from workers.ringing import Ringing
from workflow.accounts import account_letters
from workflow.storage.models import Job, PersonContact
from workflow.storage.queries.settings import upsert

LINK = re.compile(r"https://trinh\.example(/link/\S+)")


def reach(site: Site, username: str) -> str:
    """Give somebody a mail address, as it lies in the record."""
    address = f"{username}@mail.example"
    with site.database.writing() as tx:
        upsert(tx, PersonContact, [{"person_id": site.stage.people[username], "email": address, "phone": None}])
    return address


def deliver(site: Site, sink: SmtpSink | None) -> None:
    """Do the jobs of letters about accounts; without a sink there is no mail server."""
    server = MailServer(sink.host, sink.port) if sink is not None else None
    ring = Ringing(site.database, effects(Post("https://trinh.example", server=server)))
    due = select(Job.id).where(Job.kind == account_letters.KIND, Job.state == "due").order_by(Job.id)
    with site.database.reading() as tx:
        waiting = list(tx.connection.execute(due).scalars())
    for job_id in waiting:
        ring(job_id)


def words_of(letter: EmailMessage) -> str:
    """The plain words of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    """The path of the link in a letter."""
    (path,) = LINK.findall(words_of(letter))
    return str(path)

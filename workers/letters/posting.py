"""SMTP: makes a message of a kept letter and hands it to a mail server.

Knows headers and their dangers (line breaks, auto-replies), not what is written. Errors are smtplib's own and end in
the job's `last_error`.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Final, Literal
from urllib.parse import urlsplit

from workflow.storage.queries.notices import LetterRow

TIMEOUT_SECONDS: Final = 10.0
"""For each answer of the server; far below the lease of a job."""

Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and how to speak to it."""

    host: str
    port: int
    security: Security = "none"
    username: str | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave. Where `server` is None they do not, and the outbox shows what would have been sent."""

    base_url: str
    sender: str = "Trình <trinh@localhost>"
    server: MailServer | None = None

    @property
    def host(self) -> str:
        """The name of the installation in Message-IDs and List-Ids."""
        return urlsplit(self.base_url).hostname or "localhost"


def hand_over(letter: LetterRow, server: MailServer, *, sender: str, host: str) -> None:
    """Transmit a letter once; returning means that the server took it."""
    message = message_of(letter, sender=sender, host=host)
    with _connected(server) as link:
        if server.security == "starttls":
            link.starttls(context=ssl.create_default_context())
        if server.username:
            link.login(server.username, server.password)
        link.send_message(message)


def message_of(letter: LetterRow, *, sender: str, host: str) -> EmailMessage:
    """Make the message: the same bytes at each transmission, except for the boundary between its parts."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(letter.subject)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(letter.full_name, letter.address)
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = letter.message_id
    message["List-Id"] = f"Trinh <trinh.{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body_text)
    message.add_alternative(letter.body_html, subtype="html")
    return message


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)


def _address(name: str, address: str) -> Address:
    return Address(_one_line(name), addr_spec=address)


def _one_line(text: str) -> str:
    """Take out line breaks and other control characters: with them a name or a title could write headers."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())

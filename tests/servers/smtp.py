"""A real SMTP server that keeps what it is sent; it can refuse, be busy, or break off after the text."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Literal, Self, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.belongings import free_port

Mood = Literal["accepting", "busy", "refusing", "breaking off"]

ANSWERS = {
    "accepting": "250 OK",
    "busy": "451 Try again later",
    "refusing": "550 No such mailbox",
    "breaking off": "250 OK",
}


class SmtpSink:
    """Letters lie in `letters` in the order of arrival, repeats included."""

    def __init__(self) -> None:
        self.mood: Mood = "accepting"
        self.letters: list[EmailMessage] = []
        self.port = free_port()
        self._controller = Controller(self, hostname=self.host, port=self.port)
        self._controller.start()

    @property
    def host(self) -> str:
        return "127.0.0.1"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd names it
        """Keep the letter unless the mood is to turn it away."""
        if self.mood in {"accepting", "breaking off"}:
            parsed = message_from_bytes(cast("bytes", envelope.original_content), policy=policy.default)
            self.letters.append(cast("EmailMessage", parsed))
        if self.mood == "breaking off":
            server.transport.abort()
        return ANSWERS[self.mood]

    def close(self) -> None:
        self._controller.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""The page that asks before an act is done: what would follow, and the form as it was sent, to be sent once more.

Knows how a form is kept on a page without being stored: choices of a secret ballot are in the page and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from flask import Flask, make_response, render_template, request
from werkzeug.wrappers import Response

from web import door
from web.case.form import Sent, page_of
from web.case.page import CasePage
from web.forms import line_of, number_in
from workflow.desk import Shown, consequences
from workflow.machine.case import NO_LINE
from workflow.machine.words import (
    ConsequenceLine,
    asked_about,
    cautions,
    consequence_lines,
    going_on,
    leads_to,
    not_undone,
    what_changed,
)
from workflow.values import ANSWER, Consequences, Reason, Text

AGREED, AGREED_COUNTS = "agreed", "agreed_counts"
"""Inputs of the page: what was read, by its digest, and the figures in it."""
_OURS = frozenset({AGREED, AGREED_COUNTS, "form_token"})
_CHANGED = 409


def install(app: Flask) -> None:
    """Let templates say in one sentence what an action would do."""
    app.add_template_global(leads_to)


@dataclass(frozen=True)
class AskingPage:
    """What an act would do, put as a question; `changed` says what is not as the visitor read it a moment ago."""

    page: CasePage
    action: str
    shown: Shown
    kept: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, Text], ...] = ()
    changed: Text | None = None

    @property
    def question(self) -> Text:
        return asked_about(self.shown.consequences, self.shown.names)

    @property
    def lines(self) -> tuple[ConsequenceLine, ...]:
        return consequence_lines(self.shown.consequences, self.shown.names)

    @property
    def cautions(self) -> tuple[Text, ...]:
        return cautions(self.shown.consequences, self.shown.names)

    @property
    def doubts(self) -> tuple[Reason, ...]:
        """What speaks against it; who has not answered is said once, with what comes of that."""
        shown = self.shown.consequences
        said = {"missing_opinions"} if self.cautions else set()
        return (*(doubt for doubt in shown.doubts if doubt.code not in said), *shown.warnings)

    @property
    def going_on(self) -> Text:
        return going_on(self.shown.consequences, self.shown.names)

    @property
    def not_undone(self) -> Text | None:
        return not_undone(self.shown.consequences, self.shown.names)

    @property
    def is_sent(self) -> bool:
        """Whether there is a form to go back to."""
        return request.method == "POST"

    @property
    def is_secret(self) -> bool:
        """Whether this is a ballot of which nobody is to learn."""
        asks = self.page.state.asks
        return self.action.startswith(ANSWER) and asks[self.action.removeprefix(ANSWER)].secret

    @property
    def waits(self) -> bool:
        """Whether answers are missing that could still come."""
        return any(after.missing for after in self.shown.consequences.asks)

    @property
    def agreed(self) -> tuple[tuple[str, str], ...]:
        """What the form says of this page when it comes back."""
        shown = self.shown.consequences
        counts = ";".join(f"{name}={count}" for name, count in shown.counts.items())
        return ((AGREED, shown.digest), (AGREED_COUNTS, counts))


def agreed() -> str | None:
    """The digest of the consequences that the visitor has read; None before they were asked."""
    return line_of(AGREED) or None


def ask(code: str, sent: Sent, shown: Consequences) -> Response:
    """Ask whether to go on, with everything that was typed; 409 where what follows is not what was read."""
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    named = consequences.with_names(tx, shown, person_id=person_id, now=now)
    page = page_of(code, typed=sent.inputs, tried=sent.action)
    changed = what_changed(_counts_read(), shown) if agreed() else None
    choices = tuple(_choices(page, sent))
    asking = AskingPage(page, sent.action, named, tuple(_kept(page)), choices, changed)
    return make_response(
        render_template("case/consequences.html", asking=asking, page=page, case=page.case),
        _CHANGED if changed else 200,
    )


def _kept(page: CasePage) -> Iterator[tuple[str, str]]:
    """Go through everything that came with the form; files were stored when they came, so only their names come again.

    On a page that nothing was sent to yet, the version that is shown and the key of the request.
    """
    if request.method == "GET":
        yield "seen", str(page.case.acted_version)
        yield "request_key", page.request_key
        return
    for name, values in request.form.lists():
        yield from ((name, text) for text in values if name not in _OURS)
    yield from ((name, "") for name in request.files if name not in request.form)


def _choices(page: CasePage, sent: Sent) -> Iterator[tuple[str, Text]]:
    """Go through what a member answers, line by line, to be read once more."""
    if not sent.action.startswith(ANSWER):
        return
    poll = next(poll for poll in page.view.polls if ANSWER + poll.ask.name == sent.action)
    labels = {answer.name: answer.label for answer in poll.ask.answers}
    said = sent.inputs.get("answer")
    for line, choice in (said if isinstance(said, dict) else {NO_LINE: said}).items():
        member = page.member(poll, line)
        name = (member.title if member else "") or line
        yield name, labels[cast("str", choice)]


def _counts_read() -> dict[str, int]:
    """Read the figures that the visitor had before them; they only word what has changed."""
    pairs = (pair.partition("=") for pair in line_of(AGREED_COUNTS).split(";"))
    return {name: number for name, _, text in pairs if (number := number_in(text)) is not None}

"""The papers of a case beside it: which there are, which the visitor has ticked as read, and the one that is open.

Knows how each kind of file is shown: drawn by a script, as a picture, as text, or not, and why. Who may see a paper is
asked of `documents`.
"""

from dataclasses import dataclass
from typing import Final, Literal

from flask import Flask, request, url_for

from web import answers, door
from web.case.page import CasePage
from workflow import documents
from workflow.documents import PaperText, viewings
from workflow.errors import Invalid, NotFound
from workflow.files import JPEG, PDF, PNG
from workflow.remarks import RemarkView
from workflow.storage.queries.documents import VersionRow

Way = Literal["pdf", "picture", "text", "closed", "file"]
DRAWN: Final = frozenset({PDF, PNG, JPEG})
"""The kinds of file that are answered inline: the ones that the page draws."""


KEPT: Final = ("view", "side")
"""What else the address of a page says that stays when another paper is opened."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper on the list: where it stands in the case, and whether the visitor has ticked it."""

    field: str
    version: VersionRow
    seen: bool


@dataclass(frozen=True, slots=True)
class PaperPane:
    """What stands beside a case: all its papers, the one that is open, its text, or why it is not shown."""

    lines: tuple[PaperLine, ...]
    opened: PaperLine | None
    text: PaperText | None = None
    fault: str = ""
    marks: tuple[RemarkView, ...] = ()

    @property
    def seen(self) -> int:
        return sum(line.seen for line in self.lines)

    @property
    def is_drawn(self) -> bool:
        """Whether the open paper has pages on which a place can be marked."""
        return self.way in ("pdf", "picture")

    @property
    def way(self) -> Way:
        """How the open paper is shown."""
        if self.opened is None or self.fault:
            return "file"
        if self.text is not None:
            return "text"
        media_type = self.opened.version.media_type
        return "pdf" if media_type == PDF else "picture" if media_type in DRAWN else "closed"


def install(app: Flask) -> None:
    """Hand the templates what stands beside a case."""
    app.add_template_global(paper_beside)
    app.add_template_global(paper_url)


def paper_beside(page: CasePage) -> PaperPane:
    """What stands beside a case: the paper that the address names, else the first.

    Raises `NotFound` where the address names a paper that does not stand in this case.
    """
    lines = _lines(page)
    token = request.args.get("paper")
    opened = next((line for line in lines if line.version.token == token), None)
    if token and opened is None:
        opened = _earlier(page, token)
    # The text of an Office file costs a process, so it is read when somebody opens it.
    if opened is not None:
        return _read(page, lines, opened)
    first = next(iter(lines), None)
    return PaperPane(lines, first, marks=page.remarks.marked_in(first.version.sha256) if first else ())


def paper_url(token: str) -> str:
    """The address of the page that is shown, with another paper open; after a POST the page of the case."""
    shown = request.view_args or {}
    if request.method != "GET":
        return url_for("cases.page", code=shown["code"], paper=token)
    asked = {name: value for name, value in request.args.items() if name in KEPT}
    return url_for(request.endpoint or "", **{**asked, **shown, "paper": token})


def _lines(page: CasePage) -> tuple[PaperLine, ...]:
    papers = viewings.papers_of(door.reading(), page.view)
    seen = _seen(page) if papers else frozenset()
    return tuple(PaperLine(name, version, version.sha256 in seen) for name, version in papers.items())


def _earlier(page: CasePage, token: str) -> PaperLine:
    """An earlier version of a paper, which is no longer counted among those to read."""
    for document in page.view.documents:
        for version in document.versions:
            if version.token == token:
                return PaperLine(document.field, version, version.sha256 in _seen(page))
    raise NotFound("document_missing")


def _seen(page: CasePage) -> frozenset[str]:
    return viewings.seen(door.reading(), page.case.id, person_id=door.visitor().person_id)


def _read(page: CasePage, lines: tuple[PaperLine, ...], opened: PaperLine) -> PaperPane:
    if not documents.has_text(opened.version.media_type):
        return PaperPane(lines, opened, marks=page.remarks.marked_in(opened.version.sha256))
    try:
        return PaperPane(lines, opened, text=documents.text_of(door.services().blobs, opened.version))
    except Invalid as error:
        return PaperPane(lines, opened, fault=answers.sentence(error))

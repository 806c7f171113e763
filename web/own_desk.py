"""The desk around a case: which queue stands beside it, which case comes next, what the visitor has set for it.

A form on the desk carries the queue's filters and the next case, so that the answer to it opens that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import Flask, g, request, url_for

from web import door, limits
from workflow.accounts import preferences
from workflow.desk import KeptView, Queue, QueueFilters, QueuePlace, queue, queue_views

FIELD = "desk"
"""The input of a form that says where the desk goes on."""
VIEW = "view"
NEXT = "next"
KNOWN = (NEXT, VIEW, "kind", "state", "unit", "late", "by")
"""What that input may hold."""


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """The queue of the visitor as the address asks for it; `place` is that of the case that is open."""

    queue: Queue
    filters: QueueFilters
    views: tuple[KeptView, ...]
    view: KeptView | None
    code: str | None = None

    @property
    def place(self) -> QueuePlace | None:
        return queue.place_of(self.queue.codes, self.code) if self.code else None

    @property
    def words(self) -> dict[str, str]:
        """What the addresses of this desk carry."""
        return {VIEW: str(self.view.id)} if self.view else self.filters.words

    @property
    def next_code(self) -> str | None:
        """The case that opens after the one that is open: the next one, at the end of the queue the first."""
        codes = self.queue.codes
        return queue.next_after(codes, self.code or "", codes)

    def without(self, name: str) -> dict[str, str]:
        """The words of this desk without one of the filters."""
        return {word: value for word, value in self.filters.words.items() if word != name}


def install(app: Flask) -> None:
    """Let forms know the desk they stand on, and templates the visitor's settings."""
    app.add_template_global(form_value, "desk_value")
    app.add_template_global(path, "desk_path")
    app.add_template_global(setting)
    app.add_template_global(lambda: limits.CASE.files, "upload_limit")


def of_visitor(code: str | None = None) -> OwnDesk:
    """The visitor's desk as the address asks for it."""
    tx, person_id = door.reading(), door.visitor().person_id
    views = tuple(queue_views.of_person(tx, person_id))
    wanted = request.values.get(VIEW, "")
    view = next((kept for kept in views if str(kept.id) == wanted), None)
    filters = view.filters if view else queue_views.from_words(request.args)
    laid = queue.queue(tx, filters, person_id=person_id, now=door.now(), after=request.args.get("after"))
    desk = OwnDesk(laid, filters, views, view, code)
    if code is not None:
        g.desk = desk
    return desk


def form_value() -> str:
    """What the forms of this page carry, so that the answer goes on at this desk; `""` away from one."""
    desk: OwnDesk | None = g.get("desk")
    if desk is None:
        return ""
    next_code = desk.next_code if setting("next_case") == "open" else desk.code
    return urlencode({NEXT: next_code or "", **desk.words})


def sent() -> dict[str, str] | None:
    """What a form carried of the desk on which it stood; None away from a desk."""
    words = dict(parse_qsl(request.form.get(FIELD, "")))
    return {name: words[name] for name in KNOWN if name in words} if FIELD in request.form else None


def path(code: str | None, words: Mapping[str, str]) -> str:
    """The address of a case on a desk, or of the queue itself."""
    endpoint, parts = ("desk.page", {"code": code, **words}) if code else ("home.my_turn", dict(words))
    return url_for(endpoint, **parts)  # type: ignore[arg-type]  # words of an address are what they are


def setting(name: str) -> str:
    """What the visitor has set."""
    tx, person_id = door.reading(), door.visitor().person_id
    return door.cached("settings", lambda: preferences.of_person(tx, person_id))[name]

"""How a view answers: with a redirect once something was done, else with the same page, its faults and what was typed.

Knows the statuses of refusals and of the engine's errors. Wording stands in templates and in the engine's
catalogues.
"""

from collections.abc import Callable
from inspect import signature
from io import BytesIO
from typing import NamedTuple, TypeVar

from flask import Flask, current_app, flash, g, make_response, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from web import door, errors
from web.headers import DOCUMENT_POLICY
from web.language import language
from workflow.child import ChildBusy
from workflow.errors import (
    CaseNotFound,
    Conflict,
    DefinitionNotFound,
    Invalid,
    NotAllowed,
    NotFound,
    OrganisationError,
    Outdated,
    Repeated,
    WorkflowError,
)
from workflow.exchange import FaultyFile, TableFault
from workflow.machine.calendar import OutsideCalendar
from workflow.storage.session import DatabaseError
from workflow.typesetting import PaperNotMade
from workflow.values import Refusal, RefusalKind

View = TypeVar("View", bound=Callable[..., object])
STATUS: dict[RefusalKind, int] = {"not_your_turn": 403, "stale": 409, "not_open": 409, "refused": 422}
REFUSALS = ("refused", "refused_with", "faulty_file", "resumed")
"""What `g` holds while a page shows again because its input was not taken, or because a session had ended."""
_LONGEST_ABOUT = 500
"""Characters of what a message is about: it travels in a cookie, which has 4 kB."""
ERROR_STATUS: dict[type[WorkflowError], int] = {
    CaseNotFound: 404,
    DefinitionNotFound: 404,
    NotFound: 404,
    NotAllowed: 403,
    Invalid: 422,
    Outdated: 409,
    Conflict: 409,
    Repeated: 409,
    FaultyFile: 422,
    OutsideCalendar: 422,
    DatabaseError: 503,
    PaperNotMade: 503,
    ChildBusy: 503,
}


def install(app: Flask) -> None:
    """Turn the engine's errors into pages: the page whose form was sent, or an error page."""
    for kind, status in ERROR_STATUS.items():
        app.register_error_handler(kind, _answer_with(status))
    app.add_template_global(typed)
    app.add_template_global(fault_at)
    app.add_template_global(sentence)
    app.add_template_global(fault_sentence)


class Undoing(NamedTuple):
    """What a page that says what was done offers to take back: the last act of a case, at the version it led to."""

    code: str
    version: int


def redirect_done(
    said: str, endpoint: str, *, about: str = "", undo: Undoing | None = None, **values: object
) -> Response:
    """Redirect to the page that comes next, which says what was done and, for what can be undone, offers that."""
    about = about[:_LONGEST_ABOUT]
    flash(said, {"what": about, **undo._asdict()} if undo else about)  # type: ignore[arg-type]  # kept as JSON
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # url values are what they are


def for_scripts(done: Response) -> Response:
    """Tell a script that sent a form where to go next: it must not follow by itself, for the next page is a visit."""
    if "X-Asks" not in request.headers:
        return done
    return make_response("", 204, {"X-Goes-To": done.headers["Location"]})


def back_to(path: str, said: str) -> Response:
    """Redirect to one of our own pages, by its path, which says what was done."""
    flash(said, "")
    return redirect(door.local_path(path), 303)


def shown_on(page: Callable[..., object]) -> Callable[[View], View]:
    """Name the page that shows again, with what was typed, when the input of this view is refused."""

    def mark(view: View) -> View:
        view.shown_on = page  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def refused_on(page: Callable[..., object], refusal: Refusal, **values: object) -> object:
    """Show a page again with the reasons of a refusal."""
    g.refused_with = refusal
    return page(**values)


def attachment(content: bytes, media_type: str, *, name: str) -> Response:
    """Hand out a file that was made for this answer; no browser runs it under our origin."""
    response = send_file(BytesIO(content), media_type, as_attachment=True, download_name=name, max_age=0)
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return response


def typed(name: str, otherwise: object = "") -> object:
    """What stands in an input: what was typed if it was refused just now, else the value on record."""
    return request.form.get(name, "") if any(g.get(refusal) for refusal in REFUSALS) else otherwise


def fault_at(name: str) -> str:
    """The sentence that belongs beside an input; `""` where nothing is wrong with it."""
    refused = g.get("refused")
    return sentence(refused) if refused is not None and refused.field == name else ""


def sentence(error: OrganisationError) -> str:
    """What an error of the organisation's verbs says, in the visitor's language."""
    return error.sentence(language())


def fault_sentence(fault: TableFault) -> str:
    """What a fault of an imported file says."""
    return fault.sentence(language())


def _answer_with(status: int) -> Callable[[WorkflowError], Response]:
    def answer(error: WorkflowError) -> Response:
        if door.wants_json() and isinstance(error, OrganisationError):
            return make_response({"said": sentence(error)}, status)
        page = getattr(current_app.view_functions.get(request.endpoint or ""), "shown_on", None)
        if isinstance(error, OrganisationError):
            g.refused = error
        elif isinstance(error, FaultyFile):
            g.faulty_file = error
        return errors.page(status) if page is None else _again(page, status)

    return answer


def _again(page: Callable[..., object], status: int) -> Response:
    """Show the page of a refused form, with the parts of its address that both share; 404 where nothing is there."""
    named = {name: part for name, part in (request.view_args or {}).items() if name in signature(page).parameters}
    try:
        return make_response(page(**named), status)
    except (NotFound, CaseNotFound, DefinitionNotFound):
        return errors.page(404)

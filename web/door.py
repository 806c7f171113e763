"""The door of every request: who asks, in which transaction, at which business time.

A reading request has one snapshot for the whole page. A changing request finds the visitor in a statement of its own
and then opens its own transaction with `writing`, so nothing is answered before it is committed.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from web import limits, resume
from web.forgery import FIELD, SAFE
from web.settings import WebSettings
from workflow import calendars
from workflow.accounts import kept_forms, signing_in
from workflow.files import Blobs
from workflow.installation import business_time
from workflow.machine.calendar import Calendar
from workflow.organisation import access
from workflow.storage.queries.accounts import SessionView
from workflow.storage.session import Database, Tx

View = TypeVar("View", bound=Callable[..., object])
Value = TypeVar("Value")

# A page asks `cached` some hundred times; through Flask's proxy `g` each call takes twice as long.
_here: Final[Callable[[], Any]] = g._get_current_object  # noqa: SLF001 - Werkzeug documents it, despite the underscore


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root hands to the pages: database, documents, settings."""

    database: Database
    blobs: Blobs
    settings: WebSettings


def install(app: Flask, services: Services) -> None:
    """Resolve the visitor before every request and turn away whoever has not signed in."""
    app.extensions["trinh"] = services

    @app.before_request
    def authenticate() -> Response | None:
        g.visitor = None
        limit = limits.STRANGER if request.method in SAFE else limits.of_route()
        limits.check_length(limit)
        if _is_garbled(request.path, *request.args.values()):
            abort(400)
        if request.endpoint == "static":
            return None
        g.visitor = _visitor_of(request.cookies.get(cookie_name(), ""))
        if g.visitor is None and not _is_open(app):
            return _to_sign_in(limit)
        _parse(limit)
        return None

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        _close_snapshot()


def open_to_all(view: View) -> View:
    """Mark a view that answers without signing in; a test lists them."""
    view.open_to_all = True  # type: ignore[attr-defined]  # functions take attributes
    return view


def readers_only() -> None:
    """Turn away whoever is neither administrator nor auditor, before anything of an area is shown or done.

    An error raised by the engine would not do: it shows the form's page again, also to people who may not see it.
    """
    if not access.offices(reading(), visitor().person_id, now=now()) & {access.ADMIN, access.AUDITOR}:
        abort(403)


def services() -> Services:
    """The database, the blobs and the settings of this installation."""
    return cast("Services", current_app.extensions["trinh"])


def cached(name: str, find: Callable[[], Value]) -> Value:
    """A value of this request by name, found when it is first asked for; None is not kept."""
    here = vars(_here())
    value: Value | None = here.get(name)
    if value is None:
        value = here[name] = find()
    return value


def reading() -> Tx:
    """The snapshot that this page is made of."""
    return cached("snapshot", _open_snapshot)


def _open_snapshot() -> Tx:
    g.snapshots = opened = ExitStack()
    return opened.enter_context(services().database.reading())


def writing() -> AbstractContextManager[Tx]:
    """A transaction of its own. Drops what was read before, so that a page built afterwards shows the new state."""
    _close_snapshot()
    return services().database.writing()


def statements() -> AbstractContextManager[Tx]:
    """A few questions without a snapshot, for a request that changes something and shows no page."""
    return services().database.statements()


def apart() -> AbstractContextManager[Tx]:
    """A few questions before something that takes long: no snapshot is open while that is waited for."""
    _close_snapshot()
    return statements()


def database_and_now() -> tuple[Database, datetime]:
    """The database and business time, for a verb that opens its own transaction. Drops what was read before."""
    _close_snapshot()
    with statements() as tx:
        return services().database, business_time.read(tx)


def visitor() -> SessionView:
    """Who asks. Always there, except in views that are open to all."""
    if g.visitor is None:
        abort(401)
    return cast("SessionView", g.visitor)


def now() -> datetime:
    """Business time of this page."""
    return cached("now", lambda: business_time.read(reading()))


def received_at() -> datetime:
    """Business time when the visitor was found, for reading input; whatever changes the case reads the clock again."""
    return business_time.at(visitor().present)


def today() -> date:
    """The date by business time."""
    return calendar().local(now()).date()


def now_in(tx: Tx) -> datetime:
    """Business time for what this transaction does."""
    return business_time.read(tx)


def calendar() -> Calendar:
    """The working calendar, as it stands for this page."""
    return cached("calendar", lambda: calendars.calendar_of(reading()))


def cookie_name() -> str:
    """The session cookie's name: bound to the host where TLS makes that possible."""
    return "__Host-trinh" if services().settings.secure else "trinh_session"


def remember(response: Response, token: str) -> Response:
    """Hand the browser its session."""
    settings = services().settings
    life = int(settings.session_life.total_seconds())
    response.set_cookie(cookie_name(), token, max_age=life, secure=settings.secure, httponly=True, samesite="Lax")
    return response


def forget(response: Response) -> Response:
    """Take the session out of the browser."""
    secure = services().settings.secure
    response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Lax")
    return response


def local_path(wanted: str) -> str:
    """The path asked for if it is one of ours, else the front page: no open redirects."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return url_for("home.my_turn")
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and "\\" not in wanted
    if parts.scheme or parts.netloc or not plain or not wanted.isprintable():
        return url_for("home.my_turn")
    return wanted


def _visitor_of(token: str) -> SessionView | None:
    session = _session_of(token) if token else None
    if session is not None and signing_in.needs_touch(session):
        with services().database.writing() as tx:
            signing_in.touch(tx, session)
    return session


def _session_of(token: str) -> SessionView | None:
    if request.method in SAFE:
        return signing_in.session(reading(), token)
    with statements() as tx:
        return signing_in.session(tx, token)


def _parse(limit: limits.RequestLimit) -> None:
    """Read the form, if the request may have one."""
    if request.method in SAFE:
        return
    limits.parse(limit)
    if _is_garbled(*request.form.values()):
        abort(400)


def _is_garbled(*texts: str) -> bool:
    """Whether the request holds a NUL character, which PostgreSQL cannot store in a text."""
    return any("\0" in text for text in texts)


def _is_open(app: Flask) -> bool:
    view = app.view_functions.get(request.endpoint or "")
    return view is None or bool(getattr(view, "open_to_all", False))


def wants_json() -> bool:
    """Whether a script asks, which opens a dialog over the page instead of leaving it."""
    return request.accept_mimetypes.best == "application/json"


def _to_sign_in(limit: limits.RequestLimit) -> Response:
    """Ask to sign in: a script by a status, a person by the page, which brings back what was typed.

    What comes from nobody who was ever here is not read, and refused where it is large.
    """
    if wants_json():
        return Response(status=401)
    if request.method in SAFE:
        return redirect(url_for("signing_in.form", next=_asked()), 303)
    if _was_here():
        return redirect(url_for("signing_in.form", next="", kept=_keep_form(limit)), 303)
    limits.check_length(limits.STRANGER)
    return redirect(url_for("signing_in.form", next=""), 303)


def _was_here() -> bool:
    """Whether the request comes with a session that existed, whatever became of it."""
    token = request.cookies.get(cookie_name(), "")
    if not token:
        return False
    with statements() as tx:
        return kept_forms.is_known(tx, token)


def _keep_form(limit: limits.RequestLimit) -> str | None:
    """Keep what was typed, if it came from a page of a session that existed."""
    _parse(limit)
    token, csrf = request.cookies.get(cookie_name(), ""), request.form.get(FIELD, "")
    sealed = resume.sealed_form() if token else None
    if sealed is None:
        return None
    with services().database.writing() as tx:
        author = kept_forms.author_of(tx, token, csrf=csrf)
        return kept_forms.keep(tx, author, path=request.path, sealed=sealed) if author is not None else None


def _asked() -> str:
    return request.full_path.rstrip("?")


def _close_snapshot() -> None:
    stack = g.pop("snapshots", None)
    for name in ("snapshot", "now", "calendar", "frame", "made"):
        g.pop(name, None)
    if stack is not None:
        stack.close()

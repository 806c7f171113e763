"""Signing in and out, and choosing a language before signing in: besides `/healthz` the only pages open to all."""

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import door, forgery
from web.language import LANGUAGES
from web.language import cookie_name as language_cookie
from web.resume import KEPT
from workflow.accounts import kept_forms, signing_in

blueprint = Blueprint("signing_in", __name__)
A_YEAR = 365 * 24 * 3600


@blueprint.get("/sign-in")
@door.open_to_all
def form() -> Response | str:
    if g.visitor is not None:
        return redirect(url_for("home.my_turn"), 303)
    return render_template(
        "account/sign_in.html", next=request.args.get("next", ""), kept=request.args.get(KEPT), username=""
    )


@blueprint.post("/sign-in")
@door.open_to_all
def enter() -> Response:
    username, wanted = request.form.get("username", ""), request.form.get("next", "")
    kept = request.form.get(KEPT, "")
    password, address = request.form.get("password", ""), request.remote_addr or ""
    agent = request.user_agent.string
    answer = signing_in.sign_in(door.services().database, username, password, address=address, agent=agent)
    if isinstance(answer, signing_in.Refused):
        page = render_template(
            "account/sign_in.html", refused=True, wait=answer.until, next=wanted, kept=kept, username=username
        )
        return make_response(page, 429 if answer.until else 403)
    _end_earlier()
    goal = _kept_goal(kept, answer.person_id) if kept else None
    return door.remember(redirect(goal or door.local_path(wanted), 303), answer.token)


@blueprint.get("/session")
@door.open_to_all
def present() -> Response:
    """Say to a script whether the session still lasts; if not, with what it may ask to sign in again."""
    asked = {"form_token": forgery.token()}
    return make_response(asked, 401) if g.visitor is None else make_response(asked | {"username": g.visitor.username})


@blueprint.post("/sign-in/again")
@door.open_to_all
def enter_again() -> Response:
    """Sign in from a dialog over a page whose session has ended; the page goes on with the new token."""
    username, password = request.form.get("username", ""), request.form.get("password", "")
    address, agent = request.remote_addr or "", request.user_agent.string
    answer = signing_in.sign_in(door.services().database, username, password, address=address, agent=agent)
    if isinstance(answer, signing_in.Refused):
        return make_response({}, 429 if answer.until else 403)
    _end_earlier()
    return door.remember(make_response({"form_token": answer.csrf}), answer.token)


def _end_earlier() -> None:
    """End the session that this browser had: its token is worth nothing once there is a new one."""
    earlier = request.cookies.get(door.cookie_name(), "")
    if earlier:
        with door.writing() as tx:
            signing_in.sign_out(tx, earlier)


def _kept_goal(token: str, person_id: int) -> str | None:
    """Where what was typed is shown again to its author; None where nothing waits for this person."""
    with door.writing() as tx:
        path = kept_forms.claim(tx, token, person_id=person_id)
    return url_for("cases.page", code=path.split("/")[2], kept=token) if path else None


@blueprint.post("/sign-out")
def leave() -> Response:
    with door.writing() as tx:
        signing_in.sign_out(tx, request.cookies.get(door.cookie_name(), ""))
    return door.forget(redirect(url_for("signing_in.form"), 303))


@blueprint.post("/language")
@door.open_to_all
def speak() -> Response:
    wanted = request.form.get("language", "vi")
    response = redirect(door.local_path(request.form.get("next") or url_for("signing_in.form")), 303)
    if wanted in LANGUAGES:
        secure = door.services().settings.secure
        response.set_cookie(language_cookie(), wanted, max_age=A_YEAR, secure=secure, samesite="Lax", httponly=True)
    return response


@blueprint.get("/mark.svg")
@door.open_to_all
def mark() -> Response:
    return make_response(render_template("base/mark.svg"), {"Content-Type": "image/svg+xml; charset=utf-8"})

"""Signing in and out, and choosing a language before signing in: besides `/healthz` the only pages open to all."""

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import door
from web.language import COOKIE, LANGUAGES
from workflow.accounts import signing_in

blueprint = Blueprint("signing_in", __name__)
A_YEAR = 365 * 24 * 3600


@blueprint.get("/sign-in")
@door.open_to_all
def form() -> Response | str:
    if g.visitor is not None:
        return redirect(url_for("home.my_turn"), 303)
    return render_template("account/sign_in.html", next=request.args.get("next", ""), username="")


@blueprint.post("/sign-in")
@door.open_to_all
def enter() -> Response:
    username, wanted = request.form.get("username", ""), request.form.get("next", "")
    password, address = request.form.get("password", ""), request.remote_addr or ""
    agent = request.user_agent.string
    answer = signing_in.sign_in(door.services().database, username, password, address=address, agent=agent)
    if isinstance(answer, signing_in.Refused):
        page = render_template("account/sign_in.html", refused=True, wait=answer.until, next=wanted, username=username)
        return make_response(page, 429 if answer.until else 403)
    response = redirect(door.local_path(wanted), 303)
    return door.remember(response, answer.token)


@blueprint.post("/sign-out")
def leave() -> Response:
    with door.writing() as tx:
        signing_in.sign_out(tx, request.cookies.get(door.cookie_name(), ""))
    return door.forget(redirect(url_for("signing_in.form"), 303))


@blueprint.post("/language")
@door.open_to_all
def speak() -> Response:
    wanted = request.form.get("language", "vi")
    response = redirect(url_for("signing_in.form"), 303)
    if wanted in LANGUAGES:
        response.set_cookie(COOKIE, wanted, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


@blueprint.get("/mark.svg")
@door.open_to_all
def mark() -> Response:
    return make_response(render_template("base/mark.svg"), {"Content-Type": "image/svg+xml; charset=utf-8"})

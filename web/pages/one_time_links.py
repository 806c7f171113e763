"""Links that work once: asking for one by mail, choosing a password by one, locking an account by one.

A visit changes nothing; the form on the page spends the link. All are open to whoever has the link.
"""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import answers, door
from workflow.accounts import choosing_passwords, one_time_links
from workflow.storage.queries.accounts import OneTimeLinkView

blueprint = Blueprint("one_time_links", __name__)


@blueprint.get("/sign-in/forgotten")
@door.open_to_all
def forgotten() -> str:
    return render_template("account/forgotten.html", username="")


@blueprint.post("/sign-in/forgotten")
@door.open_to_all
def ask() -> Response:
    """Let a link go by mail, and say the same whether or not there is such an account."""
    username, address = request.form.get("username", ""), request.remote_addr or ""
    with door.writing() as tx:
        wait = choosing_passwords.ask_for_link(tx, username, address=address, at=door.now_in(tx))
    if wait is not None:
        return make_response(render_template("account/forgotten.html", username=username, wait=wait), 429)
    return answers.redirect_done("link_asked", "one_time_links.forgotten")


@blueprint.get("/link/<token>")
@door.open_to_all
def page(token: str) -> str:
    return render_template("account/link.html", link=_link(token), token=token, locks=one_time_links.LOCK)


@blueprint.post("/link/<token>")
@answers.shown_on(page)
@door.open_to_all
def spend(token: str) -> Response:
    if _link(token).purpose == one_time_links.LOCK:
        with door.writing() as tx:
            choosing_passwords.lock(tx, token, now=door.now_in(tx))
        return _to_sign_in("account_locked")
    database, now = door.database_and_now()
    choosing_passwords.choose_password(database, token, request.form.get("password", ""), now=now)
    return _to_sign_in("password_chosen")


def _link(token: str) -> OneTimeLinkView:
    link = one_time_links.find(door.reading(), token)
    if link is None:
        abort(404)
    return link


def _to_sign_in(said: str) -> Response:
    """Go to the page for signing in, of which a session of somebody else here knows nothing."""
    flash(said, "")
    return door.forget(redirect(url_for("signing_in.form"), 303))

"""One's own account: language, password, sessions, substitutes."""

from typing import Final, cast

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import answers, door, forms, picked_people
from workflow.accounts import choosing_passwords, preferences, signing_in
from workflow.organisation import SubstitutionForm, grants, people, substitutions
from workflow.tracking import feeds
from workflow.values import Capacity, Desk

PROGRAMS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"),
                   ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
"""In this order, because most programs name others too."""
SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                  ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip
_LONGEST_NAME: Final = 60

blueprint = Blueprint("profile", __name__, url_prefix="/profile")


@blueprint.get("")
def page() -> str:
    tx, person_id = door.reading(), door.visitor().person_id
    return render_template(
        "account/profile.html",
        person=people.find(tx, person_id),
        grants=grants.of_person(tx, person_id),
        substitutions=substitutions.of_person(tx, person_id),
        today=door.today(),
        feed=feeds.feed_token(tx, person_id, secret=door.services().settings.secret_key),
        settings=preferences.of_person(tx, person_id),
    )


@blueprint.post("/calendar")
def subscribe() -> Response:
    """Give the visitor a calendar of deadlines, or theirs another address."""
    with door.writing() as tx:
        feeds.switch_on(tx, door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "profile.page")


@blueprint.post("/calendar/end")
def unsubscribe() -> Response:
    with door.writing() as tx:
        feeds.switch_off(tx, door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "profile.page")


@blueprint.get("/calendar/<int:person_id>/<token>.ics")
@door.open_to_all
def calendar(person_id: int, token: str) -> Response:
    secret = door.services().settings.secret_key
    content = feeds.feed(door.reading(), person_id, token, secret=secret, now=door.now())
    return answers.attachment(content.encode(), "text/calendar", name="trinh.ics")


@blueprint.post("/language")
def speak() -> Response:
    with door.writing() as tx:
        people.choose_language(tx, door.visitor().person_id, request.form.get("language", "vi"))
    return answers.back_to(request.form.get("next", ""), "language_chosen")


@blueprint.post("/settings")
@answers.shown_on(page)
def choose() -> Response:
    chosen = {name: forms.line_of(name) for name in preferences.SETTINGS if name in request.form}
    with door.writing() as tx:
        preferences.choose(tx, door.visitor().person_id, chosen)
    return answers.redirect_done("kept", "profile.page")


@blueprint.post("/password")
@answers.shown_on(page)
def change_password() -> Response:
    old, new = request.form.get("old", ""), request.form.get("new", "")
    person_id, address, agent = door.visitor().person_id, request.remote_addr or "", request.user_agent.string
    database, now = door.database_and_now()
    begun = choosing_passwords.change_password(database, person_id, old, new, address=address, agent=agent, now=now)
    return door.remember(answers.redirect_done("password_changed", "profile.page"), begun.token)


@blueprint.get("/sessions")
def sessions() -> str:
    """Show where the visitor is signed in."""
    return render_template(
        "account/sessions.html",
        sessions=signing_in.sessions_of(door.reading(), door.visitor().person_id),
        present=door.visitor().token_hash,
        device=_device,
    )


@blueprint.post("/sessions/<token_hash>/end")
@answers.shown_on(sessions)
def end_session(token_hash: str) -> Response:
    with door.writing() as tx:
        signing_in.end_session(tx, door.visitor().person_id, token_hash)
    return answers.redirect_done("session_ended", "profile.sessions")


@blueprint.post("/sessions/end")
def sign_out_everywhere() -> Response:
    """End every session of the visitor, this one too."""
    with door.writing() as tx:
        signing_in.sign_out_everywhere(tx, door.visitor().person_id)
    return door.forget(redirect(url_for("signing_in.form"), 303))


@blueprint.post("/substitutions")
@answers.shown_on(page)
def appoint() -> Response:
    person_id, desk = door.visitor().person_id, forms.line_of("desk")
    role, _, unit = desk.partition("@")
    first, last, capacity = (
        forms.day_of("valid_from"),
        forms.day_of("valid_to"),
        cast("Capacity", forms.line_of("capacity")),
    )
    unit_id = forms.number_in(unit)
    place = None if unit_id is None else Desk(role, unit_id)
    substitute = picked_people.picked("substitute")
    with door.writing() as tx:
        form = SubstitutionForm(person_id, substitute, capacity, forms.line_of("paper"), first, last, place)
        substitutions.appoint(tx, form, person_id=person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "profile.page")


@blueprint.post("/substitutions/<int:substitution_id>/end")
@answers.shown_on(page)
def end(substitution_id: int) -> Response:
    with door.writing() as tx:
        substitutions.end(tx, substitution_id, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "profile.page")


def _device(agent: str) -> str:
    """Name a browser as people know it, else by the beginning of what it says of itself."""
    program = next((name for mark, name in PROGRAMS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (program, system))) or agent[:_LONGEST_NAME]

"""One's own account: language, password, substitutes."""

from typing import cast

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms, picked_people
from workflow.accounts import preferences, signing_in
from workflow.organisation import SubstitutionForm, grants, people, substitutions
from workflow.values import Capacity, Desk

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
        settings=preferences.of_person(tx, person_id),
    )


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
    token = request.cookies.get(door.cookie_name(), "")
    database, person_id, now = door.services().database, door.visitor().person_id, door.now()
    signing_in.change_password(database, person_id, old, new, token=token, now=now)
    return answers.redirect_done("password_changed", "profile.page")


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
    place = Desk(role, int(unit)) if unit.isdecimal() else None
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

"""People and what they hold: accounts, grants, links that let somebody in."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.pages.administration import granting
from workflow.organisation import (
    GrantForm,
    PersonForm,
    credentials,
    duties,
    grants,
    pending_acts,
    people,
    substitutions,
    units,
)
from workflow.values import Text

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")
blueprint.before_request(door.readers_only)
PAGE = 50


@blueprint.get("")
def index() -> str:
    words, after = request.args.get("words", ""), forms.asked_number("after")
    listed = people.listing(door.reading(), words=words, after=after, limit=PAGE)
    return render_template("administration/people/people.html", people=listed, words=words, more=len(listed) == PAGE)


@blueprint.get("/new")
def new() -> str:
    return render_template("administration/people/person_new.html", units=units.every(door.reading()))


@blueprint.post("/new")
@answers.shown_on(new)
def add() -> Response:
    form = _form()
    with door.writing() as tx:
        now, by = door.now_in(tx), door.visitor().person_id
        added = people.add(tx, form, person_id=by, now=now)
        if form.email:
            credentials.send_link(tx, added, person_id=by, now=now)
    said = "person_invited" if form.email else "person_added"
    return answers.redirect_done(said, "people.page", about=form.email or "", person_id=added)


@blueprint.get("/<int:person_id>")
def page(person_id: int) -> str:
    tx = door.reading()
    return render_template(
        "administration/people/person.html",
        person=people.find(tx, person_id),
        grants=grants.of_person(tx, person_id),
        substitutions=substitutions.of_person(tx, person_id),
        roles=grants.roles(tx),
        units=units.every(tx),
        today=door.today(),
        holds_duty=duties.holds_duty(tx, person_id, now=door.now()),
        letters_leave=door.services().settings.letters_leave,
    )


@blueprint.post("/<int:person_id>")
@answers.shown_on(page)
def edit(person_id: int) -> Response:
    with door.writing() as tx:
        people.edit(tx, person_id, _form(), person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "people.page", person_id=person_id)


@blueprint.post("/<int:person_id>/link")
@answers.shown_on(page)
def send_link(person_id: int) -> Response:
    """Let a link go to the person by mail; nobody here sees it."""
    with door.writing() as tx:
        credentials.send_link(tx, person_id, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("link_sent", "people.page", person_id=person_id)


@blueprint.post("/<int:person_id>/slip")
@answers.shown_on(page)
def print_slip(person_id: int) -> str:
    """Show a slip with a link to be printed, once, for an ordinary person whom no mail reaches."""
    by, leave = door.visitor().person_id, door.services().settings.letters_leave
    with door.writing() as tx:
        token = credentials.print_slip(tx, person_id, letters_leave=leave, person_id=by, now=door.now_in(tx))
    person = people.find(door.reading(), person_id)
    return render_template("administration/people/slip.html", person=person, token=token)


@blueprint.post("/<int:person_id>/deactivate")
@answers.shown_on(page)
def deactivate(person_id: int) -> Response:
    with door.writing() as tx:
        people.deactivate(tx, person_id, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "people.page", person_id=person_id)


@blueprint.post("/<int:person_id>/reactivate")
@answers.shown_on(page)
def reactivate(person_id: int) -> Response:
    with door.writing() as tx:
        people.reactivate(tx, person_id, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "people.page", person_id=person_id)


@blueprint.post("/<int:person_id>/grants")
@answers.shown_on(page)
def grant(person_id: int) -> Response:
    first, last = forms.day_of("valid_from"), forms.maybe_day_of("valid_to")
    wanted = GrantForm(person_id, forms.line_of("role"), forms.id_of("unit_id"), first, last)
    return granting.grant(wanted, "people.page", person_id=person_id)


@blueprint.post("/<int:person_id>/grants/<int:grant_id>/end")
@answers.shown_on(page)
def end(person_id: int, grant_id: int) -> Response:
    on_date = forms.day_of("on_date")
    with door.writing() as tx:
        by, now = door.visitor().person_id, door.now_in(tx)
        grant = grants.ending(tx, grant_id, on_date=on_date, person_id=by, now=now)
        if pending_acts.needs_second(tx, grant.role):
            pending_acts.propose_end(tx, grant_id, on_date=on_date, person_id=by, now=now)
            return answers.redirect_done("proposed", "pending_acts.index")
        grants.end(tx, grant_id, on_date=on_date, person_id=by, now=now)
    return answers.redirect_done("kept", "people.page", person_id=person_id)


def _form() -> PersonForm:
    return PersonForm(
        username=forms.line_of("username"),
        full_name=forms.line_of("full_name"),
        title=Text(forms.line_of("title_vi"), forms.line_of("title_en")),
        unit_id=forms.maybe_id_of("work_unit"),
        language=forms.line_of("language") or "vi",
        email=forms.line_of("email") or None,
        phone=forms.line_of("phone") or None,
    )

"""The demo's clock: forward by a working day or to a date, by an administrator, in a demo only."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms
from workflow.installation import business_time

blueprint = Blueprint("clock", __name__, url_prefix="/clock")


@blueprint.get("")
def page() -> str:
    return render_template("administration/clock.html")


@blueprint.post("/next-working-day")
@answers.shown_on(page)
def next_day() -> Response:
    with door.writing() as tx:
        business_time.next_working_day(tx, person_id=door.visitor().person_id)
    return answers.back_to(request.form.get("next", ""), "clock_moved")


@blueprint.post("/date")
@answers.shown_on(page)
def to_date() -> Response:
    day = forms.day_of("date")
    with door.writing() as tx:
        business_time.move_to_date(tx, day, person_id=door.visitor().person_id)
    return answers.redirect_done("clock_moved", "clock.page")

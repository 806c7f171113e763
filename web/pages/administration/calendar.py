"""The working calendar's days: holidays, swapped days off, worked Saturdays."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from web import answers, door, forms
from workflow.installation import calendar_days
from workflow.storage.queries.settings import Day

blueprint = Blueprint("calendar", __name__, url_prefix="/admin/calendar")
blueprint.before_request(door.readers_only)


@blueprint.get("")
def page() -> str:
    year, calendar = forms.asked_number("year") or door.today().year, door.calendar()
    if not calendar.first.year <= year <= calendar.last.year:
        abort(404)
    days = calendar_days.days(door.reading(), year)
    return render_template("administration/calendar.html", year=year, days=days, calendar=calendar)


@blueprint.post("")
@answers.shown_on(page)
def keep() -> Response:
    name_vi, name_en = forms.line_of("name_vi"), forms.line_of("name_en") or forms.line_of("name_vi")
    day = Day(forms.day_of("on_date"), forms.line_of("kind"), name_vi, name_en, forms.line_of("source"))
    with door.writing() as tx:
        calendar_days.set_day(tx, day, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "calendar.page", year=day.on_date.year)


@blueprint.post("/clear")
@answers.shown_on(page)
def clear() -> Response:
    on_date = forms.day_of("on_date")
    with door.writing() as tx:
        calendar_days.clear_day(tx, on_date, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "calendar.page", year=on_date.year)

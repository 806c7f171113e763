"""The desk: a case beside the queue, acts on many cases, what is put off, views that are kept."""

from datetime import date, timedelta
from urllib.parse import parse_qsl

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms, own_desk
from web.case import form
from workflow.cases import Acted, BulkAnswer
from workflow.desk import bulk, queue_views, snoozes
from workflow.machine.calendar import next_working_day

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("/<code>")
def page(code: str) -> str:
    desk = own_desk.of_visitor(code)
    return form.shown(form.page_of(code), "desk/case.html", desk=desk)


@blueprint.get("/<code>/snooze")
def snooze_form(code: str) -> str:
    desk = own_desk.of_visitor(code)
    return form.shown(form.page_of(code), "desk/snooze.html", desk=desk, tomorrow=_tomorrow())


@blueprint.post("/<code>/snooze")
@answers.shown_on(snooze_form)
def snooze(code: str) -> Response:
    until = forms.day_of("until")
    with door.writing() as tx:
        snoozes.put_off(tx, code, until=until, person_id=door.visitor().person_id, now=door.now_in(tx))
    return form.go_on("put_off", code, about=code)


@blueprint.post("/<code>/awake")
def awake(code: str) -> Response:
    with door.writing() as tx:
        snoozes.take_back(tx, code, person_id=door.visitor().person_id)
    return answers.redirect_done("taken_back", "home.my_turn")


@blueprint.post("/selected")
def selected() -> str:
    codes = request.form.getlist("case")
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    offers = bulk.offers(tx, codes, person_id=person_id, now=now)
    return render_template(
        "desk/selected.html", offers=offers, codes=codes, request_key=forms.fresh_key(), tomorrow=_tomorrow()
    )


@blueprint.post("/selected/act")
def act_on_selected() -> str:
    seen = {code: number for code, text in _pairs("seen") if (number := forms.number_in(text)) is not None}
    with door.writing() as tx:
        person_id, now, action = door.visitor().person_id, door.now_in(tx), forms.line_of("action")
        key = forms.request_key(person_id, action)
        answered = bulk.carry_out(tx, action, seen, person_id=person_id, now=now, request_key=key)
    return _done(answered)


@blueprint.post("/selected/undo")
def undo_selected() -> str:
    seen = {code: number for code, text in _pairs("seen") if (number := forms.number_in(text)) is not None}
    with door.writing() as tx:
        answered = bulk.take_back(tx, seen, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _done(answered, taken_back=True)


def _done(answered: tuple[BulkAnswer, ...], *, taken_back: bool = False) -> str:
    """Show what became of each case, and offer to take back what can be."""
    acted = {line.code: line.answer for line in answered if isinstance(line.answer, Acted)}
    return render_template(
        "desk/selected_done.html",
        answered=answered,
        done=[line for line in answered if line.code in acted],
        undoable=[(code, answer.case.acted_version) for code, answer in acted.items() if answer.undoable],
        taken_back=taken_back,
    )


@blueprint.post("/selected/snooze")
@answers.shown_on(selected)
def snooze_selected() -> Response:
    until, codes = forms.day_of("until"), request.form.getlist("case")
    bulk.check_size(codes)
    with door.writing() as tx:
        for code in codes:
            snoozes.put_off(tx, code, until=until, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("put_off", "home.my_turn", about=str(len(codes)))


@blueprint.get("/views/new")
def view_form() -> str:
    return render_template("desk/view.html", desk=own_desk.of_visitor())


@blueprint.post("/views")
@answers.shown_on(view_form)
def keep_view() -> Response:
    with door.writing() as tx:
        filters = queue_views.from_words(request.form)
        view_id = queue_views.keep(tx, forms.line_of("name"), filters, person_id=door.visitor().person_id)
    return answers.redirect_done("kept", "home.my_turn", view=view_id)


@blueprint.post("/views/<int:view_id>/drop")
def drop_view(view_id: int) -> Response:
    with door.writing() as tx:
        queue_views.drop(tx, view_id, person_id=door.visitor().person_id)
    return answers.redirect_done("view_dropped", "home.my_turn")


def _tomorrow() -> date:
    """The next working day."""
    return next_working_day(door.calendar(), door.today() + timedelta(days=1))


def _pairs(name: str) -> list[tuple[str, str]]:
    """The pairs that inputs of one name hold, as `code=version`."""
    return [pair for value in request.form.getlist(name) for pair in parse_qsl(value)]

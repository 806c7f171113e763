"""One's own unit: what it owes by when, its cases, and opening a new one."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms
from workflow import cases
from workflow.cases import case_lists
from workflow.movements import obligations, owed
from workflow.values import Refusal

NONE = "none"
"""Sent in place of a movement's code when a case is opened outside every movement."""

blueprint = Blueprint("my_unit", __name__, url_prefix="/my-unit")


@blueprint.get("")
def page() -> str:
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    movements = obligations.under_way(tx, now=now)
    asked = request.values.get("movement")
    latest = movements[0] if movements and asked != NONE else None
    return render_template(
        "desk/my_unit.html",
        movements=movements,
        no_movement=NONE,
        movement=next((movement for movement in movements if movement.code == asked), latest),
        owed=owed(tx, person_id=person_id, now=now),
        lines=case_lists.of_my_units(tx, person_id=person_id, now=now),
        openable=case_lists.openable(tx, person_id=person_id, now=now),
        request_key=forms.fresh_key(),
    )


@blueprint.post("/cases")
@answers.shown_on(page)
def open_case() -> Response:
    name, unit_id, key = forms.line_of("definition"), forms.id_of("unit_id"), forms.line_of("request_key") or None
    code = forms.line_of("movement")
    with door.writing() as tx:
        person_id, now = door.visitor().person_id, door.now_in(tx)
        movement = obligations.find_under_way(tx, code, now=now).id if code not in ("", NONE) else None
        answer = cases.open_case(
            tx, name, unit_id=unit_id, person_id=person_id, now=now, movement_id=movement, request_key=key
        )
    if isinstance(answer, Refusal):
        return make_response(answers.refused_on(page, answer), answers.STATUS[answer.kind])
    return answers.redirect_done("opened", "cases.page", code=answer.case.code)

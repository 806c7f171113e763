"""One's own unit: what it owes by when, its cases, and opening a new one, which has no number before it is saved."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.case import form, new_case
from workflow import cases
from workflow.cases import Acted, case_lists, drafts, opening
from workflow.errors import Invalid
from workflow.movements import obligations, owed
from workflow.values import Refusal

NONE = "none"
"""Sent in place of a movement's code when a case is opened outside every movement."""

blueprint = Blueprint("my_unit", __name__, url_prefix="/my-unit")


@blueprint.get("")
def page() -> str:
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    return render_template(
        "desk/my_unit.html",
        owed=owed(tx, person_id=person_id, now=now),
        lines=case_lists.of_my_units(tx, person_id=person_id, now=now),
        openable=opening.openable(tx, person_id=person_id, now=now),
    )


@blueprint.get("/new")
def choose() -> str:
    """Ask which kind of case it shall be; the answers are the address of the form."""
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    return render_template(
        "case/new_choice.html",
        openable=opening.openable(tx, person_id=person_id, now=now),
        movements=obligations.under_way(tx, now=now),
        no_movement=NONE,
        chosen=request.args.get("kind", ""),
        source=new_case.source(),
        movement=request.args.get("movement", ""),
    )


@blueprint.get("/new/form")
@answers.shown_on(choose)
def blank() -> str:
    name, _, unit = request.args.get("kind", "").partition("@")
    unit_id = forms.number_in(unit)
    if unit_id is None:
        raise Invalid("value_needed", field="kind")
    return _blank(name, unit_id, request.args.get("movement", ""))


@blueprint.post("/new/rows")
def reshape() -> str:
    """Add or drop a row of a table where no script runs. Changes nothing; a POST, because it carries what was typed."""
    return _blank(forms.line_of("definition"), forms.id_of("unit_id"), forms.line_of("movement"))


@blueprint.post("/cases")
@answers.shown_on(choose)
def open_case() -> Response:
    """Open a case with what was filled in: from now on it has a number and a draft."""
    name, unit_id = forms.line_of("definition"), forms.id_of("unit_id")
    key = forms.request_key(door.visitor().person_id, name, unit_id, forms.line_of("movement"))
    movement_code = forms.line_of("movement")
    with door.writing() as tx:
        person_id, now = door.visitor().person_id, door.now_in(tx)
        under_way = movement_code not in ("", NONE)
        movement = obligations.find_under_way(tx, movement_code, now=now).id if under_way else None
        answer = cases.open_case(
            tx, name, unit_id=unit_id, person_id=person_id, now=now, movement_id=movement, request_key=key
        )
    if isinstance(answer, Refusal):
        return make_response(answers.refused_on(choose, answer), answers.STATUS[answer.kind])
    return _filled(answer)


def _filled(opened: Acted) -> Response:
    """Keep what was filled in as the draft of the case just opened."""
    code = opened.case.code
    if any(name.startswith(forms.EDITED) for name in (*request.form, *request.files)):
        sent = form.receive_draft(code)
        if sent.refusal is not None:
            return form.show_again(code, sent, sent.refusal)
        filled = {name: value for name, value in sent.inputs.items() if value}
        with door.writing() as tx:
            if filled and drafts.find(tx, opened.case.id) is None:
                drafts.save(tx, code, filled, person_id=door.visitor().person_id, seen=0, now=door.now_in(tx))
    return answers.redirect_done("opened", "cases.page", code=code)


def _blank(name: str, unit_id: int, movement: str) -> str:
    page = new_case.page_of(name, unit_id)
    return render_template(
        "case/new_form.html",
        page=page,
        definition=page.definition,
        movement=movement,
        request_key=forms.fresh_key(),
    )

"""Movements: the list, the board of units by milestones, importing and publishing."""

from collections import deque

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms
from workflow import movements
from workflow.movements import Filters, obligations
from workflow.organisation import units

blueprint = Blueprint("movements", __name__, url_prefix="/movements")


@blueprint.get("")
def index() -> str:
    return render_template("board/movements.html", movements=obligations.every(door.reading()))


@blueprint.get("/<code>")
def board(code: str) -> str:
    tx, asked = door.reading(), request.args
    filters = Filters(
        kind=asked.get("kind") or None,
        branch_id=forms.asked_number("branch"),
        state=asked.get("state") or None,
        only_late=True if asked.get("late") else None,
    )
    view = movements.board(tx, code, person_id=door.visitor().person_id, now=door.now(), filters=filters)
    kinds = {word.code: word for word in units.kinds(tx)}
    return render_template("board/board.html", board=view, filters=filters, kinds=kinds)


@blueprint.post("")
@answers.shown_on(index)
def take_in() -> Response:
    name, content = forms.file_of("file")
    with door.writing() as tx:
        now = door.now_in(tx)
        codes = obligations.import_movement(tx, content, name=name, person_id=door.visitor().person_id, now=now)
    return answers.redirect_done("kept", "movements.board", code=codes[0])


@blueprint.post("/<code>/publish")
@answers.shown_on(board)
def publish(code: str) -> Response:
    with door.writing() as tx:
        # Going through the progress is what opens the cases.
        deque(obligations.publish_movement(tx, code, person_id=door.visitor().person_id, now=door.now_in(tx)), maxlen=0)
    return answers.redirect_done("movement_published", "movements.board", code=code)


@blueprint.post("/<code>/accept")
def accept(code: str) -> Response:
    milestone, unit_id = forms.line_of("milestone"), forms.id_of("unit_id")
    with door.writing() as tx:
        person_id, now = door.visitor().person_id, door.now_in(tx)
        opened = obligations.accept(tx, code, milestone=milestone, unit_id=unit_id, person_id=person_id, now=now)
    return answers.redirect_done("opened", "cases.page", code=opened)

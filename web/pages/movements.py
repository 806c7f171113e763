"""Movements: the list, the board of units by milestones, importing and publishing."""

from collections import deque
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.overview import boards
from workflow import movements
from workflow.movements import STANDINGS, MilestoneBoard, obligations

blueprint = Blueprint("movements", __name__, url_prefix="/movements")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
def index() -> str:
    return render_template("board/movements.html", movements=obligations.every(door.reading()))


@blueprint.get("/<code>")
def board(code: str) -> str:
    return _shown(code, "board/board.html")


@blueprint.get("/<code>/print")
def printed(code: str) -> str:
    return _shown(code, "board/print.html")


@blueprint.get("/<code>/reminder")
def reminder(code: str) -> str:
    return _shown(code, "board/reminder.html", show="late")


@blueprint.get("/<code>/board.xlsx")
def excel(code: str) -> Response:
    view = _viewed(code, show=request.args.get("show"))
    name = f"{code}-{view.milestone.name}.xlsx"
    return send_file(BytesIO(boards.excel_of(view)), mimetype=XLSX, as_attachment=True, download_name=name)


def _shown(code: str, template: str, *, show: str | None = None) -> str:
    wanted = show or request.args.get("show") or None
    view = _viewed(code, show=wanted)
    return render_template(template, view=view, show=wanted, chart=boards.chart_of(view))


def _viewed(code: str, *, show: str | None) -> MilestoneBoard:
    tx, person_id, milestone = door.reading(), door.visitor().person_id, request.args.get("milestone") or None
    known = show if show in STANDINGS else None
    return movements.by_milestone(tx, code, person_id=person_id, now=door.now(), milestone=milestone, show=known)


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

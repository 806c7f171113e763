"""Notifications: what the visitor was told, newest first."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door
from workflow import notices

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")
PAGE = 50


@blueprint.get("")
def page() -> str:
    before, person_id = request.args.get("before", type=int), door.visitor().person_id
    found = notices.mine(door.reading(), person_id, before=before, limit=PAGE)
    return render_template("notifications.html", notices=found, more=len(found) == PAGE)


@blueprint.post("/read")
def read() -> Response:
    up_to = request.form.get("up_to", 0, type=int)
    with door.writing() as tx:
        notices.mark_read(tx, door.visitor().person_id, up_to=up_to)
    return answers.done("notices_read", "notifications.page")

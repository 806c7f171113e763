"""Notifications of the visitor, newest first."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forgery, forms
from workflow.deadlines import notices

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")
PAGE = 50


@blueprint.get("")
def page() -> str:
    before, person_id = forms.asked_number("before"), door.visitor().person_id
    listed = notices.mine(door.reading(), person_id, before=before, limit=PAGE)
    return render_template("desk/notifications.html", notices=listed, more=len(listed) == PAGE)


@blueprint.post("/read")
def read() -> Response:
    up_to, code = forms.maybe_id_of("up_to") or 0, forms.line_of("case")
    with door.writing() as tx:
        if code:
            notices.mark_case_read(tx, door.visitor().person_id, code)
        else:
            notices.mark_read(tx, door.visitor().person_id, up_to=up_to)
    if forgery.HEADER in request.headers:
        # A script said so while somebody read: nothing was pressed, so nothing is to be confirmed on the next page.
        return Response(status=204)
    return answers.redirect_done("notices_read", "notifications.page")

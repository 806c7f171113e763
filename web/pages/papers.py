"""Papers for reading: beside their case, their content for drawing, and the tick of whoever has read one."""

from flask import Blueprint, abort, redirect, request, send_file
from werkzeug.wrappers import Response

from web import door
from web.case import form, paper
from web.headers import DOCUMENT_POLICY
from workflow import documents
from workflow.documents import viewings

blueprint = Blueprint("papers", __name__)


@blueprint.get("/cases/<code>/papers")
def page(code: str) -> str:
    return form.shown(form.page_of(code), "papers/page.html")


@blueprint.post("/cases/<code>/papers/<token>/viewed")
def tick(code: str, token: str) -> Response:
    change = viewings.mark if request.form.get("viewed") == "yes" else viewings.unmark
    with door.writing() as tx:
        change(tx, code, token, person_id=door.visitor().person_id, now=door.now_in(tx))
    return redirect(door.local_path(request.form.get("next", "")), 303)


@blueprint.get("/documents/<token>/content")
def content(token: str) -> Response:
    version = documents.open_version(door.reading(), token, person_id=door.visitor().person_id, now=door.now())
    if version.media_type not in paper.DRAWN:
        abort(404)
    stored = door.services().blobs.open(version.sha256)
    response = send_file(stored, version.media_type, download_name=version.name, max_age=0)
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return response

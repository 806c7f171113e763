"""Documents: handed out by their random token, as attachments that no browser opens in our name."""

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from web import door
from web.headers import DOCUMENT_POLICY
from workflow.cases import documents

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("/<token>")
def download(token: str) -> Response:
    found = documents.open_version(door.reading(), token, person_id=door.visitor().person_id, now=door.now())
    content = door.house().blobs.open(found.sha256)
    response = send_file(content, found.media_type, as_attachment=True, download_name=found.name, max_age=0)
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return response

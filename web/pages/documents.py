"""Documents: handed out by their random token, as attachments, so that no browser runs them under our origin."""

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from web import door
from web.headers import DOCUMENT_POLICY
from workflow import documents

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("/<token>")
def download(token: str) -> Response:
    version = documents.open_version(door.reading(), token, person_id=door.visitor().person_id, now=door.now())
    content = door.services().blobs.open(version.sha256)
    response = send_file(content, version.media_type, as_attachment=True, download_name=version.name, max_age=0)
    response.headers["Content-Security-Policy"] = DOCUMENT_POLICY
    return response

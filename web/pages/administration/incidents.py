"""The incident desk: jobs that were parked after their tries, why, and another try."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from web import answers, door
from workflow.deadlines import jobs
from workflow.organisation import access

blueprint = Blueprint("incidents", __name__, url_prefix="/admin/incidents")
blueprint.before_request(door.readers_only)


@blueprint.get("")
def index() -> str:
    return render_template("administration/incidents.html", parked=jobs.parked(door.reading()))


@blueprint.post("/<int:job_id>/retry")
def retry(job_id: int) -> Response:
    with door.writing() as tx:
        access.require_admin(tx, door.visitor().person_id, door.now_in(tx))
        was_parked = jobs.retry(tx, job_id)
    if not was_parked:
        abort(404)
    return answers.redirect_done("job_retried", "incidents.index")

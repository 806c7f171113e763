"""Whether the installation works, for whoever watches it: 200, or 503 with the reasons."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from web import door
from workflow.installation import health

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@door.open_to_all
def healthz() -> ResponseReturnValue:
    report = health.report(door.services().database)
    return {"status": "ok" if report.well else "unwell", "checks": dict(report.checks)}, 200 if report.well else 503

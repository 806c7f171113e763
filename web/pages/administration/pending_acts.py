"""Acts that wait for a second administrator: what they would do, confirming, withdrawing."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from web import answers, door
from workflow.errors import NotAllowed
from workflow.organisation import grants, pending_acts, units

blueprint = Blueprint("pending_acts", __name__, url_prefix="/admin/pending")
blueprint.before_request(door.readers_only)


@blueprint.get("")
def index() -> str:
    tx = door.reading()
    waiting = pending_acts.waiting(tx, person_id=door.visitor().person_id, now=door.now())
    return render_template(
        "administration/pending.html",
        waiting=waiting,
        roles=grants.role_labels(tx),
        unit_names={act.row.id: units.find(tx, int(str(act.facts["unit"]))).name for act in waiting},
        hindrances={act.row.id: NotAllowed(act.hindrance) if act.hindrance else None for act in waiting},
        now=door.now(),
    )


@blueprint.post("/<int:act_id>/confirm")
@answers.shown_on(index)
def confirm(act_id: int) -> Response:
    with door.writing() as tx:
        pending_acts.confirm(tx, act_id, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("confirmed", "pending_acts.index")


@blueprint.post("/<int:act_id>/withdraw")
@answers.shown_on(index)
def withdraw(act_id: int) -> Response:
    with door.writing() as tx:
        pending_acts.withdraw(tx, act_id, person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("withdrawn", "pending_acts.index")

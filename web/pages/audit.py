"""The auditor's page: what administrators did, and whether any history was changed afterwards."""

from functools import partial
from itertools import chain, islice

from flask import Blueprint, render_template, request

from web import door
from workflow import access, admin_acts, audits, publishing

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 50
MOST_FAULTS = 200


@blueprint.before_request
def readers_only() -> None:
    access.require_reader(door.reading(), door.visitor().person_id, door.now())


@blueprint.get("")
def page() -> str:
    acts = admin_acts.entries(door.reading(), before=request.args.get("before", type=int), limit=PAGE)
    return render_template("audit.html", acts=acts, more=len(acts) == PAGE, checked=False, faults=())


@blueprint.get("/verify")
def verify() -> str:
    tx = door.reading()
    again = audits.refold(tx, definition_of=partial(publishing.compiled, tx), calendar=door.calendar())
    faults = list(islice(chain(audits.verify(tx), again), MOST_FAULTS))
    acts = admin_acts.entries(tx, limit=PAGE)
    return render_template("audit.html", acts=acts, more=len(acts) == PAGE, checked=True, faults=faults)

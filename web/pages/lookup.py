"""Looking a case up without an account, by the code and the PIN on its receipt.

The PIN is typed into a form that is sent, so that it stands in no address, no log and no history of a browser.
"""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from web import door
from workflow import tracking

blueprint = Blueprint("lookup", __name__)


@blueprint.get("/lookup")
@door.open_to_all
def form() -> str:
    return render_template("account/lookup.html", code=request.args.get("code", ""))


@blueprint.post("/lookup")
@door.open_to_all
def find() -> Response | str:
    code, pin = request.form.get("code", ""), request.form.get("pin", "")
    database, now = door.database_and_now()
    secret, address = door.services().settings.secret_key, request.remote_addr or ""
    answer = tracking.look_up(database, code, pin, secret=secret, address=address, now=now)
    if isinstance(answer, tracking.LookedUp):
        return render_template("account/lookup.html", code=answer.code, case=answer)
    page = render_template("account/lookup.html", code=code, refused=True, wait=answer.until)
    return make_response(page, 429 if answer.until else 404)

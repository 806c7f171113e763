"""Cases: the list, one case, its draft, every act on it, its receipt on paper."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import answers, door, forms, searches
from web.case import form
from workflow import cases, search
from workflow.cases import drafts
from workflow.values import Refusal

blueprint = Blueprint("cases", __name__, url_prefix="/cases")


@blueprint.get("")
def index() -> str | Response:
    asked, after = searches.asked(), request.args.get("after")
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    code = search.find_code(tx, asked.words, person_id=person_id, now=now) if after is None else None
    if code is not None:
        return redirect(url_for("cases.page", code=code))
    page = search.find(tx, asked, person_id=person_id, now=now, after=after)
    return render_template("desk/cases.html", page=page, asked=asked, choices=searches.choices(asked))


@blueprint.get("/<code>")
def page(code: str) -> str:
    return form.shown(form.page_of(code))


@blueprint.get("/<code>/receipt")
def receipt(code: str) -> str:
    return form.shown(form.page_of(code), "case/receipt.html")


@blueprint.post("/<code>/draft")
def save(code: str) -> Response:
    sent, seen = form.receive_draft(code), forms.maybe_id_of("draft_seen") or 0
    if sent.refusal is not None:
        return form.show_again(code, sent, sent.refusal)
    with door.writing() as tx:
        drafts.save(tx, code, sent.inputs, person_id=door.visitor().person_id, seen=seen, now=door.now_in(tx))
    return answers.redirect_done("draft_kept", "cases.page", code=code)


@blueprint.post("/<code>/rows")
def reshape(code: str) -> str:
    """Add or drop a row of a table where no script runs. Changes nothing; a POST, because it carries what was typed."""
    return form.shown(form.reshaped(code))


@blueprint.post("/<code>/actions/<path:action>")
def act(code: str, action: str) -> Response:
    sent = form.receive(code, action)
    if sent.refusal is not None:
        return form.show_again(code, sent, sent.refusal)
    database, now = door.database_and_now()
    person_id = door.visitor().person_id
    answer = cases.act(database, code, sent.act, person_id=person_id, now=now, request_key=sent.request_key)
    if isinstance(answer, Refusal):
        return form.show_again(code, sent, answer)
    return form.acted(code, sent, answer)

"""Cases: the list, one case, its draft, every act on it, its receipt on paper."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.case import ReceiptPage, asking, form, history_pdf
from web.language import clock_time
from web.overview import searches
from web.resume import KEPT
from workflow import cases, search, tracking
from workflow.cases import drafts
from workflow.deadlines import ask_reminders
from workflow.desk import consequences
from workflow.values import Act, Consequences, Refusal

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
    kept = request.args.get(KEPT)
    return form.shown(form.resumed(code, kept) if kept else form.page_of(code))


@blueprint.get("/<code>/receipt")
def receipt(code: str) -> str:
    page = form.page_of(code)
    return form.shown(page, "case/receipt.html", paper=ReceiptPage(page))


@blueprint.post("/<code>/receipt/pin")
def renew_pin(code: str) -> Response:
    with door.writing() as tx:
        now = door.now_in(tx)
        tracking.renew_pin(tx, cases.view(tx, code, person_id=door.visitor().person_id, now=now), now=now)
    return answers.redirect_done("pin_renewed", "cases.receipt", code=code)


@blueprint.get("/<code>/history.pdf")
def history(code: str) -> Response:
    return answers.attachment(history_pdf(form.page_of(code)), "application/pdf", name=f"{code}.pdf")


def _typed_again(code: str) -> str:
    """The page with what was typed, beside what somebody else has saved meanwhile."""
    return form.shown(form.reshaped(code))


@blueprint.post("/<code>/draft")
@answers.shown_on(_typed_again)
def save(code: str) -> Response:
    sent, seen = form.receive_draft(code), forms.maybe_id_of("draft_seen") or 0
    if sent.refusal is not None:
        return form.show_again(code, sent, sent.refusal)
    with door.writing() as tx:
        now = door.now_in(tx)
        version = drafts.save(tx, code, sent.inputs, person_id=door.visitor().person_id, seen=seen, now=now)
    if door.wants_json():
        return make_response({"version": version, "at": clock_time(now)})
    return answers.redirect_done("draft_kept", "cases.page", code=code)


@blueprint.post("/<code>/rows")
def reshape(code: str) -> str:
    """Add or drop a row of a table where no script runs. Changes nothing; a POST, because it carries what was typed."""
    return form.shown(form.reshaped(code))


@blueprint.get("/<code>/actions/<path:action>")
def before(code: str, action: str) -> Response:
    """Say what an act would do; where something must be handed in with it, lead to where that is typed."""
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    shown = cases.preview_act(tx, code, Act(action), person_id=person_id, now=now)
    if isinstance(shown, Refusal) or not form.is_ready(code, action):
        return redirect(url_for("cases.page", code=code, _anchor=f"act-{action}"))
    return asking.ask(code, form.Sent(action, {}, None, None), shown)


@blueprint.post("/<code>/actions/<path:action>")
@answers.shown_on(_typed_again)
def act(code: str, action: str) -> Response:
    sent = form.receive(code, action)
    if sent.refusal is not None:
        return form.show_again(code, sent, sent.refusal)
    database, now = door.database_and_now()
    person_id = door.visitor().person_id
    answer = consequences.act(
        database,
        code,
        sent.act,
        agreed=asking.agreed(),
        person_id=person_id,
        now=now,
        request_key=sent.request_key,
    )
    if isinstance(answer, Consequences):
        return asking.ask(code, sent, answer)
    if isinstance(answer, Refusal):
        return form.show_again(code, sent, answer)
    return answers.for_scripts(form.acted(code, sent, answer))


def _unsent(code: str) -> str:
    """The page of the case, which says why nobody was asked once more."""
    return form.shown(form.page_of(code))


@blueprint.get("/<code>/reminders/<ask>")
@answers.shown_on(_unsent)
def reminder(code: str, ask: str) -> str:
    """Say what would be sent to whom; sends nothing."""
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    shown = ask_reminders.preview(tx, code, ask, person_id=person_id, now=now)
    return form.shown(form.page_of(code), "case/reminder.html", reminder=shown)


@blueprint.post("/<code>/reminders/<ask>")
@answers.shown_on(_unsent)
def remind(code: str, ask: str) -> Response:
    with door.writing() as tx:
        person_id, now = door.visitor().person_id, door.now_in(tx)
        number = ask_reminders.remind(tx, code, ask, person_id=person_id, now=now)
    return answers.redirect_done("reminded", "cases.page", about=str(number), code=code)

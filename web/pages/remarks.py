"""Remarks on a case: defects drafted, corrected and accepted, comments, how far somebody has read.

Buttons that stand in the form of the case send that form along; what was typed into it is saved as a draft first.
"""

from flask import Blueprint, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.case import form
from web.case.remark_part import ABOUT, AT, place_from, place_on_page
from workflow import cases
from workflow.cases import drafts
from workflow.machine.remarks import WHOLE_CASE
from workflow.remarks import correcting, discussing, drafting, readings

blueprint = Blueprint("remarks", __name__, url_prefix="/cases/<code>/remarks")


def _page(code: str) -> str:
    return form.shown(form.page_of(code))


@blueprint.post("")
@answers.shown_on(_page)
def draft(code: str) -> Response:
    person_id, text, again = door.visitor().person_id, _text(), forms.maybe_id_of("again")
    with door.writing() as tx:
        now = door.now_in(tx)
        fields = cases.form(tx, code, person_id=person_id, now=now).case.fields
        anchor = place_from(request.form.get(AT, ""), fields) if again is None else WHOLE_CASE
        made = drafting.draft(
            tx, code, kind="defect", text=text, anchor=anchor, person_id=person_id, now=now, again=again
        )
    return _back(code, f"remark-{made}")


@blueprint.post("/<int:remark>/edit")
@answers.shown_on(_page)
def edit(code: str, remark: int) -> Response:
    with door.writing() as tx:
        now = door.now_in(tx)
        drafting.edit(tx, code, remark, text=_text(), person_id=door.visitor().person_id, now=now)
    return _back(code, f"remark-{remark}")


@blueprint.post("/<int:remark>/drop")
def drop(code: str, remark: int) -> Response:
    with door.writing() as tx:
        drafting.drop(tx, code, remark, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, "checklist")


@blueprint.post("/<int:remark>/corrected")
def correct(code: str, remark: int) -> Response:
    refused = _save_form(code)
    if refused is not None:
        return refused
    with door.writing() as tx:
        note, now = forms.line_of(f"note.{remark}"), door.now_in(tx)
        correcting.mark_corrected(tx, code, remark, note=note, person_id=door.visitor().person_id, now=now)
    return _back(code, f"remark-{remark}")


@blueprint.post("/<int:remark>/uncorrected")
def uncorrect(code: str, remark: int) -> Response:
    refused = _save_form(code)
    if refused is not None:
        return refused
    with door.writing() as tx:
        correcting.unmark_corrected(tx, code, remark, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, f"remark-{remark}")


@blueprint.post("/<int:remark>/accepted")
def accept(code: str, remark: int) -> Response:
    with door.writing() as tx:
        correcting.accept(tx, code, remark, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, f"remark-{remark}")


@blueprint.post("/<int:remark>/reopened")
def reopen(code: str, remark: int) -> Response:
    with door.writing() as tx:
        correcting.reopen(tx, code, remark, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, f"remark-{remark}")


@blueprint.post("/comments")
@answers.shown_on(_page)
def comment(code: str) -> Response:
    person_id, about = door.visitor().person_id, request.form.get(ABOUT, "")
    with door.writing() as tx:
        now = door.now_in(tx)
        fields = cases.form(tx, code, person_id=person_id, now=now).case.fields if about else {}
        made = discussing.comment(
            tx,
            code,
            text=forms.line_of("comment_text"),
            anchor=place_from(about, fields, name=ABOUT),
            mentions=forms.ids_of("mentions"),
            for_unit=bool(request.form.get("for_unit")),
            person_id=person_id,
            now=now,
        )
    return _back(code, f"remark-{made}")


@blueprint.post("/marks")
@answers.shown_on(_page)
def mark(code: str) -> Response:
    person_id, text = door.visitor().person_id, forms.line_of("mark_text")
    with door.writing() as tx:
        now = door.now_in(tx)
        anchor = place_from(place_on_page(), {})
        if request.form.get("kind") == "defect":
            drafting.draft(tx, code, kind="defect", text=text, anchor=anchor, person_id=person_id, now=now)
        else:
            discussing.comment(tx, code, text=text, anchor=anchor, person_id=person_id, now=now)
    return redirect(door.local_path(request.form.get("next", "")), 303)


@blueprint.post("/comments/<int:remark>/resolved")
def resolve(code: str, remark: int) -> Response:
    with door.writing() as tx:
        discussing.resolve(tx, code, remark, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, f"remark-{remark}")


@blueprint.post("/comments/<int:remark>/unresolved")
def unresolve(code: str, remark: int) -> Response:
    with door.writing() as tx:
        discussing.reopen(tx, code, remark, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, f"remark-{remark}")


@blueprint.post("/read")
def read(code: str) -> Response:
    with door.writing() as tx:
        readings.mark_read(tx, code, person_id=door.visitor().person_id, now=door.now_in(tx))
    return _back(code, "discussion")


def _text() -> str:
    """What was typed, and the reason used before that was pressed."""
    return "\n".join(part for part in (forms.line_of("text"), forms.line_of("snippet")) if part)


def _save_form(code: str) -> Response | None:
    """Save what was typed into the form of the case; return the page again where it could not be taken."""
    sent, seen = form.receive_draft(code), forms.maybe_id_of("draft_seen") or 0
    if sent.refusal is not None:
        return form.show_again(code, sent, sent.refusal)
    if sent.inputs:
        with door.writing() as tx:
            drafts.save(tx, code, sent.inputs, person_id=door.visitor().person_id, seen=seen, now=door.now_in(tx))
    return None


def _back(code: str, part: str) -> Response:
    return redirect(f"{url_for('cases.page', code=code)}#{part}", 303)

"""Definitions: versions with text, drawing and findings; the draft, its check, and publishing by a second person."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.language import language
from workflow.definitions import inspections, publishing, wording
from workflow.machine.checking import check
from workflow.machine.definition import Definition, Finding
from workflow.machine.drawing import diagram
from workflow.storage.session import Tx
from workflow.values import Refusal

blueprint = Blueprint("definitions", __name__, url_prefix="/admin/definitions")
blueprint.before_request(door.readers_only)


@blueprint.get("")
def index() -> str:
    tx = door.reading()
    return render_template(
        "administration/definitions/definitions.html",
        versions=publishing.versions(tx),
        open_cases=publishing.open_cases(tx),
        drafts=publishing.drafts(tx),
    )


@blueprint.get("/<name>/versions/<text_hash>")
def version(name: str, text_hash: str) -> str:
    tx = door.reading()
    definition = publishing.compiled(tx, text_hash)
    findings = check(definition)
    return render_template(
        "administration/definitions/definition.html",
        name=name,
        definition=definition,
        versions=publishing.versions(tx, name),
        findings=findings,
        picture=_picture(tx, definition, findings),
    )


@blueprint.get("/<name>/draft")
def draft(name: str) -> str:
    with door.apart() as tx:
        text_draft = publishing.draft(tx, name)
        origin = publishing.compiled(tx, text_draft.based_on) if text_draft.based_on else None
        asked = inspections.question(tx, name, text_draft.text, now=door.now_in(tx))
        labels, writers = wording.labels(tx), publishing.writers(tx, name)
    shown = replace(asked, origin=origin.text if origin else "", language=language(), labels=labels)
    inspected = inspections.inspect(shown)
    return render_template(
        "administration/definitions/definition_draft.html",
        draft=text_draft,
        writers=writers,
        findings=inspected.findings,
        # Our own drawing escapes every label.
        picture=Markup(inspected.picture) if inspected.picture else None,  # noqa: S704
        changes=inspected.changes,
        title=origin.title if origin else None,
    )


def _picture(tx: Tx, definition: Definition, findings: Sequence[Finding]) -> Markup:
    """Draw a definition with what is wrong marked in it."""
    faulty = {finding.path for finding in findings if finding.severity == "error"}
    drawn = diagram.draw(definition, language=language(), labels=wording.labels(tx), faulty=faulty)
    return Markup(drawn)  # noqa: S704 - our own drawing escapes every label


@blueprint.post("/<name>/draft/begin")
def begin(name: str) -> Response:
    visitor = door.visitor()
    with door.writing() as tx:
        text = publishing.current(tx, name).text
        now = door.now_in(tx)
        publishing.save_draft(tx, name, text, person_id=visitor.person_id, now=now, seen=None)
    return answers.redirect_done("draft_begun", "definitions.draft", name=name)


@blueprint.post("/<name>/draft")
@answers.shown_on(draft)
def save(name: str) -> Response:
    text, seen = request.form.get("text", ""), forms.maybe_id_of("seen") or 0
    with door.writing() as tx:
        now = door.now_in(tx)
        publishing.save_draft(tx, name, text, person_id=door.visitor().person_id, now=now, seen=seen)
    return answers.redirect_done("draft_saved", "definitions.draft", name=name)


@blueprint.post("/<name>/draft/discard")
@answers.shown_on(draft)
def discard(name: str) -> Response:
    seen = forms.maybe_id_of("seen") or 0
    with door.writing() as tx:
        publishing.discard_draft(tx, name, person_id=door.visitor().person_id, now=door.now_in(tx), seen=seen)
    return answers.redirect_done("draft_discarded", "definitions.index")


@blueprint.post("/<name>/draft/publish")
@answers.shown_on(draft)
def publish(name: str) -> Response:
    seen = forms.maybe_id_of("seen") or 0
    with door.apart() as tx:
        asked = publishing.ask_about(tx, name, now=door.now_in(tx))
    inspected = inspections.inspect(asked)
    with door.writing() as tx:
        now, by = door.now_in(tx), door.visitor().person_id
        answer = publishing.publish(tx, name, person_id=by, now=now, seen=seen, inspected=inspected)
    if isinstance(answer, Refusal):
        return make_response(answers.refused_on(draft, answer, name=name), answers.STATUS[answer.kind])
    return answers.redirect_done("published", "definitions.version", name=name, text_hash=answer.hash)

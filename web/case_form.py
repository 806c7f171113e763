"""The form of a case as it was sent: typed values, files taken in, and the page again where the act was refused.

Knows which inputs belong to which action, no rule. Called by `pages.cases`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.case_page import CasePage
from web.forms import EDITED
from web.frame import act_label
from web.language import text
from workflow import case_views, documents, people, publishing, units
from workflow.cases import Acted
from workflow.machine.definition import Field
from workflow.values import ANSWER, Act, Json, Refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a press of a button. `inputs` are those that the action asks for, `typed` all that was typed."""

    action: str
    inputs: Mapping[str, Json]
    typed: Mapping[str, Json]
    seen: int | None
    request_key: str | None

    @property
    def act(self) -> Act:
        return Act(self.action, self.inputs, self.seen)


def page_of(code: str, **more: object) -> CasePage:
    """The page of a case for the visitor, from the present snapshot."""
    tx, person_id = door.reading(), door.visitor().person_id
    view = case_views.view(tx, code, person_id=person_id, now=door.now())
    colleagues = people.listing(tx, unit_id=view.head.unit_id, limit=200)
    names = [person.full_name for person in colleagues]
    known = {person.full_name: person.id for person in colleagues if names.count(person.full_name) == 1}
    has_unit = any(field.type == "unit" for field in view.definition.fields.values())
    return CasePage(view, people=known, units=units.every(tx) if has_unit else (), **more)  # type: ignore[arg-type]  # fields of CasePage


def receive(code: str, action: str) -> Sent:
    """Read what was sent for an action: the form itself, what the action asks for, and files, which are kept at once."""
    page = page_of(code)
    offer = page.offer(action)
    at_form = _fields(page, page.editable if offer is None or offer.edits else ())
    given = page.given_with(offer) if offer else _fields(page, page.definition.fields.values())
    typed = {**_read(page, code, at_form, at=EDITED), **_read(page, code, given, at=f"{action}.")}
    if action.startswith(ANSWER):
        typed = {"answer": forms.line_of("answer") or None}
    seen = request.form.get("seen", type=int)
    return Sent(action, typed, typed, seen, forms.line_of("request_key") or None)


def received_draft(code: str) -> Mapping[str, Json]:
    """Read the form itself, to be kept without acting."""
    page = page_of(code)
    return {**_drafted(page), **_read(page, code, page.editable, at=EDITED)}


def reshaped(code: str) -> CasePage:
    """The page with everything that was typed, and a row more or less."""
    page = page_of(code)
    tried = (request.form.get("add") or request.form.get("drop") or EDITED).partition(".")[0]
    offer = page.offer(tried)
    typed = _read(page, code, page.editable, at=EDITED)
    if offer is not None:
        typed |= _read(page, code, page.given_with(offer), at=f"{tried}.")
    return page_of(code, typed=typed, tried=tried, blanks=forms.blanks())


def acted(code: str, sent: Sent, answer: Acted) -> Response:
    """Say what was done on the case's page, or on that of the case it opened."""
    if answer.repeated:
        return answers.done("repeated", "cases.page", code=code)
    if answer.opened:
        return answers.done("opened", "cases.page", code=answer.opened[0].code)
    definition = publishing.compiled(door.reading(), answer.case.definition)
    label = act_label(definition, sent.action)
    return answers.done("acted", "cases.page", about=text(label) if label else sent.action, code=code)


def show_again(code: str, sent: Sent, refusal: Refusal) -> Response:
    """The page with the reasons beside the inputs and everything that was typed."""
    page = page_of(code, typed=sent.typed, refusal=refusal, tried=sent.action)
    return make_response(render_template("case.html", page=page), answers.STATUS[refusal.kind])


def _fields(page: CasePage, fields: object) -> tuple[Field, ...]:
    return tuple(fields)  # type: ignore[arg-type]  # any iterable of fields


def _drafted(page: CasePage) -> Mapping[str, Json]:
    return page.view.draft.fields if page.view.draft else {}


def _read(page: CasePage, code: str, fields: tuple[Field, ...], *, at: str) -> dict[str, Json]:
    kept = {**page.values, **_take_files(page, code, fields, at=at)}
    return forms.read(fields, at=at, kept=kept, people=page.people)


def _take_files(page: CasePage, code: str, fields: tuple[Field, ...], *, at: str) -> dict[str, Json]:
    """Keep the files that were sent, so that a refusal of the rest does not lose them."""
    sent = [(field, request.files.get(f"{at}{field.name}.file")) for field in fields if field.type == "document"]
    taken: dict[str, Json] = {}
    for field, file in sent:
        if file is None or not file.filename:
            continue
        with door.writing() as tx:
            version = documents.upload(
                tx,
                code,
                field.name,
                file.stream,
                file.filename,
                person_id=door.visitor().person_id,
                now=door.now_in(tx),
            )
        taken[field.name] = {**forms.parts_of(page.values.get(field.name)), **documents.value_of(version)}
    return taken

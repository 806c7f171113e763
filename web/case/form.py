"""The form of a case as it was sent: typed values, files taken in, and the page again where the act was refused.

Knows which inputs belong to which action, no rule. Called by `pages.cases`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, BinaryIO, cast

from flask import make_response, render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from web import answers, door, forms
from web.case import ask_form, lists
from web.case.page import CasePage
from web.forms import EDITED
from web.frame import act_label
from web.language import text
from workflow import cases
from workflow.cases import Acted, documents
from workflow.definitions import publishing
from workflow.errors import Invalid
from workflow.machine.deciding import LEFT
from workflow.machine.definition import Definition, Field
from workflow.organisation import grants, people, units
from workflow.storage.queries.organisation import UnitView
from workflow.values import ANSWER, ASSIGN, CLAIM, COUNT, RELEASE, Act, Json, Reason, Refusal

_SAID = {ANSWER.rstrip(":"): "answered", COUNT.rstrip(":"): "counted"}
"""What is said of an act that is named for the question it is about."""
COLLEAGUES = 200
"""So many people of the unit are offered where a person is named."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a press of a button: the inputs, the version seen; `refusal` where a file could not be taken."""

    action: str
    inputs: Mapping[str, Json]
    seen: int | None
    request_key: str | None
    refusal: Refusal | None = None

    @property
    def act(self) -> Act:
        return Act(self.action, self.inputs, self.seen)


def page_of(code: str, **more: Any) -> CasePage:
    """The page of a case for the visitor, from the present snapshot."""
    tx, person_id = door.reading(), door.visitor().person_id
    view = cases.view(tx, code, person_id=person_id, now=door.now())
    colleagues = people.listing(tx, unit_id=view.head.unit_id, limit=COLLEAGUES)
    names = [person.full_name for person in colleagues]
    known = {person.full_name: person.id for person in colleagues if names.count(person.full_name) == 1}
    page = CasePage(view, door.today(), people=known, units=_units_for(view.definition), **more)
    return replace(page, lists=tuple(lists.parts(view, page.kept)))


def _units_for(definition: Definition) -> Mapping[int, UnitView]:
    """All units by id, where a field or a column of a table holds one."""
    fields = definition.fields.values()
    columns = (column for field in fields for column in field.columns.values())
    if not any(field.type == "unit" for field in chain(fields, columns)):
        return {}
    return {unit.id: unit for unit in units.every(door.reading())}


def shown(page: CasePage, template: str = "case.html") -> str:
    """Render a page of a case."""
    roles = grants.role_labels(door.reading())
    return render_template(
        template, page=page, case=page.case, definition=page.definition, state=page.state, roles=roles
    )


def receive(code: str, action: str) -> Sent:
    """Read what was sent for an action: the form, what the action asks for, and files, which are kept at once."""
    page = page_of(code)
    offer = page.offer(action)
    if action.startswith((ANSWER, COUNT)):
        return _sent(action, _said(page, action), None)
    if action == ASSIGN:
        return _sent(action, {"person": forms.maybe_id_of("person")}, None)
    if action in (CLAIM, RELEASE):
        return _sent(action, {}, None)
    if offer is None:
        # The case has moved on: the refusal will say so, and what was typed is shown again.
        typed = forms.read(page.definition.fields.values(), at=EDITED, kept=page.values, people=page.people)
        return _sent(action, typed, None)
    at_form, refusal = _read(page, page.editable, at=EDITED, kept=page.values)
    given, refusal_of_given = _read(page, page.given_with(offer), at=f"{action}.", kept=page.given_values(offer))
    named = lists.sent(offer.lists)
    return _sent(action, {**at_form, **given, **named}, refusal or refusal_of_given)


def receive_draft(code: str) -> Sent:
    """Read the form itself, to be kept without acting."""
    page = page_of(code)
    kept = page.view.draft.fields if page.view.draft else {}
    typed, refusal = _read(page, page.editable, at=EDITED, kept=page.values)
    return _sent("", {**kept, **typed, **lists.sent(page.definition.members)}, refusal)


def reshaped(code: str) -> CasePage:
    """The page with everything that was typed, and a row more or less, or every case offered, or every line filled."""
    page = page_of(code)
    row = (request.form.get("add") or request.form.get("drop") or EDITED).partition(".")[0]
    tried = ask_form.to_fill() or row
    typed = forms.read(page.editable, at=EDITED, kept=page.values, people=page.people)
    typed |= lists.sent(page.definition.members)
    offer = page.offer(tried)
    if tried.startswith(ANSWER):
        typed |= _said(page, tried)
    elif offer is not None:
        kept = page.given_values(offer)
        typed |= forms.read(page.given_with(offer), at=f"{tried}.", kept=kept, people=page.people)
    again = page_of(code, typed=typed, tried=tried, blanks=forms.blanks())
    every = lists.every(again.lists)
    return page_of(code, typed=typed | every, tried=tried, blanks=forms.blanks()) if every else again


def acted(code: str, sent: Sent, answer: Acted) -> Response:
    """Say what was done on the case's page, or on that of the case it opened."""
    if answer.repeated:
        return answers.done("repeated", "cases.page", code=code)
    if answer.opened and answer.plan and answer.plan.openings:
        return answers.done("opened", "cases.page", code=answer.opened[0].code)
    definition = publishing.compiled(door.reading(), answer.case.definition)
    label = act_label(definition, sent.action, answer.plan.was if answer.plan else "")
    warnings = answer.plan.warnings if answer.plan else ()
    left = [str(reason.facts["case"]) for reason in warnings if reason.code == LEFT]
    if left:
        return answers.done("acted_but_left", "cases.page", about=", ".join(left), code=code)
    return answers.done(
        _SAID.get(sent.action.partition(":")[0], "acted"),
        "cases.page",
        about=text(label) if label else sent.action,
        code=code,
    )


def show_again(code: str, sent: Sent, refusal: Refusal) -> Response:
    """The page with the reasons beside the inputs and everything that was typed."""
    page = page_of(code, typed=sent.inputs, refusal=refusal, tried=sent.action)
    return make_response(shown(page), answers.STATUS[refusal.kind])


def _said(page: CasePage, action: str) -> dict[str, Json]:
    """Read an answer to an ask, or a count of it on paper; nothing where the ask is no longer there."""
    poll = page.poll(ask_form.ask_of(action))
    if poll is None:
        return {}
    return ask_form.answer_sent(poll) if action.startswith(ANSWER) else ask_form.count_sent(poll)


def _sent(action: str, inputs: Mapping[str, Json], refusal: Refusal | None) -> Sent:
    seen = forms.maybe_id_of("seen")
    return Sent(action, inputs, seen, forms.line_of("request_key") or None, refusal)


def _read(
    page: CasePage, fields: tuple[Field, ...], *, at: str, kept: Mapping[str, Json]
) -> tuple[dict[str, Json], Refusal | None]:
    """Read inputs and keep the files among them, so that a refusal of the rest does not lose them."""
    taken: dict[str, Json] = {}
    faults: list[Reason] = []
    for field in fields:
        file = request.files.get(f"{at}{field.name}.file")
        if field.type != "document" or file is None or not file.filename:
            continue
        try:
            taken[field.name] = {**forms.parts_of(kept.get(field.name)), **_keep(page.case.code, field.name, file)}
        except Invalid as wrong:
            faults.append(Reason(wrong.code, cast("Mapping[str, Json]", wrong.facts), field.name))
    typed = forms.read(fields, at=at, kept={**kept, **taken}, people=page.people)
    return typed, Refusal("refused", tuple(faults)) if faults else None


def _keep(code: str, field: str, file: FileStorage) -> dict[str, Json]:
    stored = documents.store(door.house().blobs, cast("BinaryIO", file.stream), file.filename or "")
    with door.writing() as tx:
        by, now = door.visitor().person_id, door.now_in(tx)
        version = documents.upload(tx, code, field, stored, person_id=by, now=now)
    return documents.value_of(version)

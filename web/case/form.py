"""The form of a case as it was sent: typed values, files taken in, and the page again where the act was refused.

Knows how input is read and answered, no rule.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, BinaryIO, cast

from flask import g, make_response, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from web import answers, door, forms, own_desk, picked_people, resume
from web.case import ask_form, lists
from web.case.inputs import CaseInputs
from web.case.page import CasePage, people_for
from web.forms import EDITED
from web.frame import act_label
from web.language import text
from workflow import cases, documents
from workflow.accounts import kept_forms
from workflow.cases import Acted
from workflow.definitions import publishing
from workflow.errors import Invalid
from workflow.machine.deciding import LEFT, Poll
from workflow.machine.definition import Definition, Field
from workflow.machine.remarks import DEFECTS
from workflow.organisation import units
from workflow.remarks import defects_to_hand_in
from workflow.storage.queries.organisation import UnitView
from workflow.values import ANSWER, ASSIGN, CLAIM, COUNT, RELEASE, UNDO, Act, Json, Plan, Reason, Refusal

_SAID = {ANSWER.rstrip(":"): "answered", COUNT.rstrip(":"): "counted", UNDO.partition(":")[0]: "undone"}
"""The message after an act that is named after its ask."""


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
    page = CasePage(view, door.today(), units=units_for(view.definition), **more)
    return replace(page, lists=tuple(lists.parts(view, page.inputs.pending_values)))


def units_for(definition: Definition) -> Mapping[int, UnitView]:
    """All units by id, where a field or a column of a table holds one."""
    fields = definition.fields.values()
    columns = (column for field in fields for column in field.columns.values())
    if not any(field.type == "unit" for field in chain(fields, columns)):
        return {}
    return {unit.id: unit for unit in units.every(door.reading())}


def shown(page: CasePage, template: str = "case/page.html", **more: object) -> str:
    """Render a page of a case."""
    parts = {"case": page.case, "definition": page.definition, "state": page.state}
    return render_template(template, page=page, **parts, **more)


def receive(code: str, action: str) -> Sent:
    """Read what was sent for an action: the form, the action's own inputs, and files, which are kept at once."""
    if action == ASSIGN:
        return _sent(code, action, {"person": _colleague(code)}, None)
    if action in (CLAIM, RELEASE, UNDO):
        return _sent(code, action, {}, None)
    with door.statements() as tx:
        form = cases.form(tx, code, person_id=door.visitor().person_id, now=door.received_at())
        if action.startswith((ANSWER, COUNT)):
            return _sent(code, action, _said(form.polls, action), None)
        inputs = CaseInputs(form.case, form.definition, form.offers)
        offer = inputs.offer(action)
        if offer is None:
            return _too_late(code, action)
        given = inputs.given_with(offer)
        if _sends_paper(inputs.editable, at=EDITED) or _sends_paper(given, at=f"{action}."):
            inputs = replace(inputs, prepared=cases.prepared(tx, form))
        people = people_for(tx, (*inputs.editable, *given), form.case.unit)
        by, typed_rows = door.visitor().person_id, forms.read(given, at=f"{action}.", stored={}, people={}).get(DEFECTS)
        defects = defects_to_hand_in(tx, form, typed_rows, person_id=by) if DEFECTS in offer.requires else None
    typed, refusal = _read(inputs, inputs.editable, at=EDITED, stored=inputs.values, people=people)
    handed, refusal_of_handed = _read(inputs, given, at=f"{action}.", stored=inputs.given_values(offer), people=people)
    handed |= {DEFECTS: defects} if defects else {}
    return _sent(code, action, {**typed, **handed, **lists.sent(offer.lists)}, refusal or refusal_of_handed)


def _colleague(code: str) -> int:
    """The person to whom a turn is handed: chosen, or found by words among those to whom it may be."""
    chosen = forms.maybe_id_of("person")
    return picked_people.picked("person", page_of(code).view.sharing.may_assign) if chosen is None else chosen


def _too_late(code: str, action: str) -> Sent:
    """Read what was sent for an action that is no longer open, so that the page of the refusal shows it again."""
    page = page_of(code)
    fields, stored = page.definition.fields.values(), page.inputs.values
    return _sent(code, action, forms.read(fields, at=EDITED, stored=stored, people=page.people), None)


def receive_draft(code: str) -> Sent:
    """Read the form itself, to be kept without acting."""
    with door.statements() as tx:
        form = cases.form(tx, code, person_id=door.visitor().person_id, now=door.received_at())
        inputs = CaseInputs(form.case, form.definition, form.offers, cases.prepared(tx, form))
        people = people_for(tx, inputs.editable, form.case.unit)
    drafted = inputs.prepared.draft.fields if inputs.prepared.draft else {}
    typed, refusal = _read(inputs, inputs.editable, at=EDITED, stored=inputs.values, people=people)
    return _sent(code, "", {**drafted, **typed, **lists.sent(form.definition.members)}, refusal)


def reshaped(code: str) -> CasePage:
    """The page with everything that was typed, with a row added or dropped, or a list or the lines of an ask filled."""
    row = (request.form.get("add") or request.form.get("drop") or EDITED).partition(".")[0]
    return _typed_again(code, ask_form.to_fill() or row)


def resumed(code: str, token: str) -> CasePage:
    """The page with what its author typed when the session had ended; as it stands where nothing waits for them."""
    kept = kept_forms.find(door.reading(), token, person_id=door.visitor().person_id)
    start = url_for("cases.page", code=code)
    if kept is None or not kept.path.startswith(f"{start}/") or not resume.put_back(kept.sealed, kept.path):
        return page_of(code)
    g.resumed = True
    return _typed_again(code, kept.path.partition("/actions/")[2] or EDITED)


def _typed_again(code: str, tried: str) -> CasePage:
    """The page with everything that was typed for the form itself and for the action that was tried."""
    page = page_of(code)
    inputs, people = page.inputs, page.people
    typed = forms.read(inputs.editable, at=EDITED, stored=inputs.values, people=people)
    typed |= lists.sent(page.definition.members)
    offer = inputs.offer(tried)
    if tried.startswith(ANSWER):
        typed |= _said(page.view.polls, tried)
    elif offer is not None:
        stored = inputs.given_values(offer)
        typed |= forms.read(inputs.given_with(offer), at=f"{tried}.", stored=stored, people=people)
    again = page_of(code, typed=typed, tried=tried, blanks=forms.blanks())
    filled = lists.filled(again.lists)
    return page_of(code, typed=typed | filled, tried=tried, blanks=forms.blanks()) if filled else again


def acted(code: str, sent: Sent, answer: Acted) -> Response:
    """Say what was done on the case's page, or on that of the case it opened."""
    if answer.repeated:
        return go_on("repeated", code)
    if answer.opened and answer.plan and answer.plan.openings:
        return answers.redirect_done("opened", "cases.page", code=answer.opened[0].code)
    with door.statements() as tx:
        definition = publishing.compiled(tx, answer.case.definition)
    label = act_label(definition, sent.action, answer.plan.was if answer.plan else "")
    warnings = answer.plan.warnings if answer.plan else ()
    omitted = [str(reason.facts["case"]) for reason in warnings if reason.code == LEFT]
    if omitted:
        return answers.redirect_done("acted_but_left", "cases.page", about=", ".join(omitted), code=code)
    said = _SAID.get(sent.action.partition(":")[0], "acted")
    done = text(label) if label else sent.action
    undo = answers.Undoing(code, answer.case.acted_version) if answer.undoable else None
    if answer.plan and (said == "undone" or _stays_with_the_same(definition, answer.plan)):
        return stay(said, code, about=done, undo=undo)
    return go_on(said, code, about=done, undo=undo)


def go_on(said: str, code: str, *, about: str = "", undo: answers.Undoing | None = None) -> Response:
    """Redirect to what comes next: on a desk the next case, or the queue where there is none; else the case itself."""
    words = own_desk.sent()
    if words is None:
        return stay(said, code, about=about, undo=undo)
    following = words.pop(own_desk.NEXT, "")
    if following:
        return answers.redirect_done(said, "desk.page", about=about, undo=undo, code=following, **words)
    return answers.redirect_done(said, "home.my_turn", about=about, undo=undo, **words)


def stay(said: str, code: str, *, about: str = "", undo: answers.Undoing | None = None) -> Response:
    """Redirect to the case that was acted on, at the desk where that was done."""
    words = own_desk.sent()
    if words is None:
        return answers.redirect_done(said, "cases.page", about=about, undo=undo, code=code)
    words.pop(own_desk.NEXT, None)
    return answers.redirect_done(said, "desk.page", about=about, undo=undo, code=code, **words)


def _stays_with_the_same(definition: Definition, plan: Plan) -> bool:
    """Whether those whose turn it was go on: somebody who begins a draft wants to write it, not to see another case."""
    before, after = (definition.states[name].turn for name in (plan.was, plan.case.state))
    return before is not None and after is not None and before.who == after.who


def is_ready(code: str, action: str) -> bool:
    """Whether an action can be taken as the case stands, with nothing that is typed on its page."""
    inputs = page_of(code).inputs
    offer = inputs.offer(action)
    return offer is not None and not (offer.edits or offer.lists or inputs.given_with(offer))


def show_again(code: str, sent: Sent, refusal: Refusal) -> Response:
    """The page with the reasons beside the inputs and everything that was typed."""
    page = page_of(code, typed=sent.inputs, refusal=refusal, tried=sent.action)
    return make_response(shown(page), answers.STATUS[refusal.kind])


def _said(polls: Iterable[Poll], action: str) -> dict[str, Json]:
    """Read an answer to an ask, or a count of it on paper; nothing where the ask is no longer there."""
    poll = next((poll for poll in polls if poll.ask.name == ask_form.ask_of(action)), None)
    if poll is None:
        return {}
    return ask_form.answer_sent(poll) if action.startswith(ANSWER) else ask_form.count_sent(poll)


def _sent(code: str, action: str, inputs: Mapping[str, Json], refusal: Refusal | None) -> Sent:
    seen = forms.maybe_id_of("seen")
    return Sent(action, inputs, seen, forms.request_key(door.visitor().person_id, code, action), refusal)


def _sends_paper(fields: Iterable[Field], *, at: str) -> bool:
    return any(field.type == "document" and forms.was_sent(at + field.name) for field in fields)


def _read(
    inputs: CaseInputs, fields: tuple[Field, ...], *, at: str, stored: Mapping[str, Json], people: Mapping[str, int]
) -> tuple[dict[str, Json], Refusal | None]:
    """Read inputs and keep the files among them, so that a refusal of the rest does not lose them."""
    taken: dict[str, Json] = {}
    faults: list[Reason] = []
    for field in fields:
        file = request.files.get(f"{at}{field.name}.file")
        if field.type != "document" or file is None or not file.filename:
            continue
        try:
            taken[field.name] = {**forms.parts_of(stored.get(field.name)), **_keep(inputs.case.code, field.name, file)}
        except Invalid as wrong:
            faults.append(Reason(wrong.code, cast("Mapping[str, Json]", wrong.facts), field.name))
    typed = forms.read(fields, at=at, stored={**stored, **taken}, people=people)
    return typed, Refusal("refused", tuple(faults)) if faults else None


def _keep(code: str, field: str, file: FileStorage) -> dict[str, Json]:
    stored = documents.store(door.services().blobs, cast("BinaryIO", file.stream), file.filename or "")
    with door.writing() as tx:
        by, now = door.visitor().person_id, door.received_at()
        version = documents.upload(tx, code, field, stored, person_id=by, now=now)
    return documents.value_of(version)

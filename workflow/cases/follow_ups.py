"""What may be opened next from a case: one that takes it on a list, one of the same kind once it has ended, another.

Derived from the definitions in force and from what somebody may open for the unit; names no kind. Opens nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.cases import opening
from workflow.cases.opening import BlankForm, Openable
from workflow.cases.view import CaseView
from workflow.definitions import publishing
from workflow.machine.deciding import may_be_put
from workflow.machine.definition import LINK, Members
from workflow.storage.queries.cases import listed_cases
from workflow.storage.session import Tx
from workflow.values import Case, Facts, Json, Linked, Text


@dataclass(frozen=True, slots=True)
class Taking:
    """A kind of case that takes this one on a list. `label`: what that does to this case, where only one act does."""

    kind: Openable
    label: Text | None


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What may be opened next: `again` from an ended case, `takes` where another case moves this one on.

    `others`: whether anything else may be opened for its unit once it has ended.
    """

    again: Openable | None = None
    takes: tuple[Taking, ...] = ()
    others: bool = False


NOTHING = FollowUps()


def follow_ups(tx: Tx, view: CaseView, *, person_id: int, now: datetime) -> FollowUps:
    """Say what somebody may open next from a case that they see."""
    state = view.definition.states[view.case.state]
    has_ended = state.outcome is not None
    label, moved = _moved_by_link(view)
    if not (has_ended or moved):
        return NOTHING
    kinds = opening.openable(tx, person_id=person_id, now=now)
    takes = tuple(Taking(kind, label) for kind in kinds if moved and list(_lists_for(tx, view.case, kind, now=now)))
    if not has_ended:
        return FollowUps(takes=takes)
    own = [kind for kind in kinds if kind.unit_id == view.case.unit]
    again = next((kind for kind in own if kind.definition == view.definition.name), None)
    return FollowUps(again, takes, others=any(kind != again for kind in own))


def copied(form: BlankForm, view: CaseView) -> Mapping[str, Json]:
    """Take over into a new case of the same kind what its opener sees of an earlier one; papers belong to that one."""
    if form.definition.name != view.definition.name:
        return {}
    before, held = view.definition.fields, view.case.fields
    return {
        field.name: held[field.name]
        for field in form.fields
        if field.type != "document"
        and held.get(field.name) is not None
        and field.name in before
        and before[field.name].type == field.type
    }


def listed(tx: Tx, form: BlankForm, view: CaseView, *, now: datetime) -> Mapping[str, str]:
    """Put a case on the lists of a new one that take it; by the list's name the code."""
    kind = Openable(form.definition.name, form.definition.title, None, form.unit_id, form.unit_name)
    lists = [law.name for law in _lists_for(tx, view.case, kind, now=now)]
    return {name: view.case.code for name in lists if name in form.lists}


def _moved_by_link(view: CaseView) -> tuple[Text | None, bool]:
    """What moves this case on from its list-to-be: the label where it is one action, and whether any does."""
    actions = view.definition.states[view.case.state].actions.values()
    labels = [action.label for action in actions if any(way.by == LINK for way in action.alternatives)]
    return (labels[0] if len(labels) == 1 else None), bool(labels)


def _lists_for(tx: Tx, case: Case, kind: Openable, *, now: datetime) -> Iterator[Members]:
    definition = publishing.current(tx, kind.definition)
    fitting = [law for law in definition.members.values() if case.state == law.at]
    if not fitting:
        return
    whole = next(iter(listed_cases.load(tx, [case.code])))
    laws = {whole.definition: publishing.compiled(tx, whole.definition)}
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    for law in fitting:
        below = listed_cases.units_below(tx, kind.unit_id) if law.within == "below" else frozenset[int]()
        linked = Linked(whole, Facts())
        if may_be_put(law, linked, laws, unit=kind.unit_id, below=below, today=today, calendar=calendar):
            yield law

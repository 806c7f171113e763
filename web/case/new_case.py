"""The form of a case that is not opened yet, as its page shows it. Nothing is written before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from flask import request

from web import choices, door, forms
from web.case.form import units_for
from web.case.page import people_for
from web.forms import EDITED
from workflow import cases
from workflow.cases import CaseView, follow_ups, opening
from workflow.errors import CaseNotFound
from workflow.machine.definition import Definition
from workflow.storage.queries.organisation import UnitView
from workflow.values import Json


@dataclass(frozen=True)
class NewCasePage:
    """A blank form: what was typed stays while rows are added."""

    form: opening.BlankForm
    today: date
    units: Mapping[int, UnitView]
    people: Mapping[str, int]
    typed: Mapping[str, Json] = field(default_factory=dict)
    blanks: Mapping[str, int] = field(default_factory=dict)
    source: CaseView | None = None

    @cached_property
    def definition(self) -> Definition:
        return self.form.definition

    @cached_property
    def listed(self) -> Mapping[str, str]:
        """The lists of the new case on which the case stands from which it is made, by name its code."""
        return follow_ups.listed(door.reading(), self.form, self.source, now=door.now()) if self.source else {}

    def unit_name(self, unit: int) -> str:
        """The name of a unit that a field holds."""
        return self.units[unit].name

    def units_to_choose(self, chosen: int | None) -> list[UnitView]:
        """The units that exist today, and the one that was chosen before."""
        return choices.units_on(self.units.values(), self.today, chosen=chosen)

    def blank_at(self, name: str) -> int:
        """How many empty rows a table was asked to show."""
        return self.blanks.get(name, 0)


def page_of(name: str, unit_id: int) -> NewCasePage:
    """The blank form for the visitor, with what the request brought."""
    tx, person_id, now = door.reading(), door.visitor().person_id, door.now()
    blank = opening.blank_form(tx, name, unit_id=unit_id, person_id=person_id, now=now)
    people = people_for(tx, blank.fields, unit_id)
    made_from = source()
    known = follow_ups.copied(blank, made_from) if made_from else {}
    typed = {**known, **forms.read(blank.fields, at=EDITED, stored={}, people=people)}
    return NewCasePage(blank, door.today(), units_for(blank.definition), people, typed, forms.blanks(), made_from)


def source() -> CaseView | None:
    """The case from which a new one is made, as the visitor sees it; None where there is none, or not for them."""
    code = request.values.get("from", "")
    try:
        return cases.view(door.reading(), code, person_id=door.visitor().person_id, now=door.now()) if code else None
    except CaseNotFound:
        return None

"""What the entries of a case say, for those who read its history: what was handed in, answered, listed, handed on.

Arranges what `cases.view` answers; decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from web.case.ask_form import Heard, heard
from workflow.cases import CaseView, EntryNotice, EntryView
from workflow.machine.case import editable_by, field_of
from workflow.machine.definition import Field
from workflow.values import ASSIGN, Json

ABOUT_DEADLINES = ("escalation", "overdue", "reminder")
"""Letters about a deadline, the one that went to the highest desk first."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something handed in with an act, shown in the history."""

    field: Field
    value: Json


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """The history of one case."""

    view: CaseView

    def said(self, entry: EntryView) -> list[Said]:
        """What was handed over with an act: reasons, corrections asked for, papers, also those of the form itself."""
        definition, prepared = self.view.definition, self._prepared_in(entry.was)
        given = [(field_of(definition, name), value) for name, value in entry.inputs.items()]
        return [
            Said(field, value)
            for field, value in given
            if field is not None and value is not None and (field.name not in prepared or field.type == "document")
        ]

    def assigned_to(self, entry: EntryView) -> str:
        """To whom an entry handed the turn."""
        person = entry.inputs.get("person") if entry.action == ASSIGN else None
        return self.view.names[person] if isinstance(person, int) else ""

    def heard(self, entry: EntryView) -> tuple[Heard, ...]:
        """What an entry says of asks."""
        return tuple(heard(self.view.definition, entry))

    def listed(self, entry: EntryView) -> Mapping[str, Json]:
        """The lists that were handed in with an act, by name: the codes of their cases."""
        return {name: codes for name, codes in entry.inputs.items() if name in self.view.definition.members and codes}

    def notice(self, entry: EntryView) -> EntryNotice | None:
        """The letter that an entry about a deadline led to: of several the one that went to the highest desk."""
        notices = {notice.kind: notice for notice in entry.notices}
        return next((notices[kind] for kind in ABOUT_DEADLINES if kind in notices), None)

    def _prepared_in(self, was: str) -> set[str]:
        definition = self.view.definition
        state = definition.states.get(was)
        return {name for party in state.edit for name in editable_by(definition, state, party)} if state else set()

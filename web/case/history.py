"""What the entries of a case say, for those who read its history: what was handed in, answered, listed, handed on.

Arranges what `cases.view` answers; decides nothing. Letters of the same kind that only repeat are one line that opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final, Literal

from web.case.ask_form import Heard, heard
from workflow.cases import CaseView, EntryNotice, EntryView
from workflow.machine.case import editable_by, field_of
from workflow.machine.definition import Field
from workflow.values import ASSIGN, Json

ABOUT_DEADLINES = ("escalation", "overdue", "reminder")
"""Letters about a deadline, the one that went to the highest desk first."""

LEAST_REPEATED: Final = 3
"""So many letters of one kind in a row are told as one line."""
MOST_LINES: Final = 12
"""Lines that are shown at once; the earlier ones are folded."""
FEW_MORE: Final = 3
"""So few lines over are shown as well: to fold them would save nothing."""
DAILY: Final = timedelta(days=4)
"""Letters of every working day lie no further apart: a weekend and a holiday."""
WEEKLY: Final = (timedelta(days=6), timedelta(days=11))


@dataclass(frozen=True, slots=True)
class Said:
    """Something handed in with an act, shown in the history."""

    field: Field
    value: Json


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry, or several in a row that only repeat a letter about a deadline; the latest first."""

    entries: tuple[EntryView, ...]

    @property
    def latest(self) -> EntryView:
        return self.entries[0]

    @property
    def first(self) -> EntryView:
        return self.entries[-1]

    @property
    def pace(self) -> Literal["daily", "weekly"] | None:
        """How regularly the letters went out; None for one entry, and where the time between them differs."""
        gaps = [later.at - earlier.at for later, earlier in pairwise(self.entries)]
        if gaps and all(gap <= DAILY for gap in gaps):
            return "daily"
        return "weekly" if gaps and all(WEEKLY[0] <= gap <= WEEKLY[1] for gap in gaps) else None


@dataclass(frozen=True)
class CaseHistory:
    """The history of one case."""

    view: CaseView

    @cached_property
    def lines(self) -> tuple[HistoryLine, ...]:
        """The entries, the latest first; repeated letters as one line."""
        lines: list[HistoryLine] = []
        for key, group in groupby(reversed(self.view.entries), key=self._repeated):
            entries = tuple(group)
            if key is not None and len(entries) >= LEAST_REPEATED:
                lines.append(HistoryLine(entries))
            else:
                lines += [HistoryLine((entry,)) for entry in entries]
        return tuple(lines)

    @property
    def at_once(self) -> int:
        """How many lines are shown at once."""
        return len(self.lines) if len(self.lines) <= MOST_LINES + FEW_MORE else MOST_LINES

    def _repeated(self, entry: EntryView) -> tuple[str, str, tuple[str, ...]] | None:
        """Tell which letter an entry did nothing but send: about which deadline, of which kind, to whom."""
        if entry.person_id is not None or entry.state != entry.was or not entry.action.startswith("due:"):
            return None
        notice = self.notice(entry)
        return (entry.action, notice.kind, notice.roles) if notice else None

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

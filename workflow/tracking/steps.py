"""What has been done on a case, where it stands, and what comes next: the lines of its tracker.

Reads the entries as its reader may see them; asks no rule.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from workflow.cases import EntryView
from workflow.machine.definition import Definition
from workflow.machine.words import reasons
from workflow.tracking.ways import way_to_good_end
from workflow.values import Text

MOST_DONE: Final = 12
"""CaseSteps done that are shown; the earliest are left out first."""


class TrackStep(NamedTuple):
    """One line: an act that took the case on, the state it is in, or a state that comes next.

    `label` None is the opening. `at` is when it was done or entered; who did it is empty for the system.
    """

    when: Literal["done", "now", "next"]
    label: Text | None
    at: datetime | None = None
    person: str | None = None
    on_behalf: str | None = None
    capacity: str | None = None


class CaseSteps(NamedTuple):
    """The lines in their order; `omitted` are the earliest done, which are too many to show."""

    lines: tuple[TrackStep, ...]
    omitted: int = 0


def steps_of(definition: Definition, entries: Sequence[EntryView], present: str, entered_at: datetime) -> CaseSteps:
    """Make the lines from the entries of a case, the state it is in, and the way to a good end."""
    done = list(_done(definition, entries))
    states = definition.states
    ahead = [TrackStep("next", states[name].label) for name in way_to_good_end(definition, present)]
    lines = [*done[-MOST_DONE:], TrackStep("now", states[present].label, entered_at), *ahead]
    return CaseSteps(tuple(lines), max(0, len(done) - MOST_DONE))


def _done(definition: Definition, entries: Sequence[EntryView]) -> Iterator[TrackStep]:
    """Go through the acts that took the case from one state to another."""
    for entry in entries:
        if entry.seq == 1 or (entry.state != entry.was and entry.state in definition.states):
            label = None if entry.seq == 1 else _words(definition, entry)
            yield TrackStep("done", label, entry.at, entry.person, entry.on_behalf, entry.capacity)


def _words(definition: Definition, entry: EntryView) -> Text:
    """Say what was done as its definition says it; where nobody did it by an action, where it led to."""
    state = definition.states.get(entry.was)
    action = state.actions.get(entry.action) if state else None
    if action and action.done:
        return action.done
    label = reasons.action_label(definition, entry.action, was=entry.was)
    return label or definition.states[entry.state].label

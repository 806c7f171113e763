"""One question to the rules, with everything it may be answered from."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from workflow.machine.calendar import Calendar
from workflow.machine.case.case_clocks import Times
from workflow.machine.case.people import linked_by
from workflow.machine.definition import Definition, State
from workflow.values import EMPTY_MAPPING, Act, Actor, Case, Facts, Json, Linked, Reservation


class Question(NamedTuple):
    """An act asked of a case: by whom, from which facts, when, and the inputs that were found in order.

    `lists` are the lists of cases that the act changes, as they stand with it. `effective` is the moment from which
    clocks count the act, where that is not `now`: an answer from outside counts from the day it was received.
    """

    definition: Definition
    case: Case
    act: Act
    actor: Actor
    facts: Facts
    now: datetime
    calendar: Calendar
    definitions: Mapping[str, Definition] = EMPTY_MAPPING
    given: Mapping[str, Json] = EMPTY_MAPPING
    lists: Mapping[str, tuple[Linked, ...]] = EMPTY_MAPPING
    taken: tuple[Reservation, ...] = ()
    effective: datetime | None = None

    def linked(self, link: str) -> tuple[Linked, ...]:
        """Return the cases at a link, as the act would have them."""
        return self.lists[link] if link in self.lists else linked_by(self.facts, self.definition.link_of(link))

    @property
    def state(self) -> State:
        """The state in which the case stands."""
        return self.definition.states[self.case.state]

    @property
    def times(self) -> Times:
        """What due dates are reckoned from."""
        milestones = {} if self.case.movement is None else self.facts.movement
        return Times(self.calendar, self.definition.params, milestones, self.effective or self.now)

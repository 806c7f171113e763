"""Whether separated acts can be shared out among the people there are (Hall's condition, per unit).

An act is done in a right: a holder alone, or with the substitute who acts for them; both are then kept out of every
act that must be separate from it. Few acts and few people at a desk: all ways are tried, the act with the fewest rights
first. Knows neither states nor units.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from workflow.machine.definition import Definition

MOST_RIGHTS = 16
"""With more rights than this to what comes next, somebody is taken to be left for it."""


class Duty(NamedTuple):
    """An action as some people do it."""

    action: str
    by: str


Right = frozenset[int]
"""Everybody whose act it is: a holder, and the substitute who did it."""
Rights = Mapping[str, Sequence[Right]]
"""The rights of each name under `people`."""


class DutyGroup:
    """The duties of one definition among the people of one unit; remembers what it worked out."""

    def __init__(self, definition: Definition, rights: Rights) -> None:
        self.rights = rights
        self.separate = {name: separate_from(definition, name) for group in definition.separate for name in group}
        self.shared: dict[frozenset[Duty], Mapping[Duty, Right] | None] = {}

    def share(self, duties: frozenset[Duty]) -> Mapping[Duty, Right] | None:
        """Find a right for each duty so that separated acts share no person; None where there is no way."""
        if duties not in self.shared:
            order = sorted(duties, key=lambda duty: (len(self.rights[duty.by]), duty))
            self.shared[duties] = self._extended({}, order)
        return self.shared[duties]

    def _extended(self, shared: dict[Duty, Right], remaining: list[Duty]) -> Mapping[Duty, Right] | None:
        if not remaining:
            return shared
        duty, *rest = remaining
        for right in self.rights[duty.by]:
            if self._is_free(duty, right, shared.items()):
                sharing = self._extended({**shared, duty: right}, rest)
                if sharing is not None:
                    return sharing
        return None

    def _is_free(self, duty: Duty, right: Right, done: Iterable[tuple[Duty, Right]]) -> bool:
        separate = self.separate.get(duty.action, frozenset())
        return not any(other.action in separate and people & right for other, people in done)

    def blocking(self, done: frozenset[Duty], next_: Iterable[Duty]) -> Mapping[Duty, Right] | None:
        """Find people for the acts already done such that nobody is left for any act that could come next.

        None where there is no such way. Each act is taken to have been done by the same people every time.
        """
        wanted = [(duty, right) for duty in next_ for right in self.rights[duty.by]]
        if len(wanted) > MOST_RIGHTS:
            return None
        return self._blocked({}, wanted, done)

    def _blocked(
        self, shared: dict[Duty, Right], wanted: list[tuple[Duty, Right]], done: frozenset[Duty]
    ) -> Mapping[Duty, Right] | None:
        open_ = next(((duty, right) for duty, right in wanted if self._is_free(duty, right, shared.items())), None)
        if open_ is None:
            remaining = sorted(done - set(shared), key=lambda duty: (len(self.rights[duty.by]), duty))
            return self._extended(shared, remaining)
        duty, right = open_
        for other in sorted(done - set(shared)):
            if other.action not in self.separate.get(duty.action, frozenset()):
                continue
            for hit in self.rights[other.by]:
                if hit & right and self._is_free(other, hit, shared.items()):
                    sharing = self._blocked({**shared, other: hit}, wanted, done)
                    if sharing is not None:
                        return sharing
        return None


def separate_from(definition: Definition, action: str) -> frozenset[str]:
    """Return the actions that must be separate from one."""
    return frozenset(other for group in definition.separate if action in group for other in group) - {action}

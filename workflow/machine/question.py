"""One question to the rules, with everything it may be answered from; and what guards see of it.

Knows how facts are named in guards, no rule. Made by `deciding` for each act, passed through every room that has a
part in the answer. What a guard reads is computed when it is read: most acts read two or three facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workflow.machine.calendars import Calendar
from workflow.machine.definition import BUILT_IN_FIELDS, Ask, Definition, State
from workflow.machine.parties import UndeclaredFact, holders_of, linked_by, seats_of
from workflow.machine.timing import Times, param_value
from workflow.values import Act, Actor, Case, Facts, Json, Linked, OpenAsk


@dataclass(frozen=True, slots=True)
class Question:
    """An act asked of a case: by whom, from which facts, when, and the inputs that were found in order."""

    definition: Definition
    case: Case
    act: Act
    actor: Actor
    facts: Facts
    now: datetime
    calendar: Calendar
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    given: Mapping[str, Json] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The state in which the case stands."""
        return self.definition.states[self.case.state]

    @property
    def times(self) -> Times:
        """What due dates are reckoned from."""
        milestones = {} if self.case.movement is None else self.facts.movement
        return Times(self.calendar, self.definition.params, milestones, self.now)


class Circumstances(dict[str, object]):
    """The facts of a question under the names that guards use, found when first asked for."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, name: str) -> object:
        self[name] = found = self._find(name)
        return found

    def found(self, paths: Iterable[str]) -> "Circumstances":
        """Find all that an expression reads, for those who go through the facts instead of asking for one."""
        for path in paths:
            self[path.partition(".")[0].partition("(")[0]]
        return self

    def _find(self, name: str) -> object:
        question = self.question
        definition, case = question.definition, question.case
        if name in definition.fields or name in BUILT_IN_FIELDS:
            return question.given[name] if name in question.given else case.fields.get(name)
        if name in _ENGINE:
            return _ENGINE[name](question)
        if name in definition.params:
            return param_value(definition.params[name], case)
        if name in question.state.asks:
            return counts(question, question.state.asks[name])
        if name in question.facts.links:
            return [_linked_row(linked) for linked in linked_by(question.facts, name)]
        raise UndeclaredFact(name)


class _Times(dict[str, int]):
    """How often an action happened; never is a number too."""

    def __missing__(self, action: str) -> int:
        return 0


class _Did(dict[object, bool]):
    """Whether any of certain people did an action: `did(sign, reviewer)`."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, key: object) -> bool:
        action, party = key if isinstance(key, tuple) else (key, None)
        done = self.question.case.done.get(action)
        if done is None or party is None:
            return done is not None
        seats = seats_of(self.question.definition, self.question.facts, party)
        return bool(done.people.intersection(holders_of(seats)))


class _Changed(dict[str, bool]):
    """Whether this act changes a field."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, name: str) -> bool:
        given = self.question.given
        return name in given and given[name] != self.question.case.fields.get(name)


def _today(question: Question) -> object:
    return question.calendar.local(question.now).date()


def _movement(question: Question) -> object:
    if question.case.movement is not None and question.facts.movement is None:
        raise UndeclaredFact("movement")
    return question.facts.movement or {}


_ENGINE = {
    "today": _today,
    "movement": _movement,
    "times": lambda question: _Times({name: done.times for name, done in question.case.done.items()}),
    "did": _Did,
    "changed": _Changed,
}


def counts(question: Question, ask: Ask) -> dict[str, object]:
    """Count an ask: members, votes, each answer; then its results, the first that holds being true.

    A question that was not put has no result: nobody's silence must look like everybody's consent.
    """
    standing = question.case.asks.get(ask.name, OpenAsk(()))
    votes = list(standing.answers.values())
    counted: dict[str, object] = {answer.name: votes.count(answer.name) for answer in ask.answers}
    counted |= {"members": len(standing.members), "voted": len(votes)}
    seen = Circumstances(question)
    seen.update(counted)
    decided = not standing.members
    for name, guard in ask.result:
        holds = not decided and (guard is None or guard.holds(seen, question.calendar))
        counted[name], decided = holds, decided or holds
    return counted


def _linked_row(linked: Linked) -> dict[str, object]:
    case = linked.case
    return {**case.fields, "state": case.state, "outcome": case.outcome}

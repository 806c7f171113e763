"""What guards see of a question: its facts under the names that the language gives them, and the counts of its asks.

Knows how facts are named in guards, no rule. What a guard reads is computed when it is read: most acts read two or
three facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from workflow.machine.case import case_clocks
from workflow.machine.case.action_memory import has_changed, stands
from workflow.machine.case.case_clocks import param_value
from workflow.machine.case.people import UndeclaredFact, holders_of, linked_definition, seats_of
from workflow.machine.case.question import Question
from workflow.machine.case.rights import rights_of
from workflow.machine.case.vote_tally import NO_LINE, Counts, scored, tally, turnout
from workflow.machine.definition import BUILT_IN_FIELDS, Ask, Definition, FieldType
from workflow.values import Linked, OpenAsk


class GuardFacts(dict[str, object]):
    """The facts of a question under the names that guards use, computed when they are first read."""

    def __init__(self, question: Question, *, line: Linked | None = None) -> None:
        super().__init__()
        self.question = question
        self.line = line

    def __missing__(self, name: str) -> object:
        self[name] = fact = self._find(name)
        return fact

    def with_all(self, paths: Iterable[str]) -> "GuardFacts":
        """Compute everything that an expression reads, for code that goes through the facts instead of asking."""
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
            about = self.line.case.fields if self.line else {}
            fields = {**about, **case.fields, **question.given}
            return param_value(definition.params[name], case, fields=fields)
        if name in question.state.asks:
            return counts(question, question.state.asks[name])
        readable = definition.members.get(name) or definition.links.get(name)
        if readable is not None:
            return [linked_row(linked, readable.reads, question.definitions) for linked in question.linked(name)]
        raise UndeclaredFact(name)


class _Times(dict[str, int]):
    """How often an action happened; 0 where it never did."""

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
        seats = seats_of(self.question.definition, self.question.facts, party, self.question.case)
        return bool(done.people.intersection(holders_of(seats)))


class _Stands(dict[str, bool]):
    """Whether an action was done and still stands: `stands(sign)`."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, action: str) -> bool:
        return stands(self.question.case.done, action)


class _Changed(dict[object, bool]):
    """Whether this act changes a field, or whether the field has changed since an action was last done."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, key: object) -> bool:
        name, action = key if isinstance(key, tuple) else (key, None)
        given, case = self.question.given, self.question.case
        if action is not None:
            return has_changed(case.done, action, name, given[name] if name in given else case.fields.get(name))
        return name in given and given[name] != case.fields.get(name)


class _Overdue(dict[str, bool]):
    """Whether the time of the turn or of a named clock was used up: `overdue(turn)`."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, clock: str) -> bool:
        question = self.question
        out_at = case_clocks.runs_out_at(question.state.turn, question.case, clock, question.calendar)
        return out_at is not None and out_at <= question.now


class _Acting(dict[str, bool]):
    """Whether the actor is one of certain people, acts for one of them, or is the person named in a field."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def __missing__(self, name: str) -> bool:
        question = self.question
        if name in question.definition.people:
            actor = replace(question.actor, link=None)
            return bool(rights_of(question.definition, question.facts, actor, name, question.case))
        given, fields = question.given, question.case.fields
        value = given[name] if name in given else fields.get(name)
        named = value.get("person") if isinstance(value, dict) else None
        return named is not None and named == question.actor.person


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
    "stands": _Stands,
    "changed": _Changed,
    "overdue": _Overdue,
    "actor": _Acting,
}


def counts(question: Question, ask: Ask) -> Mapping[str, object]:
    """Count an ask as guards read it: with a result for each case it is about, only who voted; else all there is."""
    standing = question.case.asks.get(ask.name, OpenAsk(()))
    if ask.about:
        return {"members": len(standing.members), "voted": turnout(standing), "closed": standing.closed}
    counted = tally(ask, standing, NO_LINE, box=question.facts.boxes.get(ask.name))
    told = _can_be_told(question, ask, standing)
    result = (standing.certain.get(NO_LINE) or result_of(question, ask, counted)) if told else None
    return {**scored(ask, counted), "closed": standing.closed} | {name: name == result for name, _ in ask.result}


def verdict(question: Question, ask: Ask, linked: Linked) -> str | None:
    """Name the result of an ask for one of the cases it is about; None where it was not asked about, or not counted."""
    standing, line = question.case.asks.get(ask.name, OpenAsk(())), linked.case.code
    if line not in standing.lines or not _can_be_told(question, ask, standing):
        return None
    if line in standing.certain:
        return standing.certain[line]
    counted = tally(ask, standing, line, box=question.facts.boxes.get(ask.name))
    return result_of(question, ask, counted, line=linked)


def result_of(question: Question, ask: Ask, counted: Counts, *, line: Linked | None = None) -> str | None:
    """Name the first result that holds on these counts."""
    seen = GuardFacts(question, line=line)
    seen.update(scored(ask, counted))
    return next((name for name, guard in ask.result if guard is None or guard.holds(seen, question.calendar)), None)


def _can_be_told(question: Question, ask: Ask, standing: OpenAsk) -> bool:
    """A question that was not put has no result: nobody's silence must look like everybody's consent.

    A secret one has none either until its ballots are counted for an act.
    """
    counted = not ask.secret or bool(standing.paper) or ask.name in question.facts.boxes
    return bool(standing.members) and counted


def linked_row(
    linked: Linked, reads: Mapping[str, FieldType], definitions: Mapping[str, Definition]
) -> dict[str, object]:
    """Return what guards read of a linked case: where it stands, and the fields named that it has under that type."""
    case, definition = linked.case, linked_definition(definitions, linked)
    fields = {
        name: case.fields.get(name)
        for name, kind in reads.items()
        if name in definition.fields and definition.fields[name].type == kind
    }
    state = definition.states[case.state]
    return {
        **dict.fromkeys(reads),
        **fields,
        "code": case.code,
        "state": case.state,
        "outcome": case.outcome,
        "settled": state.outcome is not None and state.turn is None,
    }

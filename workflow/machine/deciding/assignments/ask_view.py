"""How the asks of a case stand, for those who look at it: who is waited for, what was said, what comes of it.

What a secret ask's ballots say is never told here; a count of papers is. Decides nothing: the same counts and the same
right to answer as `decide` has. Needs the facts of `poll_needs`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.machine.calendar import Calendar
from workflow.machine.case import Counts, Question, Right, counts, lines_of, tally, verdict
from workflow.machine.deciding.assignments.put_asks import due_of, lines_for, may_answer, missing_members
from workflow.machine.deciding.assignments.reminding import remindable
from workflow.machine.deciding.assignments.vote_threshold import answers_needed
from workflow.machine.definition import Ask, Definition
from workflow.values import EMPTY_MAPPING, Act, Actor, Case, Facts, OpenAsk


@dataclass(frozen=True, slots=True)
class PollLine:
    """One case asked about, or the one line of an ask about none (`code` is empty).

    `barred` have no say on it. `answers` are what members said, by member; empty where the ask is secret. `counts` say
    how many gave each answer, None while only a box could tell; `result` what comes of them, None until it is certain.
    """

    code: str
    barred: tuple[int, ...]
    answers: Mapping[int, str]
    counts: Counts | None
    result: str | None
    paper: Mapping[str, int] | None
    needed: int | None


@dataclass(frozen=True, slots=True)
class Poll:
    """An ask as it stands: who answered, who is waited for in order; and where the actor may answer.

    `mine` are the lines on which the actor answers now, for `principal` where a substitution gives the right.
    `remindable` are the members whom the actor may ask once more. `due_at`: when the time of the ask is up.
    """

    ask: Ask
    members: tuple[int, ...]
    answered: tuple[int, ...]
    waiting: tuple[int, ...]
    closed: bool
    lines: tuple[PollLine, ...]
    mine: tuple[str, ...] = ()
    principal: int | None = None
    remindable: tuple[int, ...] = ()
    due_at: datetime | None = None


def polls(
    definition: Definition,
    case: Case,
    *,
    actor: Actor,
    facts: Facts,
    now: datetime,
    calendar: Calendar,
    definitions: Mapping[str, Definition] = EMPTY_MAPPING,
) -> tuple[Poll, ...]:
    """Show every ask that was put in the state in which a case is."""
    question = Question(definition, case, Act(""), actor, facts, now, calendar, definitions)
    asks = definition.states[case.state].asks.values()
    return tuple(_poll(question, ask) for ask in asks if ask.name in case.asks)


def _poll(question: Question, ask: Ask) -> Poll:
    standing = question.case.asks[ask.name]
    right = None if standing.paper else may_answer(question, ask)
    mine: tuple[str, ...] = ()
    if isinstance(right, Right) and question.actor.person is not None:
        mine = lines_for(standing, right.on_behalf or question.actor.person, question.actor.person)
    return Poll(
        ask=ask,
        members=standing.members,
        answered=tuple(member for member in standing.members if member in standing.answers),
        waiting=missing_members(question, standing),
        closed=standing.closed,
        lines=tuple(_lines(question, ask, standing)),
        mine=mine,
        principal=right.on_behalf if isinstance(right, Right) else None,
        remindable=remindable(question, ask, standing),
        due_at=due_of(standing, question.calendar),
    )


def _lines(question: Question, ask: Ask, standing: OpenAsk) -> Iterator[PollLine]:
    about = {linked.case.code: linked for linked in question.linked(ask.about)} if ask.about else {}
    is_open = not standing.closed and not standing.paper
    needed = answers_needed(question, ask, standing, about=about) if is_open else {}
    for code in lines_of(standing):
        line = standing.lines.get(code)
        answers = {} if ask.secret else line.answers if line else standing.answers
        paper = standing.paper.get(code)
        told = paper is not None or not ask.secret
        counted = tally(ask, standing, code, box=None) if told else None
        result = None
        if told and (standing.closed or paper is not None):
            # The case of this line has left the list: it has counts, but no facts from which to tell a result.
            result = verdict(question, ask, about[code]) if code in about else None if code else _result(question, ask)
        yield PollLine(code, line.barred if line else (), answers, counted, result, paper, needed.get(code))


def _result(question: Question, ask: Ask) -> str | None:
    counted = counts(question, ask)
    return next((name for name, _ in ask.result if counted[name]), None)

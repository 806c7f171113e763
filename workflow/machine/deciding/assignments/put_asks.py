"""Questions put to several while a state lasts: whom they are put to, who answers, what silence means.

Members are those who hold the seats when the state is entered; nobody there means that the question is not put.
Leaving the state annuls it. Knows no turn.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from workflow.machine.calendar import Calendar, ledgers
from workflow.machine.case import (
    Question,
    Right,
    allowance_of,
    completions,
    entitled,
    holders_of,
    interested_in,
    lines_of,
    linked_definition,
    names_of,
    result_of,
    seats_of,
    tally,
    without,
)
from workflow.machine.definition import Ask, State
from workflow.machine.expressions import Guard
from workflow.values import (
    ANSWER,
    Assignment,
    Case,
    Deadline,
    Json,
    Line,
    Linked,
    Notice,
    OpenAsk,
    Reason,
    Refusal,
    Seat,
)

OPEN_COUNTS = frozenset({"members", "voted", "closed"})
"""What anybody may know of a secret ask before its ballots are counted."""


class Put(NamedTuple):
    """The asks that a state opens: who is asked, until when, with which notices."""

    asks: Mapping[str, OpenAsk]
    opens: tuple[Assignment, ...]
    deadlines: tuple[Deadline, ...]
    notices: tuple[Notice, ...]


def telling(state: State, guards: Iterable[Guard | None]) -> frozenset[str]:
    """List the secret asks of a state whose ballots must be counted before these guards can be asked."""
    secret = [ask.name for ask in state.asks.values() if ask.secret]
    if not secret:
        return frozenset()
    reads = [path.partition(".") for guard in guards if guard for path in guard.reads]
    return frozenset(name for name, _, what in reads if name in secret and what not in OPEN_COUNTS)


def slot_of(ask: str, member: int) -> str:
    """Name the slot in which one member's answer waits."""
    return f"{ask}:{member}"


def put(question: Question, state: State, after: Case) -> Put:
    """Put the questions of a state that the case enters, as it stands after the act."""
    asks: dict[str, OpenAsk] = {}
    opens: list[Assignment] = []
    deadlines: list[Deadline] = []
    notices: list[Notice] = []
    asked = question._replace(case=after)
    for ask in state.asks.values():
        seats = asked_seats(asked, ask)
        members = holders_of(seats)
        lines = _lines(question, ask)
        if not members or (ask.about and not lines):
            continue
        clock = _started(question, ask, after)
        asks[ask.name] = OpenAsk(members, {}, after.version, lines, parties=_by_name(asked, ask), clock=clock)
        due_at = due_of(asks[ask.name], question.calendar)
        people = missing_members(question, asks[ask.name], fields=after.fields)
        waiting = people[:1] if ask.ordered else people
        opens += _assignments(ask, seats, waiting, due_at)
        deadlines += [Deadline(ask.name, due_at)] if due_at else []
        notices.append(_notice(question, ask, after, waiting, due_at))
    return Put(asks, tuple(opens), tuple(deadlines), tuple(notices))


def asked_seats(question: Question, ask: Ask) -> tuple[Seat, ...]:
    """Find the seats of everybody who is asked, in the order of their names."""
    return tuple(
        seat for name in ask.parties for seat in seats_of(question.definition, question.facts, name, question.case)
    )


def _by_name(question: Question, ask: Ask) -> dict[str, tuple[int, ...]]:
    """Return the members under each name that the result counts by itself."""
    seats = {name: seats_of(question.definition, question.facts, name, question.case) for name in ask.by_name}
    return {name: holders_of(party_seats) for name, party_seats in seats.items()}


def next_in_order(
    question: Question, ask: Ask, before: OpenAsk, after: Case
) -> tuple[tuple[Assignment, ...], tuple[Notice, ...]]:
    """Ask the next member of an ordered ask, if an answer has just been given by the one before."""
    had, waiting = (missing_members(question, standing)[:1] for standing in (before, after.asks[ask.name]))
    if not ask.ordered or not waiting or had == waiting:
        return (), ()
    standing = after.asks[ask.name]
    if standing.clock is None:
        standing = replace(standing, clock=_started(question, ask, after))
    due_at = due_of(standing, question.calendar)
    opens = _assignments(ask, asked_seats(question, ask), waiting, due_at)
    return tuple(opens), (_notice(question, ask, after, waiting, due_at),)


def open_again(question: Question, ask: Ask) -> list[Assignment]:
    """Return the answers that an ask waits for where its case is put back into its state."""
    standing = question.case.asks[ask.name]
    people = missing_members(question, standing)
    due_at = due_of(standing, question.calendar)
    return _assignments(ask, asked_seats(question, ask), people[:1] if ask.ordered else people, due_at)


def running_dues(case: Case, calendar: Calendar) -> Iterator[tuple[str, datetime]]:
    """Go through the asks of a case whose time runs, and when it is up."""
    for name, standing in case.asks.items():
        due_at = None if standing.clock is None or ledgers.stands(dict(standing.clock)) else due_of(standing, calendar)
        if due_at and not standing.closed:
            yield name, due_at


def _lines(question: Question, ask: Ask) -> dict[str, Line]:
    """Make a line for each case asked about; whom the case is about has no say on it."""
    if ask.about is None:
        return {}
    return {linked.case.code: Line(_barred(question, linked)) for linked in question.linked(ask.about)}


def _barred(question: Question, linked: Linked) -> tuple[int, ...]:
    """List whom a case is about, members or not: none of them may answer on it, not even for a member."""
    return tuple(sorted(interested_in(linked_definition(question.definitions, linked), linked.case.fields)))


def _without_a_line(standing: OpenAsk) -> frozenset[int]:
    """Return the members who have no say on any line."""
    return frozenset(standing.members).difference(*(entitled(standing, line) for line in lines_of(standing)))


def _started(question: Question, ask: Ask, after: Case) -> Mapping[str, Json] | None:
    """Start the clock of an ask with the entry of its state; None where it has no limit."""
    limit = allowance_of(ask.due, after, question.times) if ask.due else None
    if limit is None:
        return None
    return ledgers.to_json(ledgers.start(ledgers.ClockLedger(ask.name, limit), after.entered_at))


def due_of(standing: OpenAsk, calendar: Calendar) -> datetime | None:
    """Say when the time of an ask is up, or was; None where it has no limit, or no clock yet (see `OpenAsk`)."""
    if standing.clock is None:
        return None
    ledger = ledgers.from_json(dict(standing.clock))
    began_at = ledger.spans[-1].began_at
    return ledgers.runs_out_at(ledger._replace(spans=(ledgers.Span(began_at),), counted=0), calendar)


def timed_out(standing: OpenAsk, now: datetime) -> OpenAsk:
    """Let the clock of an ask stand still: its time was up, or nobody is waited for any longer."""
    if standing.clock is None:
        return standing
    return replace(standing, clock=ledgers.to_json(ledgers.stop(ledgers.from_json(dict(standing.clock)), now)))


def _assignments(
    ask: Ask, seats: tuple[Seat, ...], people: tuple[int, ...], due_at: datetime | None
) -> list[Assignment]:
    desks = {person: seat.desk for seat in reversed(seats) for person in seat.holders}
    return [Assignment(slot_of(ask.name, person), desks[person], person, due_at) for person in sorted(people)]


def _notice(question: Question, ask: Ask, after: Case, people: tuple[int, ...], due_at: datetime | None) -> Notice:
    facts: dict[str, Json] = {
        "state": after.state,
        "ask": ask.name,
        "action": question.act.action,
        "due_at": ledgers.instant_text(due_at) if due_at else None,
    }
    return Notice("ask", people=people, facts=facts)


def may_answer(question: Question, ask: Ask) -> Right | Refusal:
    """Find the right in which the actor answers: as a member who has not answered yet, or for one."""
    standing = question.case.asks[ask.name]
    seats = asked_seats(question, ask)
    interested = interested_in(question.definition, question.case.fields)
    first = missing_members(question, standing)[:1]
    reasons: list[Reason] = []
    for member, right in _memberships(question, seats):
        if member not in standing.members:
            continue
        if {member, question.actor.person} & interested:
            reasons.append(Reason("own_interest"))
        elif member in standing.answers:
            reasons.append(Reason("already_answered"))
        elif standing.closed or not lines_for(standing, member, question.actor.person):
            reasons.append(Reason("ask_closed" if standing.closed else "own_interest"))
        elif ask.ordered and member not in first:
            reasons.append(Reason("not_yet_asked"))
        else:
            return right
    if reasons:
        not_theirs = reasons[0].code in ("own_interest", "not_yet_asked")
        return Refusal("not_your_turn" if not_theirs else "refused", (reasons[0],))
    return Refusal("not_your_turn", (Reason("not_asked"),), _waiting(standing, seats, interested))


def _memberships(question: Question, seats: tuple[Seat, ...]) -> list[tuple[int, Right]]:
    """Pair each member that the actor may speak for with the right: oneself first, then principals."""
    actor = question.actor
    if actor.person is None or actor.link is not None:
        return []
    desks = {seat.desk for seat in seats}
    own = [(actor.person, Right(next((seat.desk for seat in seats if seat.desk in actor.desks), None)))]
    return own + [
        (substitution.principal, Right(substitution.desk, substitution.principal, substitution.capacity))
        for substitution in actor.substitutions
        if substitution.desk in desks
    ]


def _waiting(standing: OpenAsk, seats: tuple[Seat, ...], interested: frozenset[int]) -> tuple[Seat, ...]:
    return without(seats, interested.union(standing.answers))


def lines_for(standing: OpenAsk, member: int, actor: int | None) -> tuple[str, ...]:
    """List the lines on which a member answers, through this actor: neither may be whom the line is about."""
    barred = frozenset({member, actor})
    return tuple(
        line for line in lines_of(standing) if line not in standing.lines or not barred & {*standing.lines[line].barred}
    )


def missing_members(
    question: Question, standing: OpenAsk, *, fields: Mapping[str, Json] | None = None
) -> tuple[int, ...]:
    """List the members who have not answered and may, in their order; none once the ask is closed."""
    if standing.closed:
        return ()
    about = question.case.fields if fields is None else fields
    absent = interested_in(question.definition, about) | _without_a_line(standing)
    return tuple(member for member in standing.members if member not in standing.answers and member not in absent)


def closing(question: Question, ask: Ask, standing: OpenAsk) -> OpenAsk:
    """Close an ask if no answer can change anything: none is missing, or all possible answers give the same result.

    That result is stored, for the counts as they stand may give another. A secret ask waits for everybody: ending
    early would tell how people voted.
    """
    missing = missing_members(question, standing)
    if not missing or ask.secret or not ask.result:
        return replace(standing if missing else timed_out(standing, question.now), closed=not missing)
    lines = {linked.case.code: linked for linked in question.linked(ask.about)} if ask.about else {}
    certain: dict[str, str] = {}
    for line in lines_of(standing):
        missing_names = [names_of(standing, member) for member in entitled(standing, line) if member in missing]
        counted = tally(ask, standing, line, box=None)
        ways = completions(ask, counted, missing=missing_names)
        results = {result_of(question, ask, way, line=lines.get(line)) for way in ways}
        if len(results) != 1:
            return standing
        certain[line] = results.pop() or ""
    return replace(timed_out(standing, question.now), closed=True, certain=certain)


def ask_of(state: State, action: str, prefix: str = ANSWER) -> Ask | None:
    """Find the ask of a state that an act names behind its prefix."""
    return state.asks.get(action.removeprefix(prefix)) if action.startswith(prefix) else None

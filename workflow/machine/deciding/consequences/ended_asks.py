"""The asks that an act ends: who can no longer answer, and what each line may come to.

Of a secret ask it says every result that some content of the box may have; a result that it names alone is certain.
"""

from collections.abc import Iterator

from workflow.machine.case import (
    Question,
    counts,
    lines_of,
    verdict,
)
from workflow.machine.deciding.assignments import answers_needed, put_asks
from workflow.machine.deciding.cascade import DecidedAct, KnownFacts
from workflow.machine.deciding.consequences.box_contents import possibilities
from workflow.machine.definition import Alternative, Ask
from workflow.values import AskAfter, LineAfter, OpenAsk


def asks_ended(decided: DecidedAct, known: KnownFacts) -> tuple[AskAfter, ...]:
    """List the asks that a decided act ends; an ask that had ended by itself is left out unless it is counted now."""
    if decided.plan.case.state == decided.before.state or not decided.before.asks:
        return ()
    question = _question(decided, known)
    return tuple(
        ended
        for ask in question.state.asks.values()
        if ask.name in question.case.asks
        if (ended := _ended(question, ask, decided))
    )


def _ended(question: Question, ask: Ask, decided: DecidedAct) -> AskAfter | None:
    standing = question.case.asks[ask.name]
    way = _way(question, decided)
    counted = way is not None and _reads(way, ask)
    if standing.closed and not (counted and ask.secret):
        return None
    missing = put_asks.missing_members(question, standing)
    lines = tuple(_lines(question, ask, standing)) if counted and ask.result else ()
    return AskAfter(ask.name, standing.members, missing, counted, lines)


def _way(question: Question, decided: DecidedAct) -> Alternative | None:
    action = question.state.actions.get(decided.plan.action)
    position = decided.plan.alternative
    return action.alternatives[position] if action and position is not None else None


def _reads(way: Alternative, ask: Ask) -> bool:
    """Tell whether a way goes by what was answered: by a guard, a value that it sets, or results of cases."""
    guards = (way.when, way.warn, *(value for _, value in way.sets))
    read = {path.partition(".")[0] for guard in guards if guard for path in guard.reads}
    return ask.name in read or any(bound.ask == ask.name for bound in way.verdicts)


def _lines(question: Question, ask: Ask, standing: OpenAsk) -> Iterator[LineAfter]:
    about = {linked.case.code: linked for linked in question.linked(ask.about)} if ask.about else {}
    needed = answers_needed(question, ask, standing, about=about)
    for code in lines_of(standing):
        if ask.secret and not standing.paper:
            results = tuple(possibilities(question, ask, code).contents)
        elif code in about:
            results = (verdict(question, ask, about[code]) or "",)
        else:
            counted = counts(question, ask)
            results = (next((name for name, _ in ask.result if counted[name]), ""),)
        names = [name for name, _ in ask.result]
        ordered = tuple(sorted(results, key=lambda name: names.index(name) if name in names else len(names)))
        yield LineAfter(code, ordered, needed[code])


def _question(decided: DecidedAct, known: KnownFacts) -> Question:
    by = decided.by
    return Question(
        decided.definition, decided.before, decided.act, by.actor, known.facts, by.now, by.calendar, known.definitions
    )

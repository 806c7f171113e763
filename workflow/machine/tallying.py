"""The counts of an ask: what stands, and every way in which the missing members could still answer.

Integers only; knows no guard, no state and no right. What a secret ask's ballots say comes in as totals from the box.
Called by `question` for guards and by `asking` to see whether anything can still change.
"""

from collections.abc import Iterator, Mapping
from math import comb

from workflow.machine.definition import Ask
from workflow.values import OpenAsk

Box = Mapping[str, Mapping[str, int]]
NO_LINE = ""
"""The one line of an ask that is about no list."""
MOST_COMPLETIONS = 5_000
"""Beyond so many ways to go on nobody asks whether they all end alike; the ask stays open until there are fewer."""
ISSUED, COLLECTED, VALID, INVALID = PAPERS = ("issued", "collected", "valid", "invalid")
"""What is counted of papers besides the answers on them."""


def lines_of(standing: OpenAsk) -> tuple[str, ...]:
    """List the lines on which members answer."""
    return tuple(standing.lines) or (NO_LINE,)


def entitled(standing: OpenAsk, line: str) -> tuple[int, ...]:
    """List the members who have a say on a line."""
    barred = standing.lines[line].barred if line in standing.lines else ()
    return tuple(member for member in standing.members if member not in barred)


def turnout(standing: OpenAsk) -> int:
    """Count who voted; on paper at least as many as papers came back for the line with most of them."""
    return max((count[COLLECTED] for count in standing.paper.values()), default=len(standing.answers))


def tally(ask: Ask, standing: OpenAsk, line: str, *, box: Box | None) -> dict[str, int]:
    """Count one line: members, who voted, each answer. Choices in a box that was not counted are no answer yet."""
    names = [answer.name for answer in ask.answers]
    if standing.paper:
        counted = standing.paper.get(line, {})
        return {name: counted.get(name, 0) for name in names} | _heads(standing, counted.get(COLLECTED, 0))
    if ask.secret:
        found = (box or {}).get(line, {})
        return {name: found.get(name, 0) for name in names} | _heads(standing, len(_voters(standing, line)))
    answers = standing.lines[line].answers if line in standing.lines else standing.answers
    said = list(answers.values())
    return {name: said.count(name) for name in names} | _heads(standing, len(said))


def _voters(standing: OpenAsk, line: str) -> tuple[int, ...]:
    return tuple(member for member in entitled(standing, line) if member in standing.answers)


def _heads(standing: OpenAsk, voted: int) -> dict[str, int]:
    return {"members": len(standing.members), "voted": voted}


def completions(ask: Ask, counted: Mapping[str, int], *, missing: int) -> Iterator[dict[str, int]]:
    """Go through all counts that can stand once the missing have answered; nothing where there are too many."""
    names = [answer.name for answer in ask.answers]
    if comb(missing + len(names) - 1, missing) > MOST_COMPLETIONS:
        return
    for shares in _shares(missing, len(names)):
        added = dict(zip(names, shares, strict=True)) | {"voted": missing}
        yield {name: count + added.get(name, 0) for name, count in counted.items()}


def _shares(votes: int, answers: int) -> Iterator[tuple[int, ...]]:
    if answers == 1:
        yield (votes,)
        return
    for first in range(votes + 1):
        yield from ((first, *rest) for rest in _shares(votes - first, answers - 1))

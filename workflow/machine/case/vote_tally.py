"""The counts of an ask: what stands, and every way in which the missing members could still answer.

Integers only; knows no guard, no state and no right. What a secret ask's ballots say comes in as totals from the box.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import comb, prod
from typing import cast

from workflow.machine.definition import Ask
from workflow.values import OpenAsk

Box = Mapping[str, Mapping[str, int]]
Counts = Mapping[str, int | Mapping[str, int]]
"""How many say what; under the name of a party, the same of its members."""
NO_LINE = ""
"""The one line of an ask that is about no list."""
MOST_COMPLETIONS = 5_000
"""With more completions than this nobody checks whether they agree; the ask stays open until there are fewer."""
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


def tally(ask: Ask, standing: OpenAsk, line: str, *, box: Box | None) -> Counts:
    """Count one line: members, who voted, each answer; and again for the members of each name that counts by itself.

    Choices in a box that was not counted do not count as answers yet.
    """
    names = [answer.name for answer in ask.answers]
    if standing.paper:
        counted = standing.paper.get(line, {})
        return {name: counted.get(name, 0) for name in names} | _heads(standing, counted.get(COLLECTED, 0))
    if ask.secret:
        choices = (box or {}).get(line, {})
        return {name: choices.get(name, 0) for name in names} | _heads(standing, len(_voters(standing, line)))
    answers = standing.lines[line].answers if line in standing.lines else standing.answers
    whole: dict[str, int | Mapping[str, int]] = {
        **_said(names, list(answers.values())),
        "members": len(standing.members),
    }
    for party, members in standing.parties.items():
        said = [answers[member] for member in members if member in answers]
        whole[party] = {**_said(names, said), "members": len(members)}
    return whole


def _said(names: Sequence[str], said: Sequence[str]) -> dict[str, int]:
    return {**{name: said.count(name) for name in names}, "voted": len(said)}


def _voters(standing: OpenAsk, line: str) -> tuple[int, ...]:
    return tuple(member for member in entitled(standing, line) if member in standing.answers)


def _heads(standing: OpenAsk, voted: int) -> dict[str, int]:
    return {"members": len(standing.members), "voted": voted}


def scored(ask: Ask, counted: Counts) -> Counts:
    """Add what scores come to: their sum, the least and the greatest given; all are 0 where nobody answered."""
    if not ask.scored:
        return counted
    inner = {party: _scores(ask, members) for party, members in counted.items() if isinstance(members, Mapping)}
    return {**counted, **inner, **_scores(ask, counted)}


def _scores(ask: Ask, counted: Counts) -> dict[str, int]:
    flat = {name: count for name, count in counted.items() if isinstance(count, int)}
    given = [int(answer.name) for answer in ask.answers if flat[answer.name]]
    total = sum(score * flat[str(score)] for score in given)
    return {**flat, "sum": total, "least": min(given, default=0), "most": max(given, default=0)}


def names_of(standing: OpenAsk, member: int) -> frozenset[str]:
    """List the names that count by themselves under which a member stands."""
    return frozenset(name for name, members in standing.parties.items() if member in members)


def completions(ask: Ask, counted: Counts, *, missing: Iterable[frozenset[str]]) -> Iterator[Counts]:
    """Go through all counts that are possible once the missing have answered; nothing where there are too many.

    `missing` has for each missing member the names that count by themselves: members under the same names count alike.
    """
    names = [answer.name for answer in ask.answers]
    alike = Counter(missing)
    if prod(comb(count + len(names) - 1, count) for count in alike.values()) > MOST_COMPLETIONS:
        return
    for chosen in product(*(_shares(count, len(names)) for count in alike.values())):
        ended: dict[str, int | Mapping[str, int]] = dict(counted)
        for parties, shares in zip(alike, chosen, strict=True):
            added = dict(zip(names, shares, strict=True)) | {"voted": sum(shares)}
            ended |= _added(ended, added)
            ended |= {party: _added(cast("Mapping[str, int]", ended[party]), added) for party in parties}
        yield ended


def _added(counted: Counts, added: Mapping[str, int]) -> dict[str, int]:
    return {name: count + added.get(name, 0) for name, count in counted.items() if isinstance(count, int)}


def _shares(votes: int, answers: int) -> Iterator[tuple[int, ...]]:
    if answers == 1:
        yield (votes,)
        return
    for first in range(votes + 1):
        yield from ((first, *rest) for rest in _shares(votes - first, answers - 1))

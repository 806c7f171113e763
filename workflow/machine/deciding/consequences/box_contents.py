"""What the box of a secret ask may hold, as far as it makes a difference: nobody opens it to say what an act would do.

Goes through every count that the ballots cast may come to, and keeps one count for each result.
"""

from collections.abc import Iterator, Mapping
from itertools import product, zip_longest
from typing import NamedTuple

from workflow.machine.case import NO_LINE, Question, completions, entitled, lines_of, result_of, tally
from workflow.machine.definition import Ask
from workflow.values import Linked, OpenAsk

MOST_TOGETHER = 400
"""With more contents of several boxes together than this, each box goes through its own beside the others."""

Box = Mapping[str, Mapping[str, int]]
Boxes = Mapping[str, Box]


class LinePossibilities(NamedTuple):
    """What one line may hold: a content for each result that it may have."""

    line: str
    contents: Mapping[str, Mapping[str, int]]


def boxes_that_differ(question: Question, asks: frozenset[str]) -> tuple[Boxes, ...]:
    """List contents of the boxes of these asks, so that each result that any may have is among them."""
    several = [[(name, box) for box in _contents(question, question.state.asks[name])] for name in sorted(asks)]
    together = 1
    for boxes in several:
        together *= len(boxes)
    if together <= MOST_TOGETHER:
        return tuple(dict(chosen) for chosen in product(*several))
    rows = zip_longest(*several)
    return tuple(dict(box or boxes[-1] for box, boxes in zip(row, several, strict=True)) for row in rows)


def possible_counts(ask: Ask, standing: OpenAsk, line: str) -> Iterator[Mapping[str, int]]:
    """Go through what the ballots of a line may say; nothing where there are too many ways."""
    voted = [frozenset[str]() for member in entitled(standing, line) if member in standing.answers]
    nothing = {answer.name: 0 for answer in ask.answers} | {"members": len(standing.members), "voted": 0}
    names = [answer.name for answer in ask.answers]
    for counted in completions(ask, nothing, missing=voted):
        yield {name: int(str(counted[name])) for name in names}


def possibilities(question: Question, ask: Ask, line: str) -> LinePossibilities:
    """Find one content of a line for each result that it may have."""
    standing = question.case.asks[ask.name]
    about = {linked.case.code: linked for linked in question.linked(ask.about)} if ask.about else {}
    contents: dict[str, Mapping[str, int]] = {}
    for content in possible_counts(ask, standing, line):
        contents.setdefault(_result(question, ask, line, content, about=about.get(line)), content)
    return LinePossibilities(line, contents or _unanimous(ask, standing, line))


def _contents(question: Question, ask: Ask) -> list[Box]:
    """List the boxes of an ask: guards of one that is about no list may read any count, of the others only results."""
    standing = question.case.asks[ask.name]
    if ask.about is None:
        return [{NO_LINE: content} for content in possible_counts(ask, standing, NO_LINE)] or [
            {NO_LINE: content} for content in _unanimous(ask, standing, NO_LINE).values()
        ]
    lines = [[*possibilities(question, ask, line).contents.values()] for line in lines_of(standing)]
    most = max(map(len, lines), default=1)
    return [
        {line: contents[min(at, len(contents) - 1)] for line, contents in zip(lines_of(standing), lines, strict=True)}
        for at in range(most)
    ]


def _result(question: Question, ask: Ask, line: str, content: Mapping[str, int], *, about: Linked | None) -> str:
    counted = tally(ask, question.case.asks[ask.name], line, box={line: content})
    return result_of(question, ask, counted, line=about) or ""


def _unanimous(ask: Ask, standing: OpenAsk, line: str) -> Mapping[str, Mapping[str, int]]:
    """Stand in for contents of which there are too many: every result may be, none is ruled out."""
    voted = sum(member in standing.answers for member in entitled(standing, line))
    nothing = dict.fromkeys((answer.name for answer in ask.answers), 0)
    ways = [nothing | {answer.name: voted} for answer in ask.answers]
    names = [name for name, _ in ask.result] or [answer.name for answer in ask.answers]
    return {name: ways[min(at, len(ways) - 1)] for at, name in enumerate(names)}

"""Answers to an ask and counts of papers: as the form of a case sends them, and as the history shows them.

Knows how inputs are named, no rule: the engine says what is missing or does not add up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask

from web.forms import line_of, whole_of
from workflow.cases import EntryView
from workflow.machine.case import NO_LINE, PAPERS
from workflow.machine.deciding import Poll
from workflow.machine.definition import Ask, Definition
from workflow.values import ANSWER, COUNT, SEALED, Json, Text


def install(app: Flask) -> None:
    """Let templates ask what was typed."""
    app.add_template_global(typed_choice)
    app.add_template_global(typed_number)


@dataclass(frozen=True, slots=True)
class Heard:
    """What an entry of the history holds of an ask: each line's answer, or how often each answer was given."""

    ask: Ask
    answers: tuple[tuple[str, Text], ...] = ()
    totals: Mapping[str, Mapping[str, int]] | None = None


def answer_sent(poll: Poll) -> dict[str, Json]:
    """Read what a member answers: one choice, or one for each line; nothing for a line left open."""
    at = ANSWER + poll.ask.name
    comment = line_of(f"{at}.comment")
    more: dict[str, Json] = {"comment": comment} if comment else {}
    if poll.ask.about is None:
        return {"answer": line_of("answer") or None, **more}
    chosen = {line: line_of(f"{at}.{line}") for line in poll.mine}
    answers: dict[str, Json] = {line: choice for line, choice in chosen.items() if choice}
    filled = line_of("fill").partition(".")
    if filled[0] == poll.ask.name:
        answers = {line: answers.get(line, filled[2]) for line in poll.mine}
    return {"answer": answers, **more}


def count_sent(poll: Poll) -> dict[str, Json]:
    """Read a count of papers, for each line: how many were issued, collected, valid, invalid, and gave each answer."""
    names = [*PAPERS, *(answer.name for answer in poll.ask.answers)]
    at = COUNT + poll.ask.name
    lines: dict[str, Json] = {
        line.code: {name: whole_of(line_of(f"{at}.{line.code}.{name}")) for name in names} for line in poll.lines
    }
    return {"count": lines if poll.ask.about else lines[NO_LINE]}


def ask_of(action: str) -> str:
    """The ask that an act answers, counts, or lets be filled in."""
    return action.removeprefix(ANSWER).removeprefix(COUNT)


def to_fill() -> str:
    """The act whose open lines are to be filled with one answer; `""` for other buttons."""
    name = line_of("fill").partition(".")[0]
    return ANSWER + name if name else ""


def heard(definition: Definition, entry: EntryView) -> Iterator[Heard]:
    """What an entry holds of asks: an answer, a count that was typed in, or the ballots that were counted with it."""
    state = definition.states.get(entry.was)
    asks = state.asks if state else {}
    ask = asks.get(ask_of(entry.action))
    if ask is not None and entry.action.startswith(ANSWER):
        yield Heard(ask, tuple(_answers(ask, entry.inputs.get("answer"))))
    elif ask is not None and entry.action.startswith(COUNT):
        yield Heard(ask, totals=_lines(ask, entry.inputs.get("count")))
    for name, box in entry.boxes.items():
        if name in asks:
            yield Heard(asks[name], totals=box)


def _answers(ask: Ask, said: Json) -> Iterator[tuple[str, Text]]:
    labels = {answer.name: answer.label for answer in ask.answers}
    for line, choice in (said if isinstance(said, dict) else {NO_LINE: said}).items():
        if isinstance(choice, str) and choice != SEALED:
            yield line, labels[choice]


def _lines(ask: Ask, counted: Json) -> Mapping[str, Mapping[str, int]]:
    lines = counted if ask.about else {NO_LINE: counted}
    return cast("Mapping[str, Mapping[str, int]]", lines)


def typed_choice(typed: Mapping[str, Json], line: str) -> Json:
    """What was chosen for a line before the page came again."""
    said = typed.get("answer")
    return said.get(line) if isinstance(said, dict) else None


def typed_number(typed: Mapping[str, Json], line: str, name: str, *, about: bool) -> object:
    """What was typed for a number of a count before the page came again."""
    said = typed.get("count")
    numbers = said.get(line) if about and isinstance(said, dict) else said
    number = numbers.get(name) if isinstance(numbers, dict) else None
    return "" if number is None else number

"""How many answers it takes for an ask to have its first result, before anybody has to answer."""

from collections.abc import Mapping

from workflow.machine.case import Question, completions, entitled, names_of, result_of
from workflow.machine.definition import Ask
from workflow.values import Linked, OpenAsk


def answers_needed(
    question: Question, ask: Ask, standing: OpenAsk, line: str, *, about: Mapping[str, Linked]
) -> int | None:
    """Find how many of the first answer give the first result whatever the others say; None where no number does.

    `about` are the cases that the ask is about, by their codes; one that has left the list has no facts to go by.
    """
    if not ask.result or standing.parties or (line and line not in about):
        return None
    first, best = ask.answers[0].name, ask.result[0][0]
    nobody: Mapping[str, int] = dict.fromkeys((answer.name for answer in ask.answers), 0)
    missing = [names_of(standing, member) for member in entitled(standing, line)]
    passed: dict[int, set[bool]] = {}
    start = {**nobody, "members": len(standing.members), "voted": 0}
    for counted in completions(ask, start, missing=missing):
        passes = result_of(question, ask, counted, line=about.get(line)) == best
        passed.setdefault(int(str(counted[first])), set()).add(passes)
    enough = [number for number, answers in passed.items() if answers == {True}]
    least = min(enough, default=None)
    decides = least is not None and all(answers == {False} for number, answers in passed.items() if number < least)
    return least if decides else None

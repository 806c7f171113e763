"""How many answers it takes for an ask to have its first result, before anybody has to answer."""

from collections import Counter
from collections.abc import Mapping

from workflow.machine.case import GuardFacts, Question, completions, entitled, lines_of, names_of, result_of
from workflow.machine.definition import Ask
from workflow.values import Linked, OpenAsk


def answers_needed(
    question: Question, ask: Ask, standing: OpenAsk, *, about: Mapping[str, Linked]
) -> dict[str, int | None]:
    """Find for each line how many of the first answer give the first result whatever the others say.

    None where no number does. `about` are the cases that the ask is about, by their codes; one that has left the list
    has no facts to go by. Lines that nothing tells apart are worked out once.
    """
    if not ask.result or standing.parties:
        return dict.fromkeys(lines_of(standing))
    worked_out: dict[object, int | None] = {}
    needed: dict[str, int | None] = {}
    for line in lines_of(standing):
        if line and line not in about:
            needed[line] = None
            continue
        key = _told_apart(question, ask, standing, line, about.get(line))
        if key not in worked_out:
            worked_out[key] = _needed(question, ask, standing, line, about.get(line))
        needed[line] = worked_out[key]
    return needed


def _told_apart(question: Question, ask: Ask, standing: OpenAsk, line: str, linked: Linked | None) -> object:
    """Return all of a line that its result goes by: who has a say on it, and the figures that depend on its case."""
    missing = Counter(names_of(standing, member) for member in entitled(standing, line))
    read = {path.partition(".")[0].partition("(")[0] for _, guard in ask.result if guard for path in guard.reads}
    seen = GuardFacts(question, line=linked)
    figures = tuple(repr(seen[name]) for name in sorted(read & question.definition.params.keys()))
    return frozenset(missing.items()), figures


def _needed(question: Question, ask: Ask, standing: OpenAsk, line: str, linked: Linked | None) -> int | None:
    first, best = ask.answers[0].name, ask.result[0][0]
    nobody: Mapping[str, int] = dict.fromkeys((answer.name for answer in ask.answers), 0)
    missing = [names_of(standing, member) for member in entitled(standing, line)]
    passed: dict[int, set[bool]] = {}
    start = {**nobody, "members": len(standing.members), "voted": 0}
    for counted in completions(ask, start, missing=missing):
        passes = result_of(question, ask, counted, line=linked) == best
        passed.setdefault(int(str(counted[first])), set()).add(passes)
    enough = [number for number, answers in passed.items() if answers == {True}]
    least = min(enough, default=None)
    decides = least is not None and all(answers == {False} for number, answers in passed.items() if number < least)
    return least if decides else None

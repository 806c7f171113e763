"""Reading the asks of a state: who is asked what, until when, what comes of it, and what that is called.

Knows the keys of an ask; results are compiled as they are read.
"""

import re
from collections.abc import Mapping

from workflow.machine.definition import Answer, Ask, Clock
from workflow.machine.expressions import Environment, Guard
from workflow.machine.loading.cursor import Cursor, label_in, shown
from workflow.machine.loading.guards import HEADS, SCORES, counts_of, guard_of
from workflow.machine.loading.times import due_of
from workflow.values import Text

ELSE = "else"
MOST_ANSWERS = 60
_SCORES = re.compile(r"(?P<least>\d|[1-9]\d|100)\.\.(?P<most>\d|[1-9]\d|100)\Z", re.ASCII)


def ask_of(name: str, cursor: Cursor, environment: Environment, *, clocks: Mapping[str, Clock]) -> Ask:
    """Read one ask of a state; `environment` are the facts that its result may read besides its counts."""
    parts = cursor.parts("ask")
    if "in" in parts:
        parts["in"].one_of(("order",))
    parties = parts["of"].names() if "of" in parts else ()
    if "interested" in parts:
        parts["interested"].one_of(("no_line",))
    scored = "answers" in parts and parts["answers"].is_scalar
    answers = (_scores_of(parts["answers"]) if scored else _answers_of(parts["answers"])) if "answers" in parts else ()
    counts = counts_of(environment, answers, scored=scored, parties=parties)
    result = _result(parts["result"], counts) if "result" in parts else ()
    read = {path.partition(".")[0] for _, guard in result for path in (guard.reads if guard else ())}
    by_name = tuple(name for name in parties if name in read)
    _refuse_counting(parts, environment, answers, by_name=by_name, scored=scored)
    return Ask(
        name=name,
        of=parties[0] if parties else "",
        others=parties[1:],
        ordered="in" in parts,
        answers=answers,
        label=label_in(parts) or Text(name, name),
        due=due_of(parts["due"], clocks=clocks) if "due" in parts else None,
        silence=parts["silence"].name() if "silence" in parts else None,
        secret="secret" in parts and parts["secret"].flag(),
        about=parts["about"].name() if "about" in parts else None,
        paper="paper" in parts and parts["paper"].flag(),
        result=result,
        called=_called(parts["called"], result) if "called" in parts else {},
        scored=scored,
        by_name=by_name,
    )


def _answers_of(cursor: Cursor) -> tuple[Answer, ...]:
    answers = tuple(Answer(answer, part.text()) for answer, part in cursor.named(most=MOST_ANSWERS).items())
    if not answers and not cursor.is_list:
        cursor.fault("nothing_here")
    return answers


def _scores_of(cursor: Cursor) -> tuple[Answer, ...]:
    """Read the whole numbers that may be given: `0..10`."""
    written = cursor.words()
    match = _SCORES.match(written)
    if not match or int(match["least"]) >= int(match["most"]):
        cursor.fault("not_answers", found=shown(written))
        return ()
    scores = map(str, range(int(match["least"]), int(match["most"]) + 1))
    return tuple(Answer(score, Text(score, score)) for score in scores)


def _refuse_counting(
    parts: Mapping[str, Cursor],
    environment: Environment,
    answers: tuple[Answer, ...],
    *,
    by_name: tuple[str, ...],
    scored: bool,
) -> None:
    """Refuse counts by name where names are not known or mean something else, and scores on paper."""
    unknown = [key for key in ("secret", "paper") if key in parts and parts[key].flag()]
    taken = {*environment.names, *(answer.name for answer in answers), *HEADS, *SCORES}
    for name in by_name:
        if unknown:
            parts["result"].fault("not_by_name", name=name)
        if name in taken:
            parts["of"].fault("name_given_twice", name=name, kind="result")
    if scored and "paper" in unknown:
        parts["paper"].fault("scores_on_paper")


def _result(cursor: Cursor, environment: Environment) -> tuple[tuple[str, Guard | None], ...]:
    results = tuple((name, _or_else(part, environment)) for name, part in cursor.named().items())
    if results and (results[-1][1] is not None or any(guard is None for _, guard in results[:-1])):
        cursor.fault("else_is_last")
    return results


def _called(cursor: Cursor, result: tuple[tuple[str, Guard | None], ...]) -> dict[str, Text]:
    """Read what people call the results."""
    names = [name for name, _ in result]
    labels: dict[str, Text] = {}
    for key, value in cursor.keyed():
        labels[key.one_of(names)] = value.text()
    return labels


def _or_else(cursor: Cursor, environment: Environment) -> Guard | None:
    return None if cursor.is_scalar and cursor.words() == ELSE else guard_of(cursor, environment)

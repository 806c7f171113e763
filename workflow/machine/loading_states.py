"""Reading the states of a definition: turns, asks, actions and their alternatives.

Knows the keys of a state; what they mean together is for `checking`. Guards are compiled as they are read, with the
facts that this definition has. Called by `loading`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from workflow.machine.definition import Action, Alternative, Answer, Ask, Clock, OpenCase, Start, State, Turn
from workflow.machine.expressions import BOOL, Environment, Guard
from workflow.machine.loading_cursor import Cursor, shown
from workflow.machine.loading_guards import HEADS, SCORES, asks_in, counts_of, guard_of, value_of
from workflow.machine.loading_members import each_of
from workflow.machine.loading_times import due_of, turn_due_of
from workflow.values import Text, Tone

TONES = ("good", "neutral", "bad")
ELSE = "else"
MOST_ASKS = 6
MOST_ALTERNATIVES = 12
MOST_NAMES = 60
_SCORES = re.compile(r"(?P<least>\d|[1-9]\d|100)\.\.(?P<most>\d|[1-9]\d|100)\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Around:
    """What the states may refer to: clocks, fields, facts of guards, the asks of the state, outside parties."""

    clocks: Mapping[str, Clock]
    fields: frozenset[str]
    environment: Environment
    asks: Mapping[str, Ask] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()


def starts_of(cursor: Cursor, around: Around) -> tuple[Start, ...]:
    """Read `start`: one way to open a case, or several in order of precedence."""
    ways = cursor.one_or_more()
    if not ways:
        cursor.fault("nothing_here")
    if len(ways) > MOST_ALTERNATIVES:
        cursor.fault("too_many", most=MOST_ALTERNATIVES)
    return tuple(_start(way, around) for way in ways)


def _start(cursor: Cursor, around: Around) -> Start:
    parts = cursor.parts("start")
    return Start(
        by=parts["by"].name() if "by" in parts else "",
        to=parts["to"].name() if "to" in parts else "",
        when=guard_of(parts["when"], around.environment) if "when" in parts else None,
    )


def states_of(cursor: Cursor, around: Around) -> dict[str, State]:
    """Read `states`."""
    return {name: _state(name, part, around) for name, part in cursor.named().items()}


def _state(name: str, cursor: Cursor, around: Around) -> State:
    parts = cursor.parts("state")
    turn = _turn(parts["turn"], around) if "turn" in parts else None
    asks = {ask: _ask(ask, part, around) for ask, part in _named(parts, "ask", most=MOST_ASKS).items()}
    inside = replace(around, environment=asks_in(around.environment, asks), asks=asks)
    return State(
        name=name,
        label=_label(parts, cursor),
        turn=turn,
        outcome=_tone(parts, "outcome"),
        edit={who: part.names() for who, part in _named(parts, "edit").items()},
        see={who: part.names() for who, part in _named(parts, "see").items()},
        asks=asks,
        actions={action: _action(action, part, inside, turn=turn) for action, part in _named(parts, "actions").items()},
    )


def _named(parts: Mapping[str, Cursor], key: str, *, most: int = MOST_NAMES) -> dict[str, Cursor]:
    return parts[key].named(most=most) if key in parts else {}


def _label(parts: Mapping[str, Cursor], cursor: Cursor) -> Text:
    return parts["label"].text() if "label" in parts else Text(cursor.path, cursor.path)


def _tone(parts: Mapping[str, Cursor], key: str) -> Tone | None:
    return cast("Tone", parts[key].one_of(TONES)) if key in parts else None


def _turn(cursor: Cursor, around: Around) -> Turn:
    parts = cursor.parts("turn")
    return Turn(
        who=parts["who"].name() if "who" in parts else "",
        due=turn_due_of(parts["due"], clocks=around.clocks, fields=around.fields) if "due" in parts else None,
        late=parts["late"].name() if "late" in parts else None,
        pick=parts["pick"].name() if "pick" in parts else "claim",
    )


def _ask(name: str, cursor: Cursor, around: Around) -> Ask:
    parts = cursor.parts("ask")
    if "in" in parts:
        parts["in"].one_of(("order",))
    parties = parts["of"].names() if "of" in parts else ()
    if "interested" in parts:
        parts["interested"].one_of(("no_line",))
    scored = "answers" in parts and parts["answers"].is_scalar
    answers = (_scores_of(parts["answers"]) if scored else _answers_of(parts["answers"])) if "answers" in parts else ()
    counts = counts_of(around.environment, answers, scored=scored, parties=parties)
    result = _result(parts["result"], counts) if "result" in parts else ()
    read = {path.partition(".")[0] for _, guard in result for path in (guard.reads if guard else ())}
    by_name = tuple(name for name in parties if name in read)
    _refuse_counting(parts, around.environment, answers, by_name=by_name, scored=scored)
    return Ask(
        name=name,
        of=parties[0] if parties else "",
        others=parties[1:],
        ordered="in" in parts,
        answers=answers,
        label=parts["label"].text() if "label" in parts else Text(name, name),
        due=due_of(parts["due"], clocks=around.clocks) if "due" in parts else None,
        silence=parts["silence"].name() if "silence" in parts else None,
        secret="secret" in parts and parts["secret"].flag(),
        about=parts["about"].name() if "about" in parts else None,
        paper="paper" in parts and parts["paper"].flag(),
        result=result,
        scored=scored,
        by_name=by_name,
    )


def _answers_of(cursor: Cursor) -> tuple[Answer, ...]:
    answers = tuple(Answer(answer, part.text()) for answer, part in cursor.named(most=MOST_NAMES).items())
    if not answers and not cursor.is_list:
        cursor.fault("nothing_here")
    return answers


def _scores_of(cursor: Cursor) -> tuple[Answer, ...]:
    """Read the whole numbers that may be given: `0..10`."""
    written = cursor.words()
    found = _SCORES.match(written)
    if not found or int(found["least"]) >= int(found["most"]):
        cursor.fault("not_answers", found=shown(written))
        return ()
    scores = map(str, range(int(found["least"]), int(found["most"]) + 1))
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


def _or_else(cursor: Cursor, environment: Environment) -> Guard | None:
    return None if cursor.is_scalar and cursor.words() == ELSE else guard_of(cursor, environment)


def _action(name: str, cursor: Cursor, around: Around, *, turn: Turn | None) -> Action:
    ways = cursor.one_or_more()
    if not ways:
        cursor.fault("nothing_here")
    if len(ways) > MOST_ALTERNATIVES:
        cursor.fault("too_many", most=MOST_ALTERNATIVES)
    parts = [way.parts("action") for way in ways]
    by = turn.who if turn and turn.who not in around.outside else ""
    alternatives = tuple(_alternative(part, way, around, by=by) for part, way in zip(parts, ways, strict=True))
    first = parts[0] if parts else {}
    for part in parts[1:]:
        for key in ("label", "tone"):
            if key in part:
                part[key].fault("only_in_first", key=key)
    if "label" not in first and {alternative.by for alternative in alternatives} - {"system", "link"}:
        cursor.fault("missing_key", key="label", kind="action")
    label = first["label"].text() if "label" in first else Text(name, name)
    return Action(name, label, alternatives, tone=_tone(first, "tone"))


def _alternative(parts: Mapping[str, Cursor], cursor: Cursor, around: Around, *, by: str) -> Alternative:
    if "by" not in parts and not by:
        cursor.fault("by_whom")
    each, verdicts = each_of(parts["each"], around.asks) if "each" in parts else ((), ())
    return Alternative(
        by=parts["by"].name() if "by" in parts else by,
        to=parts["to"].name() if "to" in parts else None,
        when=guard_of(parts["when"], around.environment) if "when" in parts else None,
        warn=guard_of(parts["warn"], around.environment) if "warn" in parts else None,
        give=parts["give"].names() if "give" in parts else (),
        sets=_sets(parts["set"], around.environment) if "set" in parts else (),
        tell=parts["tell"].names() if "tell" in parts else (),
        each=each,
        verdicts=verdicts,
        open=_open(parts["open"]) if "open" in parts else None,
        reserve=parts["reserve"].names() if "reserve" in parts else (),
        release=parts["release"].names() if "release" in parts else (),
        fill=parts["fill"].names() if "fill" in parts else (),
    )


def _sets(cursor: Cursor, environment: Environment) -> tuple[tuple[str, Guard], ...]:
    return tuple(
        (name, value_of(part, environment, wanted=environment.names.get(name, BOOL)))
        for name, part in cursor.named().items()
    )


def _open(cursor: Cursor) -> OpenCase:
    parts = cursor.parts("open")
    renamed = "copy" in parts and parts["copy"].is_mapping
    sources = {name: part.name() for name, part in parts["copy"].named().items()} if renamed else {}
    copied = ("none",) if "copy" not in parts else tuple(sources) if renamed else parts["copy"].names()
    return OpenCase(
        definition=parts["definition"].name() if "definition" in parts else None,
        link=parts["as"].name() if "as" in parts else "",
        copy="all" if copied == ("all",) else "none" if copied == ("none",) else copied,
        at=parts["at"].name() if "at" in parts else "",
        sources=sources,
    )

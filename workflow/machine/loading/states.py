"""Reading the states of a definition: turns, actions and their alternatives.

Knows the keys of a state; what they mean together is for `checking`. Guards are compiled as they are read, with the
facts that this definition has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from workflow.machine.definition import Action, Alternative, Ask, Clock, OpenCase, Start, State, Turn
from workflow.machine.expressions import BOOL, Environment, Guard
from workflow.machine.loading.asks import ask_of
from workflow.machine.loading.cursor import Cursor, label_in
from workflow.machine.loading.guards import asks_in, guard_of, value_of
from workflow.machine.loading.members import each_of
from workflow.machine.loading.times import turn_due_of
from workflow.values import Text, Tone

TONES = ("good", "neutral", "bad")
MOST_ASKS = 6
MOST_ALTERNATIVES = 12
MOST_NAMES = 60


@dataclass(frozen=True, slots=True)
class Declared:
    """What the states may refer to: clocks, fields, facts of guards, the asks of the state, external parties."""

    clocks: Mapping[str, Clock]
    fields: frozenset[str]
    environment: Environment
    asks: Mapping[str, Ask] = field(default_factory=dict)
    external: frozenset[str] = frozenset()


def starts_of(cursor: Cursor, declared: Declared) -> tuple[Start, ...]:
    """Read `start`: one way to open a case, or several in order of precedence."""
    ways = cursor.one_or_more()
    if not ways:
        cursor.fault("nothing_here")
    if len(ways) > MOST_ALTERNATIVES:
        cursor.fault("too_many", most=MOST_ALTERNATIVES)
    return tuple(_start(way, declared) for way in ways)


def _start(cursor: Cursor, declared: Declared) -> Start:
    parts = cursor.parts("start")
    return Start(
        by=parts["by"].name() if "by" in parts else "",
        to=parts["to"].name() if "to" in parts else "",
        when=guard_of(parts["when"], declared.environment) if "when" in parts else None,
    )


def states_of(cursor: Cursor, declared: Declared) -> dict[str, State]:
    """Read `states`."""
    return {name: _state(name, part, declared) for name, part in cursor.named().items()}


def _state(name: str, cursor: Cursor, declared: Declared) -> State:
    parts = cursor.parts("state")
    turn = _turn(parts["turn"], declared) if "turn" in parts else None
    given = _named(parts, "ask", most=MOST_ASKS)
    asks = {ask: ask_of(ask, part, declared.environment, clocks=declared.clocks) for ask, part in given.items()}
    inside = replace(declared, environment=asks_in(declared.environment, asks), asks=asks)
    return State(
        name=name,
        label=_label(parts, cursor),
        turn=turn,
        outcome=_tone(parts, "outcome"),
        edit={who: part.names() for who, part in _named(parts, "edit").items()},
        view={who: part.names() for who, part in _named(parts, "view").items()},
        asks=asks,
        actions={action: _action(action, part, inside, turn=turn) for action, part in _named(parts, "actions").items()},
    )


def _named(parts: Mapping[str, Cursor], key: str, *, most: int = MOST_NAMES) -> dict[str, Cursor]:
    return parts[key].named(most=most) if key in parts else {}


def _label(parts: Mapping[str, Cursor], cursor: Cursor) -> Text:
    return label_in(parts) or Text(cursor.path, cursor.path)


def _tone(parts: Mapping[str, Cursor], key: str) -> Tone | None:
    return cast("Tone", parts[key].one_of(TONES)) if key in parts else None


def _turn(cursor: Cursor, declared: Declared) -> Turn:
    parts = cursor.parts("turn")
    return Turn(
        who=parts["who"].name() if "who" in parts else "",
        due=turn_due_of(parts["due"], clocks=declared.clocks, fields=declared.fields) if "due" in parts else None,
        escalate_to=parts["escalate_to"].name() if "escalate_to" in parts else None,
        pick=parts["pick"].name() if "pick" in parts else "claim",
    )


def _action(name: str, cursor: Cursor, declared: Declared, *, turn: Turn | None) -> Action:
    ways = cursor.one_or_more()
    if not ways:
        cursor.fault("nothing_here")
    if len(ways) > MOST_ALTERNATIVES:
        cursor.fault("too_many", most=MOST_ALTERNATIVES)
    parts = [way.parts("action") for way in ways]
    by = turn.who if turn and turn.who not in declared.external else ""
    alternatives = tuple(_alternative(part, way, declared, by=by) for part, way in zip(parts, ways, strict=True))
    first = parts[0] if parts else {}
    for part in parts[1:]:
        for key in ("label", "done", "tone"):
            if key in part:
                part[key].fault("only_in_first", key=key)
    if "label" not in first and {alternative.by for alternative in alternatives} - {"system", "link"}:
        cursor.fault("missing_key", key="label", kind="action")
    label = first["label"].text() if "label" in first else Text(name, name)
    done = first["done"].text() if "done" in first else None
    return Action(name, label, alternatives, tone=_tone(first, "tone"), done=done)


def _alternative(parts: Mapping[str, Cursor], cursor: Cursor, declared: Declared, *, by: str) -> Alternative:
    if "by" not in parts and not by:
        cursor.fault("by_whom")
    pairs, verdicts = each_of(parts["each"], declared.asks) if "each" in parts else ((), ())
    return Alternative(
        by=parts["by"].name() if "by" in parts else by,
        to=parts["to"].name() if "to" in parts else None,
        when=guard_of(parts["when"], declared.environment) if "when" in parts else None,
        warn=guard_of(parts["warn"], declared.environment) if "warn" in parts else None,
        requires=parts["requires"].names() if "requires" in parts else (),
        sets=_sets(parts["set"], declared.environment) if "set" in parts else (),
        notify=parts["notify"].names() if "notify" in parts else (),
        each=pairs,
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

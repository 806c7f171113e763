"""The values of a decision as JSON, and back: act, actor, facts, case, and the summary of a Plan.

Plain and without floats, sorted where order means nothing, so that equal values give equal bytes. The keys are a format
of their own, in hashed history: they stay as they are (`tells`, `notice`) when the classes and attributes behind them
are called otherwise. Knows no rule and no table.
"""

from collections.abc import Mapping
from typing import cast

from workflow.machine.calendar import instant_of, instant_text
from workflow.values import (
    Act,
    Actor,
    Assignment,
    Case,
    Desk,
    Done,
    Facts,
    Json,
    Limit,
    Line,
    Linked,
    Notice,
    OpenAsk,
    Place,
    Plan,
    Seat,
    Substitution,
    Undone,
)

Object = dict[str, Json]


def act_to_json(act: Act) -> Object:
    """Write an act."""
    written: Object = {"action": act.action, "inputs": dict(act.inputs), "seen": act.seen}
    return {**written, "sealed": True} if act.sealed else written


def act_from_json(written: Object) -> Act:
    """Read an act."""
    seen = cast("int | None", written["seen"])
    return Act(_text(written["action"]), _object(written["inputs"]), seen, sealed="sealed" in written)


def actor_to_json(actor: Actor) -> Object:
    """Write an actor with the standing that counted at the time."""
    return {
        "person": actor.person,
        "desks": [_desk(desk) for desk in sorted(actor.desks)],
        "substitutions": [
            [substitution.principal, _desk(substitution.desk), substitution.capacity]
            for substitution in actor.substitutions
        ],
        "link": actor.link,
        **({"behalf": actor.behalf} if actor.behalf else {}),
    }


def actor_from_json(written: Object) -> Actor:
    """Read an actor."""
    return Actor(
        cast("int | None", written["person"]),
        frozenset(map(_desk_of, _list(written["desks"]))),
        tuple(
            Substitution(cast("int", principal), _desk_of(desk), cast("str", capacity))  # type: ignore[arg-type] # a Capacity
            for principal, desk, capacity in map(_list, _list(written["substitutions"]))
        ),
        cast("str | None", written["link"]),
        cast("int | None", written.get("behalf")),
    )


def facts_to_json(facts: Facts) -> Object:
    """Write the facts read; places and links in order of their names."""
    more: Object = {}
    if facts.cases:
        more["cases"] = {code: _linked(linked) for code, linked in facts.cases.items()}
    if facts.boxes:
        more["boxes"] = {
            ask: {line: dict(counted) for line, counted in box.items()} for ask, box in facts.boxes.items()
        }
    if facts.loads:
        more["loads"] = {str(person): count for person, count in sorted(facts.loads.items())}
    if facts.below:
        more["below"] = [*sorted(facts.below)]
    if facts.held:
        more["held"] = [
            [*limit, {str(n): case for n, case in held.items()}] for limit, held in sorted(facts.held.items())
        ]
    if facts.undone:
        more["undone"] = _undone(facts.undone)
    return {
        **more,
        "seats": [[*place, [_seat(seat) for seat in seats]] for place, seats in sorted(facts.seats.items())],
        "movement": None if facts.movement is None else dict(facts.movement),
        "links": {link: [_linked(other) for other in others] for link, others in facts.links.items()},
    }


def _linked(linked: Linked) -> Object:
    return {"case": case_to_json(linked.case), "facts": facts_to_json(linked.facts)}


def facts_from_json(written: Object) -> Facts:
    """Read facts."""
    movement = written["movement"]
    return Facts(
        {
            Place(_text(role), _text(relation)): tuple(map(_seat_of, _list(seats)))
            for role, relation, seats in map(_list, _list(written["seats"]))
        },
        None if movement is None else {name: _text(day) for name, day in _object(movement).items()},
        {link: tuple(map(_linked_of, _list(others))) for link, others in _object(written["links"]).items()},
        {code: _linked_of(linked) for code, linked in _object(written.get("cases", {})).items()},
        {ask: cast("dict[str, dict[str, int]]", box) for ask, box in _object(written.get("boxes", {})).items()},
        {int(person): cast("int", count) for person, count in _object(written.get("loads", {})).items()},
        {
            Limit(_text(of), _text(name), _text(key)): {int(n): cast("int", case) for n, case in _object(held).items()}
            for of, name, key, held in map(_list, _list(written.get("held", [])))
        },
        frozenset(_people(written.get("below", []))),
        undone=_undone_of(_object(written["undone"])) if "undone" in written else None,
    )


def _undone(undone: Undone) -> Object:
    return {
        "action": undone.action,
        "person": undone.person,
        "case": case_to_json(undone.before),
        "at": instant_text(undone.at),
        "on_behalf": undone.on_behalf,
        "desk": _desk(undone.desk) if undone.desk else None,
    }


def _undone_of(written: Object) -> Undone:
    return Undone(
        _text(written["action"]),
        cast("int | None", written["person"]),
        case_from_json(_object(written["case"])),
        instant_of(_text(written["at"])),
        cast("int | None", written["on_behalf"]),
        _desk_of(written["desk"]) if written["desk"] else None,
    )


def _linked_of(written: Json) -> Linked:
    parts = _object(written)
    return Linked(case_from_json(_object(parts["case"])), facts_from_json(_object(parts["facts"])))


def case_to_json(case: Case) -> Object:
    """Write a case as it stands."""
    return {
        **{name: cast("Json", getattr(case, name)) for name in _PLAIN},
        **{name: dict(getattr(case, name)) for name in _OBJECTS},
        "opened_at": instant_text(case.opened_at),
        "entered_at": instant_text(case.entered_at),
        "due_at": instant_text(case.due_at) if case.due_at else None,
        "done": {action: _done(done) for action, done in case.done.items()},
        "asks": {name: _ask(ask) for name, ask in case.asks.items()},
    }


def case_from_json(written: Object) -> Case:
    """Read a case."""
    due_at = written["due_at"]
    return Case(
        **{name: written[name] for name in _PLAIN},  # type: ignore[arg-type] # written by `case_to_json`
        **{name: _object(written[name]) for name in _OBJECTS},  # type: ignore[arg-type] # the same
        opened_at=instant_of(_text(written["opened_at"])),
        entered_at=instant_of(_text(written["entered_at"])),
        due_at=None if due_at is None else instant_of(_text(due_at)),
        done={action: _done_of(_list(done)) for action, done in _object(written["done"]).items()},
        asks={name: _ask_of(_object(ask)) for name, ask in _object(written["asks"]).items()},
    )


_PLAIN = (
    "id", "code", "definition", "unit", "movement", "state", "version", "acted_version", "back", "outcome", "head",
)  # fmt: skip
_OBJECTS = ("params", "fields", "clocks")


def _ask(ask: OpenAsk) -> Object:
    more: Object = {"closed": True} if ask.closed else {}
    if ask.lines:
        more["lines"] = {code: [[*line.barred], _answers(line.answers)] for code, line in ask.lines.items()}
    if ask.paper:
        more["paper"] = {line: dict(counted) for line, counted in ask.paper.items()}
    if ask.parties:
        more["parties"] = {name: [*members] for name, members in ask.parties.items()}
    if ask.certain:
        more["certain"] = dict(ask.certain)
    if ask.clock:
        more["clock"] = dict(ask.clock)
    return {
        "members": list(ask.members),
        "answers": _answers(ask.answers),
        "opened_version": ask.opened_version,
        **more,
    }


def _answers(answers: Mapping[int, str]) -> Object:
    return {str(person): said for person, said in answers.items()}


def _ask_of(written: Object) -> OpenAsk:
    return OpenAsk(
        _people(written["members"]),
        _answers_of(written["answers"]),
        cast("int", written["opened_version"]),
        {code: _line_of(_list(line)) for code, line in _object(written.get("lines", {})).items()},
        cast("dict[str, dict[str, int]]", _object(written.get("paper", {}))),
        "closed" in written,
        {name: _people(members) for name, members in _object(written.get("parties", {})).items()},
        cast("dict[str, str]", _object(written.get("certain", {}))),
        _object(written["clock"]) if "clock" in written else None,
    )


def _line_of(written: list[Json]) -> Line:
    barred, answers = written
    return Line(_people(barred), _answers_of(answers))


def _people(written: Json) -> tuple[int, ...]:
    return tuple(cast("int", person) for person in _list(written))


def _answers_of(written: Json) -> dict[int, str]:
    return {int(person): _text(said) for person, said in _object(written).items()}


def _done(done: Done) -> list[Json]:
    more: Object = {"fallen": done.fallen, "kept": dict(done.digests)} if done.fallen or done.digests else {}
    more |= {} if done.last is None else {"last": done.last}
    return [done.times, *sorted(done.people), *([more] if more else [])]


def _done_of(written: list[Json]) -> Done:
    more = _object(written[-1]) if isinstance(written[-1], dict) else {}
    times, *people = (cast("int", number) for number in (written[:-1] if more else written))
    digests = cast("dict[str, str]", more.get("kept", {}))
    return Done(times, frozenset(people), more.get("fallen") is True, digests, cast("int | None", more.get("last")))


def plan_summary_json(plan: Plan) -> Object:
    """Write what an act did, for people who read history and for whoever compares a replay with it."""
    places: Object = (
        {"reserves": [[reservation.limit.name, reservation.number] for reservation in plan.reserves]}
        if plan.reserves
        else {}
    )
    return {
        **places,
        "action": plan.action,
        "alternative": plan.alternative,
        "was": plan.was,
        "state": plan.case.state,
        "version": plan.case.version,
        "outcome": plan.case.outcome,
        "due_at": instant_text(plan.case.due_at) if plan.case.due_at else None,
        "closes": [*sorted(plan.closes)],
        "opens": [_assignment(opened) for opened in plan.opens],
        "deadlines": [[deadline.name, instant_text(deadline.due_at), deadline.step] for deadline in plan.deadlines],
        "stops": [*sorted(plan.stops)],
        "tells": [_notice(notice) for notice in plan.notices],
        "moves": [[move.case.id, move.case.code, move.action] for move in plan.moves],
        "openings": [[opening.definition, opening.link, opening.state] for opening in plan.openings],
        "inputs": dict(plan.inputs),
        "warnings": [{"code": warning.code, "facts": dict(warning.facts)} for warning in plan.warnings],
        "on_behalf": plan.on_behalf,
        "capacity": plan.capacity,
        "desk": _desk(plan.desk) if plan.desk else None,
    }


def _assignment(opened: Assignment) -> Object:
    return {
        "slot": opened.slot,
        "desk": _desk(opened.desk),
        "person": opened.person,
        "due_at": instant_text(opened.due_at) if opened.due_at else None,
        "excluded": [*sorted(opened.excluded)],
    }


def _notice(notice: Notice) -> Object:
    return {
        "notice": notice.kind,
        "desks": [_desk(desk) for desk in notice.desks],
        "people": [*notice.people],
        "facts": dict(notice.facts),
        "excluded": [*sorted(notice.excluded)],
    }


def _desk(desk: Desk) -> list[Json]:
    return [desk.role, desk.unit]


def _desk_of(written: Json) -> Desk:
    role, unit = _list(written)
    return Desk(_text(role), cast("int", unit))


def _seat(seat: Seat) -> list[Json]:
    return [*_desk(seat.desk), [*seat.holders]]


def _seat_of(written: Json) -> Seat:
    role, unit, holders = _list(written)
    return Seat(Desk(_text(role), cast("int", unit)), tuple(cast("int", person) for person in _list(holders)))


def _object(value: Json) -> Object:
    return cast("Object", value)


def _list(value: Json) -> list[Json]:
    return cast("list[Json]", value)


def _text(value: Json) -> str:
    return cast("str", value)

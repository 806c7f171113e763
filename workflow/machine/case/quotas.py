"""Quotas: which of a limited number of places an act takes for its case, and when the case gives it back.

A quota is so many places for each key; a thing that may not happen twice is a quota of one place. Who holds which comes
as a fact; the record sees to it that no two cases hold the same. Knows keys and numbers, no right.
"""

from collections.abc import Collection, Iterable, Mapping

from workflow.machine.case.action_memory import digest
from workflow.machine.case.guard_facts import GuardFacts
from workflow.machine.case.people import UndeclaredFact
from workflow.machine.case.question import Question
from workflow.machine.definition import Alternative, Definition, Reserve
from workflow.values import Case, Json, Limit, Reason, Reservation
from workflow.vietnamese import fold

UNIT, MOVEMENT = WITHOUT_FIELD = ("unit", "movement")
"""By these a place may be counted, besides fields."""
_PEOPLE = ("person", "nominee")


def limit_of(definition: Definition, reserve: Reserve, case: Case, fields: Mapping[str, Json]) -> Limit:
    """Name the limit that counts for a case with these fields."""
    named: dict[str, Json] = {UNIT: case.unit, MOVEMENT: case.movement}
    keys: list[Json] = [
        _key(definition, name, fields.get(name)) if name in definition.fields else named[name] for name in reserve.by
    ]
    return Limit(definition.name, reserve.name, digest(keys))


def _key(definition: Definition, name: str, value: Json) -> Json:
    """Return what two values are compared by: of a person who it is, however the rest is written."""
    if definition.fields[name].type not in _PEOPLE or not isinstance(value, dict):
        return value
    if value.get("person") is not None:
        return value["person"]
    return [fold(str(value.get("name"))), value.get("kind"), value.get("born_on"), value.get("unit")]


def reserve(question: Question, names: Iterable[str]) -> tuple[Reservation, ...] | Reason:
    """Find a free place of each of these limits, or say which limit has none left."""
    places: list[Reservation] = []
    for rule in (question.definition.reserves[name] for name in names):
        fields = {**question.case.fields, **question.given}
        limit = limit_of(question.definition, rule, question.case, fields)
        most = GuardFacts(question)[rule.most] if isinstance(rule.most, str) else rule.most
        if not isinstance(most, int):
            return Reason("no_limit", {"name": rule.name})
        number = _free(question, limit, most, [*question.taken, *places])
        if number is None:
            return Reason("none_left", {"name": rule.name, "most": most})
        places.append(Reservation(limit, number))
    return tuple(places)


def none_left(question: Question, alternative: Alternative, *, coming: Collection[str]) -> tuple[Reason, ...]:
    """Say before the act that no place is left for it, unless a field that is still `coming` decides which place."""
    definition = question.definition
    known = [name for name in alternative.reserve if not _keys(definition, name).intersection(coming)]
    places = reserve(question, known)
    return (places,) if isinstance(places, Reason) else ()


def _keys(definition: Definition, name: str) -> frozenset[str]:
    """Return the fields that say which place of a limit is meant, and how many of them there are."""
    rule = definition.reserves[name]
    return frozenset((*rule.by, *(definition.params[rule.most].by if isinstance(rule.most, str) else ())))


def _free(question: Question, limit: Limit, most: int, taken: Iterable[Reservation]) -> int | None:
    """Return the number of a place: the case's own, or the first that nobody holds."""
    try:
        held = dict(question.facts.held[limit])
    except KeyError:
        raise UndeclaredFact(f"limit {limit.name}") from None
    own = next((number for number, case in held.items() if case == question.case.id), None)
    if own is not None and own <= most:
        return own
    gone = held.keys() | {reservation.number for reservation in taken if reservation.limit == limit}
    return next((number for number in range(1, most + 1) if number not in gone), None)


def released(question: Question, alternative: Alternative, after: Case) -> frozenset[str]:
    """List the limits whose place the case gives back: those that the act releases or reserves anew.

    At an end that is not good it gives back all.
    """
    if after.outcome in ("neutral", "bad"):
        return frozenset(question.definition.reserves)
    return frozenset((*alternative.release, *alternative.reserve))

"""An organisation as plain values, and who of it stands behind the names of a definition, unit by unit.

Walks like the record does: the unit itself, the nearest above that has a holder, block, line, province. A unit named
in a field, or reached by a link, is not known before there is a case: nothing is said about it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workflow.machine.case import places_of
from workflow.machine.checking.staffing.duties import Right, Rights
from workflow.machine.definition import Definition
from workflow.values import Desk, Place


@dataclass(frozen=True, slots=True)
class StaffedUnit:
    """A unit with what can be walked to from it: those above, nearest first, its block and its line."""

    id: int
    name: str
    above: tuple[int, ...] = ()
    block: int | None = None
    line: int | None = None
    owes: bool = False


@dataclass(frozen=True)
class Organisation:
    """Units, who holds which desk, and who may act there for whom, on one day."""

    units: tuple[StaffedUnit, ...]
    holders: Mapping[Desk, tuple[int, ...]]
    substitutes: Mapping[tuple[int, Desk], tuple[int, ...]] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {unit.id: unit.name for unit in self.units}

    def unit_name(self, unit: int) -> str:
        """Name a unit."""
        return self._names[unit]

    def person_name(self, person: int) -> str:
        """Name a person."""
        return self.people.get(person, f"#{person}")

    def desk(self, unit: StaffedUnit, place: Place) -> Desk | None:
        """Find the desk with a holder that a place leads to from a unit."""
        match place.relation:
            case "unit":
                walked: tuple[int, ...] = (unit.id,)
            case "above unit":
                walked = unit.above
            case "province":
                walked = (unit.above or (unit.id,))[-1:]
            case "block":
                walked = () if unit.block is None else (unit.block,)
            case "line":
                walked = () if unit.line is None else (unit.line,)
            case _:
                walked = ()
        desks = (Desk(place.role, at) for at in walked)
        return next((desk for desk in desks if self.holders.get(desk)), None)

    def rights(self, definition: Definition, unit: StaffedUnit, name: str) -> tuple[Right, ...]:
        """List the rights behind a name: of the first place that has a holder."""
        desk = next((held for place in places_of(definition, name) if (held := self.desk(unit, place))), None)
        if desk is None:
            return ()
        holders = self.holders[desk]
        pairs = [
            frozenset({holder, substitute})
            for holder in holders
            for substitute in self.substitutes.get((holder, desk), ())
        ]
        return (*(frozenset({holder}) for holder in holders), *dict.fromkeys(pairs))


@dataclass(frozen=True, slots=True)
class Class:
    """Units whose desks are filled alike, apart from who the people are; `rights` are those of the first of them."""

    units: tuple[int, ...]
    rights: Rights
    unknown: frozenset[str]

    def is_known(self, name: str) -> bool:
        """Whether it is known before there is a case who stands behind a name."""
        return name not in self.unknown


def classes_of(definition: Definition, organisation: Organisation) -> Iterator[Class]:
    """Put the units in which cases can be opened into classes."""
    unknown = frozenset(
        party.name
        for party in definition.people.values()
        if party.lookup or any(":" in place.relation for place in places_of(definition, party.name))
    )
    classes: dict[object, tuple[list[int], Rights]] = {}
    for unit in organisation.units:
        rights: Rights = {name: organisation.rights(definition, unit, name) for name in definition.people}
        if any(unit.owes if start.by == "movement" else rights.get(start.by) for start in definition.starts):
            classes.setdefault(_pattern(rights), ([], rights))[0].append(unit.id)
    for units, rights in classes.values():
        yield Class(tuple(units), {**rights, **dict.fromkeys(unknown, (frozenset[int](),))}, unknown)


def _pattern(rights: Rights) -> object:
    """Number people in the order in which they appear: two units are alike if the same places share a person."""
    numbers: dict[int, int] = {}
    return tuple(
        tuple(tuple(numbers.setdefault(person, len(numbers)) for person in sorted(right)) for right in name_rights)
        for name_rights in rights.values()
    )


def names_people(definition: Definition) -> bool:
    """Tell whether a case may be about somebody, who then has no say in it."""
    return any(
        field.type == "nominee" or any(column.type == "nominee" for column in field.columns.values())
        for field in definition.fields.values()
    )

"""Which definitions act on whose cases: the links between the definitions of a family, and the acts that go over them.

Two kinds of link: a list under `members`, whose cases come and go while somebody may edit it; and a case that an act
opens, which then acts on the case it was opened from. Over either, the member may act on its holders too. Knows
definitions, no search.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from workflow.machine.checking.search import Way, ways_of
from workflow.machine.definition import LINK, Alternative, Definition, Members, PathStep
from workflow.values import OPEN

Family = Mapping[str, Definition]
"""Definitions by their names, one version each."""


class PlacedCase(NamedTuple):
    """Where a case stands, and where `back` leads from there."""

    state: str
    back: str | None = None


class SentAct(NamedTuple):
    """An act that some case may do to a case of this definition which stands in this state."""

    definition: str
    state: str
    action: str


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """A link from the cases of `holder` to those of `member`; `listed` is None where a member opened the holder."""

    holder: Definition
    link: str
    member: Definition
    listed: Members | None

    def acts_back(self, alternative: Alternative) -> tuple[str, ...]:
        """List the acts that one of the member's alternatives does to the cases that have it at the link."""
        readable = self.member.links.values()
        names = {linked.name for linked in readable if linked.link == f"~{self.link}"}
        return tuple(action for link, action in alternative.each if link in names)

    @property
    def receivers(self) -> tuple[Definition, ...]:
        """Return the definitions of the cases that are acted on over the link."""
        back = any(self.acts_back(alternative) for _, alternative in ways_of(self.member))
        return (self.member, self.holder) if back else (self.member,)

    @property
    def path(self) -> str:
        """Where the link is declared in the holder's file."""
        if self.listed:
            return f"members.{self.link}"
        paths = (
            f"states.{way.state}.actions.{way.action}.each.{self.link}"
            for way, alternative in ways_of(self.holder)
            if self.link in dict(alternative.each)
        )
        return next(paths, "states")


def relations_of(family: Family) -> tuple[Relation, ...]:
    """List the links along which cases of the family act on each other."""
    relations: dict[tuple[str, str, str], Relation] = {}
    for holder in family.values():
        for members in holder.members.values():
            for kind in members.of:
                if kind in family:
                    relations[holder.name, members.name, kind] = Relation(holder, members.name, family[kind], members)
    for opener, _, alternative in opening_ways(family):
        opened, link = opened_by(family, opener, alternative), alternative.open.link if alternative.open else ""
        if opened is None:
            continue
        relation = Relation(opened, link, opener, None)
        if len(relation.receivers) > 1 or any(link in dict(way.each) for _, way in ways_of(opened)):
            relations.setdefault((opened.name, link, opener.name), relation)
    return tuple(relations.values())


def opening_ways(family: Family) -> Iterator[tuple[Definition, Way, Alternative]]:
    """Go through the alternatives that open a linked case."""
    for opener in family.values():
        for way, alternative in ways_of(opener):
            if alternative.open:
                yield opener, way, alternative


def opened_by(family: Family, opener: Definition, alternative: Alternative) -> Definition | None:
    """Return the definition of the case that an alternative opens, if the family has it with that state."""
    opens = alternative.open
    opened = family.get(opens.definition, None) if opens and opens.definition else opener
    return opened if opened and opens and opens.at in opened.states else None


def beginnings(family: Family, definition: Definition) -> Mapping[PlacedCase, PathStep]:
    """List where cases of a definition begin, with who opens them: people, a movement, or acts of other cases."""
    steps: dict[PlacedCase, PathStep] = {}
    for start in definition.starts:
        if start.by != LINK:
            steps.setdefault(PlacedCase(start.to), opening_step(definition, start.by, start.to))
    for opener, _, alternative in opening_ways(family):
        if alternative.open and opened_by(family, opener, alternative) is definition:
            at = alternative.open.at
            steps.setdefault(PlacedCase(at), opening_step(definition, LINK, at))
    return steps or {PlacedCase(start.to): opening_step(definition, start.by, start.to) for start in definition.starts}


def opening_step(definition: Definition, by: str, to: str) -> PathStep:
    """Write the opening of a case down as a step of a path through several cases."""
    return PathStep(f"{definition.name}.{OPEN}", by, to)


def sendable(relations: Iterable[Relation]) -> frozenset[tuple[str, str]]:
    """List the acts that are done over links: the definition of the case they are done to, and the action."""
    sent: set[tuple[str, str]] = set()
    for relation in relations:
        for _, alternative in ways_of(relation.holder):
            sent |= {(relation.member.name, action) for link, action in alternative.each if link == relation.link}
        for _, alternative in ways_of(relation.member):
            sent |= {(relation.holder.name, action) for action in relation.acts_back(alternative)}
    return frozenset(sent)

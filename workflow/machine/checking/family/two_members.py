"""A holder and two cases on its lists, moved together: where the two block it, though neither would alone.

Two cases of one list, or one of each of two lists, which may be of different definitions. A case counts while it is on
its list; where it may stand when the list takes it is known from the search of each case alone. An act of the holder is
refused if either case refuses it. Guards may go either way, except where the states of both decide them. Breadth first.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement, product
from typing import NamedTuple

from workflow.machine.checking.family.holder_and_member import Pairs, Ways, acts_on_member, edits_list
from workflow.machine.checking.family.member_guards import answer_with
from workflow.machine.checking.family.relations import Family, PlacedCase, Relation, SentAct, beginnings
from workflow.machine.checking.rules import is_settled
from workflow.machine.checking.search import MOST, Way, all_before, ways_of
from workflow.machine.definition import LINK, Alternative, Finding, PathStep, finding_at

TwoMembers = tuple[PlacedCase | None, PlacedCase | None]


class HolderWithTwo(NamedTuple):
    """Where the holder stands, and where the two cases do; None: not on its list."""

    holder: PlacedCase
    members: TwoMembers


@dataclass(slots=True)
class HoldersWithTwo:
    """All that was reached, in the order of distance, with the moves from each and how it was first reached."""

    moves: dict[HolderWithTwo, list[tuple[PathStep, HolderWithTwo]]] = field(default_factory=dict)
    parents: dict[HolderWithTwo, tuple[HolderWithTwo | None, PathStep]] = field(default_factory=dict)

    def path_to(self, trio: HolderWithTwo) -> tuple[PathStep, ...]:
        """Return the shortest way there."""
        steps: list[PathStep] = []
        at: HolderWithTwo | None = trio
        while at is not None:
            at, step = self.parents[at]
            steps.append(step)
        return tuple(reversed(steps))

    def ending(self, settled: set[HolderWithTwo]) -> set[HolderWithTwo]:
        """Find all from which one of these can be reached."""
        before: dict[HolderWithTwo, list[HolderWithTwo]] = {trio: [] for trio in self.moves}
        for trio, moves in self.moves.items():
            for _, to in moves:
                before[to].append(trio)
        return all_before(before, settled)


def companion_findings(
    family: Family, searched: Mapping[Relation, Pairs], others: Mapping[Relation, Mapping[SentAct, str]]
) -> Iterator[tuple[str, Finding]]:
    """Name the states in which a holder may never end because of two cases together, by its definition's name."""
    listed = [relation for relation, pairs in searched.items() if relation.listed and pairs.complete]
    for first, second in combinations_with_replacement(listed, 2):
        if first.holder is second.holder:
            search = _Search(family, (first, second), searched, others)
            yield from ((first.holder.name, finding) for finding in _blocked(search))


def _blocked(search: "_Search") -> Iterator[Finding]:
    reachable = search.reachable()
    if reachable is None:
        return
    relation, other = search.relations
    settled = {trio for trio in reachable.moves if is_settled(relation.holder.states[trio.holder.state])}
    ending = reachable.ending(settled)
    told: set[str] = set()
    for trio in reachable.moves:
        before = reachable.parents[trio][0]
        first, second = trio.members
        if trio in ending or (before and before not in ending) or not first or not second or trio.holder.state in told:
            continue
        told.add(trio.holder.state)
        yield finding_at(
            relation.holder,
            "holder_blocked_by_two",
            relation.path,
            steps=reachable.path_to(trio),
            state=trio.holder.state,
            links=tuple(dict.fromkeys((relation.link, other.link))),
            states=(first.state, second.state),
        )


class _Search:
    def __init__(
        self,
        family: Family,
        relations: tuple[Relation, Relation],
        searched: Mapping[Relation, Pairs],
        others: Mapping[Relation, Mapping[SentAct, str]],
    ) -> None:
        self.relations = relations
        self.holder = Ways(relations[0].holder)
        self.members = tuple(Ways(relation.member) for relation in relations)
        self.first = beginnings(family, relations[0].holder)
        ways = [way for relation in relations for _, way in ways_of(relation.member)]
        self.acts_back = {action for relation in relations for way in ways for action in relation.acts_back(way)}
        self.others = [others[relation] for relation in relations]
        self.entries = [_entries(relation, searched[relation]) for relation in relations]

    def reachable(self) -> HoldersWithTwo | None:
        """Search all there are; None where there are too many: then the search of each case alone has to be enough."""
        pairs = HoldersWithTwo()
        for spot, step in self.first.items():
            pairs.parents[HolderWithTwo(spot, (None, None))] = (None, step)
        queue = deque(pairs.parents)
        while queue and len(pairs.moves) < MOST:
            at = queue.popleft()
            pairs.moves[at] = list(dict.fromkeys((*self._by_members(at), *self._by_holder(at))))
            for step, to in pairs.moves[at]:
                if to not in pairs.parents:
                    pairs.parents[to] = (at, step)
                    queue.append(to)
        return None if queue else pairs

    def _by_members(self, at: HolderWithTwo) -> Iterator[tuple[PathStep, HolderWithTwo]]:
        """Move one of the cases, by its own people or by another list it is on."""
        for place, spot in enumerate(at.members):
            name = self.relations[place].member.name
            for way, alternative, to in self.members[place].open(spot) if spot else ():
                sent = SentAct(name, way.state, way.action)
                by = self.others[place].get(sent) if alternative.by == LINK else alternative.by
                for holder in self._acted_on(place, at.holder, alternative) if by else ():
                    after = HolderWithTwo(holder, _put(at.members, place, to))
                    yield PathStep(f"{name}.{way.action}", by or "", to.state), after

    def _acted_on(self, place: int, holder: PlacedCase, alternative: Alternative) -> tuple[PlacedCase, ...]:
        """Say where the holder may stand once an act of one of the cases has moved it too."""
        spots: tuple[PlacedCase, ...] = (holder,)
        for action in self.relations[place].acts_back(alternative):
            spots = tuple(dict.fromkeys(to for at in spots for to in self.holder.received(at, action)))
        return spots

    def _by_holder(self, at: HolderWithTwo) -> Iterator[tuple[PathStep, HolderWithTwo]]:
        name = self.relations[0].holder.name
        for way, alternative, to in self.holder.open(at.holder):
            if alternative.by == LINK and way.action not in self.acts_back:
                continue
            for members in product(*(self._on_list(place, at, way, alternative) for place in range(len(at.members)))):
                for moved in self._moved((members[0], members[1]), alternative):
                    where = " · ".join([to.state, *(spot.state for spot in moved if spot)])
                    yield PathStep(f"{name}.{way.action}", alternative.by, where), HolderWithTwo(to, moved)

    def _on_list(
        self, place: int, at: HolderWithTwo, way: Way, alternative: Alternative
    ) -> tuple[PlacedCase | None, ...]:
        """Say where a case may stand with the act: where it was, off its list, or newly on it."""
        now = at.members[place]
        relation = self.relations[place]
        if not edits_list(relation, way, alternative.by) and relation.link not in alternative.fill:
            return (now,)
        return (now, None) if now else (None, *self.entries[place])

    def _moved(self, members: TwoMembers, alternative: Alternative) -> Iterator[TwoMembers]:
        """Go through where both come to stand by an act of the holder; nothing where either refuses it."""
        on: dict[str, tuple[str, ...]] = {}
        for relation, spot in zip(self.relations, members, strict=True):
            if spot:
                on[relation.link] = (*on.get(relation.link, ()), spot.state)
        if alternative.when and answer_with(alternative.when.tree, on) is False:
            return
        first, second = (tuple(self._after(place, spot, alternative)) for place, spot in enumerate(members))
        yield from product(first, second)

    def _after(self, place: int, spot: PlacedCase | None, alternative: Alternative) -> Iterator[PlacedCase | None]:
        if spot is None:
            yield None
            return
        listed = self.relations[place].listed
        for actions in acts_on_member(alternative, self.relations[place].link):
            spots: tuple[PlacedCase, ...] = (spot,)
            for action in actions:
                spots = tuple(dict.fromkeys(to for at in spots for to in self.members[place].received(at, action)))
            yield from spots
        if listed and listed.order == "one":
            yield spot


def _entries(relation: Relation, pairs: Pairs) -> tuple[PlacedCase, ...]:
    """List where a case may stand when its list takes it."""
    at = relation.listed.at if relation.listed else ""
    return tuple(dict.fromkeys(pair.member for pair in pairs.moves if pair.member.state == at))


def _put(members: TwoMembers, place: int, spot: PlacedCase) -> TwoMembers:
    return (spot, members[1]) if place == 0 else (members[0], spot)

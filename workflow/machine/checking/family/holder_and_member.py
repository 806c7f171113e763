"""One holder and one case of its list, moved together: everything that can happen between the two.

The case is a generic member: what holds for it holds for each by itself. It may be put on the list where the definition
says, struck off it, moved by the holder's acts, by its own people, and by other holders of the family as far as these
are known to come. A finished holder, or one that let the member go, may be followed by a new one. Guards are free but
for what is known of the member. Breadth first; knows no finding. Called by `checking_family`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from workflow.machine.checking.family.member_guards import answer_with
from workflow.machine.checking.family.relations import (
    Family,
    PlacedCase,
    Relation,
    SentAct,
    beginnings,
    opened_by,
)
from workflow.machine.checking.rules import is_settled
from workflow.machine.checking.search import BACK, MOST, Way, all_before, impossible, ways_of
from workflow.machine.definition import LINK, Alternative, Definition, PathStep


class Pair(NamedTuple):
    """Where the two stand; no holder where none was opened yet; `on`: the member is at the holder's link."""

    holder: PlacedCase | None
    member: PlacedCase
    on: bool


class Joint(NamedTuple):
    """One move of either or both: `way` is the holder's, `renews` where another holder takes its place."""

    step: PathStep
    to: Pair
    way: Way | None = None
    renews: bool = False


@dataclass(slots=True)
class Pairs:
    """What was found, in the order of distance; which acts the member took, and which it was ever asked for."""

    moves: dict[Pair, list[Joint]] = field(default_factory=dict)
    parents: dict[Pair, tuple[Pair | None, Joint]] = field(default_factory=dict)
    taken: set[SentAct] = field(default_factory=set)
    accepted: set[tuple[Way, str]] = field(default_factory=set)
    refused: dict[tuple[Way, str], Pair] = field(default_factory=dict)
    complete: bool = True

    def path_to(self, pair: Pair) -> tuple[PathStep, ...]:
        """Return the shortest way there, as acts on both cases."""
        steps: list[PathStep] = []
        at: Pair | None = pair
        while at is not None:
            at, joint = self.parents[at]
            steps.append(joint.step)
        return tuple(reversed(steps))

    def ending(self, settled: set[Pair], *, renewed: bool) -> set[Pair]:
        """Find all pairs from which one of these can be reached, with or without a new holder."""
        return self._before(settled, lambda _, move: renewed or not move.renews)

    def ending_together(self, settled: set[Pair]) -> set[Pair]:
        """Find all pairs from which one of these can be reached while the member stays on the list."""
        return self._before(settled, lambda pair, move: pair.on and move.to.on and not move.renews)

    def _before(self, settled: set[Pair], may_be_taken: Callable[[Pair, Joint], bool]) -> set[Pair]:
        before: dict[Pair, list[Pair]] = {pair: [] for pair in self.moves}
        for pair, moves in self.moves.items():
            for move in moves:
                if may_be_taken(pair, move):
                    before[move.to].append(pair)
        return all_before(before, settled)


def pairs_of(relation: Relation, family: Family, others: Mapping[SentAct, str]) -> Pairs:
    """Search all pairs; `others` are the acts that other holders of the family do, with who they are."""
    search, found = _Search(relation, family, others), Pairs()
    for spot, step in beginnings(family, relation.member).items():
        begun = Pair(None, spot, on=False)
        found.parents[begun] = (None, Joint(step, begun))
    queue = deque(found.parents)
    while queue and len(found.moves) < MOST:
        at = queue.popleft()
        found.moves[at] = list(search.moves(at, found))
        for move in found.moves[at]:
            if move.to not in found.parents:
                found.parents[move.to] = (at, move)
                queue.append(move.to)
    found.complete = not queue
    return found


class Ways:
    """The ways of a definition that can be taken, by state."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        never = impossible(definition)
        self.by_state: dict[str, list[tuple[Way, Alternative]]] = {name: [] for name in definition.states}
        for way, alternative in ways_of(definition):
            if way not in never and not (alternative.by == LINK and alternative.requires):
                self.by_state[way.state].append((way, alternative))

    def open(self, at: PlacedCase) -> Iterator[tuple[Way, Alternative, PlacedCase]]:
        """Go through the ways out of a place, with where they lead."""
        for way, alternative in self.by_state[at.state]:
            target = at.back if alternative.to == BACK else alternative.to or at.state
            if target is not None:
                yield way, alternative, at if target == at.state else PlacedCase(target, at.state)

    def received(self, at: PlacedCase, action: str) -> tuple[PlacedCase, ...]:
        """List where an act through a link may bring a case that stands here; nowhere: it is refused."""
        return tuple(to for way, found, to in self.open(at) if way.action == action and found.by == LINK)


class _Search:
    def __init__(self, relation: Relation, family: Family, others: Mapping[SentAct, str]) -> None:
        self.relation, self.family, self.others = relation, family, others
        self.holder, self.member = Ways(relation.holder), Ways(relation.member)
        member_ways = ways_of(relation.member)
        self.acts_back = frozenset(action for _, way in member_ways for action in relation.acts_back(way))
        self.first = beginnings(family, relation.holder) if relation.listed else {}

    def moves(self, at: Pair, found: Pairs) -> Iterator[Joint]:
        """Go through everything that can happen next."""
        yield from self._by_member(at, found)
        if at.holder:
            yield from self._by_holder(at, at.holder, found)
        for spot, step in self.first.items() if self._is_free(at) else ():
            yield Joint(step, Pair(spot, at.member, on=False), renews=True)

    def _is_free(self, at: Pair) -> bool:
        """Tell whether a new holder may take the member up: the list it was on has let it go, or is finished."""
        return at.holder is None or not at.on or is_settled(self.relation.holder.states[at.holder.state])

    def _by_member(self, at: Pair, found: Pairs) -> Iterator[Joint]:
        name = self.relation.member.name
        for way, alternative, to in self.member.open(at.member):
            by = self._mover(name, way, alternative)
            if by is None:
                continue
            step = PathStep(f"{name}.{way.action}", by, to.state)
            opens = alternative.open
            opened = opened_by(self.family, self.relation.member, alternative)
            if opens and opens.link == self.relation.link and opened is self.relation.holder:
                yield Joint(step, Pair(PlacedCase(opens.at), to, on=True), renews=True)
            else:
                yield from (Joint(step, pair) for pair in self._with_holder(at, alternative, to, found))

    def _with_holder(self, at: Pair, alternative: Alternative, to: PlacedCase, found: Pairs) -> Iterator[Pair]:
        """Go through where the two come to stand by an act of the member; nowhere where the holder refuses its part."""
        actions = self.relation.acts_back(alternative)
        spots: tuple[PlacedCase | None, ...] = (at.holder,)
        for action in actions if at.on else ():
            here = [spot for spot in spots if spot is not None]
            spots = tuple(dict.fromkeys(after for spot in here for after in self.holder.received(spot, action)))
            if spots:
                found.taken.update(SentAct(self.relation.holder.name, spot.state, action) for spot in here)
        yield from (at._replace(holder=spot, member=to) for spot in spots)

    def _mover(self, name: str, way: Way, alternative: Alternative) -> str | None:
        """Say who can take a way of one of the two besides the other of them; None where nobody does."""
        if alternative.by != LINK:
            return alternative.by
        return self.others.get(SentAct(name, way.state, way.action))

    def _by_holder(self, at: Pair, holder: PlacedCase, found: Pairs) -> Iterator[Joint]:
        name = self.relation.holder.name
        for way, alternative, to in self.holder.open(holder):
            by = self._mover(name, way, alternative) or self._another(way, alternative, found)
            for on in self._on_list(at, way, alternative) if by else ():
                for member in self._moved(at, way, alternative, found, on=on):
                    where = to.state if member == at.member else f"{to.state} · {member.state}"
                    yield Joint(PathStep(f"{name}.{way.action}", by or "", where), Pair(to, member, on), way)

    def _another(self, way: Way, alternative: Alternative, found: Pairs) -> str | None:
        """Say whether another member of the same list may be the one that acts on the holder."""
        if self.relation.listed is None or alternative.by != LINK or way.action not in self.acts_back:
            return None
        found.taken.add(SentAct(self.relation.holder.name, way.state, way.action))
        return self.relation.member.name

    def _on_list(self, at: Pair, way: Way, alternative: Alternative) -> Iterator[bool]:
        """Say whether the member may be at the link once the act is handed in."""
        yield at.on
        edits = edits_list(self.relation, way, alternative.by) or self.relation.link in alternative.fill
        if edits and self.relation.listed:
            if at.on:
                yield False
            elif at.member.state == self.relation.listed.at:
                yield True

    def _moved(self, at: Pair, way: Way, alternative: Alternative, found: Pairs, *, on: bool) -> Iterator[PlacedCase]:
        """Go through where the member comes to stand by an act of the holder; nothing where that is refused."""
        link, when, listed = self.relation.link, alternative.when, self.relation.listed
        if not on:
            yield at.member
            return
        if when and answer_with(when.tree, {link: (at.member.state,)}) is False:
            return
        for actions in asked_of(alternative, link):
            spots: tuple[PlacedCase, ...] = (at.member,)
            for action in actions:
                after = tuple(dict.fromkeys(to for spot in spots for to in self.member.received(spot, action)))
                if after:
                    found.accepted.add((way, action))
                    found.taken.update(SentAct(self.relation.member.name, spot.state, action) for spot in spots)
                else:
                    found.refused.setdefault((way, action), at._replace(on=on))
                spots = after
            yield from spots
            if listed and listed.order == "one" and (not spots or self._may_refuse(at.member, actions)):
                yield at.member

    def _may_refuse(self, at: PlacedCase, actions: tuple[str, ...]) -> bool:
        """Tell whether a member may stay where it is although it knows all these acts."""
        ways = self.member.by_state[at.state]
        return any(way.action in actions and (found.when or found.reserve) for way, found in ways)


def asked_of(alternative: Alternative, link: str) -> Iterator[tuple[str, ...]]:
    """Go through what an act may ask of a member: what it asks of all, with one act for each result of a question."""
    verdicts = [found for found in alternative.verdicts if found.link == link]
    depending = {found.action for found in verdicts}
    always = tuple(action for of, action in alternative.each if of == link and action not in depending)
    asks = dict.fromkeys(found.ask for found in verdicts)
    for chosen in product(*([found.action for found in verdicts if found.ask == ask] for ask in asks)):
        yield (*always, *chosen)


def edits_list(relation: Relation, way: Way, by: str) -> bool:
    """Tell whether those who take a way of the holder may change the list along with it."""
    people = relation.holder.people
    edit = relation.holder.states[way.state].edit
    return by in people and any(
        relation.link in names and party in people and people[party].place == people[by].place
        for party, names in edit.items()
    )


def settled_members(relation: Relation, found: Pairs) -> set[Pair]:
    """List the pairs in which the member is finished."""
    return {pair for pair in found.moves if is_settled(relation.member.states[pair.member.state])}


def settled_holders(relation: Relation, found: Pairs) -> set[Pair]:
    """List the pairs in which the holder is finished."""
    return {pair for pair in found.moves if pair.holder and is_settled(relation.holder.states[pair.holder.state])}

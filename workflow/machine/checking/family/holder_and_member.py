"""One holder and one case of its list, moved together: everything that can happen between the two.

The case is a generic member: what holds for it holds for every case by itself. It may be put on the list in the state
that the definition names and be struck off it. The holder's acts move it, and so do its own people, and those acts of
other holders that are known to come. When a holder is finished, or has let the member go, a new one may follow. Guards
may go either way, except where the member's state decides them. Breadth first; knows no finding.
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
    """Where both stand. `holder` is None where none was opened yet; `on`: the member is at the holder's link."""

    holder: PlacedCase | None
    member: PlacedCase
    on: bool


class Joint(NamedTuple):
    """One move of either or both. `way` is the holder's; `renews`: another holder takes the place of this one."""

    step: PathStep
    to: Pair
    way: Way | None = None
    renews: bool = False


@dataclass(slots=True)
class Pairs:
    """All pairs in the order of distance; acts `taken` at all, and the holder's that a member took or refused."""

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
    """Search all pairs; `others` are the acts that come over other links, with the definition that does them."""
    search, pairs = _Search(relation, family, others), Pairs()
    for spot, step in beginnings(family, relation.member).items():
        begun = Pair(None, spot, on=False)
        pairs.parents[begun] = (None, Joint(step, begun))
    queue = deque(pairs.parents)
    while queue and len(pairs.moves) < MOST:
        at = queue.popleft()
        pairs.moves[at] = list(search.moves(at, pairs))
        for move in pairs.moves[at]:
            if move.to not in pairs.parents:
                pairs.parents[move.to] = (at, move)
                queue.append(move.to)
    pairs.complete = not queue
    return pairs


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
        return tuple(to for way, alternative, to in self.open(at) if way.action == action and alternative.by == LINK)


class _Search:
    def __init__(self, relation: Relation, family: Family, others: Mapping[SentAct, str]) -> None:
        self.relation, self.family, self.others = relation, family, others
        self.holder, self.member = Ways(relation.holder), Ways(relation.member)
        member_ways = ways_of(relation.member)
        self.acts_back = frozenset(action for _, way in member_ways for action in relation.acts_back(way))
        self.first = beginnings(family, relation.holder) if relation.listed else {}

    def moves(self, at: Pair, pairs: Pairs) -> Iterator[Joint]:
        """Go through everything that can happen next."""
        yield from self._by_member(at, pairs)
        if at.holder:
            yield from self._by_holder(at, at.holder, pairs)
        for spot, step in self.first.items() if self._is_free(at) else ():
            yield Joint(step, Pair(spot, at.member, on=False), renews=True)

    def _is_free(self, at: Pair) -> bool:
        """Tell whether a new holder may take the member up: the list it was on has let it go, or is finished."""
        return at.holder is None or not at.on or is_settled(self.relation.holder.states[at.holder.state])

    def _by_member(self, at: Pair, pairs: Pairs) -> Iterator[Joint]:
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
                yield from (Joint(step, pair) for pair in self._with_holder(at, alternative, to, pairs))

    def _with_holder(self, at: Pair, alternative: Alternative, to: PlacedCase, pairs: Pairs) -> Iterator[Pair]:
        """Go through where the two come to stand by an act of the member; nowhere where the holder refuses its part."""
        actions = self.relation.acts_back(alternative)
        spots: tuple[PlacedCase | None, ...] = (at.holder,)
        for action in actions if at.on else ():
            here = [spot for spot in spots if spot is not None]
            spots = tuple(dict.fromkeys(after for spot in here for after in self.holder.received(spot, action)))
            if spots:
                pairs.taken.update(SentAct(self.relation.holder.name, spot.state, action) for spot in here)
        yield from (at._replace(holder=spot, member=to) for spot in spots)

    def _mover(self, name: str, way: Way, alternative: Alternative) -> str | None:
        """Name who takes a way of one of the two without the other having a part in it; None where nobody does."""
        if alternative.by != LINK:
            return alternative.by
        return self.others.get(SentAct(name, way.state, way.action))

    def _by_holder(self, at: Pair, holder: PlacedCase, pairs: Pairs) -> Iterator[Joint]:
        name = self.relation.holder.name
        for way, alternative, to in self.holder.open(holder):
            by = self._mover(name, way, alternative) or self._another(way, alternative, pairs)
            for on in self._on_list(at, way, alternative) if by else ():
                for member in self._moved(at, way, alternative, pairs, on=on):
                    where = to.state if member == at.member else f"{to.state} · {member.state}"
                    yield Joint(PathStep(f"{name}.{way.action}", by or "", where), Pair(to, member, on), way)

    def _another(self, way: Way, alternative: Alternative, pairs: Pairs) -> str | None:
        """Name the member's definition if another case of its list may act on the holder in this way, else None."""
        if self.relation.listed is None or alternative.by != LINK or way.action not in self.acts_back:
            return None
        pairs.taken.add(SentAct(self.relation.holder.name, way.state, way.action))
        return self.relation.member.name

    def _on_list(self, at: Pair, way: Way, alternative: Alternative) -> Iterator[bool]:
        """Go through whether the member may be at the link once the act is handed in: on it, off it, or both."""
        yield at.on
        edits = edits_list(self.relation, way, alternative.by) or self.relation.link in alternative.fill
        if edits and self.relation.listed:
            if at.on:
                yield False
            elif at.member.state == self.relation.listed.at:
                yield True

    def _moved(self, at: Pair, way: Way, alternative: Alternative, pairs: Pairs, *, on: bool) -> Iterator[PlacedCase]:
        """Go through where the member comes to stand by an act of the holder; nothing where that is refused."""
        link, when, listed = self.relation.link, alternative.when, self.relation.listed
        if not on:
            yield at.member
            return
        if when and answer_with(when.tree, {link: (at.member.state,)}) is False:
            return
        for actions in acts_on_member(alternative, link):
            spots: tuple[PlacedCase, ...] = (at.member,)
            for action in actions:
                after = tuple(dict.fromkeys(to for spot in spots for to in self.member.received(spot, action)))
                if after:
                    pairs.accepted.add((way, action))
                    pairs.taken.update(SentAct(self.relation.member.name, spot.state, action) for spot in spots)
                else:
                    pairs.refused.setdefault((way, action), at._replace(on=on))
                spots = after
            yield from spots
            if listed and listed.order == "one" and (not spots or self._may_refuse(at.member, actions)):
                yield at.member

    def _may_refuse(self, at: PlacedCase, actions: tuple[str, ...]) -> bool:
        """Tell whether a member may refuse acts that its state has: a guard or a lack of places may stop it."""
        ways = self.member.by_state[at.state]
        return any(way.action in actions and (alternative.when or alternative.reserve) for way, alternative in ways)


def acts_on_member(alternative: Alternative, link: str) -> Iterator[tuple[str, ...]]:
    """Go through the acts that one act may do to a member: those done to all, and one by the result of each ask."""
    verdicts = [verdict for verdict in alternative.verdicts if verdict.link == link]
    depending = {verdict.action for verdict in verdicts}
    always = tuple(action for of, action in alternative.each if of == link and action not in depending)
    asks = dict.fromkeys(verdict.ask for verdict in verdicts)
    for chosen in product(*([verdict.action for verdict in verdicts if verdict.ask == ask] for ask in asks)):
        yield (*always, *chosen)


def edits_list(relation: Relation, way: Way, by: str) -> bool:
    """Tell whether those who take a way of the holder may change the list along with it."""
    people = relation.holder.people
    edit = relation.holder.states[way.state].edit
    return by in people and any(
        relation.link in names and party in people and people[party].place == people[by].place
        for party, names in edit.items()
    )


def settled_members(relation: Relation, pairs: Pairs) -> set[Pair]:
    """List the pairs in which the member is finished."""
    return {pair for pair in pairs.moves if is_settled(relation.member.states[pair.member.state])}


def settled_holders(relation: Relation, pairs: Pairs) -> set[Pair]:
    """List the pairs in which the holder is finished."""
    return {pair for pair in pairs.moves if pair.holder and is_settled(relation.holder.states[pair.holder.state])}

"""Whether definitions that act on each other's cases fit together: no case waits for a linked act that never comes.

Each link is searched with one generic case on it, again and again until it is known what the other links bring about.
A list must be fillable, and its acts must find cases that take them. A case on a list must be able to end whatever
becomes of the list, and the list whatever becomes of its cases. An act that no definition of the family sends is
reported where it is received; a definition that is missing leaves what depends on it undecided.
"""

from collections.abc import Iterable, Iterator, Mapping

from workflow.machine.checking.family.holder_and_member import Pair, Pairs, pairs_of, settled_holders, settled_members
from workflow.machine.checking.family.openings import back_findings, opened_findings
from workflow.machine.checking.family.relations import Family, Relation, SentAct, opening_ways, relations_of, sendable
from workflow.machine.checking.family.two_members import companion_findings
from workflow.machine.checking.rules import can_end
from workflow.machine.checking.search import Way, explored, impossible, path_of, ways_of
from workflow.machine.definition import LINK, Definition, Finding, Members, Severity, finding_at, in_order

_AWAITED = frozenset({"nobody_sends", "linked_act_never_comes"})
"""Findings to be expected while the definitions of a family are published one after the other."""


def check_family(family: Family) -> Mapping[str, tuple[Finding, ...]]:
    """Find what is wrong between definitions that have no errors of their own, by the name of the definition."""
    findings_of: dict[str, list[Finding]] = {name: [] for name in family}
    relations = relations_of(family)
    for definition in family.values():
        findings_of[definition.name] += [*_unknown(family, definition), *opened_findings(family, definition)]
        findings_of[definition.name] += [*_unsent(relations, definition), *back_findings(relations, definition)]
    sound = tuple(relation for relation in relations if _can_be_searched(relation))
    searched, others = _searched(family, relations, sound)
    for relation, pairs in searched.items():
        findings_of[relation.holder.name] += _of_relation(relation, pairs)
    for name, finding in companion_findings(family, searched, others):
        if not any(other.code == "holder_blocked" for other in findings_of[name]):
            findings_of[name].append(finding)
    for definition in family.values():
        if {relation for relation in relations if definition in relation.receivers} <= searched.keys():
            findings_of[definition.name] += _never_done(relations, definition, searched)
    return {name: in_order(findings) for name, findings in findings_of.items()}


def newly_broken(definition: Definition, others: Iterable[Definition]) -> tuple[tuple[str, Finding], ...]:
    """Find the errors that a definition would cause among the others, each with the name of the definition it is in.

    Errors that were there before do not count; nor, for a new definition, that its partners are still missing.
    """
    before = {other.name: other for other in others}
    after = {**before, definition.name: definition}
    coming = _AWAITED if definition.name not in before else frozenset[str]()
    near = _near(before, definition.name) | _near(after, definition.name)
    errors = tuple(_errors(_among(after, near)))
    # Mostly there are none, and what there was before need not be searched.
    known = {(name, finding.sentence("en")) for name, finding in _errors(_among(before, near))} if errors else set()
    return tuple(
        (name, finding)
        for name, finding in errors
        if (name, finding.sentence("en")) not in known and finding.code not in coming
    )


def _near(family: Family, name: str) -> frozenset[str]:
    """Name the definitions linked to one, directly or through others: for the rest nothing changes."""
    pairs = [{holder.name, *members.of} for holder in family.values() for members in holder.members.values()]
    pairs += [{opener.name, way.open.definition or opener.name} for opener, _, way in opening_ways(family) if way.open]
    near = {name}
    while more := {other for pair in pairs if pair & near for other in pair} - near:
        near |= more
    return frozenset(near)


def _among(family: Family, names: frozenset[str]) -> Family:
    return {name: definition for name, definition in family.items() if name in names}


def _errors(family: Family) -> Iterator[tuple[str, Finding]]:
    for name, findings in check_family(family).items():
        yield from ((name, finding) for finding in findings if finding.severity == "error")


def _can_be_searched(relation: Relation) -> bool:
    """Tell whether both sides can end by themselves, and whether the list takes cases from a state that exists."""
    ends = all(_ends(definition) for definition in (relation.holder, relation.member))
    return ends and (relation.listed is None or relation.listed.at in relation.member.states)


def _ends(definition: Definition) -> bool:
    reached = explored(definition, impossible(definition))
    return reached.complete and set(reached.moves) == can_end(definition, reached)


def _searched(
    family: Family, relations: tuple[Relation, ...], sound: tuple[Relation, ...]
) -> tuple[dict[Relation, Pairs], dict[Relation, Mapping[SentAct, str]]]:
    """Search all links until each search knows the acts that the others bring; an act that nobody sends is left free.

    Also returns, for each link, the acts that its cases have to expect from the other links.
    """
    sent = sendable(relations)
    free = {
        SentAct(definition.name, way.state, way.action): LINK
        for definition in family.values()
        for way, alternative in ways_of(definition)
        if alternative.by == LINK and (definition.name, way.action) not in sent
    }
    unsearched = {receiver.name for relation in relations if relation not in sound for receiver in relation.receivers}
    free |= {
        SentAct(definition.name, way.state, way.action): LINK
        for definition in family.values()
        for way, alternative in ways_of(definition)
        if alternative.by == LINK and definition.name in unsearched
    }
    searched: dict[Relation, Pairs] = {}
    expected: dict[Relation, Mapping[SentAct, str]] = {}
    known = -1
    while known != (known := sum(len(pairs.taken) for pairs in searched.values())):
        for relation in sound:
            others = {
                taken: (other.holder if taken.definition == other.member.name else other.member).name
                for other, pairs in searched.items()
                if other != relation
                for taken in sorted(pairs.taken)
            }
            expected[relation] = free | others
            searched[relation] = pairs_of(relation, family, expected[relation])
    return searched, expected


def _unknown(family: Family, definition: Definition) -> Iterator[Finding]:
    """Check what a list says of its cases against their own definition."""
    kinds = [(members, kind) for members in definition.members.values() for kind in members.of]
    for members, kind in kinds:
        path = f"members.{members.name}"
        other = family.get(kind)
        if other is None:
            yield finding_at(definition, "family_incomplete", path, severity="undecided", name=kind)
            continue
        if members.at not in other.states:
            allowed = tuple(other.states)
            yield finding_at(
                definition, "member_state_unknown", f"{path}.in", name=members.at, of=other.name, allowed=allowed
            )
        yield from _unreadable(definition, members, other)
        yield from _unreceived(definition, members, other)


def _unreadable(definition: Definition, members: Members, other: Definition) -> Iterator[Finding]:
    for name, kind in members.reads.items():
        field = other.fields.get(name)
        if field is None or field.type != kind:
            path = f"members.{members.name}.reads.{name}"
            yield finding_at(definition, "member_field_unknown", path, name=name, wanted=kind, of=other.name)


def _unreceived(definition: Definition, members: Members, other: Definition) -> Iterator[Finding]:
    received = {way.action for way, alternative in ways_of(other) if alternative.by == LINK}
    for way, alternative in ways_of(definition):
        for link, action in alternative.each:
            if link == members.name and action not in received:
                path = path_of(definition, way, f"each.{link}")
                yield finding_at(definition, "link_without_receiver", path, link=link, action=action)


def _unsent(relations: tuple[Relation, ...], definition: Definition) -> Iterator[Finding]:
    """Name the acts through a link that no definition of the family does."""
    known = any(definition in relation.receivers for relation in relations)
    sent = sendable(relations)
    for way, alternative in ways_of(definition):
        if alternative.by == LINK and (definition.name, way.action) not in sent:
            code = "nobody_sends" if known else "sender_unknown"
            severity: Severity = "error" if known else "undecided"
            path = path_of(definition, way)
            yield finding_at(definition, code, path, severity=severity, action=way.action, state=way.state)


def _never_done(
    relations: tuple[Relation, ...], definition: Definition, searched: Mapping[Relation, Pairs]
) -> Iterator[Finding]:
    """Name the acts through a link that are sent, but never while a case is in the state that receives them."""
    sent = sendable(relations)
    if not all(pairs.complete for pairs in searched.values()):
        return
    taken = {act for pairs in searched.values() for act in pairs.taken}
    never = impossible(definition)
    for way, alternative in ways_of(definition):
        done = SentAct(definition.name, way.state, way.action)
        if alternative.by == LINK and (definition.name, way.action) in sent and done not in taken and way not in never:
            yield finding_at(
                definition, "linked_act_never_comes", path_of(definition, way), action=way.action, state=way.state
            )


def _of_relation(relation: Relation, pairs: Pairs) -> Iterator[Finding]:
    holder = relation.holder
    if not pairs.complete:
        yield finding_at(holder, "too_many_configurations", relation.path, severity="undecided")
        return
    if relation.listed and not any(pair.on for pair in pairs.moves):
        of, state = relation.member.name, relation.listed.at
        yield finding_at(holder, "list_never_filled", relation.path, link=relation.link, of=of, state=state)
        return
    yield from _never_taken(relation, pairs)
    yield from _stranded(relation, pairs)
    yield from _blocked(relation, pairs)
    yield from _left_on(relation, pairs)


def _never_taken(relation: Relation, pairs: Pairs) -> Iterator[Finding]:
    """Name the acts on cases of the list that no case can take at any time they are done."""
    for (way, action), pair in pairs.refused.items():
        if (way, action) not in pairs.accepted:
            path = path_of(relation.holder, way, f"each.{relation.link}")
            yield finding_at(
                relation.holder,
                "linked_act_never_taken",
                path,
                steps=pairs.path_to(pair if pair in pairs.parents else _without(pair)),
                link=relation.link,
                action=action,
                state=pair.member.state,
            )


def _without(pair: Pair) -> Pair:
    """Return the pair as it stood before the act itself put the member on the list."""
    return pair._replace(on=not pair.on)


def _stranded(relation: Relation, pairs: Pairs) -> Iterator[Finding]:
    """Name where a case can never end any more, whatever it, its list and any new list do."""
    ending = pairs.ending(settled_members(relation, pairs), renewed=True)
    told: set[str] = set()
    for pair in pairs.moves:
        before, joint = pairs.parents[pair]
        enters = before is None or (before in ending and not (joint.renews and before.on))
        if pair in ending or not enters or pair.member.state in told:
            continue
        told.add(pair.member.state)
        yield _pair_finding(relation, pairs, pair, "member_stranded", way=joint.way)


def _blocked(relation: Relation, pairs: Pairs) -> Iterator[Finding]:
    """Name where a list can never end any more because of a case on it."""
    ending = pairs.ending(settled_holders(relation, pairs), renewed=False)
    told: set[str] = set()
    for pair in pairs.moves:
        before, joint = pairs.parents[pair]
        enters = before is None or before.holder is None or before in ending or joint.renews
        if pair.holder is None or not pair.on or pair in ending or not enters or pair.holder.state in told:
            continue
        told.add(pair.holder.state)
        yield _pair_finding(relation, pairs, pair, "holder_blocked", way=joint.way)


def _left_on(relation: Relation, pairs: Pairs) -> Iterator[Finding]:
    """Name the acts that bring a case where its list can do nothing with it any more, and leave it on the list."""
    if relation.listed is None:
        return
    settled = settled_holders(relation, pairs)
    together, ending = pairs.ending_together(settled), pairs.ending(settled, renewed=False)
    told: set[Way] = set()
    for pair, moves in pairs.moves.items():
        for joint in moves:
            moved = joint.way and pair.on and joint.to.on and joint.to.member != pair.member
            if joint.way and moved and joint.to in ending - together and joint.way not in told:
                told.add(joint.way)
                yield _pair_finding(relation, pairs, joint.to, "case_left_on_list", way=joint.way)


def _pair_finding(relation: Relation, pairs: Pairs, pair: Pair, code: str, *, way: Way | None) -> Finding:
    path = path_of(relation.holder, way) if way else relation.path
    return finding_at(
        relation.holder,
        code,
        path,
        steps=pairs.path_to(pair),
        link=relation.link,
        of=relation.member.name,
        member_state=pair.member.state,
        state=pair.holder.state if pair.holder else "–",
    )

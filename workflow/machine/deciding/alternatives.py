"""The first half of every decision: which alternative of an action fires for this actor, or why none does.

Buttons on a page are this half alone (`offer`): what is handed in with the act is not there yet, so a guard that
depends on it is not asked. Knows the order of refusals.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from workflow.machine.case import (
    NOBODY,
    Given,
    GuardFacts,
    Question,
    Right,
    accepted_inputs,
    bars_of,
    editable_by,
    free_right,
    linked_by,
    linked_definition,
    missing,
    none_left,
    out_of_time,
    readers,
    rights_of,
    seats_of,
    seen_by,
    without,
)
from workflow.machine.deciding.assignments import not_extendable, telling, turn_claims
from workflow.machine.deciding.case_lists import Lists, take_lists, without_lists
from workflow.machine.deciding.firing import find_alternative
from workflow.machine.deciding.offers import Offer
from workflow.machine.definition import Action, Alternative
from workflow.machine.expressions import Guard
from workflow.values import Json, Reason, Refusal, Seat

Standing = Right | Reason


class Choice(NamedTuple):
    """The alternative that fires, in which right, to which state (None: the case stays), with inputs in order.

    `question` is the question with these inputs and lists in it.
    """

    question: Question
    position: int
    alternative: Alternative
    right: Right
    state: str | None
    given: Given
    warnings: tuple[Reason, ...]
    lists: Lists


def choose(question: Question) -> Choice | Refusal:
    """Find the alternative that fires, or refuse with all reasons."""
    refusal = stale(question)
    action = question.state.actions.get(question.act.action)
    if refusal or action is None:
        return refusal or not_open(question)
    standings = _standings(question, action)
    if not any(isinstance(standing, Right) for standing in standings):
        return _not_your_turn(question, action, standings)
    hands_in = question.act.inputs or any(way.requires for way in action.alternatives)
    editable = frozenset(_editable(question)) if hands_in else frozenset()
    inputs = without_lists(question.definition, question.act.inputs)
    ways = _open_to(action, standings)
    asked_for = {name for way in ways for name in way.requires}
    given = accepted_inputs(question.definition, inputs, allowed=editable | asked_for, editable=editable)
    fills = {name for way in ways for name in way.fill}
    lists = take_lists(question, allowed=_editable_lists(question), fills=fills)
    if lists.faults:
        return Refusal("refused", (*given.faults, *lists.faults))
    handed_in = given.values or lists.after
    question = question._replace(given=given.values, lists=lists.after) if handed_in else question
    seen = GuardFacts(question)

    def holds(position: int) -> bool:
        when = action.alternatives[position].when
        fits = isinstance(standings[position], Right)
        return fits and (when is None or when.holds(seen, question.calendar))

    fired = find_alternative(
        question.definition, question.case.state, action.name, back=question.case.back, holds=holds
    )
    if fired is None:
        return Refusal("refused", (*given.faults, *_unmet(seen, action, standings)))
    alternative, right = action.alternatives[fired.alternative], standings[fired.alternative]
    absent = missing(alternative, given, fields=question.case.fields, editable=editable)
    busy = (*_already_open(question, alternative), *not_extendable(question, action.name))
    reasons = (*given.faults, *out_of_time(question), *absent, *busy)
    if reasons or not isinstance(right, Right):
        return Refusal("refused", reasons)
    state = fired.state if alternative.to else None
    warnings = _clauses(seen, alternative.warn, "warning")
    return Choice(question, fired.alternative, alternative, right, state, given, warnings, lists)


def offer(question: Question, action: Action) -> Offer:
    """Show one action as far as it can be decided before anything is handed in."""
    standings = _standings(question, action)
    shown = Offer(action.name, action.label, None, tone=action.tone)
    if not any(isinstance(standing, Right) for standing in standings):
        return replace(shown, refusal=_not_your_turn(question, action, standings))
    edits, lists = _editable(question), _editable_lists(question)
    coming = (*edits, *lists)
    seen = GuardFacts(question)
    for alternative, standing in zip(action.alternatives, standings, strict=True):
        if not isinstance(standing, Right) or not _is_open(seen, alternative, coming):
            continue
        busy = (*_already_open(question, alternative), *not_extendable(question, action.name))
        if alternative.reserve:
            busy = (*busy, *none_left(question, alternative, coming=(*alternative.requires, *coming)))
        target = question.case.back if alternative.to == "back" else alternative.to
        return replace(
            shown,
            refusal=Refusal("refused", busy) if busy else None,
            requires=alternative.requires,
            edits=edits,
            warnings=()
            if _waits(seen, alternative.warn, alternative, coming)
            else _clauses(seen, alternative.warn, "warning"),
            to=target,
            lists=lists,
            asked=question.state.turn is not None and alternative.by == question.state.turn.who,
        )
    return replace(shown, refusal=Refusal("refused", _unmet(seen, action, standings)))


def is_offered(action: Action) -> bool:
    """Tell whether people may ever take an action, or only the system and links."""
    return any(alternative.by not in NOBODY for alternative in action.alternatives)


def stale(question: Question) -> Refusal | None:
    """Refuse a form that was filled in before the last act that people decide on."""
    seen, acted = question.act.seen, question.case.acted_version
    if seen is None or seen >= acted:
        return None
    return Refusal("stale", (Reason("stale", {"seen": seen, "version": acted, "state": question.case.state}),))


def not_open(question: Question) -> Refusal:
    """Refuse an action that the present state does not have."""
    facts: dict[str, Json] = {"action": question.act.action, "state": question.case.state}
    return Refusal("not_open", (Reason("not_open", facts),))


def _standings(question: Question, action: Action) -> list[Standing]:
    """Say for each alternative in which right the actor may take it, or why not."""
    by_party: dict[str, Standing] = {}
    for alternative in action.alternatives:
        if alternative.by not in by_party:
            rights = rights_of(question.definition, question.facts, question.actor, alternative.by, question.case)
            bars = bars_of(question.definition, question.case, action.name, by=alternative.by)
            allowed = turn_claims.open_to(question, rights, alternative.by)
            by_party[alternative.by] = (
                allowed if isinstance(allowed, Reason) else free_right(allowed, question.actor, bars)
            )
    return [by_party[alternative.by] for alternative in action.alternatives]


def _not_your_turn(question: Question, action: Action, standings: Iterable[Standing]) -> Refusal:
    reasons = dict.fromkeys(standing.code for standing in standings if isinstance(standing, Reason))
    telling = [code for code in reasons if code != "no_right"] or ["no_right"]
    facts: dict[str, Json] = {"action": action.name, "state": question.case.state}
    return Refusal("not_your_turn", tuple(Reason(code, facts) for code in telling), _could_act(question, action))


def _could_act(question: Question, action: Action) -> tuple[Seat, ...]:
    seats: dict[Seat, None] = {}
    for by in dict.fromkeys(alternative.by for alternative in action.alternatives):
        bars = bars_of(question.definition, question.case, action.name, by=by)
        seats |= dict.fromkeys(without(seats_of(question.definition, question.facts, by, question.case), bars.people))
    return tuple(seats)


def _editable(question: Question) -> tuple[str, ...]:
    """List the fields that the actor may change in the state, under whatever name."""
    definition, state = question.definition, question.state
    names: dict[str, None] = {}
    for party in state.edit:
        if rights_of(definition, question.facts, question.actor, party, question.case):
            names |= dict.fromkeys(editable_by(definition, state, party))
    return tuple(name for name in names if name not in definition.members)


def _editable_lists(question: Question) -> tuple[str, ...]:
    """List the lists of cases that the actor may change in the state."""
    definition, edit = question.definition, question.state.edit
    return tuple(
        name
        for name in definition.members
        if any(
            name in names and rights_of(definition, question.facts, question.actor, party, question.case)
            for party, names in edit.items()
        )
    )


def _open_to(action: Action, standings: Iterable[Standing]) -> list[Alternative]:
    """List the alternatives that the actor has a right to."""
    pairs = zip(action.alternatives, standings, strict=True)
    return [alternative for alternative, standing in pairs if isinstance(standing, Right)]


def _is_open(seen: GuardFacts, alternative: Alternative, coming: tuple[str, ...]) -> bool:
    when = alternative.when
    return when is None or _waits(seen, when, alternative, coming) or when.holds(seen, seen.question.calendar)


def _waits(seen: GuardFacts, guard: Guard | None, alternative: Alternative, coming: tuple[str, ...]) -> bool:
    """Tell whether a guard depends on what only the act brings: inputs handed in, or ballots counted for it."""
    names = {*alternative.requires, *alternative.fill, *coming}
    return guard is not None and (
        any(_fact_in(path) in names for path in guard.reads) or bool(telling(seen.question.state, [guard]))
    )


def _fact_in(path: str) -> str:
    """Name the field or list that a fact is read from: `amount` of `changed(amount, approve)` too."""
    function, _, inputs = path.partition("(")
    return inputs.removesuffix(")").partition(",")[0] if inputs and function != "times" else path.partition(".")[0]


def _unmet(seen: GuardFacts, action: Action, standings: Iterable[Standing]) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    for alternative, standing in zip(action.alternatives, standings, strict=True):
        if isinstance(standing, Right):
            reasons += _clauses(seen, alternative.when, "unmet")
    return tuple(reasons) or (Reason("no_way", {"action": action.name, "state": seen.question.case.state}),)


def _clauses(seen: GuardFacts, guard: Guard | None, code: str) -> tuple[Reason, ...]:
    """Say what a guard misses: each clause is a Reason that `reasons` words from the definition's labels.

    Of a guard on a secret ask's count it says only that it does not hold: values in its clauses would tell the count.
    """
    if guard is None or guard.holds(seen, seen.question.calendar):
        return ()
    secret = telling(seen.question.state, [guard])
    if secret:
        return tuple(Reason("secret_count", {"ask": name}) for name in sorted(secret))
    if _reads_unseen(seen.question, guard):
        return (Reason("unseen", {}),)
    return tuple(Reason(code, clause.facts()) for clause in guard.explain(seen, seen.question.calendar))


def _reads_unseen(question: Question, guard: Guard) -> bool:
    """Tell whether the values in a guard's clauses would tell the actor of fields that are closed to them here."""
    definition = question.definition
    if not readers(question.state) or question.actor.person is None:
        return False
    seen = seen_by(definition, question.case, actor=replace(question.actor, link=None), facts=question.facts)
    asked = {_fact_in(path) for path in guard.reads}
    return bool(asked.intersection((*definition.fields, *definition.members)) - seen - question.given.keys())


def _already_open(question: Question, alternative: Alternative) -> tuple[Reason, ...]:
    """Refuse to open a second case at a link while the first is still under way, unless that first case asks for it."""
    if alternative.open is None:
        return ()
    for other in linked_by(question.facts, "~" + alternative.open.link):
        definition = linked_definition(question.definitions, other)
        if definition.states[other.case.state].turn is not None and other.case.code != question.actor.link:
            return (Reason("already_open", {"case": other.case.code}),)
    return ()

"""Whether one silent party can strand a case: it must end without them, or its lateness must reach somebody else.

The actions of each party are taken out in turn, with its answers to asks; those of an external party are the acts that
record its answer. Where no end can be reached without them, the lateness of the turn must come to a named person who
is not the silent one. People who open cases of their own may leave them lying.
"""

from collections.abc import Iterator

from workflow.machine.case import answers, awaited, chasers
from workflow.machine.checking.rules.paths import is_settled
from workflow.machine.checking.rules.unattended import can_be, can_be_unanswered
from workflow.machine.checking.search import Configuration, Reached, Way, all_before
from workflow.machine.definition import ESCALATE_TO, LINK, TURN, Definition, Finding, State, finding_at
from workflow.machine.expressions import Guard, Node, reads


def silence_findings(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Name the turns in which one party's silence leaves a case lying and nobody hears of it."""
    for who in (*definition.people, *definition.external):
        if definition.opened_by(who):
            continue
        waiting = [configuration for configuration in reached.moves if _waits_for(definition, configuration, who)]
        if not waiting:
            continue
        ending = _ending_without(definition, reached, who)
        told: set[str] = set()
        for configuration in waiting:
            if configuration not in ending and configuration.state not in told:
                told.add(configuration.state)
                path = f"states.{configuration.state}.turn"
                steps = reached.path_to(configuration)
                yield finding_at(definition, "silent_party", path, steps=steps, state=configuration.state, who=who)


def _waits_for(definition: Definition, configuration: Configuration, who: str) -> bool:
    state = definition.states[configuration.state]
    asked = {name for ask in state.asks.values() if ask.silence is None for name in ask.parties}
    waited_for = state.turn is not None and who in (state.turn.who, *chasers(definition, state.name), *asked)
    return waited_for and not _is_heard(definition, state, who)


def _is_heard(definition: Definition, state: State, who: str) -> bool:
    """Tell whether lateness comes to somebody else; an escalation that reaches nobody at all is another finding."""
    if state.turn is None or state.turn.due is None:
        return False
    steps = [step.who for step in definition.escalation if step.after >= 0]
    named = {TURN: chasers(definition, state.name), ESCALATE_TO: (state.turn.escalate_to,)}
    hearers = {name for step in steps for name in named.get(step, (step,))} - {None}
    return not steps or hearers != {who}


def _ending_without(definition: Definition, reached: Reached, who: str) -> set[Configuration]:
    before: dict[Configuration, list[Configuration]] = {configuration: [] for configuration in reached.moves}
    for configuration, moves in reached.moves.items():
        for move in moves:
            if not _needs_them(definition, move.way, who):
                before[move.to].append(configuration)
    return all_before(
        before, (configuration for configuration in reached.moves if is_settled(definition.states[configuration.state]))
    )


def _needs_them(definition: Definition, way: Way, who: str) -> bool:
    """Tell whether nothing happens on a way without these people, this external party or another case."""
    state = definition.states[way.state]
    alternative = state.actions[way.action].alternatives[way.position]
    theirs = awaited(definition, state) == who and answers(definition, state, alternative)
    return alternative.by in (who, LINK) or theirs or _needs_answers(definition, state, alternative.when, who)


def _needs_answers(definition: Definition, state: State, guard: Guard | None, who: str) -> bool:
    """Tell whether a guard can hold only once these people have answered what they are asked in the state."""
    asks = [ask for ask in state.asks.values() if who in ask.parties and ask.silence is None]
    if guard is None or not asks:
        return False

    def clause(node: Node, *, wanted: bool) -> bool:
        """Tell whether a clause can be as wanted; an ask of several parties is only known not to close."""
        for ask in asks:
            if reads(node) == {f"{ask.name}.closed"}:
                return not wanted
            if ask.parties == (who,):
                possible = can_be_unanswered(definition, ask, guard, node, wanted=wanted)
                if possible is not None:
                    return possible
        return True

    return not can_be(guard.tree, clause, wanted=True)

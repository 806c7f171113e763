"""What one silent party can strand: where a case waits for people who never act, it must end or reach somebody else.

Each party's actions are taken out in turn. Where no end can be reached then, the lateness of the turn must come to a
named person, who is not the silent one. Whoever opens cases of their own may leave them lying. Called by `checking`.
"""

from collections import deque
from collections.abc import Iterator

from workflow.machine.checking_graph import Configuration, Reached
from workflow.machine.checking_names import LATE, LINK, OUTSIDE, TURN
from workflow.machine.checking_paths import is_settled
from workflow.machine.definition import Alternative, Definition, Turn
from workflow.machine.faults import Finding, finding_at


def silence_findings(definition: Definition, reached: Reached) -> Iterator[Finding]:
    """Name the turns in which one party's silence leaves a case lying unknown to anybody."""
    for who in (*definition.people, OUTSIDE):
        if who == definition.start.by:
            continue
        waiting = [found for found in reached.moves if _waits_for(definition, found, who)]
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
    turn = definition.states[configuration.state].turn
    return turn is not None and turn.who == who and not _is_heard(definition, turn)


def _is_heard(definition: Definition, turn: Turn) -> bool:
    """Tell whether lateness comes to somebody else; a ladder that reaches nobody at all is another finding."""
    if turn.due is None:
        return False
    late = [rung.who for rung in definition.ladder if rung.after >= 0]
    hearers = {turn.late if who == LATE else turn.who if who == TURN else who for who in late} - {None}
    return not late or hearers != {turn.who}


def _ending_without(definition: Definition, reached: Reached, who: str) -> set[Configuration]:
    before: dict[Configuration, list[Configuration]] = {configuration: [] for configuration in reached.moves}
    for configuration, moves in reached.moves.items():
        for move in moves:
            if _found(definition, move.way.state, move.way.action, move.way.position).by not in (who, LINK):
                before[move.to].append(configuration)
    ending = {found for found in reached.moves if is_settled(definition.states[found.state])}
    queue = deque(ending)
    while queue:
        fresh = [found for found in before[queue.popleft()] if found not in ending]
        ending.update(fresh)
        queue.extend(fresh)
    return ending


def _found(definition: Definition, state: str, action: str, position: int) -> Alternative:
    return definition.states[state].actions[action].alternatives[position]

"""Which facts an answer depends on, said before anything is loaded: places, links, the movement's dates.

Follows `decide` kind of act by kind of act. That it names enough is enforced: reading more raises `UndeclaredFact`.
Knows the definition and where the case stands, no fact.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from workflow.machine.case import NO_PINS, case_clocks
from workflow.machine.deciding.assignments import turn_claims, with_doubts
from workflow.machine.deciding.fact_collector import FactCollector
from workflow.machine.deciding.state_entry import by_system
from workflow.machine.definition import Action, Definition, State
from workflow.values import ANSWER, COUNT, DUE, UNDO, Act, Case, Json, Needs

OPENINGS = frozenset({"open", "start"})
"""Under these names clocks are started by the opening of a case."""
_KEPT = 4_096
"""Answers kept that follow from a definition and where a case stands in it."""


def needs(definition: Definition, case: Case, act: Act) -> Needs:
    """Name the facts that the answer to an act depends on and, where it is weighed, those that may raise doubts."""
    wanted = _needs(definition, case, act)
    return with_doubts(wanted) if act.weighed and act.action in definition.states[case.state].actions else wanted


def _needs(definition: Definition, case: Case, act: Act) -> Needs:
    stands = _Stands(act.action, case.state, case.back, frozenset(case.asks), case.movement is not None)
    if _by_figures(definition):
        known = _of_standing(definition, stands, case.params)
    else:
        known = _remembered(definition, stands)
    if not (act.inputs or definition.reserves or definition.members or act.action == DUE + case_clocks.TURN):
        return known
    wanted = FactCollector(definition, case.params, known)
    state = definition.states[case.state]
    if act.action == DUE + case_clocks.TURN:
        wanted.escalation(state, case)
    for action in _asked(state, act.action):
        wanted.limited(case, act, action)
        wanted.lists(act, action)
    wanted.given(act)
    return wanted.needs(has_movement=stands.has_movement)


class _Stands(NamedTuple):
    """What of an act and its case decides which facts are needed, whatever the inputs and the form are."""

    action: str
    state: str
    back: str | None
    asks: frozenset[str]
    has_movement: bool


def _of_standing(definition: Definition, stands: _Stands, pins: Mapping[str, Json]) -> Needs:
    """Name the facts that an act depends on whatever is handed in with it."""
    wanted, name = FactCollector(definition, pins), stands.action
    state = definition.states[stands.state]
    if name == DUE + case_clocks.WAKE:
        for action in state.actions.values():
            wanted.action(state, action, by_system(action), back=stands.back)
    elif name.startswith(ANSWER):
        ask = state.asks.get(name.removeprefix(ANSWER))
        wanted.people(ask.parties if ask else ())
        wanted.links.update([ask.about] if ask and ask.about and not ask.secret else [])
    elif name.startswith(COUNT):
        wanted.people([state.turn.who] if state.turn else [])
    elif name.startswith(turn_claims.PREFIX):
        wanted.sharing(state, name)
    elif name == UNDO:
        # The last act led here from `back`, or the case stayed.
        wanted.undoing([state, *([definition.states[stands.back]] if stands.back else [])])
    elif name in state.actions:
        action = state.actions[name]
        wanted.action(state, action, action.alternatives, back=stands.back)
        wanted.counted(state, stands.asks, action)
    wanted.waking(state)
    return wanted.needs(has_movement=stands.has_movement)


_remembered = lru_cache(maxsize=_KEPT)(partial(_of_standing, pins=NO_PINS))
"""The same, cached, for definitions in which no figure of a case chooses people: every act asks for it."""


@lru_cache(maxsize=_KEPT)
def _by_figures(definition: Definition) -> bool:
    """Tell whether figures, which each case pins for itself, choose any of the people."""
    return any(party.lookup for party in definition.people.values())


def _asked(state: State, name: str) -> tuple[Action, ...]:
    """List the actions that may happen under a name: a waking tries all that the system takes by itself."""
    if name == DUE + case_clocks.WAKE:
        return tuple(action for action in state.actions.values() if by_system(action))
    return (state.actions[name],) if name in state.actions else ()


def offer_needs(definition: Definition, case: Case) -> Needs:
    """Name the facts for a page that shows every action of the state, and whose turn it is."""
    wanted = FactCollector(definition, case.params)
    state = definition.states[case.state]
    wanted.people([state.turn.who] if state.turn else [])
    wanted.people(name for ask in state.asks.values() for name in ask.parties)
    for action in state.actions.values():
        wanted.asking(state, action.alternatives)
        wanted.limited(case, Act(action.name), action)
    return wanted.needs(has_movement=case.movement is not None)


def sight_needs(definition: Definition, case: Case) -> Needs:
    """Name the facts that decide who sees which fields of a case."""
    wanted = FactCollector(definition, case.params)
    wanted.sight(definition.states[case.state])
    return wanted.needs(has_movement=case.movement is not None)


def poll_needs(definition: Definition, case: Case) -> Needs:
    """Name the facts for a page that shows how the asks of the state stand."""
    wanted = FactCollector(definition, case.params)
    asks = [ask for ask in definition.states[case.state].asks.values() if ask.name in case.asks]
    wanted.people(name for ask in asks for name in ask.parties)
    turn = definition.states[case.state].turn
    wanted.people([turn.who] if turn and asks else ())
    wanted.links.update(ask.about for ask in asks if ask.about)
    wanted.guards(guard for ask in asks for _, guard in ask.result)
    return wanted.needs(has_movement=case.movement is not None)


def opening_needs(definition: Definition, *, at: str | None = None, pins: Mapping[str, Json] = NO_PINS) -> Needs:
    """Name the facts that the opening of a case depends on, in its first state or where a link puts it.

    `pins` are the figures that the case will have.
    """
    wanted = FactCollector(definition, pins)
    wanted.people(start.by for start in definition.starts)
    wanted.guards(start.when for start in definition.starts)
    wanted.clocks(OPENINGS)
    for state in (at,) if at else {start.to: None for start in definition.starts}:
        wanted.entering(definition.states[state])
    return wanted.needs(has_movement=True)


def joined(several: Iterable[Needs]) -> Needs:
    """Name the facts of several answers together."""
    parts = [Needs(), *several]
    return Needs(
        frozenset().union(*(part.places for part in parts)),
        any(part.movement for part in parts),
        frozenset().union(*(part.links for part in parts)),
        frozenset().union(*(part.cases for part in parts)),
        frozenset().union(*(part.boxes for part in parts)),
        frozenset().union(*(part.loads for part in parts)),
        frozenset().union(*(part.limits for part in parts)),
        frozenset().union(*(part.gathers for part in parts)),
        frozenset().union(*(part.doubts for part in parts)),
        any(part.undo for part in parts),
    )


def linked_acts(definition: Definition, case: Case, act: Act) -> tuple[tuple[str, str], ...]:
    """List the links whose cases an act may move, with the action asked of each."""
    action = definition.states[case.state].actions.get(act.action)
    alternatives = action.alternatives if action else ()
    pairs = [pair for alternative in alternatives for pair in alternative.each]
    return tuple(dict.fromkeys((definition.link_of(link), action) for link, action in pairs))

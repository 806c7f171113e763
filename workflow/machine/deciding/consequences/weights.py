"""How much an act weighs: light, undoable or final. Derived from what it does, never written in a definition.

Final is what cannot be taken back: an answer, a count of papers, an ask that the act ends and reads, a numbered paper,
other cases moved or opened, the wait for an external party. Undoable is what settles a case or returns it.
"""

from collections.abc import Mapping
from functools import lru_cache

from workflow.machine.deciding.cascade import DecidedAct
from workflow.machine.definition import Definition
from workflow.values import ANSWER, COUNT, Json, NumberedPaper, Plan, Weight

_KEPT = 1_024


def weight_of(decided: DecidedAct, *, reads_asks: bool) -> Weight:
    """Say how much a decided act weighs; `reads_asks`: it ends an ask and goes by what was answered."""
    definition, plan = decided.definition, decided.plan
    answers = plan.action.startswith((ANSWER, COUNT))
    others = bool(plan.moves or plan.openings)
    if answers or reads_asks or others or papers_of(definition, plan) or party_awaited(definition, plan):
        return "final"
    return "undoable" if _settles(decided) or _returns(decided) else "light"


def papers_of(definition: Definition, plan: Plan) -> tuple[NumberedPaper, ...]:
    """List the numbered documents that an act requires: with it they are handed in or issued.

    One that is only prepared along with an act is neither, and may be exchanged by whoever issues it.
    """
    action = definition.states[plan.was].actions.get(plan.action) if plan.was in definition.states else None
    required = {name for way in action.alternatives for name in way.requires} if action else set()
    held = {**plan.case.fields, **plan.inputs}
    symbols = ((name, _symbol(held.get(name))) for name in definition.fields if name in required)
    return tuple(NumberedPaper(name, symbol) for name, symbol in symbols if symbol)


def party_awaited(definition: Definition, plan: Plan) -> str | None:
    """Name the external party that the case begins to wait for."""
    turn = definition.states[plan.case.state].turn
    return turn.who if turn and turn.who in definition.external and plan.case.state != plan.was else None


def _symbol(value: Json) -> str:
    symbol = value.get("symbol") if isinstance(value, Mapping) else None
    return str(symbol) if symbol else ""


def _settles(decided: DecidedAct) -> bool:
    after = decided.plan.case
    return after.outcome is not None and after.state != decided.before.state


def _returns(decided: DecidedAct) -> bool:
    """Tell whether the case must come through its present state once more before it can end well."""
    here, there = decided.before.state, decided.plan.case.state
    return here != there and _comes_back(decided.definition, there, here)


@lru_cache(maxsize=_KEPT)
def _comes_back(definition: Definition, state: str, through: str) -> bool:
    """Tell whether every way from a state to a good end leads through another state."""
    ways = {
        name: {way.to for action in of.actions.values() for way in action.alternatives if way.to in definition.states}
        for name, of in definition.states.items()
    }
    return through in _reached(ways, state) and not _reached(ways, state, but=through) & _good_ends(definition)


def _good_ends(definition: Definition) -> frozenset[str]:
    """List the states in which cases end well; where none has a good outcome, those in which they end at all."""
    ended = [state for state in definition.states.values() if state.outcome is not None]
    good = [state for state in ended if state.outcome == "good"] or ended
    return frozenset(state.name for state in good)


def _reached(ways: Mapping[str, set[str | None]], start: str, *, but: str | None = None) -> set[str | None]:
    reached: set[str | None] = {start}
    waiting: list[str | None] = [start]
    while waiting:
        coming = ways.get(str(waiting.pop()), set()) - reached - {but}
        reached |= coming
        waiting += coming
    return reached

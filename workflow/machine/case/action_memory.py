"""What an act leaves behind for guards to ask of later: whether it still stands, what fields were when it was done.

Kept only for the actions and fields that guards of the definition ask about, so that all other cases carry nothing.
Knows no guard's answer. Called by `doing`; `question` reads it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workflow.canonical import canonical
from workflow.machine.definition import Definition, guards_of
from workflow.values import Done, Json

_KEPT = 1_024


@dataclass(frozen=True, slots=True)
class Asked:
    """The actions of which guards ask whether they stand, and by action the fields that may change after it.

    `again` are those whose doer gets the turn of a state.
    """

    stands: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    again: frozenset[str]


@lru_cache(maxsize=_KEPT)
def asked_of(definition: Definition) -> Asked:
    """Find what the guards of a definition ask of acts that were done."""
    stands: set[str] = set()
    fields: dict[str, frozenset[str]] = {}
    for path in {path for guard in guards_of(definition) for path in guard.reads}:
        name, _, inputs = path.removesuffix(")").partition("(")
        first, _, action = inputs.partition(",")
        if name == "stands":
            stands.add(first)
        if name == "changed" and action:
            fields[action] = fields.get(action, frozenset()) | {first}
    picks = {state.turn.pick for state in definition.states.values() if state.turn}
    return Asked(frozenset(stands), fields, frozenset(picks - definition.people.keys() - definition.fields.keys()))


def remembered(
    definition: Definition, done: Done, action: str, fields: Mapping[str, Json], *, by: int | None = None
) -> Done:
    """Return an act just done with what the fields were after it, and whose act it was where that is asked for."""
    asked = asked_of(definition)
    names = asked.fields.get(action)
    if action in asked.again:
        done = done._replace(last=by)
    return done._replace(digests={name: digest(fields.get(name)) for name in sorted(names)}) if names else done


def fallen(definition: Definition, done: Mapping[str, Done], state: str) -> Mapping[str, Done]:
    """Return what was done as it stands once the case enters a state: the actions it has there stand no longer."""
    names = asked_of(definition).stands
    again = names & definition.states[state].actions.keys() & done.keys() if names else names
    return {**done, **{name: done[name]._replace(fallen=True) for name in again}} if again else done


def stands(done: Mapping[str, Done], action: str) -> bool:
    """Tell whether an action was done and the case has not come back since to where it is done."""
    return action in done and not done[action].fallen


def has_changed(done: Mapping[str, Done], action: str, field: str, value: Json) -> bool:
    """Tell whether a field has another value than when an action was last done; never done, all is new."""
    return action not in done or done[action].digests.get(field) != digest(value)


def digest(value: Json) -> str:
    """Return what tells a value from others, and nothing of it."""
    return hashlib.sha256(canonical(value)).hexdigest()[:32]

"""The line of steps above a case: states it has been in, the present one, and the shortest way to a good outcome.

Reads the definition as a graph for display only; the offers say what may really happen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workflow.machine.definition import Definition
from workflow.tracking import way_to_good_end
from workflow.values import Text

LONGEST = 12
"""The most steps that are shown; the earliest are left out first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state on the line."""

    label: Text
    when: Literal["done", "now", "next"]


def steps(definition: Definition, passed: Iterable[str], present: str) -> tuple[Step, ...]:
    """Make the line from the states a case has been in, the one it is in, and the way to a good end."""
    behind = [state for state in dict.fromkeys(passed) if state != present and state in definition.states]
    ahead = way_to_good_end(definition, present)
    labels = {name: definition.states[name].label for name in definition.states}
    # A case that was returned passes the same states again: such a state is shown both as done and as next.
    done = [Step(labels[name], "done") for name in behind]
    line = [*done, Step(labels[present], "now"), *(Step(labels[name], "next") for name in ahead)]
    return tuple(line[-LONGEST:])

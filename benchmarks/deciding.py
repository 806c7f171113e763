"""The rules alone: `decide` beside the trigger of the state machine it stands on; verifier and
drawing on a large definition.

Twelve states in a ring, each with a turn and a guard; nothing is loaded and nothing written. The reference is
`transitions` with the same states and a condition, as its own users would write it.
"""

import statistics
from collections.abc import Iterator
from itertools import count
from typing import Final

from transitions import Machine

from benchmarks.measuring import Figure, in_turns, seconds_of
from tests.support.scenes import calendar
from tests.support.small_province import NOW
from workflow.machine.checking import check
from workflow.machine.deciding import decide, needs, opening, opening_needs
from workflow.machine.definition import Definition
from workflow.machine.drawing.diagram import draw
from workflow.machine.loading.loader import load
from workflow.values import Act, Actor, Case, Desk, Facts, Needs, Plan, Seat

STATES: Final = 12
MANY_STATES: Final = 100
UNIT, CLERK = 1, 7
HEAD = """\
definition: ring
title: Vòng tròn | Ring
basis: thử nghiệm
fields: {amount: {is: integer, label: Số | Amount}}
people: {clerk: unit_clerk at unit}
start: {by: clerk, to: s0}
states:
"""
STATE = """\
  s{here}:
    label: Bước {here} | Step {here}
    turn: {{who: clerk}}
    edit: {{clerk: [amount]}}
    actions:
      step: {{label: Tiếp | Next, when: amount > 0, to: s{there}}}
      stop: {{label: Thôi | Stop, to: end}}
"""
END = "  end: {label: Xong | Done, outcome: good}\n"


def measure() -> Iterator[Figure]:
    """Measure both."""
    pair = in_turns(_ours(), _reference(), seconds=0.3)
    yield Figure(
        "decide alone, 12 states, beside transitions' trigger",
        1 / pair.ratio,
        "×",
        must=10,
        aim=4,
        better="less",
        beside=f"{1e6 / pair.ours:,.0f} µs beside {1e6 / pair.reference:,.1f} µs",
    )
    large = _ring(MANY_STATES)
    spent = statistics.median(seconds_of(lambda: check(large)) for _ in range(5))
    yield Figure("verifier on 100 states", spent * 1e3, "ms", must=100, aim=30, better="less")
    drawn = statistics.median(seconds_of(lambda: draw(large, language="vi")) for _ in range(5))
    yield Figure("drawing of 100 states and 200 arrows", drawn * 1e3, "ms", must=100, aim=50, better="less")


def _ring(states: int) -> Definition:
    steps = "".join(STATE.format(here=here, there=(here + 1) % states) for here in range(states))
    return load(HEAD + steps + END, path="ring.yaml")


def _ours() -> "_Steps":
    return _Steps(_ring(STATES))


class _Steps:
    """A case that goes round and round."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.actor = Actor(CLERK, frozenset({Desk("unit_clerk", UNIT)}))
        self.act = Act("step")
        facts = _facts(opening_needs(definition))
        opened = opening(
            definition, case_id=1, code="R-1", unit=UNIT, movement=None, fields={"amount": 1}, actor=self.actor,
            facts=facts, now=NOW, calendar=calendar(),
        )  # fmt: skip
        assert isinstance(opened, Plan), opened
        self.case: Case = opened.case
        self.facts = _facts(needs(definition, self.case, self.act))

    def __call__(self) -> None:
        answer = decide(
            self.definition, self.case, self.act, actor=self.actor, facts=self.facts, now=NOW, calendar=calendar()
        )
        assert isinstance(answer, Plan), answer
        self.case = answer.case


def _facts(wanted: Needs) -> Facts:
    return Facts({place: (Seat(Desk(place.role, UNIT), (CLERK,)),) for place in wanted.places})


class _Model:
    state: str

    def is_positive(self) -> bool:
        return self.amount > 0

    amount = 1


def _reference() -> "_Trigger":
    return _Trigger()


class _Trigger:
    def __init__(self) -> None:
        self.model = _Model()
        names = [f"s{number}" for number in range(STATES)]
        machine = Machine(self.model, states=names, initial="s0", auto_transitions=False)
        for here, there in zip(names, [*names[1:], names[0]], strict=True):
            machine.add_transition("step", here, there, conditions="is_positive")
        self.done = count()

    def __call__(self) -> None:
        self.model.step()  # type: ignore[attr-defined] # transitions adds its triggers

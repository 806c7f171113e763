"""An act decided dry: what it would do, without doing it; and an act that is decided unless somebody must be asked.

Both ask the same world as the act itself, and give back the numbers that they took. Nothing here opens a box.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from workflow.machine.case import Question
from workflow.machine.deciding.cascade import (
    ActContext,
    Beginning,
    Cascade,
    DecidedAct,
    KnownFacts,
    World,
    decide_cascade,
)
from workflow.machine.deciding.consequences.box_contents import Boxes, boxes_that_differ
from workflow.machine.deciding.consequences.summary import beginnings, summary
from workflow.machine.deciding.required_facts import needs
from workflow.machine.definition import Definition
from workflow.values import Act, Case, Consequences, Needs, Opening, Plan, Refusal

Asks = Callable[[Consequences], bool]
"""Whether somebody must be asked before an act with these consequences is done."""


def preview(world: World, case: Case, act: Act, by: ActContext) -> Consequences | Refusal:
    """Say what an act would do, or why it would be refused whatever any box holds."""
    weighed = replace(act, weighed=True)
    definition = world.definition_of(case)
    wanted = needs(definition, case, weighed)
    known = world.facts_for(case, weighed, wanted._replace(boxes=frozenset()))
    answers = list(_answers(world, case, weighed, by, known=known, boxes=wanted.boxes))
    cascades = [answer for answer in answers if isinstance(answer, Cascade)]
    for opened in beginnings(reversed(cascades)):
        world.give_back(opened.beginning)
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    return summary(cascades, known, refusable=bool(refusals)) if cascades else refusals[0]


def decide_unless(
    world: World, case: Case, act: Act, by: ActContext, *, asks: Asks
) -> Cascade | Consequences | Refusal:
    """Decide an act, or say what it would do where somebody must be asked first."""
    weighed = replace(act, weighed=True)
    if needs(world.definition_of(case), case, weighed).boxes:
        shown = preview(world, case, act, by)
        if isinstance(shown, Consequences) and asks(shown):
            return shown
        return decide_cascade(world, case, act, by)
    keeping = _Keeping(world)
    cascade = decide_cascade(keeping, case, weighed, by)
    if isinstance(cascade, Refusal) or keeping.known is None:
        return cascade
    shown = summary([cascade], keeping.known)
    if not asks(shown):
        return cascade
    for opened in reversed(cascade.openings):
        world.give_back(opened.beginning)
    return shown


def summarised(decided: DecidedAct) -> Consequences:
    """Say what an act does that was decided by itself, for it reads and changes nothing but its case."""
    return summary([Cascade((), decided, ())], KnownFacts(decided.facts, {}))


def _answers(
    world: World, case: Case, act: Act, by: ActContext, *, known: KnownFacts, boxes: frozenset[str]
) -> Iterator[Cascade | Refusal]:
    """Decide the act once, or once for each content of the boxes that makes a difference."""
    definition = world.definition_of(case)
    question = Question(definition, case, act, by.actor, known.facts, by.now, by.calendar, known.definitions)
    for contents in boxes_that_differ(question, boxes) if boxes else ({},):
        yield decide_cascade(_Given(world, known, contents), case, act, by)


@dataclass(slots=True)
class _Forwarding:
    """A world that hands everything on."""

    world: World

    def definition_of(self, case: Case) -> Definition:
        return self.world.definition_of(case)

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        return self.world.facts_for(case, act, wanted)

    def facts_of(self, case: Case, wanted: Needs) -> KnownFacts:
        return self.world.facts_of(case, wanted)

    def objection_to(self, definition: Definition, case: Case, plan: Plan) -> Refusal | None:
        return self.world.objection_to(definition, case, plan)

    def begin(self, wanted: Opening, origin: Case, *, waiting: int) -> Beginning:
        return self.world.begin(wanted, origin, waiting=waiting)

    def give_back(self, beginning: Beginning) -> None:
        self.world.give_back(beginning)


@dataclass(slots=True)
class _Given(_Forwarding):
    """A world whose facts are known, with these contents of boxes."""

    known: KnownFacts
    boxes: Boxes

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        """Return the known facts, whatever is asked: they were asked for this very act."""
        del case, act, wanted
        return self.known._replace(facts=self.known.facts._replace(boxes=self.boxes))


@dataclass(slots=True)
class _Keeping(_Forwarding):
    """A world that keeps the facts of the act, from which its consequences are told."""

    known: KnownFacts | None = None

    def facts_for(self, case: Case, act: Act, wanted: Needs) -> KnownFacts:
        self.known = self.world.facts_for(case, act, wanted)
        return self.known

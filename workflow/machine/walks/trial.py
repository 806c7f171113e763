"""Trying a definition out: somebody acts as one of its people, moves the clock, looks, and keeps the run as a walk.

Nothing is written anywhere: the stage is a `Scene`. Starts from the people and values of walks where there are some,
else with everybody whom the definition names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from workflow.machine.calendar import Calendar
from workflow.machine.checking import milestones_of
from workflow.machine.deciding import Offer
from workflow.machine.definition import Definition
from workflow.machine.walks.reader import Walk, values_of
from workflow.machine.walks.runner import NONE, Playing
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.walks.writer import KeptRun, written
from workflow.values import EMPTY_MAPPING, OPEN, SYSTEM, Act, Case, Json, Plan, Refusal

_SHOWN = ("state", "outcome", "turn", "due", "letters", "asked")
_MINUTE = "%Y-%m-%d %H:%M"
_TO_A_MILESTONE, _TO_THE_END = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class TrialStage:
    """What a trial begins with: people, values to hand in where nothing is typed, the time and the movement's dates."""

    cast: Cast
    values: Mapping[str, Json]
    starts: datetime
    movement: Mapping[str, str] | None


def stage_of(definition: Definition, *, starts: datetime) -> TrialStage:
    """Let everybody the definition names stand where it says, with a movement that begins on that day."""
    cast = Cast({name: (party.place,) for name, party in definition.people.items() if not party.lookup})
    day = starts.date()
    due, ends = (str(day + days) for days in (_TO_A_MILESTONE, _TO_THE_END))
    dates = {"begins": str(day), "ends": ends, **dict.fromkeys(sorted(milestones_of(definition)), due)}
    movement = dates if definition.opened_by("movement") else None
    return TrialStage(cast, {}, starts, movement)


def stage_from(walk: Walk, text: str | bytes, definition: Definition, *, calendar: Calendar) -> TrialStage:
    """Take people, values, time and movement from walks that were read."""
    return TrialStage(
        walk.cast, values_of(text, definition, calendar=calendar, cast=walk.cast), walk.starts, walk.movement
    )


@dataclass(slots=True)
class Trial:
    """One run: who acts now, on which case, and everything that was done so far."""

    definition: Definition
    calendar: Calendar
    stage: TrialStage
    who: str
    scene: Scene
    number: int = 0
    steps: list[KeptRun] = field(default_factory=list)
    heard: int = 0

    @property
    def case(self) -> Case | None:
        """The case that is being looked at."""
        return self.scene.cases.get(self.number)

    def offers(self) -> tuple[Offer, ...]:
        """The actions of the case, open or refused, as the present actor sees them."""
        return self.scene.offers(self.number, self.scene.cast.actor(self.who)) if self.case else ()

    def open(self, inputs: Mapping[str, Json]) -> Plan | Refusal:
        """Open a case as the present actor."""
        answer = self.scene.open(self.scene.cast.actor(self.who), inputs)
        self._keep(OPEN, inputs, answer)
        return answer

    def act(self, action: str, inputs: Mapping[str, Json]) -> Plan | Refusal:
        """Act as the present actor."""
        before = len(self.scene.letters)
        answer = self.scene.act(self.number, Act(action, inputs), self.scene.cast.actor(self.who))
        self._keep(action, inputs, answer, heard=before)
        return answer

    def let_pass(self, until: datetime) -> None:
        """Move the clock; what falls due on the way fires."""
        before = len(self.scene.letters)
        self.scene.advance(until)
        if self.case:
            self.steps.append(KeptRun(None, None, {}, self._local(until), self.number, self.standing(before)))

    def next_due(self) -> datetime | None:
        """Say when the next deadline of any case fires."""
        return min((deadline.due_at for deadline in self.scene.deadlines.values()), default=None)

    def standing(self, heard: int) -> dict[str, tuple[str, ...]]:
        """Say how the case stands, and which letters went out after the first `heard`."""
        standing = Playing(self.scene).standing(self.number, self.scene.letters[heard:])
        return {key: standing[key] for key in _SHOWN if key != "outcome" or standing[key] != (NONE,)}

    def walk(self, name: str) -> str:
        """Write the run as walks to lie beside the definition."""
        return written(name, self.stage.cast, self._local(self.stage.starts), self.stage.movement, self.steps)

    def _keep(self, action: str, inputs: Mapping[str, Json], answer: Plan | Refusal, *, heard: int = 0) -> None:
        if isinstance(answer, Plan) and action == OPEN:
            self.number, heard = answer.case.id, len(self.scene.letters) - len(answer.notices)
        if isinstance(answer, Refusal):
            codes = tuple(dict.fromkeys(reason.code for reason in answer.reasons))
            expected: dict[str, tuple[str, ...]] = {"refused": (answer.kind,), "because": codes}
        else:
            expected = self.standing(heard)
        case = self.number if action != OPEN else None
        self.steps.append(KeptRun(self.who, action, inputs, None, case, expected))

    def _local(self, moment: datetime) -> str:
        return self.calendar.local(moment).strftime(_MINUTE)


def begun(
    definition: Definition, stage: TrialStage, *, calendar: Calendar, family: Mapping[str, Definition] = EMPTY_MAPPING
) -> Trial:
    """Begin a trial; where the movement opens cases, it has opened one.

    `family` are the other definitions, by name, whose cases its acts may open.
    """
    scene = Scene(definition, calendar, stage.cast, stage.starts, stage.movement, family=family)
    trial = Trial(definition, calendar, stage, next(iter(stage.cast.places), ""), scene)
    if definition.only_by_movement:
        opened = scene.open(SYSTEM)
        trial.number = opened.case.id if isinstance(opened, Plan) else 0
    return trial

"""Executable examples beside a definition: every step is played by the machine and compared with what must come of it.

Says step by step what did not come true, with its line, and what no walk tried: transitions, and refusals that the
definition makes possible. Knows no file; the text comes in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workflow.catalogue import Language, in_language
from workflow.machine.calendar import Calendar
from workflow.machine.case import without
from workflow.machine.definition import Definition
from workflow.machine.walks.coverage import Coverage, coverage_of
from workflow.machine.walks.reader import OUTSIDERS, Walk, WalkStep, read
from workflow.machine.walks.simulation import BELOW, UNIT, Scene, desk_at
from workflow.machine.walks.walk_messages import RESULTS
from workflow.machine.words import NamingContext, sentence
from workflow.values import (
    EMPTY_MAPPING,
    OPEN,
    SYSTEM,
    Act,
    Actor,
    Assignment,
    Case,
    Desk,
    Notice,
    Plan,
    Refusal,
    Text,
)

_MINUTE = "%Y-%m-%d %H:%M"
NONE = "none"


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step as it was played: `faults` says what did not come true; none means that it did."""

    walk: Text
    line: int
    faults: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WalkReport:
    """All steps of all walks of a definition, and how much of it they tried."""

    path: str
    results: tuple[StepResult, ...]
    coverage: Coverage

    @property
    def came_true(self) -> bool:
        """Whether every step went as written."""
        return not any(result.faults for result in self.results)

    def sentences(self, language: Language) -> tuple[str, ...]:
        """Say every fault with its place, then what was not tried."""
        faults = [
            f"{self.path}:{result.line}: {in_language(fault, language)}"
            for result in self.results
            for fault in result.faults
        ]
        return (*faults, *(f"{self.path}: {line}" for line in self._untried(language)))

    def _untried(self, language: Language) -> Iterator[str]:
        gaps = (("untried", self.coverage.untried), ("unrefused", self.coverage.unrefused))
        for code, items in gaps:
            if items:
                yield RESULTS.say(code, language, items=items)


def run(
    definition: Definition,
    text: str | bytes,
    *,
    calendar: Calendar,
    path: str = "walks.yaml",
    family: Mapping[str, Definition] = EMPTY_MAPPING,
) -> WalkReport:
    """Play all walks of a text; raises DefinitionFaults where it cannot be read.

    Steps may act on cases of other definitions, the `family`; they do not count towards coverage.
    """
    results: list[StepResult] = []
    plays = []
    for walk in read(text, definition, calendar=calendar, path=path, family=family):
        play = Playing(Scene(definition, calendar, walk.cast, walk.starts, walk.movement, family=family))
        results += [StepResult(walk.name, step.line, tuple(play.faults_of(step))) for step in _steps(walk, definition)]
        plays.append(play)
    entries = [entry for play in plays for entry in play.scene.entries]
    plans = [plan for entry, plan in entries if entry.identity.definition == definition.hash]
    refusals = [tried for play in plays for tried in play.refusals]
    return WalkReport(path, tuple(results), coverage_of(definition, plans, refusals))


def fails(
    definition: Definition,
    walks: Iterable[Walk],
    *,
    calendar: Calendar,
    family: Mapping[str, Definition] = EMPTY_MAPPING,
) -> bool:
    """Whether any step of walks that were read goes otherwise than written; stops at the first."""
    return any(_fails(definition, walk, calendar, family) for walk in walks)


def _fails(definition: Definition, walk: Walk, calendar: Calendar, family: Mapping[str, Definition]) -> bool:
    play = Playing(Scene(definition, calendar, walk.cast, walk.starts, walk.movement, family=family))
    return any(fault for step in _steps(walk, definition) for fault in play.faults_of(step))


def _steps(walk: Walk, definition: Definition) -> tuple[WalkStep, ...]:
    """Let the movement open the case first where only a movement opens it: walks do not say so."""
    if not definition.only_by_movement:
        return walk.steps
    return (WalkStep(walk.line, "movement", OPEN, {}, None, None, {}), *walk.steps)


@dataclass(slots=True)
class Playing:
    """One walk being played, by steps that were written down or by somebody who tries."""

    scene: Scene
    refusals: list[tuple[str, str, Refusal]] = field(default_factory=list)

    def faults_of(self, step: WalkStep) -> Iterator[Text]:
        scene = self.scene
        began = len(scene.letters)
        if step.at:
            scene.advance(step.at)
        heard = len(scene.letters) if step.does else began
        number = step.case or max(scene.cases, default=0)
        answer: Plan | Refusal | None = None
        if step.does == OPEN:
            unit = BELOW if step.below else UNIT
            answer = scene.open(self.actor(step.who), step.inputs, definition=step.of, unit=unit)
            number = max(scene.cases, default=0)
        elif number not in scene.cases:
            yield RESULTS.text("no_case", case=number)
            return
        elif step.does:
            before = scene.cases[number].state
            answer = scene.act(number, Act(step.does, step.inputs), self.actor(step.who))
            if isinstance(answer, Refusal) and step.of in (None, scene.definition.name):
                self.refusals.append((before, step.does, answer))
        yield from self.answered(step, answer)
        if number in scene.cases:
            yield from self.compared(step, number, scene.letters[heard:])

    def actor(self, who: str | None) -> Actor:
        return SYSTEM if who is None or who in OUTSIDERS else self.scene.cast.actor(who)

    def answered(self, step: WalkStep, answer: Plan | Refusal | None) -> Iterator[Text]:
        wanted = step.expected.get("refused")
        if isinstance(answer, Plan) and "warned" in step.expected:
            yield from _differing("warned", step.expected["warned"], tuple(warning.code for warning in answer.warnings))
        if isinstance(answer, Plan) and wanted:
            yield RESULTS.text("not_refused", action=str(step.does), state=answer.case.state)
        if isinstance(answer, Refusal) and not wanted:
            yield self.refused(str(step.does), answer)
        if isinstance(answer, Refusal) and wanted:
            codes = tuple(dict.fromkeys(reason.code for reason in answer.reasons))
            yield from _differing("refused", wanted, (answer.kind,))
            yield from _differing("because", step.expected.get("because", codes), codes)

    def refused(self, action: str, refusal: Refusal) -> Text:
        codes = ", ".join(reason.code for reason in refusal.reasons)

        context = NamingContext(self.scene.family)

        def said(language: Language) -> str:
            return " ".join(
                sentence(reason, language=language, definition=self.scene.definition, context=context)
                for reason in refusal.reasons
            )

        reasons = Text(said("vi"), said("en"))
        return RESULTS.text("refused", action=action, kind=refusal.kind, codes=codes, reasons=reasons)

    def compared(self, step: WalkStep, number: int, letters: list[tuple[int, Notice]]) -> Iterator[Text]:
        for key, value in self.standing(number, letters).items():
            if key in step.expected:
                yield from _differing(key, step.expected[key], value)
        if "sees" in step.expected:
            yield from _differing("sees", step.expected["sees"], self.seen(number, step.expected["sees"]))

    def standing(self, number: int, letters: list[tuple[int, Notice]]) -> dict[str, tuple[str, ...]]:
        """Say how a case stands, under the names that steps use; `letters` are those to report."""
        case = self.scene.cases[number]
        return {
            "state": (case.state,),
            "outcome": (case.outcome or NONE,),
            "turn": self.turn_of(case),
            "due": (self.due_of(case),),
            "letters": tuple(line for of, notice in letters if of == number and (line := self.letter(notice))),
            "others": tuple(f"{other.id}: {other.state}" for other in self.scene.cases.values() if other.id != number),
            "asked": tuple(self.asked(case)),
        }

    def seen(self, number: int, expected: Iterable[str]) -> tuple[str, ...]:
        """Say which fields of a case are seen by the people whom a step names under `sees`."""
        names = [line.partition(":")[0] for line in expected]
        known = [name for name in names if name in self.scene.cast.places]
        return tuple(f"{name}: {' '.join(self.scene.sees(number, self.actor(name))) or NONE}" for name in known)

    def turn_of(self, case: Case) -> tuple[str, ...]:
        """Name the people whose turn it is: those who hold the desks and are not kept out."""
        opened: dict[Desk, frozenset[int]] = {}
        desks: list[Assignment] = []
        for entry, plan in self.scene.entries:
            if entry.identity.id != case.id:
                continue
            desks = [assignment for assignment in desks if assignment.slot not in plan.closes] + list(plan.opens)
        for assignment in desks:
            if assignment.slot == "turn":
                opened[assignment.desk] = assignment.excluded
        cast = self.scene.cast
        return tuple(
            name
            for name, places in cast.places.items()
            for desk in map(desk_at, places)
            if desk in opened and cast.id_of(name) not in opened[desk]
        )

    def due_of(self, case: Case) -> str:
        return self.scene.calendar.local(case.due_at).strftime(_MINUTE) if case.due_at else NONE

    def letter(self, notice: Notice) -> str:
        """Say a letter as `notice to name name`; nothing where nobody is left to read it."""
        seats = [seat for desk in notice.desks for seat in self.scene.cast.seats_by_desk(desk)]
        people = [*notice.people, *(person for seat in without(seats, notice.excluded) for person in seat.holders)]
        names = [self.scene.cast.name_of(person) for person in people if person not in notice.excluded]
        return f"{notice.kind} to {' '.join(names)}" if names else ""

    def asked(self, case: Case) -> Iterator[str]:
        cast = self.scene.cast
        for name, ask in case.asks.items():
            waiting = [cast.name_of(member) for member in ask.members if not ask.closed and member not in ask.answers]
            yield f"{name}: {' '.join(waiting) or NONE}"


def _differing(what: str, expected: tuple[str, ...], actual: tuple[str, ...]) -> Iterator[Text]:
    if sorted(expected) != sorted(actual):
        yield RESULTS.text("differs", what=what, expected=", ".join(expected) or NONE, found=", ".join(actual) or NONE)

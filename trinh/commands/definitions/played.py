"""`trinh definitions play`: be the people of a definition in the terminal, move the clock, keep the run as a walk.

Reads lines and says what came of them; a `Trial` decides everything and writes nothing.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO

import click

from trinh import definition_files
from trinh.commands.definitions.play_messages import PLAY
from trinh.commands.definitions.played_values import how, shortened, typed
from trinh.terminal import Terminal
from workflow.catalogue import in_language
from workflow.machine.calendar import Calendar
from workflow.machine.case import field_of
from workflow.machine.deciding import Offer
from workflow.machine.definition import Definition, Field
from workflow.machine.loading import loader
from workflow.machine.walks import Trial, TrialStage, begun, reader, stage_from, stage_of
from workflow.machine.words import NamingContext, sentence
from workflow.values import ANSWER, Json, Plan, Reason, Refusal, Text

_MORNING: Final = "2017-11-13 08:00"
_EMPTY: Final = "-"
_QUIT: Final = ("quit", "exit")


@click.command()
@click.argument("file", type=definition_files.FILE)
@click.option("--walks", "other", type=definition_files.FILE, help="Take people and values from here, not from beside.")
@click.option("--starts", default=_MORNING, show_default=True, help="When there are no walks to say.")
@click.pass_obj
def play(terminal: Terminal, file: Path, *, other: Path | None, starts: str) -> None:
    """Play a definition: act as its people, move the clock, keep the run as a walk. Nothing is recorded."""
    calendar = definition_files.shipped_calendar()
    definition = loader.load(definition_files.read(terminal, file), path=str(file))
    family = {name: other for name, other in definition_files.family_of([file]).items() if name != definition.name}
    walks = other or definition_files.walks_beside(file)
    stage = _stage(terminal, definition, calendar, family, walks=walks, starts=starts)
    game = _Game(terminal, begun(definition, stage, calendar=calendar, family=family), sys.stdin)
    game.say("welcome", title=definition.title)
    game.look()
    for line in game.lines():
        game.hear(line)


def _stage(
    terminal: Terminal,
    definition: Definition,
    calendar: Calendar,
    family: Mapping[str, Definition],
    *,
    walks: Path,
    starts: str,
) -> TrialStage:
    if not walks.is_file():
        moment = _moment(starts, calendar)
        return stage_of(definition, starts=moment) if moment else terminal.fail("start_malformed", found=starts)
    text = definition_files.read(terminal, walks)
    first = reader.read(text, definition, calendar=calendar, path=str(walks), family=family)[0]
    return stage_from(first, text, definition, calendar=calendar)


def _moment(written: str, calendar: Calendar) -> datetime | None:
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        return None
    return calendar.instant(local.date(), local.time())


@dataclass(slots=True)
class _Game:
    """The conversation: a line in, the trial asked, its answer said."""

    terminal: Terminal
    trial: Trial
    said: TextIO

    def lines(self) -> Iterable[str]:
        while (line := self.ask("prompt", now=self.now, who=self.trial.who)) is not None and line not in _QUIT:
            yield line

    def hear(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word in _COMMANDS:
            _COMMANDS[word](self, rest.strip())
        elif line:
            self.say("unknown", said=line)

    # -- what can be said

    def help(self, _rest: str) -> None:
        self.say("help")

    def look(self, _rest: str = "") -> None:
        if self.trial.case is None:
            self.say("no_case")
            return
        self.tell(self.trial.standing(len(self.trial.scene.letters)))
        for offer in self.trial.offers():
            self.offered(offer)

    def people(self, _rest: str) -> None:
        cast = self.trial.scene.cast
        for name, places in cast.places.items():
            stands = [f"{place.role} at {place.relation}" for place in places]
            stands += [f"{capacity} {principal}" for principal, capacity in cast.substitutes.get(name, ())]
            self.say("person", name=name, places=", ".join(stands) or _EMPTY)

    def be(self, name: str) -> None:
        if self.is_one_of(name, self.trial.scene.cast.places):
            self.trial.who = name

    def open(self, _rest: str) -> None:
        definition = self.trial.definition
        states = {start.to: definition.states[start.to] for start in definition.starts}.values()
        names = dict.fromkeys(name for state in states for names in state.edit.values() for name in names)
        self.answered(self.trial.open(self.handed_in([*names])))

    def do(self, action: str) -> None:
        known = {offer.action: offer for offer in self.trial.offers()}
        if self.trial.case is None:
            self.say("no_case")
        elif self.is_one_of(action, known):
            offer = known[action]
            answer = ("answer",) if action.startswith(ANSWER) else ()
            self.answered(self.trial.act(action, self.handed_in((*offer.requires, *answer))))

    def until(self, written: str) -> None:
        moment = _moment(written, self.trial.calendar)
        if moment is None:
            self.say("no_time")
        elif moment < self.trial.scene.now:
            self.say("no_past")
        else:
            self.let_pass(moment)

    def next(self, _rest: str) -> None:
        due = self.trial.next_due()
        if due is None:
            self.say("nothing_due")
        else:
            self.let_pass(due)

    def turn_to(self, number: str) -> None:
        if self.is_one_of(number, [str(known) for known in self.trial.scene.cases]):
            self.trial.number = int(number)
            self.look()

    def save(self, path: str) -> None:
        text = self.trial.walk(" | ".join(PLAY["walk_name"]))
        try:
            Path(path).write_text(text, "utf-8")
        except OSError as problem:
            self.say("not_saved", path=path, problem=problem.strerror)
            return
        self.say("saved", steps=len(self.trial.steps), path=path)

    # -- what is said back

    @property
    def now(self) -> str:
        return f"{self.trial.calendar.local(self.trial.scene.now):%Y-%m-%d %H:%M}"

    def let_pass(self, moment: datetime) -> None:
        before = len(self.trial.scene.letters)
        self.trial.let_pass(moment)
        if self.trial.case:
            self.tell(self.trial.standing(before))

    def answered(self, answer: Plan | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.say("refused", why=self.why(answer.reasons))
            return
        self.say("done")
        self.tell(dict(self.trial.steps[-1].expected))

    def tell(self, standing: Mapping[str, tuple[str, ...]]) -> None:
        state = self.trial.definition.states[standing["state"][0]]
        self.say("stands", number=self.trial.number, state=f"{self.of(state.label)} ({state.name})")
        if "outcome" in standing:
            self.say("ends", outcome=standing["outcome"][0])
        if standing["turn"]:
            self.say("turn", who=", ".join(standing["turn"]))
        if standing["due"] != ("none",):
            self.say("due", due=standing["due"][0])
        for who in standing["asked"]:
            self.say("asked", who=who)
        for letter in standing["letters"]:
            self.say("letter", letter=letter)

    def offered(self, offer: Offer) -> None:
        if offer.refusal:
            self.say("may_not", label=self.of(offer.label), why=self.why(offer.refusal.reasons))
        else:
            self.say("may", action=offer.action, label=self.of(offer.label))

    def why(self, reasons: Iterable[Reason]) -> str:
        return " ".join(self.in_words(reason) for reason in reasons)

    def in_words(self, reason: Reason) -> str:
        law, context = self.trial.definition, NamingContext(self.trial.scene.family, definition_files.role_labels())
        said = sentence(reason, language=self.terminal.language, definition=law, context=context)
        field = field_of(self.trial.definition, reason.field) if reason.field else None
        return f"{self.of(field.label)}: {said}" if field else said

    # -- what is typed

    def handed_in(self, names: Iterable[str]) -> dict[str, Json]:
        values: dict[str, Json] = {}
        for name in dict.fromkeys(names):
            field = field_of(self.trial.definition, name)
            value = self.typed(field) if field else self.trial.stage.values.get(name)
            if value is not None:
                values[name] = value
        return values

    def typed(self, field: Field) -> Json:
        preset = self.trial.stage.values.get(field.name)
        shown = self.sentence("at_hand", value=shortened(preset)) if preset is not None else ""
        kind = how(field, language=self.terminal.language)
        line = self.ask("hand_in", label=self.of(field.label), kind=kind, at_hand=shown)
        if not line or line == _EMPTY:
            return None if line == _EMPTY else preset
        cast = self.trial.scene.cast
        try:
            return typed(field, line, people={name: cast.id_of(name) for name in cast.places})
        except ValueError as problem:
            self.say("not_typed", problem=problem)
            return self.typed(field)

    def ask(self, code: str, /, **facts: object) -> str | None:
        """Read a line; None where there are no more."""
        click.echo(self.sentence(code, **facts), nl=False)
        line = self.said.readline()
        if not self.said.isatty():
            click.echo()
        return line.strip() if line else None

    # -- words

    def is_one_of(self, said: str, allowed: Iterable[str]) -> bool:
        known = list(allowed)
        if said not in known:
            self.say("nobody", said=said, allowed=", ".join(known))
        return said in known

    def of(self, text: Text) -> str:
        return in_language(text, self.terminal.language)

    def sentence(self, code: str, /, **facts: object) -> str:
        return PLAY.say(code, self.terminal.language, **facts)

    def say(self, code: str, /, **facts: object) -> None:
        click.echo(self.sentence(code, **facts))


_COMMANDS: Final[Mapping[str, Callable[[_Game, str], None]]] = {
    "help": _Game.help,
    "look": _Game.look,
    "people": _Game.people,
    "as": _Game.be,
    "open": _Game.open,
    "do": _Game.do,
    "until": _Game.until,
    "next": _Game.next,
    "case": _Game.turn_to,
    "save": _Game.save,
}
"""What may be said, by its first word."""

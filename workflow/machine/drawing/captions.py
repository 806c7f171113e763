"""What stands on a drawing: the lines in each state, the words on each arrow, in the language asked for.

Knows the definition and its labels; labels of roles and milestones come in, without them their names stand. Knows no
position.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from workflow.catalogue import in_language
from workflow.machine.case import named_by
from workflow.machine.definition import Alternative, Ask, Budget, Definition, Due, DueDate, State
from workflow.machine.drawing.caption_messages import CAPTIONS
from workflow.machine.words import days_allowed, party_of
from workflow.values import OWN_MILESTONE, Text

Kind = Literal["plain", "system", "back", "opens"]
Languages = Literal["vi", "en", "both"]
BETWEEN = " / "
"""Stands between the languages where both are shown."""
IN_ORDER = " → "
"""Stands between those who are asked one after the other."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two states with its lines: the action, and who takes it."""

    source: str
    target: str
    lines: tuple[tuple[str, str], ...]
    kind: Kind
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one drawing; in both languages a label stands once in each, a line above its translation."""

    definition: Definition
    language: Languages
    labels: Mapping[str, Text]

    @property
    def by_language(self) -> "tuple[Wording, ...]":
        """The same words, one language at a time."""
        if self.language != "both":
            return (self,)
        return replace(self, language="vi"), replace(self, language="en")

    def of(self, text: Text) -> str:
        if self.language == "both":
            return text.vi if text.vi == text.en else f"{text.vi}{BETWEEN}{text.en}"
        return in_language(text, self.language)

    def say(self, key: str, **facts: object) -> str:
        if self.language == "both":
            return self.of(CAPTIONS.text(key, **facts))
        return CAPTIONS.say(key, self.language, **facts)

    def who(self, name: str) -> str:
        """Name people by the label of their role, an external party by its own."""
        if name in ("system", "link"):
            return self.say(name)
        if name in self.definition.external:
            return self.say("external", who=self.of(self.definition.external[name]))
        party = self.definition.people.get(name)
        if party and party.lookup:
            return " / ".join(dict.fromkeys(map(self.who, named_by(self.definition, party))))
        return self.of(party_of(self.definition, name, self.labels))

    def title(self) -> str:
        return BETWEEN.join(
            wording.say("picture", title=wording.of(self.definition.title)) for wording in self.by_language
        )

    def about(self) -> str:
        definition = self.definition
        ends = sum(1 for state in definition.states.values() if state.outcome)
        facts = {"states": len(definition.states), "ends": ends, "basis": definition.basis}
        return BETWEEN.join(wording.say("about", **facts).strip() for wording in self.by_language)

    def start(self) -> str:
        return BETWEEN.join(wording.start_in_one_language() for wording in self.by_language)

    def start_in_one_language(self) -> str:
        """Say who or what opens a case, each once."""
        openers = dict.fromkeys(start.by for start in self.definition.starts)
        return "; ".join(
            self.say(f"start_{by}") if by in ("movement", "link") else self.say("start_people", who=self.who(by))
            for by in openers
        )

    def lines(self, state: State) -> list[str]:
        """Say whom a state waits for, until when, what it asks, what kind of end it is."""
        return [line for wording in self.by_language for line in wording.lines_in_one_language(state)]

    def lines_in_one_language(self, state: State) -> list[str]:
        lines: list[str] = []
        if state.turn:
            lines.append(self.say("turn", who=self.who(state.turn.who)))
            if state.turn.due:
                lines.append(self.say("due", due=self.due(state.turn.due)))
        lines += [self.ask(ask) for ask in state.asks.values()]
        return [*lines, self.say(state.outcome)] if state.outcome else lines

    def ask(self, ask: Ask) -> str:
        who = (IN_ORDER if ask.ordered else ", ").join(map(self.who, ask.parties))
        line = self.say("ask", label=self.of(ask.label), who=who)
        return f"{line}, {self.say('ask_due', due=self.due(ask.due))}" if ask.due else line

    def due(self, due: str | Due) -> str:
        """Say a due in words; for a named clock, what the clock allows."""
        if isinstance(due, str):
            clock = self.definition.clocks.get(due)
            return self.due(clock.due) if clock else due
        if isinstance(due, Budget):
            return self.days(due.unit, due.count)
        said = self.say(due.edge, name=self._source(due))
        if due.offset is None or isinstance(due.offset.count, str):
            return said
        count = self.days(due.offset.unit, abs(due.offset.count))
        return self.say("plus" if due.offset.count > 0 else "minus", due=said, count=count)

    def days(self, unit: str, count: int | str) -> str:
        """Say a number of days; of a figure that regulations set, what this definition says of it."""
        param = self.definition.params.get(count) if isinstance(count, str) else None
        if param is None:
            return self.say(f"one_{unit}") if count == 1 else self.say(unit, count=count)
        days = days_allowed(param)
        said = self.say(f"one_{unit}") if days == "1" else self.say(unit, count=days)
        return self.say("figure", days=said, label=self.of(param.label)) if param.label else said

    def _source(self, due: DueDate) -> str:
        if due.source == "movement":
            if due.name == OWN_MILESTONE:
                return self.say("own_milestone")
            named = self.labels.get(due.name)
            return self.say("milestone", name=self.of(named) if named else due.name)
        field = self.definition.fields.get(due.name)
        return self.of(field.label) if field and due.source == "field" else due.name

    def arrows(self, ways_back: Mapping[str, tuple[str, ...]]) -> list[Arrow]:
        """Gather all ways between states; several between the same two share one arrow."""
        lines_between: dict[tuple[str, str, Kind], dict[tuple[str, str], str]] = {}
        for state in self.definition.states.values():
            for action in state.actions.values():
                for way in action.alternatives:
                    for target, kind in _targets(way, state.name, ways_back.get(state.name, ())):
                        if target in self.definition.states:
                            line = (self.of(action.label), self._taker(way, kind))
                            lines_between.setdefault((state.name, target, kind), {})[line] = action.name
        return [
            Arrow(source, target, tuple(lines), kind, tuple(lines.values()))
            for (source, target, kind), lines in lines_between.items()
        ]

    def _taker(self, way: Alternative, kind: Kind) -> str:
        if kind == "opens":
            return BETWEEN.join(wording.say("opens", who=wording.who(way.by)) for wording in self.by_language)
        return self.who(way.by)

    def spoken(self, state: State, arrows: list[Arrow]) -> str:
        """Say a state with its arrows as text for a screen reader."""
        leads = [
            self.say("leads", action=f"{action} ({who})", state=self.of(self.definition.states[arrow.target].label))
            for arrow in arrows
            if arrow.source == state.name
            for action, who in arrow.lines
        ]
        return ". ".join([self.of(state.label), *self.lines(state), *leads])


def _targets(way: Alternative, here: str, back: tuple[str, ...]) -> list[tuple[str, Kind]]:
    targets: list[tuple[str, Kind]] = []
    if way.to == "back":
        targets += [(name, "back") for name in back]
    elif way.to:
        targets.append((way.to, "system" if way.by in ("system", "link") else "plain"))
    if way.open:
        # Where a case of another definition begins is not on this drawing.
        targets.append((way.open.at if way.open.definition is None else here, "opens"))
    return targets

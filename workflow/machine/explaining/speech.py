"""The words in which a definition is told: labels of states, fields, actions and facts, headings, tables.

Knows names and how they are written down, not which rules are told nor in which order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workflow.catalogue import Language
from workflow.machine.case import field_of
from workflow.machine.definition import Ask, Definition, Members, OpenCase, Param
from workflow.machine.drawing import Wording
from workflow.machine.explaining.conditions import condition, value
from workflow.machine.explaining.prose_messages import PROSE
from workflow.machine.expressions import Guard, Words
from workflow.machine.words import (
    NamingContext,
    actions_of,
    called,
    figure_in_words,
    keys_in_words,
    result_of,
    words_in,
    words_of,
)
from workflow.values import OPEN, Json, Text

ALL = "all"


@dataclass(frozen=True)
class Speech:
    """One definition in one language, with its context."""

    definition: Definition
    language: Language
    context: NamingContext

    @cached_property
    def wording(self) -> Wording:
        """The words that drawings use too."""
        return Wording(self.definition, self.language, self.context.labels)

    def of(self, text: Text) -> str:
        return self.wording.of(text)

    def say(self, key: str, **facts: object) -> str:
        return PROSE.say(key, self.language, **facts)

    def who(self, name: str) -> str:
        return self.wording.who(name)

    def all_of(self, names: Iterable[str]) -> str:
        return ", ".join(map(self.who, names))

    def state(self, name: str) -> str:
        return self.of(self.definition.states[name].label) if name in self.definition.states else name

    def field(self, name: str) -> str:
        if name == "comment":
            return self.say("comment")
        if name in self.definition.members:
            return self.list(name)
        field = field_of(self.definition, name)
        return self.of(field.label) if field else name

    def fields(self, names: Collection[str]) -> str:
        if ALL in names:
            return self.say("all_fields")
        return ", ".join(map(self.field, names))

    def action(self, name: str) -> str:
        known: Mapping[str, Text] = actions_of(self.definition)
        return self.of(known[name]) if name in known else self.say("opening") if name == OPEN else name

    def actions(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.action, names)))

    def working_days(self, count: int) -> str:
        return self.wording.days("wd", count)

    def guard(self, guard: Guard) -> str:
        return condition(guard, language=self.language, words=self.words)

    def result(self, guard: Guard, ask: Ask) -> str:
        """Say when a question comes to a result."""
        return condition(guard, language=self.language, words=words_in(self.definition, ask, self.context))

    def value(self, guard: Guard, *, field: str) -> str:
        """Say which value a field is set to."""
        return value(guard, language=self.language, words=self.words, like=field)

    def heading(self, key: str) -> Iterator[str]:
        yield f"## {self.say(key)}"
        yield ""

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
        names = [self.say(column) for column in columns]
        yield _line(names)
        yield _line(["---"] * len(names))
        yield from map(_line, rows)
        yield ""

    @cached_property
    def words(self) -> Words:
        """What people call the facts that guards read."""
        return words_of(self.definition, self.context)

    def clock(self, name: str) -> str:
        return self.of(called(self.definition.clocks[name]))

    def figure(self, name: str) -> str:
        return self.of(called(self.definition.params[name]))

    def keys(self, param: Param, keys: tuple[str, ...]) -> str:
        return " · ".join(map(self.of, keys_in_words(self.definition, param, keys, self.context)))

    def amount(self, param: Param, value: Json) -> str:
        return self.of(figure_in_words(self.definition, param, value, self.context))

    def reserve(self, name: str) -> str:
        return self.of(called(self.definition.reserves[name]))

    def list(self, name: str) -> str:
        """Name a list or a link that guards read; other links are called by their names."""
        part = self.definition.members.get(name) or self.definition.links.get(name)
        return self.of(called(part)) if part else name

    def outcome(self, ask: Ask, name: str) -> str:
        return self.of(result_of(ask, name))

    def kinds(self, listed: Members) -> str:
        """Name the definitions whose cases a list takes."""
        family = self.context.family
        return ", ".join(self.of(family[name].title) if name in family else name for name in listed.of)

    def opened(self, opens: OpenCase) -> tuple[str, str]:
        """Name the definition of a case that is opened, and the state it begins in."""
        name = opens.definition or self.definition.name
        law = self.definition if name == self.definition.name else self.context.family.get(name)
        state = law.states.get(opens.at) if law else None
        return self.of(law.title) if law else name, self.of(state.label) if state else opens.at

    def state_of_kin(self, listed: Members) -> str:
        """Name the state in which a case may be put on a list, as its own definition calls it."""
        labels = (
            definition.states[listed.at].label
            for definition in self.context.kin(listed)
            if listed.at in definition.states
        )
        return next(map(self.of, labels), listed.at)

    def action_of_kin(self, link: str, name: str) -> str:
        """Name an act that cases of a list are given, as their own definitions call it."""
        listed = self.definition.members.get(link)
        kin = self.context.kin(listed) if listed else (self.definition,)
        labels = (actions[name] for actions in map(actions_of, kin) if name in actions)
        return next(map(self.of, labels), name)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"

"""What the telling of a definition says things with: labels of states, fields, actions and facts, headings, tables.

Knows names and how they are written down, not which rules are told nor in which order. Called by `explaining_rules` and
`explaining_steps`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from workflow.machine.definition import Ask, Definition
from workflow.machine.drawing_words import Wording
from workflow.machine.explaining_guards import condition, value
from workflow.machine.explaining_words import PROSE
from workflow.machine.expressions import Guard, Language, Words
from workflow.machine.giving import field_of
from workflow.machine.naming import actions_of, words_in, words_of
from workflow.values import OPEN, Text

ALL = "all"


@dataclass(frozen=True)
class Speech:
    """One definition in one language; `labels` are those of roles and milestones, by their names."""

    definition: Definition
    language: Language
    labels: Mapping[str, Text]

    @cached_property
    def wording(self) -> Wording:
        """The words that drawings use too."""
        return Wording(self.definition, self.language, self.labels)

    def of(self, text: Text) -> str:
        return self.wording.of(text)

    def say(self, key: str, **facts: object) -> str:
        return self.of(PROSE[key]).format_map(facts)

    def who(self, name: str) -> str:
        return self.wording.who(name)

    def all_of(self, names: Iterable[str]) -> str:
        return ", ".join(map(self.who, names))

    def state(self, name: str) -> str:
        return self.of(self.definition.states[name].label) if name in self.definition.states else name

    def field(self, name: str) -> str:
        if name == "comment":
            return self.say("comment")
        found = field_of(self.definition, name)
        return self.of(found.label) if found else name

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
        return condition(guard, language=self.language, words=words_in(self.definition, ask))

    def value(self, guard: Guard) -> str:
        return value(guard, language=self.language, words=self.words)

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
        """What people call the facts that guards read, milestones by the labels that are kept of them."""
        words = words_of(self.definition)
        milestones = {f"movement.{name}": _milestone(label) for name, label in self.labels.items()}
        known = {path: label for path, label in milestones.items() if path in words.labels}
        return replace(words, labels={**words.labels, **known})


def _milestone(label: Text) -> Text:
    return Text(PROSE["milestone"].vi.format(name=label.vi), PROSE["milestone"].en.format(name=label.en))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"

"""What the telling of a definition says things with: labels of states, fields, actions and facts, headings, tables.

Knows names and how they are written down, not which rules are told nor in which order. Called by `explaining_rules` and
`explaining_steps`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workflow.machine.definition import Definition
from workflow.machine.drawing_words import Wording
from workflow.machine.explaining_guards import condition
from workflow.machine.explaining_words import PROSE
from workflow.machine.expressions import Guard, Language
from workflow.machine.giving import field_of
from workflow.machine.reasons import actions_of, labels_of
from workflow.values import OPEN, OWN_MILESTONE, Text

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
        return condition(guard, language=self.language, labels=self.fact_labels, dates=self.dates)

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
    def fact_labels(self) -> Mapping[str, Text]:
        """What people call the facts that guards read."""
        labels = labels_of(self.definition)
        read = (name for one in self.definition.members.values() for name in one.reads)
        labels |= {name: Text(name, name) for name in (*read, *self.definition.params)}
        labels |= {f"movement.{edge}": PROSE[edge] for edge in ("begins", "ends")}
        labels |= {f"movement.{OWN_MILESTONE}": PROSE["own_milestone"]}
        labels |= {f"movement.{name}": _filled("milestone", name=label) for name, label in self.labels.items()}
        for state in self.definition.states.values():
            for ask in state.asks.values():
                labels |= {
                    f"{party}.{answer.name}": _filled("answers_of", answer=answer.label, party=party)
                    for party in ask.by_name
                    for answer in ask.answers
                }
                results = (name for name, _ in ask.result)
                labels |= {f"{ask.name}.{name}": _filled("answered", ask=ask.label, what=name) for name in results}
        return labels

    @cached_property
    def dates(self) -> frozenset[str]:
        """The facts that are days."""
        fields = (field.name for field in self.definition.fields.values() if field.type == "date")
        return frozenset({"today", *fields, *(name for name in self.fact_labels if name.startswith("movement."))})


def _filled(key: str, **facts: Text | str) -> Text:
    def side(position: int) -> dict[str, str]:
        return {name: fact if isinstance(fact, str) else fact[position] for name, fact in facts.items()}

    return Text(PROSE[key].vi.format_map(side(0)), PROSE[key].en.format_map(side(1)))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"

"""A definition told as prose and tables for those who must agree to it: who, what, by when, what is forbidden.

Knows in which order a reader wants the rules; words are `explaining_words`', conditions `explaining_guards`'. Gives
Markdown, the same for the same definition. Called by `trinh definitions explain`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflow.catalogue import Language
from workflow.machine.case import chasers, link_of
from workflow.machine.definition import (
    ESCALATE_TO,
    TURN,
    Clock,
    Definition,
    EscalationStep,
    Field,
    Members,
    Param,
    Party,
    Start,
)
from workflow.machine.explaining.prose_messages import KINDS
from workflow.machine.explaining.speech import Speech
from workflow.machine.explaining.state_sections import Steps
from workflow.machine.words import NOTHING_AROUND, Around

_RELATIONS: Mapping[str, str] = {
    "unit": "at_unit",
    "above unit": "above_unit",
    "block": "at_block",
    "line": "at_line",
    "province": "at_province",
}
FIELD = "field:"
_TEXTS = ("text", "long_text")


def explain(definition: Definition, *, language: Language, around: Around = NOTHING_AROUND) -> str:
    """Tell the rules of a definition as Markdown, with what is known around it."""
    speech = Speech(definition, language, around)
    rules = _Rules(speech)
    parts = (
        rules.opening(),
        rules.people(),
        rules.external(),
        Steps(speech).told(),
        rules.separate(),
        rules.deadlines(),
        rules.lists(),
        rules.links(),
    )
    return "\n".join(line for part in (*parts, rules.form(), rules.params()) for line in part).rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class _Rules:
    speech: Speech

    def opening(self) -> Iterator[str]:
        definition = self.speech.definition
        yield f"# {self.speech.of(definition.title)}"
        yield ""
        if definition.purpose:
            yield self.speech.of(definition.purpose)
            yield ""
        yield self.speech.say("basis", basis=definition.basis) if definition.basis else self.speech.say("no_basis")
        days = (("from_day", definition.valid_from), ("to_day", definition.valid_to))
        span = " ".join(self.speech.say(edge, day=day) for edge, day in days if day)
        if span:
            yield self.speech.say("valid", span=span)
        mark = "- " if len(definition.starts) > 1 else ""
        if mark:
            yield ""
            yield self.speech.say("opened_first")
            yield ""
        yield from (mark + self.opened(start) for start in definition.starts)
        yield ""

    def opened(self, start: Start) -> str:
        key = f"opens_{start.by}" if start.by in ("movement", "link") else "opens_people"
        said = self.speech.say(key, state=self.speech.state(start.to), who=self.speech.who(start.by))
        return f"{said} {self.speech.say('only_if', guard=self.speech.guard(start.when))}" if start.when else said

    def people(self) -> Iterator[str]:
        yield from self.speech.heading("people")
        rows = (
            (self.speech.who(party.name), self.place(party), self.nobody(party))
            for party in self.speech.definition.people.values()
        )
        yield from self.speech.table(("role", "place", "nobody"), rows)

    def external(self) -> Iterator[str]:
        """Tell who is waited for without an account, and who records their answers."""
        definition = self.speech.definition
        if not definition.external:
            return
        yield from self.speech.heading("external")
        yield self.speech.say("external_rule")
        yield ""
        for name, label in definition.external.items():
            states = [state.name for state in definition.states.values() if state.turn and state.turn.who == name]
            recorders = dict.fromkeys(who for state in states for who in chasers(definition, state))
            yield f"- {self.speech.say('recorded', who=self.speech.of(label), by=self.speech.all_of(recorders))}"
        yield ""

    def separate(self) -> Iterator[str]:
        yield from self.speech.heading("separate_heading")
        if not self.speech.definition.separate:
            yield self.speech.say("own_only")
            yield ""
            return
        yield self.speech.say("separate")
        yield ""
        yield from (f"- {' · '.join(self.speech.actions(group))}" for group in self.speech.definition.separate)
        yield ""

    def deadlines(self) -> Iterator[str]:
        yield from self.speech.heading("late_heading")
        clocks = self.speech.definition.clocks.values()
        if clocks:
            yield from self.speech.table(("clock", "allows", "starts", "stops", "again"), map(self.clock_row, clocks))
        if self.speech.definition.escalation:
            yield from self.speech.table(("moment", "told"), map(self.step_row, self.speech.definition.escalation))
        if not clocks and not self.speech.definition.escalation:
            yield self.speech.say("no_deadlines")
            yield ""

    def lists(self) -> Iterator[str]:
        """Tell which cases may be put on which list."""
        if not self.speech.definition.members:
            return
        yield from self.speech.heading("lists")
        rows = (
            (
                self.speech.list(one.name),
                self.speech.kinds(one),
                self.speech.state_of_kin(one),
                "; ".join(self.terms(one)) or self.speech.say("always"),
            )
            for one in self.speech.definition.members.values()
        )
        yield from self.speech.table(("list", "of", "while", "when"), rows)
        for one in self.speech.definition.members.values():
            if one.order == "one":
                yield self.speech.say("one_by_one", list=self.speech.list(one.name))
                yield ""

    def terms(self, one: Members) -> Iterator[str]:
        if one.within:
            yield self.speech.say(f"within_{one.within}")
        if one.where:
            yield self.speech.guard(one.where)

    def links(self) -> Iterator[str]:
        """Tell which linked cases count here, and what is read of them."""
        if not self.speech.definition.links:
            return
        yield from self.speech.heading("links")
        rows = (
            (
                self.speech.list(one.name),
                self.speech.say("linked_from" if one.link.startswith("~") else "linked_to"),
                ", ".join(one.reads) or self.speech.say("only_state"),
            )
            for one in self.speech.definition.links.values()
        )
        yield from self.speech.table(("list", "which", "read"), rows)

    def form(self) -> Iterator[str]:
        if not self.speech.definition.fields:
            return
        yield from self.speech.heading("form")
        rows = (
            (
                self.speech.of(field.label),
                self.kind(field),
                self.requirement(field),
                ", ".join(self.given_with(field.name)),
            )
            for field in self.speech.definition.fields.values()
        )
        yield from self.speech.table(("field", "kind", "rule", "at"), rows)

    def params(self) -> Iterator[str]:
        if not self.speech.definition.params:
            return
        yield from self.speech.heading("params")
        rows = (
            (self.speech.figure(param.name), "; ".join(self.figures(param)), param.source)
            for param in self.speech.definition.params.values()
        )
        yield from self.speech.table(("figure", "value", "source"), rows)

    def place(self, party: Party) -> str:
        place = party.place
        if party.lookup:
            return self.speech.say("looked_up", param=self.speech.figure(party.lookup))
        if place.relation in _RELATIONS:
            return self.speech.say(_RELATIONS[place.relation])
        link = link_of(place)
        if link:
            return self.speech.say("at_link", link=self.speech.list(link.removeprefix("~")))
        return self.speech.say("at_field", field=self.speech.field(place.relation.removeprefix(FIELD)))

    def nobody(self, party: Party) -> str:
        if party.fallback:
            return self.speech.who(party.fallback)
        return self.speech.say("skipped") if party.skip else self.speech.say("administrators")

    def clock_row(self, clock: Clock) -> tuple[str, ...]:
        again = self.speech.say(clock.again)
        for action, field in clock.extend.items():
            said = {"action": self.speech.action(action), "field": self.speech.field(field)}
            again += f"; {self.speech.say('extended', **said)}"
        due = self.speech.wording.due(clock.due)
        return self.speech.clock(clock.name), due, self.listed(clock.starts), self.listed(clock.stops), again

    def listed(self, actions: tuple[str, ...]) -> str:
        return ", ".join(self.speech.actions(actions)) or self.speech.say("always")

    def step_row(self, step: EscalationStep) -> tuple[str, ...]:
        key = "step_before" if step.after < 0 else "step_after" if step.after else "step_at"
        named = self.speech.say(f"step_{step.who}") if step.who in (TURN, ESCALATE_TO) else self.speech.who(step.who)
        if step.repeats_after:
            return self.speech.say("step_every", count=self.speech.working_days(step.repeats_after)), named
        return self.speech.say(key, count=self.speech.working_days(abs(step.after))), named

    def kind(self, field: Field) -> str:
        return self.speech.of(KINDS[field.type])

    def requirement(self, field: Field) -> str:
        return "; ".join(self.limits(field)) or self.speech.say("always")

    def limits(self, field: Field) -> Iterator[str]:
        unit = "_rows" if field.type == "table" else "_letters" if field.type in _TEXTS else ""
        if field.min is not None:
            yield self.speech.say(f"least{unit}", min=field.min)
        if field.max is not None:
            yield self.speech.say(f"most{unit}", max=field.max)
        if field.origin:
            yield self.speech.say("from_external", who=self.speech.of(self.speech.definition.external[field.origin]))
        elif field.numbered:
            yield self.speech.say("numbered")
        if field.of:
            yield self.speech.say("options", options=", ".join(map(self.speech.of, field.of.values())))
        if field.columns:
            yield self.speech.say("columns", columns=", ".join(map(self.column, field.columns.values())))

    def column(self, column: Field) -> str:
        return f"{self.speech.of(column.label)} ({self.kind(column)})"

    def given_with(self, name: str) -> Iterator[str]:
        seen = {
            (self.speech.of(action.label), self.speech.of(state.label))
            for state in self.speech.definition.states.values()
            for action in state.actions.values()
            for way in action.alternatives
            if name in way.requires
        }
        yield from (f"{action} (“{state}”)" for action, state in sorted(seen))

    def figures(self, param: Param) -> Iterator[str]:
        for keys, value in param.values.items():
            yield self.speech.say("by_keys", keys=self.speech.keys(param, keys), value=self.speech.amount(param, value))
        if param.otherwise is not None:
            amount = self.speech.amount(param, param.otherwise)
            yield self.speech.say("else", value=amount) if param.values else amount

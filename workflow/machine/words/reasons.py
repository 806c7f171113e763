"""Why not, in words: a Reason of the machine as a sentence, Vietnamese or English.

A reason is a code with facts, its sentence stands in `reason_messages`; what people call the facts (labels of fields,
states, actions, options) comes from the definition, without which names stay as they are. Knows no rule.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from workflow.catalogue import Language, fact_in_words, in_language
from workflow.machine.calendar import instant_of
from workflow.machine.case import field_of
from workflow.machine.definition import Definition, Field
from workflow.machine.expressions import Clause, Row, Side, Words, in_words
from workflow.machine.words.naming import NO_CONTEXT, NamingContext, actions_of, called, words_of
from workflow.machine.words.reason_messages import ASKS, REASONS, SHARING
from workflow.values import COUNT, Json, Reason, Text

GUARDED = ("unmet", "warning")
"""The codes whose sentences tell what a guard requires: only these need the context of the definition."""
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def sentence(
    reason: Reason, *, language: Language, definition: Definition | None = None, context: NamingContext = NO_CONTEXT
) -> str:
    """Say a reason as a sentence; `context` is what is known of other definitions, roles and milestones."""
    if reason.code in GUARDED:
        named = words_of(definition, context) if definition else Words({})
        return REASONS.say(reason.code, language, clause=in_words(clause_of(reason.facts), language, named))
    wording = _Wording(reason, definition, language)
    words = {name: wording.fact(name, value) for name, value in reason.facts.items()}
    return REASONS.say(reason.code, language, **words)


def clause_of(facts: Mapping[str, Json]) -> Clause:
    """Read back a clause that a guard wrote into a Reason."""
    sides = cast("list[dict[str, Json]]", facts["sides"])
    parts = cast("list[dict[str, Json]]", facts["parts"])
    return Clause(
        cast("str", facts["code"]),
        cast("int", facts["start"]),
        cast("int", facts["end"]),
        tuple(map(_side_of, sides)),
        tuple(map(clause_of, parts)),
        Row(*cast("tuple[str, str, int | str]", facts["row"])) if "row" in facts else None,
    )


def _side_of(side: Mapping[str, Json]) -> Side:
    source, fact = cast("str", side["source"]), cast("str | None", side["fact"])
    return Side(source, fact, _value(side["value"]), side["constant"] is True)


def _value(value: Json) -> object:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value


def _counts_of(definition: Definition) -> dict[str, Text]:
    """Map every count of an ask on paper to what it is called."""
    asks = [ask for state in definition.states.values() for ask in state.asks.values() if ask.paper]
    return {COUNT + ask.name: ASKS.text("count", ask=ask.label) for ask in asks}


def action_label(definition: Definition, name: str, *, was: str) -> Text | None:
    """Return what an action is called in the state it was done in, else where it stands first; None if nowhere."""
    if name in SHARING:
        return SHARING[name]
    if name.startswith(COUNT):
        return _counts_of(definition).get(name)
    state = definition.states.get(was)
    action = state.actions.get(name) if state else None
    return action.label if action else actions_of(definition).get(name)


@dataclass(frozen=True, slots=True)
class _Wording:
    """The facts of one reason as words."""

    reason: Reason
    definition: Definition | None
    language: Language

    def fact(self, name: str, value: Json) -> object:
        if value is None or isinstance(value, list):
            return value and [self.fact(name, item) for item in value]
        text = str(value)
        if name == "why":
            inner = {key: fact for key, fact in self.reason.facts.items() if key != "why"}
            return sentence(Reason(text, inner), language=self.language, definition=self.definition)
        if name == "at" and isinstance(value, str):
            return fact_in_words(instant_of(value).date(), self.language)
        if _ISO_DAY.fullmatch(text):
            return fact_in_words(date.fromisoformat(text), self.language)
        label = self.labels(name).get(text) if self.definition else None
        return in_language(label, self.language) if label else text

    def labels(self, name: str) -> Mapping[str, Text]:
        definition, field = cast("Definition", self.definition), self.field
        match name:
            case "state":
                return {state.name: state.label for state in definition.states.values()}
            case "action":
                return {**actions_of(definition), **self.actions_here(definition), **_counts_of(definition), **SHARING}
            case "field":
                return {field.name: field.label} if field else {"answer": ASKS["answer"]}
            case "column":
                return {column.name: column.label for column in field.columns.values()} if field else {}
            case "ask":
                return {name: ask.label for state in definition.states.values() for name, ask in state.asks.items()}
            case "allowed":
                return self.options()
            case "name" | "param":
                params = {name: called(param) for name, param in definition.params.items()}
                return params | {name: called(reserve) for name, reserve in definition.reserves.items()}
        return {}

    def actions_here(self, definition: Definition) -> Mapping[str, Text]:
        """The labels of actions in the state that the reason names: elsewhere an action may have another label."""
        state = definition.states.get(str(self.reason.facts.get("state")))
        return {action.name: action.label for action in state.actions.values()} if state else {}

    @property
    def field(self) -> Field | None:
        return field_of(self.definition, self.reason.field) if self.definition and self.reason.field else None

    def options(self) -> Mapping[str, Text]:
        field, column = self.field, self.reason.facts.get("column")
        if field is not None and isinstance(column, str):
            field = field.columns.get(column)
        return field.of if field else {}

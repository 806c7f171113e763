"""What people call the facts that the guards of a definition read, and the values of these facts.

From the labels of fields, options, actions and asks, with the words of `naming_messages`; facts of the cases on a list
from the definitions of these cases, where the context has them. Knows no guard's answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from workflow.machine.case import COMMENT
from workflow.machine.definition import Ask, Clock, Definition, Members, Param, Readable, Reserve, guards_of
from workflow.machine.expressions import UNITS, Words
from workflow.machine.words.naming_messages import CALLS, NOMINEES, OUTCOMES, RESULTS, WORDS
from workflow.values import OWN_MILESTONE, Text

_KEPT = 256
"""Definitions whose words are cached: words follow from the definition and its context."""
_MOVEMENT = "movement."
_INPUTS = ("first", "second")


@dataclass(frozen=True, slots=True)
class NamingContext:
    """What a definition does not say itself: other definitions, and labels of roles and milestones, all by name."""

    family: Mapping[str, Definition] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)

    def kin(self, listed: Members | Readable) -> tuple[Definition, ...]:
        """The definitions that the cases of a list may be of, as far as they are known; for linked cases, none."""
        kinds = listed.of if isinstance(listed, Members) else ()
        return tuple(self.family[name] for name in kinds if name in self.family)


NO_CONTEXT = NamingContext()


def words_of(definition: Definition, context: NamingContext = NO_CONTEXT) -> Words:
    """Collect what people call the facts of a definition."""
    kin = tuple((name, context.kin(listed)) for name, listed in definition.members.items())
    called = {*(party.place.role for party in definition.people.values()), *_milestones(definition)}
    labels = frozenset((name, context.labels[name]) for name in called if name in context.labels)
    return _words_of(definition, kin, labels)


@lru_cache(maxsize=_KEPT)
def _words_of(
    definition: Definition, kin: tuple[tuple[str, tuple[Definition, ...]], ...], labels: frozenset[tuple[str, Text]]
) -> Words:
    known, known_labels = dict(kin), dict(labels)
    facts = [*_fields(definition), *_params(definition), *_reads(definition, known)]
    named: dict[str, Text] = {"today": WORDS["today"], "comment": COMMENT.label}
    named |= {fact.path: fact.label for fact in facts}
    named |= _sizes(definition) | _nominees(definition) | _asks(definition) | _calls(definition, known_labels)
    movement = {_MOVEMENT + name: _milestone(name, known_labels) for name in _milestones(definition)}
    options: dict[str, Mapping[str, Text]] = {path: NOMINEES for path in named if path.endswith(".kind")}
    options |= {path: OUTCOMES for path in named if path.endswith(".outcome")}
    options |= {fact.path: fact.options for fact in facts if fact.options}
    units = {fact.path: fact.type for fact in facts if fact.type in UNITS}
    dates = {"today", *(fact.path for fact in facts if fact.type == "date")}
    cases = frozenset((*definition.members, *definition.links))
    return Words(named | movement, options, units, frozenset(dates | movement.keys()), cases)


def words_in(definition: Definition, ask: Ask, context: NamingContext = NO_CONTEXT) -> Words:
    """Collect what people call the facts of a definition and the counts of one of its asks, as a result reads them."""
    words = words_of(definition, context)
    counted = dict(_counts(ask)) | {
        f"{party}.{name}": WORDS.text("of_party", what=label, party=party_of(definition, party, context.labels))
        for party in ask.by_name
        for name, label in _counts(ask)
    }
    return replace(words, labels={**words.labels, **counted})


def actions_of(definition: Definition) -> dict[str, Text]:
    """Map every action of a definition to its label, where it stands first."""
    labels: dict[str, Text] = {}
    for state in definition.states.values():
        for action in state.actions.values():
            labels.setdefault(action.name, action.label)
    return labels


def called(part: Param | Clock | Members | Readable | Reserve) -> Text:
    """Return what people call a part: its label or, without one, its name."""
    return part.label or Text(part.name, part.name)


def result_of(ask: Ask, name: str) -> Text:
    """Return what people call a result of an ask."""
    return ask.called.get(name) or RESULTS.get(name, Text(name, name))


def party_of(definition: Definition, name: str, labels: Mapping[str, Text]) -> Text:
    """Return what people call a name under `people` or an external party: its role's label, where that is known."""
    if name in definition.external:
        return definition.external[name]
    party = definition.people.get(name)
    return labels.get(party.place.role, Text(name, name)) if party else Text(name, name)


@dataclass(frozen=True, slots=True)
class _Named:
    """A fact: its path, what it is called, its type, what its values are called."""

    path: str
    label: Text
    type: str
    options: Mapping[str, Text] = field(default_factory=dict)


def _fields(definition: Definition) -> Iterator[_Named]:
    for form_field in definition.fields.values():
        yield _Named(form_field.name, form_field.label, form_field.type, form_field.of)
        for column in form_field.columns.values():
            yield _Named(f"{form_field.name}.{column.name}", column.label, column.type, column.of)


def _params(definition: Definition) -> Iterator[_Named]:
    for param in definition.params.values():
        yield _Named(param.name, WORDS.text("figure", name=called(param)), param.type)


def _reads(definition: Definition, known: Mapping[str, tuple[Definition, ...]]) -> Iterator[_Named]:
    """Go through what is read of the cases of lists and links, called as their own definitions call it."""
    several: tuple[Members | Readable, ...] = (*definition.members.values(), *definition.links.values())
    for listed in several:
        key = "list" if listed.name in definition.members else "linked"
        yield _Named(listed.name, WORDS.text(key, name=called(listed)), "list")
        kin = known.get(listed.name, ())
        for name, kind in listed.reads.items():
            theirs = [law.fields[name] for law in kin if name in law.fields]
            options = {option: label for field in reversed(theirs) for option, label in field.of.items()}
            yield _Named(f"{listed.name}.{name}", theirs[0].label if theirs else Text(name, name), kind, options)
        states = {
            state.name: state.label
            for linked_definition in reversed(kin)
            for state in linked_definition.states.values()
        }
        for name in ("state", "outcome", "settled"):
            yield _Named(f"{listed.name}.{name}", WORDS[name], "text", states if name == "state" else {})


def _sizes(definition: Definition) -> dict[str, Text]:
    texts = {
        f"size({field.name})": WORDS.text("length", of=field.label)
        for field in definition.fields.values()
        if field.type in ("text", "long_text")
    }
    tables = {
        f"size({field.name})": WORDS.text("rows", of=field.label)
        for field in definition.fields.values()
        if field.type == "table"
    }
    only = "cases_on_the_list" if len(definition.members) == 1 else "cases_on_list"
    lists = {f"size({members.name})": WORDS.text(only, name=called(members)) for members in definition.members.values()}
    linked = {f"size({link.name})": WORDS.text("cases_linked", name=called(link)) for link in definition.links.values()}
    return texts | tables | lists | linked


def _nominees(definition: Definition) -> dict[str, Text]:
    fields = [field for field in definition.fields.values() if field.type == "nominee"]
    return {
        f"{field.name}.{part}": WORDS.text(f"nominee_{part}", of=field.label) for field in fields for part in _PARTS
    }


_PARTS = ("kind", "name")


def _asks(definition: Definition) -> dict[str, Text]:
    labels: dict[str, Text] = {}
    for ask in (ask for state in definition.states.values() for ask in state.asks.values()):
        for name, label in _counts(ask):
            labels[f"{ask.name}.{name}"] = WORDS.text("of_ask", what=label, ask=ask.label)
        for name, _ in ask.result:
            labels[f"{ask.name}.{name}"] = WORDS.text("result", ask=ask.label, name=result_of(ask, name))
        labels[f"{ask.name}.closed"] = WORDS.text("closed", ask=ask.label)
    return labels


def _counts(ask: Ask) -> Iterator[tuple[str, Text]]:
    yield from ((name, WORDS[name]) for name in ("members", "voted"))
    if ask.scored:
        yield from ((name, WORDS[name]) for name in ("sum", "least", "most"))
        return
    yield from ((answer.name, WORDS.text("answers", answer=answer.label)) for answer in ask.answers)


def _calls(definition: Definition, known_labels: Mapping[str, Text]) -> dict[str, Text]:
    """Say in words the facts that guards of a definition read by calls, such as `times(sign)`."""
    known: dict[str, Text] = {form_field.name: form_field.label for form_field in definition.fields.values()}
    known |= actions_of(definition)
    known |= {clock.name: WORDS.text("clock", name=called(clock)) for clock in definition.clocks.values()}
    known |= {name: WORDS.text("party", name=party_of(definition, name, known_labels)) for name in definition.people}
    known["turn"] = WORDS["turn"]
    labels: dict[str, Text] = {}
    for path in {path for guard in guards_of(definition) for path in guard.reads}:
        name, _, written = path.removesuffix(")").partition("(")
        inputs = [known.get(given, WORDS.text("party", name=given)) for given in written.split(",")]
        code = "changed since" if name == "changed" and len(inputs) > 1 else name
        if written and code in CALLS:
            labels[path] = CALLS.text(code, **dict(zip(_INPUTS, inputs, strict=False)))
    return labels


def _milestones(definition: Definition) -> frozenset[str]:
    read = {path for guard in guards_of(definition) for path in guard.reads if path.startswith(_MOVEMENT)}
    return frozenset(path.removeprefix(_MOVEMENT) for path in read)


def _milestone(name: str, known_labels: Mapping[str, Text]) -> Text:
    own = {"begins": WORDS["begins"], "ends": WORDS["ends"], OWN_MILESTONE: WORDS["own_milestone"]}
    return own.get(name) or WORDS.text("milestone", name=known_labels.get(name, name))

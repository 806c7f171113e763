"""What people call the facts that the guards of a definition read, and the values of these facts.

From the labels of fields, options, actions and asks, the words of `naming_words` around them. Knows no guard's answer.
Called by `reasons` for what is not met, and by `explaining_speech` for conditions told before any case is there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from workflow.machine.definition import Ask, Definition, FieldType, Members, Readable, guards_of
from workflow.machine.expressions import Words
from workflow.machine.giving import COMMENT
from workflow.machine.naming_words import CALLS, NOMINEES, OUTCOMES, UNITS, WORDS
from workflow.values import OWN_MILESTONE, Text

_KEPT = 256
"""Definitions whose words are kept: they follow from the definition alone."""


@lru_cache(maxsize=_KEPT)
def words_of(definition: Definition) -> Words:
    """Collect what people call the facts of a definition."""
    labels: dict[str, Text] = {"today": WORDS["today"], "comment": COMMENT.label}
    options: dict[str, Mapping[str, Text]] = {}
    units: dict[str, Text] = {}
    dates = {"today"}
    typed = [*_fields(definition), *_params(definition), *_reads(definition)]
    for path, label, kind, of in typed:
        labels[path] = label
        options |= {path: of} if of else {}
        units |= {path: UNITS[kind]} if kind in UNITS else {}
        dates |= {path} if kind == "date" else set()
    labels |= _sizes(definition) | _nominees(definition) | _asks(definition) | _calls(definition)
    options |= {path: NOMINEES for path in labels if path.endswith(".kind") and path not in options}
    options |= {path: OUTCOMES for path in labels if path.endswith(".outcome")}
    movement = _movement(definition)
    cases = frozenset((*definition.members, *definition.links))
    return Words(labels | movement, options, units, frozenset(dates | movement.keys()), cases)


def words_in(definition: Definition, ask: Ask) -> Words:
    """Collect what people call the facts of a definition and the counts of one of its asks, as a result reads them."""
    words = words_of(definition)
    counted = dict(_counts(ask)) | {
        f"{party}.{name}": _filled("of_party", what=label, party=party)
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


Named = tuple[str, Text, FieldType | str, Mapping[str, Text]]
"""A fact: its path, what it is called, its type, its options."""


def _fields(definition: Definition) -> Iterator[Named]:
    for field in definition.fields.values():
        yield field.name, field.label, field.type, field.of
        for column in field.columns.values():
            yield f"{field.name}.{column.name}", column.label, column.type, column.of


def _params(definition: Definition) -> Iterator[Named]:
    for param in definition.params.values():
        yield param.name, _filled("figure", name=param.name), param.type, {}


def _reads(definition: Definition) -> Iterator[Named]:
    """Go through what is read of the cases of lists and links: these are called what their names say."""
    several: tuple[Members | Readable, ...] = (*definition.members.values(), *definition.links.values())
    for listed in several:
        key = "list" if listed.name in definition.members else "linked"
        yield listed.name, _filled(key, name=listed.name), "list", {}
        for name, kind in listed.reads.items():
            yield f"{listed.name}.{name}", Text(name, name), kind, {}
        for name in ("state", "outcome", "settled"):
            yield f"{listed.name}.{name}", WORDS[name], "text", {}


def _sizes(definition: Definition) -> dict[str, Text]:
    texts = {
        f"size({field.name})": _filled("length", of=field.label)
        for field in definition.fields.values()
        if field.type in ("text", "long_text")
    }
    tables = {
        f"size({field.name})": _filled("rows", of=field.label)
        for field in definition.fields.values()
        if field.type == "table"
    }
    only = "cases_on_the_list" if len(definition.members) == 1 else "cases_on_list"
    lists = {f"size({name})": _filled(only, name=name) for name in definition.members}
    return texts | tables | lists | {f"size({name})": _filled("cases_linked", name=name) for name in definition.links}


def _nominees(definition: Definition) -> dict[str, Text]:
    fields = [field for field in definition.fields.values() if field.type == "nominee"]
    return {f"{field.name}.{part}": _filled(f"nominee_{part}", of=field.label) for field in fields for part in _PARTS}


_PARTS = ("kind", "name")


def _asks(definition: Definition) -> dict[str, Text]:
    labels: dict[str, Text] = {}
    for ask in (ask for state in definition.states.values() for ask in state.asks.values()):
        labels |= {f"{ask.name}.{name}": _filled("of_ask", what=label, ask=ask.label) for name, label in _counts(ask)}
        labels |= {f"{ask.name}.{name}": _filled("result", ask=ask.label, name=name) for name, _ in ask.result}
        labels[f"{ask.name}.closed"] = _filled("closed", ask=ask.label)
    return labels


def _counts(ask: Ask) -> Iterator[tuple[str, Text]]:
    yield from ((name, WORDS[name]) for name in ("members", "voted"))
    if ask.scored:
        yield from ((name, WORDS[name]) for name in ("sum", "least", "most"))
        return
    yield from ((answer.name, _filled("answers", answer=answer.label)) for answer in ask.answers)


@lru_cache(maxsize=_KEPT)
def _calls(definition: Definition) -> dict[str, Text]:
    """Say in words the facts with names in brackets that guards of a definition read."""
    called: dict[str, Text] = {name: field.label for name, field in definition.fields.items()}
    called |= actions_of(definition)
    called |= {name: _filled("clock", name=name) for name in definition.clocks}
    called["turn"] = WORDS["turn"]
    labels: dict[str, Text] = {}
    for path in {path for guard in guards_of(definition) for path in guard.reads}:
        name, _, written = path.removesuffix(")").partition("(")
        inputs = [called.get(given, _filled("party", name=given)) for given in written.split(",")]
        words = CALLS.get("changed since" if name == "changed" and len(inputs) > 1 else name)
        if written and words:
            labels[path] = Text(
                words.vi.format(*(given.vi for given in inputs)), words.en.format(*(given.en for given in inputs))
            )
    return labels


def _movement(definition: Definition) -> dict[str, Text]:
    read = {path for guard in guards_of(definition) for path in guard.reads if path.startswith("movement.")}
    named = {path: path.removeprefix("movement.") for path in read}
    own = {"begins": WORDS["begins"], "ends": WORDS["ends"], OWN_MILESTONE: WORDS["own_milestone"]}
    return {path: own.get(name) or _filled("milestone", name=name) for path, name in named.items()}


def _filled(key: str, **facts: Text | str) -> Text:
    def side(position: int) -> dict[str, str]:
        return {name: fact if isinstance(fact, str) else fact[position] for name, fact in facts.items()}

    return Text(WORDS[key].vi.format_map(side(0)), WORDS[key].en.format_map(side(1)))

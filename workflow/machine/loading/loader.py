"""From the text of a definition to its frozen value, or to all its faults at once.

The door of a definition: whoever has a text (a shipped file, an editor, a published row) comes here, and nothing
else reads YAML. Knows the order in which the parts need each other; each part is read by a module of its own, and
whether the whole makes sense is `checking`'s question.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.machine.definition import (
    Clock,
    Definition,
    DefinitionFaults,
    Field,
    FindingReport,
    Members,
    Param,
    Party,
    Readable,
    Reserve,
)
from workflow.machine.expressions import Environment
from workflow.machine.loading.cursor import Cursor
from workflow.machine.loading.earlier_editions import EDITION, in_todays_words
from workflow.machine.loading.guards import environment_of
from workflow.machine.loading.members import links_of, members_of, reserves_of
from workflow.machine.loading.nouns import external_of, fields_of, params_of, people_of, separate_of
from workflow.machine.loading.states import Declared, starts_of, states_of
from workflow.machine.loading.times import clocks_of, escalation_of
from workflow.machine.loading.yaml_nodes import ListNode, MapNode, Node, ScalarNode, compose, normalised
from workflow.values import Text

MOVEMENT = "movement"


def load(source: str | bytes, *, path: str = "", edition: int = EDITION) -> Definition:
    """Load a definition; raises DefinitionFaults with every fault and its place. `path` only names the file.

    A text out of the record is read as one of the edition that it was published in; all else is of today's.
    """
    text = normalised(source, path=path)
    report = FindingReport()
    node = compose(text, report)
    definition = _definition(text, Cursor(in_todays_words(node, edition=edition), "", report)) if node else None
    if report.faults or definition is None:
        raise DefinitionFaults(report.faults, path=path)
    return definition


def hash_of(text: str) -> str:
    """Return the identity of a definition: SHA-256 of its normalised text, in hex."""
    return hashlib.sha256(normalised(text, path="").encode()).hexdigest()


def _definition(text: str, cursor: Cursor) -> Definition:
    parts = cursor.parts("definition")
    members = members_of(parts["members"]) if "members" in parts else {}
    links = links_of(parts["links"]) if "links" in parts else {}
    linked = {name: name for name in members} | {name: readable.link for name, readable in links.items()}
    form = _Form(
        fields=fields_of(parts["fields"]) if "fields" in parts else {},
        params=params_of(parts["params"]) if "params" in parts else {},
        people=people_of(parts["people"], links=linked) if "people" in parts else {},
        clocks=clocks_of(parts["clocks"]) if "clocks" in parts else {},
        members=members,
        links=links,
        reserves=reserves_of(parts["reserves"]) if "reserves" in parts else {},
        external=external_of(parts["external"]) if "external" in parts else {},
    )
    _refuse_names_given_twice(parts, form)
    declared = Declared(
        form.clocks, frozenset(form.fields), _environment(text, parts, form), external=frozenset(form.external)
    )
    valid = parts["valid"].parts("valid") if "valid" in parts else {}
    return Definition(
        name=parts["definition"].name() if "definition" in parts else "",
        title=parts["title"].text() if "title" in parts else Text("", ""),
        basis=parts["basis"].words() if "basis" in parts else "",
        hash=hash_of(text),
        text=text,
        fields=form.fields,
        params=form.params,
        people=form.people,
        separate=separate_of(parts["separate"]) if "separate" in parts else (),
        clocks=form.clocks,
        escalation=escalation_of(parts["escalation"]) if "escalation" in parts else (),
        starts=starts_of(parts["start"], declared) if "start" in parts else (),
        states=states_of(parts["states"], declared) if "states" in parts else {},
        valid_from=valid["from"].day() if "from" in valid else None,
        valid_to=valid["to"].day() if "to" in valid else None,
        heading=parts["heading"].name() if "heading" in parts else None,
        members=form.members,
        links=form.links,
        reserves=form.reserves,
        external=form.external,
        short=parts["short"].text() if "short" in parts else None,
        purpose=parts["purpose"].text() if "purpose" in parts else None,
        marks=cursor.report.marks,
    )


@dataclass(frozen=True, slots=True)
class _Form:
    fields: dict[str, Field]
    params: dict[str, Param]
    people: dict[str, Party]
    clocks: dict[str, Clock]
    members: dict[str, Members]
    links: dict[str, Readable]
    reserves: dict[str, Reserve]
    external: dict[str, Text]


def _refuse_names_given_twice(parts: dict[str, Cursor], form: _Form) -> None:
    """Refuse a name that is a field and a param or clock too, or people and an external party: it must mean one."""
    facts = tuple((kind, getattr(form, kind)) for kind in ("fields", "params", "clocks", "members", "links"))
    for group in (facts, (("people", form.people), ("external", form.external))):
        given: dict[str, str] = {}
        for kind, names in group:
            for name in names:
                if name in given:
                    parts[kind].report.add(
                        "name_given_twice",
                        parts[kind].report.marks[f"{kind}.{name}"],
                        path=f"{kind}.{name}",
                        name=name,
                        kind=given[name],
                    )
                given[name] = kind


def _environment(text: str, parts: dict[str, Cursor], form: _Form) -> Environment:
    return environment_of(
        text,
        fields=form.fields,
        params=form.params,
        people=form.people,
        members=form.members,
        links=form.links,
        clocks=form.clocks,
        actions=_action_names(parts["states"].node) if "states" in parts else (),
        by_movement="start" in parts and _only_by_movement(parts["start"].node),
    )


def _action_names(states: Node) -> Iterator[str]:
    """Find the names of all actions before any is read: a guard may ask `times` of one further down."""
    for _, state in states.entries.values() if isinstance(states, MapNode) else ():
        actions = _child(state, "actions")
        yield from actions.entries if isinstance(actions, MapNode) else ()


def _only_by_movement(starts: Node) -> bool:
    ways = starts.items if isinstance(starts, ListNode) else (starts,)
    return all(_value(_child(way, "by")) == MOVEMENT for way in ways)


def _child(node: Node, key: str) -> Node | None:
    return node.entries[key][1] if isinstance(node, MapNode) and key in node.entries else None


def _value(node: Node | None) -> str:
    return node.text if isinstance(node, ScalarNode) else ""

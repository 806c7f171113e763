"""Cases that stand on a definition's lists while it is played alone: they stay there and take all that is asked."""

from functools import lru_cache

import yaml

from tests.machine.oracles.filling import values_of
from tests.machine.stage import at
from workflow.machine.definition import Definition, Members
from workflow.machine.loading import load
from workflow.values import Case, Facts, Json, Linked

OPENED = at("2017-10-16 08:00")
FIRST = 100
"""The id of the first that stands in."""


@lru_cache(maxsize=64)
def stand_ins(definition: Definition) -> dict[str, tuple[Definition, Linked]]:
    """Make for each list a definition whose cases take every act the list asks of them, and one such case."""
    return {
        name: _stand_in(definition, members, FIRST + position)
        for position, (name, members) in enumerate(definition.members.items())
    }


def _stand_in(definition: Definition, members: Members, number: int) -> tuple[Definition, Linked]:
    ways = [way for state in definition.states.values() for act in state.actions.values() for way in act.alternatives]
    asked = {action for way in ways for link, action in way.each if link == members.name}
    law = load(yaml.safe_dump(_written(members, asked), allow_unicode=True, sort_keys=False), path=members.of)
    fields: dict[str, Json] = {name: values[-1] for name, values in values_of(law).items() if name in law.fields}
    if "notice_end" in fields:
        fields["notice_end"] = "2017-10-18"
    case = Case(number, f"{members.name}-{number}", law.hash, {}, 1, None, members.at, 1, 1, OPENED, OPENED, fields)
    return law, Linked(case, Facts())


def _written(members: Members, asked: set[str]) -> dict[str, Json]:
    fields = {name: {"label": "A | B", **_kind(kind)} for name, kind in members.reads.items()}
    kept: dict[str, Json] = {action: {"label": "A | B", "by": "link"} for action in sorted(asked)}
    state: dict[str, Json] = {"label": "A | B", "outcome": "neutral", **({"actions": kept} if kept else {})}
    law: dict[str, Json] = {
        "definition": members.of,
        "title": "A | B",
        "basis": "1/QĐ",
        "people": {"clerk": "unit_clerk at unit"},
        "start": {"by": "clerk", "to": members.at},
        "states": {members.at: state},
    }
    return law | ({"fields": fields} if fields else {})


def _kind(kind: str) -> dict[str, Json]:
    if kind == "choice":
        return {"is": "choice", "of": {"a": "A | B", "b": "A | B"}}
    if kind == "table":
        return {"is": "table", "columns": {"a": {"is": "text", "label": "A | B"}}}
    return {"is": kind}

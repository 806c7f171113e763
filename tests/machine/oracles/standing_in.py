"""Cases that stand on a definition's lists while it is played alone: they stay there and take all that is asked."""

import copy
import re
from functools import lru_cache
from itertools import chain, count

import yaml

from tests.machine.oracles.filling import values_of
from tests.support.scenes import at
from workflow.machine.definition import Definition, Members, guards_of
from workflow.machine.loading.loader import load
from workflow.values import Case, Facts, Json, Linked

OPENED = at("2017-10-16 08:00")
FIRST = 100
"""The id of the first that stands in."""
StandIn = tuple[Definition, Linked]


@lru_cache(maxsize=64)
def stand_ins(definition: Definition) -> dict[str, tuple[StandIn, ...]]:
    """Make for each kind of case on each list a definition that takes every act the list asks, and one such case."""
    numbers = count(FIRST)
    return {
        name: tuple(_stand_in(definition, members, kind, next(numbers)) for kind in members.of)
        for name, members in definition.members.items()
    }


@lru_cache(maxsize=64)
def looks(definition: Definition) -> tuple[str | None, ...]:
    """List the states in which listed cases may be found later, as far as a guard asks; None is where they were."""
    asked = (re.findall(r'\.state [!=]= "([a-z_]+)"', guard.source) for guard in guards_of(definition))
    return (None, *dict.fromkeys(chain.from_iterable(asked)))


def _stand_in(definition: Definition, members: Members, kind: str, number: int) -> StandIn:
    ways = [way for state in definition.states.values() for act in state.actions.values() for way in act.alternatives]
    asked = {action for way in ways for link, action in way.each if link == members.name}
    written = _written(members, kind, asked, looks(definition))
    law = load(yaml.safe_dump(written, allow_unicode=True, sort_keys=False), path=kind)
    fields: dict[str, Json] = {name: values[-1] for name, values in values_of(law).items() if name in law.fields}
    if "notice_end" in fields:
        fields["notice_end"] = "2017-10-18"
    case = Case(number, f"{members.name}-{number}", law.hash, {}, 1, None, members.at, 1, 1, OPENED, OPENED, fields)
    return law, Linked(case, Facts())


def _written(members: Members, kind: str, asked: set[str], moved: tuple[str | None, ...]) -> dict[str, Json]:
    fields = {name: {"label": "A | B", **_type(type_)} for name, type_ in members.reads.items()}
    kept: dict[str, Json] = {action: {"label": "A | B", "by": "link"} for action in sorted(asked)}
    state: dict[str, Json] = {"label": "A | B", "outcome": "neutral", **({"actions": kept} if kept else {})}
    law: dict[str, Json] = {
        "definition": kind,
        "title": "A | B",
        "basis": "1/QĐ",
        "people": {"clerk": "unit_clerk at unit"},
        "start": {"by": "clerk", "to": members.at},
        "states": {name: copy.deepcopy(state) for name in (members.at, *moved) if name},
    }
    return law | ({"fields": fields} if fields else {})


def _type(name: str) -> dict[str, Json]:
    if name == "choice":
        return {"is": "choice", "of": {"a": "A | B", "b": "A | B"}}
    if name == "table":
        return {"is": "table", "columns": {"a": {"is": "text", "label": "A | B"}}}
    return {"is": name}

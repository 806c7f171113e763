"""The auditor's page: what administrators did, and whether any history was changed afterwards."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from itertools import chain, islice

from flask import Blueprint, render_template

from web import door, forms
from web.language import day, moment, text
from workflow.audit import AdminAct, admin_acts, audits
from workflow.definitions import publishing
from workflow.movements import obligations
from workflow.organisation import grants, people, units
from workflow.storage.session import Tx
from workflow.values import Json, Text

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
blueprint.before_request(door.readers_only)
PAGE = 50
MOST_FAULTS = 200
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[0-9:.]+(Z|[+-]\d{2}:\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TOLD_FIRST = ("person", "name", "movement", "role", "unit", "principal", "substitute", "version")
TOLD_LAST = ("grant", "substitution", "figure", "hash")
PEOPLE = frozenset({"person", "principal", "substitute", "author"})
"""Facts that are the id of a person."""


@blueprint.get("")
def page() -> str:
    tx = door.reading()
    acts = admin_acts.entries(tx, before=forms.asked_number("before"), limit=PAGE)
    told = partial(_told, tx)
    return render_template(
        "administration/audit.html", acts=acts, more=len(acts) == PAGE, told=told, checked=False, faults=()
    )


@blueprint.get("/verify")
def verify() -> str:
    tx = door.reading()
    again = audits.refold(tx, definition_of=partial(publishing.compiled, tx), calendar=door.calendar())
    faults = list(islice(chain(audits.verify(tx), again), MOST_FAULTS))
    acts = admin_acts.entries(tx, limit=PAGE)
    told = partial(_told, tx)
    return render_template(
        "administration/audit.html", acts=acts, more=len(acts) == PAGE, told=told, checked=True, faults=faults
    )


def _told(tx: Tx, act: AdminAct) -> Mapping[str, Json]:
    """The facts of an act that fit into a line, what it was about first; people, units and roles by their names."""
    return {
        name: _named(tx, name, fact)
        for name, fact in sorted(act.facts.items(), key=_place)
        if fact is not None and not isinstance(fact, (list, dict))
    }


def _place(told: tuple[str, Json]) -> tuple[int, int, str]:
    name = told[0]
    if name in TOLD_FIRST:
        return 0, TOLD_FIRST.index(name), name
    return (2 if name in TOLD_LAST else 1), 0, name


def _named(tx: Tx, name: str, fact: Json) -> Json:
    if name in PEOPLE and isinstance(fact, int):
        return people.find(tx, fact).full_name
    if name == "unit" and isinstance(fact, int):
        return units.find(tx, fact).name
    if isinstance(fact, str) and _INSTANT.fullmatch(fact):
        return moment(datetime.fromisoformat(fact))
    if isinstance(fact, str) and _DAY.fullmatch(fact):
        return day(fact)
    if name == "movement" and isinstance(fact, str):
        movement = obligations.find(tx, fact)
        return text(Text(movement.title_vi, movement.title_en))
    if name == "name" and isinstance(fact, str):
        titles = [Text(version.title_vi, version.title_en) for version in publishing.versions(tx, fact)]
        return text(titles[0]) if titles else fact
    label = grants.role_labels(tx).get(str(fact)) if name == "role" else None
    return text(label) if label else fact

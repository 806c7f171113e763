"""What is written of a Plan: the entry of history, and what lists show and search of the case from now on.

Knows under which circumstances it was decided, and no rule. Called by the verbs that act on cases.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from workflow.cases import histories
from workflow.machine.calendar import Calendar
from workflow.machine.case import open_fields
from workflow.machine.definition import Definition
from workflow.storage.queries.organisation import Surroundings
from workflow.storage.writing import applying
from workflow.values import Act, Actor, Case, Facts, Json, Plan
from workflow.vietnamese import fold


class Circumstances(NamedTuple):
    """Who acts, when, under which calendar; `request_key` marks a request that may be sent twice.

    `around` are the people around the one case that was loaded with them.
    """

    actor: Actor
    now: datetime
    calendar: Calendar
    request_key: str | None = None
    around: Surroundings | None = None

    @property
    def today(self) -> date:
        return self.calendar.local(self.now).date()


def writing(
    definition: Definition,
    before: Case | None,
    plan: Plan,
    *,
    asked: Act,
    known: Facts,
    at_hand: Circumstances,
    at: str | None = None,
) -> applying.Writing:
    """Make of a Plan what is written: its entry, and what lists show of the case from now on."""
    entry = histories.entry(
        before,
        asked,
        plan,
        actor=at_hand.actor,
        facts=known,
        now=at_hand.now,
        at=at,
        calendar=at_hand.calendar.revision,
    )
    title = title_of(definition, plan.case)
    return applying.Writing(
        plan,
        entry,
        definition_name=definition.name,
        title=title,
        search_key=f"{fold(f'{plan.case.code} {title}')} {_folded_kind(definition.title.vi)}",
        request_key=at_hand.request_key,
    )


_folded_kind = lru_cache(maxsize=256)(fold)
"""What the cases of a kind are found by in common, worked out once."""


def title_of(definition: Definition, case: Case) -> str:
    """Say what tells one case of a kind from another: the heading field, unless its state closes that to some.

    A numbered paper is called by its number and day, as people do.
    """
    heading = definition.heading
    value = case.fields.get(heading) if heading and heading in open_fields(definition, case.state) else None
    if isinstance(value, dict):
        value = f"{value['symbol']}, {_day(value['dated'])}" if "symbol" in value else value.get("name")
    elif definition.heading and definition.fields[definition.heading].type == "date":
        value = _day(value)
    return str(value) if value is not None else ""


def _day(value: Json) -> str | None:
    """A day as it stands on paper in both languages, 05/11/2017."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(value, str) else None

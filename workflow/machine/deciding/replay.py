"""History as the machine reads and writes it: what an entry must keep, and the case as the fold of its entries.

An entry keeps what was asked, by whom, from which facts, when: enough to decide again and come to the same case.
Knows no table and no hash; the JSON of its values stands in the case's `codec`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, cast

from workflow.errors import WorkflowError
from workflow.machine.calendar import Calendar, instant_of, instant_text
from workflow.machine.case import (
    Object,
    act_from_json,
    act_to_json,
    actor_from_json,
    actor_to_json,
    facts_from_json,
    facts_to_json,
    plan_summary_json,
)
from workflow.machine.deciding.decide import decide
from workflow.machine.deciding.opening import opening
from workflow.machine.definition import Definition
from workflow.values import Act, Actor, Case, Facts, Linked, Plan, Refusal


class NotFoldable(WorkflowError):
    """An entry of history would be refused if it were decided again: history or law is not what it was."""

    def __init__(self, seq: int, refusal: Refusal) -> None:
        super().__init__(f"entry {seq}: {refusal.kind} {[reason.code for reason in refusal.reasons]}")
        self.seq, self.refusal = seq, refusal


class Identity(NamedTuple):
    """What was allocated or pinned when the case was opened; `at` is the state in which a link opened it."""

    id: int
    code: str
    definition: str
    unit: int
    movement: int | None
    params: Object
    at: str | None = None


class ReplayEntry(NamedTuple):
    """One act as it was decided; `identity` is the case's, the same in each of its entries.

    `calendar` is the revision it was decided with, empty where that was not recorded.
    """

    act: Act
    actor: Actor
    facts: Facts
    now: datetime
    identity: Identity
    calendar: str = ""


def identity_of(case: Case, *, at: str | None = None) -> Identity:
    """Return what identifies a case."""
    return Identity(case.id, case.code, case.definition, case.unit, case.movement, dict(case.params), at)


def recorded(act: Act, plan: Plan) -> Act:
    """Return an act as history keeps it: without the choices that went into a ballot box."""
    return Act(act.action, {}, act.seen, sealed=True) if plan.ballots else act


def fold(
    definition_of: Callable[[str], Definition],
    entries: Iterable[ReplayEntry],
    *,
    calendar: Calendar,
    calendar_at: Callable[[str], Calendar] | None = None,
) -> Case:
    """Decide all entries again, in order; raises NotFoldable where one would be refused, ValueError without any.

    Each is decided with the calendar of its own revision, `calendar` being that of entries that name none.
    """
    case: Case | None = None
    for seq, entry in enumerate(entries, 1):
        days = calendar_at(entry.calendar) if calendar_at and entry.calendar else calendar
        answer = _opened(definition_of, entry, days) if case is None else _acted(definition_of, case, entry, days)
        if isinstance(answer, Refusal):
            raise NotFoldable(seq, answer)
        case = answer.case
    if case is None:
        raise ValueError("a case has at least the entry that opened it")
    return case


def _opened(definition_of: Callable[[str], Definition], entry: ReplayEntry, calendar: Calendar) -> Plan | Refusal:
    identity = entry.identity
    return opening(
        definition_of(identity.definition),
        case_id=identity.id,
        code=identity.code,
        unit=identity.unit,
        movement=identity.movement,
        fields=entry.act.inputs,
        actor=entry.actor,
        facts=entry.facts,
        now=entry.now,
        calendar=calendar,
        at=identity.at,
        params=identity.params,
        definitions=definitions_in(definition_of, entry.facts),
    )


def decide_again(
    definition_of: Callable[[str], Definition], case: Case, entry: ReplayEntry, calendar: Calendar, *, seq: int
) -> Plan:
    """Decide one entry again on the case before it; raises NotFoldable where it would be refused."""
    answer = _acted(definition_of, case, entry, calendar)
    if isinstance(answer, Refusal):
        raise NotFoldable(seq, answer)
    return answer


def _acted(
    definition_of: Callable[[str], Definition], case: Case, entry: ReplayEntry, calendar: Calendar
) -> Plan | Refusal:
    return decide(
        definition_of(case.definition),
        case,
        entry.act,
        actor=entry.actor,
        facts=entry.facts,
        now=entry.now,
        calendar=calendar,
        definitions=definitions_in(definition_of, entry.facts),
    )


def definitions_in(definition_of: Callable[[str], Definition], facts: Facts) -> dict[str, Definition]:
    """Find the definitions of the cases that facts hold, by their hash."""
    hashes = {other.case.definition for other in _linked_in(facts)}
    return {text_hash: definition_of(text_hash) for text_hash in hashes}


def _linked_in(facts: Facts) -> Iterator[Linked]:
    """Go through the cases that facts hold, with those that the acts on them read."""
    for linked in (*facts.cases.values(), *(other for others in facts.links.values() for other in others)):
        yield linked
        yield from _linked_in(linked.facts)


def entry_to_json(entry: ReplayEntry, plan: Plan) -> Object:
    """Write an entry with the summary of what it did: the body that history hashes."""
    return {
        "act": act_to_json(entry.act),
        "actor": actor_to_json(entry.actor),
        "calendar": entry.calendar or None,
        "case": entry.identity._asdict(),
        "facts": facts_to_json(entry.facts),
        "now": instant_text(entry.now),
        "plan": plan_summary_json(plan),
    }


def entry_from_json(body: Object) -> ReplayEntry:
    """Read an entry that `entry_to_json` wrote."""
    return ReplayEntry(
        act_from_json(cast("Object", body["act"])),
        actor_from_json(cast("Object", body["actor"])),
        facts_from_json(cast("Object", body["facts"])),
        instant_of(cast("str", body["now"])),
        Identity(**cast("dict[str, object]", body["case"])),  # type: ignore[arg-type] # written from the same fields
        cast("str | None", body.get("calendar")) or "",
    )

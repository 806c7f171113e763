"""Openings of cases, by people and by acts on other cases: decided first, all of them, and then written.

Takes ids and numbers before the decision, gives a number back where it is refused. Holds no rule. Called by `cases`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from workflow.cases import facts
from workflow.cases.facts import Beginning
from workflow.cases.writing import Circumstances, writing
from workflow.definitions import parameters, publishing
from workflow.machine.deciding import copied, not_opened, opening
from workflow.machine.definition import Definition
from workflow.storage import numbers
from workflow.storage.session import Tx
from workflow.storage.writing import applying
from workflow.values import OPEN, Act, Case, Facts, Json, Opening, Plan, Refusal
from workflow.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Opened:
    """A first entry that is decided and waits to be written, and the book that its code has a number of."""

    definition: Definition
    plan: Plan
    known: Facts
    asked: Act
    at: str | None
    book: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Along:
    """How an act on another case opens one: in which state, linked to what, while how many others wait."""

    at: str | None = None
    linked: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)
    waiting: int = 0


_BY_ITSELF: Final = Along()


def decide_linked(tx: Tx, origin: Case, wanted: Opening, by_link: Circumstances, *, waiting: int) -> Opened | Refusal:
    """Decide the opening of one case that an act asks for; where its own definition refuses, so does the whole act.

    `waiting` others of the act are decided and not written yet.
    """
    definition = publishing.current(tx, wanted.definition)
    answer = decide_opening(
        tx,
        definition,
        by_link,
        unit=origin.unit,
        movement=origin.movement,
        fields=copied(definition, wanted),
        along=Along(wanted.state, {wanted.link: (origin,)}, waiting),
    )
    return not_opened(wanted, answer) if isinstance(answer, Refusal) else answer


def write_linked(tx: Tx, origin: Case, wanted: Opening, decided: Opened, by_link: Circumstances) -> Case:
    """Write the first entry of a case that an act asked for, and its link to the case that opened it."""
    write_opening(tx, decided, by_link)
    applying.link(tx, decided.plan.case.id, wanted.link, origin.id)
    return decided.plan.case


def given_up(tx: Tx, several: Iterable[Opened | Refusal]) -> Refusal:
    """Return why an act that opens cases is refused, with the numbers given back that others of them had taken."""
    refusals = []
    for each in several:
        if isinstance(each, Refusal):
            refusals.append(each)
        else:
            numbers.give_back(tx, *each.book)
    return refusals[0]


def decide_opening(
    tx: Tx,
    definition: Definition,
    at_hand: Circumstances,
    *,
    unit: int,
    movement: int | None,
    fields: Mapping[str, Json],
    milestone: str | None = None,
    along: Along = _BY_ITSELF,
) -> Opened | Refusal:
    """Decide the first entry of a case; a refusal leaves no gap among the numbers."""
    pins = parameters.pins(tx, definition, movement_id=movement, on_date=at_hand.today)
    begins = Beginning(unit, movement, fields, milestone, pins)
    known = facts.for_opening(tx, definition, begins, at=along.at, on_date=at_hand.today, linked=along.linked)
    # Ids and numbers are taken before the decision: history holds what the decision saw.
    book = (code_prefix(definition), at_hand.today.year)
    answer = opening(
        definition,
        case_id=numbers.next_case_id(tx, waiting=along.waiting),
        code=f"{book[0]}-{book[1]}-{numbers.next_number(tx, *book):04d}",
        unit=unit,
        movement=movement,
        fields=fields,
        actor=at_hand.actor,
        facts=known,
        now=at_hand.now,
        calendar=at_hand.calendar,
        at=along.at,
        params=pins,
        definitions=_laws_of(tx, known),
    )
    if isinstance(answer, Refusal):
        numbers.give_back(tx, *book)
        return answer
    return Opened(definition, answer, known, Act(OPEN, fields), along.at, book)


def write_opening(tx: Tx, it: Opened, at_hand: Circumstances) -> None:
    """Write a first entry as it was decided."""
    first = writing(it.definition, None, it.plan, asked=it.asked, known=it.known, at_hand=at_hand, at=it.at)
    applying.apply_all(tx, [first])


def _laws_of(tx: Tx, known: Facts) -> dict[str, Definition]:
    hashes = {other.case.definition for others in known.links.values() for other in others}
    return {text_hash: publishing.compiled(tx, text_hash) for text_hash in hashes}


def code_prefix(definition: Definition) -> str:
    """Take the initials of the title's first two words: Kế hoạch gives KH, Đề nghị gives DN."""
    words = fold(definition.title.vi).split()
    return "".join(word[0] for word in words[:2]).upper()

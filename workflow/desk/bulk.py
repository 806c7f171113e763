"""One act on the cases that were selected: first who is eligible and why the others are not, then an answer for each.

The preview decides every act as doing it would, and writes nothing; doing it decides once. An act whose consequences
must be read first, or that needs something to be handed in, is done on the page of its case, not on many at once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from workflow import cases
from workflow.cases import BulkAnswer, RecordWorld, world_of
from workflow.definitions import publishing
from workflow.errors import Invalid
from workflow.machine.deciding import preview
from workflow.machine.definition import Definition
from workflow.organisation import access
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.session import Tx
from workflow.values import UNDO, Act, Case, Consequences, Reason, Refusal, Text

MOST: Final = 200
"""So many cases may be selected at once."""
APART: Final = Refusal("refused", (Reason("not_in_bulk"),))
"""Why an act is not done on many cases where it would be done on one."""


class BulkLine(NamedTuple):
    """A selected case, and why the act is not open there (None: it is)."""

    case: Case
    definition: Definition
    title: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class BulkOffer:
    """An act that some of the selected cases may go through together, with every case that was selected."""

    action: str
    label: Text
    lines: tuple[BulkLine, ...]

    @property
    def eligible(self) -> tuple[BulkLine, ...]:
        return tuple(line for line in self.lines if line.refusal is None)

    @property
    def others(self) -> tuple[BulkLine, ...]:
        return tuple(line for line in self.lines if line.refusal is not None)


def offers(tx: Tx, codes: Collection[str], *, person_id: int, now: datetime) -> tuple[BulkOffer, ...]:
    """Show what may be done to the selected cases at once, the act that most are eligible for first.

    Cases that the person may not know of are left out.
    """
    check_size(codes)
    selected = _selected(tx, codes, person_id=person_id, now=now)
    actions = {pair: None for _, definition, case, _ in selected for pair in cases.simple_acts(definition, case.state)}
    shown = [BulkOffer(action, label, tuple(_line(*known, action) for known in selected)) for action, label in actions]
    able = [offer for offer in shown if offer.eligible]
    return tuple(sorted(able, key=lambda offer: -len(offer.eligible)))


def carry_out(
    tx: Tx,
    action: str,
    seen: Mapping[str, int],
    *,
    person_id: int,
    now: datetime,
    request_key: str | None,
) -> tuple[BulkAnswer, ...]:
    """Do an act to each of the cases that were seen at a version, and answer for each of them."""
    check_size(seen)
    return cases.act_on_many(
        tx, seen, Act(action), person_id=person_id, now=now, seen=seen, request_key=request_key, unless=_refusal_of
    )


def take_back(tx: Tx, seen: Mapping[str, int], *, person_id: int, now: datetime) -> tuple[BulkAnswer, ...]:
    """Take back the last act of each case, where it is this person's and nothing has followed it."""
    check_size(seen)
    return cases.act_on_many(tx, list(seen), Act(UNDO), person_id=person_id, now=now, seen=seen)


def check_size(codes: Collection[str]) -> None:
    """Raise `Invalid` where more cases were selected than may be."""
    if len(codes) > MOST:
        raise Invalid("selection_too_large", field="case", most=MOST)


def _selected(
    tx: Tx, codes: Collection[str], *, person_id: int, now: datetime
) -> list[tuple[RecordWorld, Definition, Case, str]]:
    """The selected cases in the order of the selection, each with the record as the person sees it."""
    loaded = {known.case.code: known for known in loaded_cases.load_many(tx, list(codes))}
    worlds = [
        (world_of(tx, loaded[code], person_id=person_id, now=now), loaded[code].case)
        for code in codes
        if code in loaded
    ]
    titles = loaded_cases.titles(tx, list(loaded))
    return [
        (world, publishing.compiled(tx, case.definition), case, titles[case.code])
        for world, case in worlds
        if access.may_see(tx, case, person_id, now=now)
    ]


def _line(world: RecordWorld, definition: Definition, case: Case, title: str, action: str) -> BulkLine:
    answer = preview(world, case, Act(action, seen=case.acted_version), world.context)
    return BulkLine(case, definition, title, _refusal_of(answer))


def _refusal_of(answer: Consequences | Refusal) -> Refusal | None:
    if isinstance(answer, Refusal):
        return answer
    return APART if answer.asks_first else None

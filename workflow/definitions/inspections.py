"""Drafts judged by child processes under limits of time and memory, outside any transaction, kept by what was asked.

Knows what the record adds to a text and what a killed child means; the machine judges.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Final

from workflow import calendars
from workflow.child import ChildBusy, ChildError, ask
from workflow.machine.checking import RegimeFigures
from workflow.machine.definition import Finding
from workflow.machine.inspecting import Inspection, InspectionQuestion, inspect_text, inspection_of
from workflow.storage.queries import definitions as records
from workflow.storage.queries import figures as figure_rows
from workflow.storage.queries import movements
from workflow.storage.queries.definitions import TextRow
from workflow.storage.session import Tx
from workflow.values import Figure

_KEPT: Final = 64
_LOCK: Final = Lock()
_answers: OrderedDict[str, Inspection] = OrderedDict()


def question(tx: Tx, name: str, text: str, *, now: datetime) -> InspectionQuestion:
    """Gather what a text is to be asked as the next version of a definition."""
    today = calendars.local_date(tx, now)
    in_force = [records.find_text(tx, row.hash) for row in records.versions(tx) if row.current]
    milestones = movements.milestones_by_movement(tx, name, on_date=today)
    return InspectionQuestion(
        name=name,
        text=text,
        figures=figures_of(tx, name),
        milestones={movement: sorted(names) for movement, names in sorted(milestones.items())},
        others=_related(name, text, {row.name: row for row in in_force if row is not None}),
    )


def _related(name: str, text: str, in_force: Mapping[str, TextRow]) -> list[tuple[str, str, int]]:
    """The texts in force that may have to do with one: those that name it or are named by it, and theirs in turn."""
    texts = {other: row.text for other, row in in_force.items()} | {name: text}
    related = {name}
    while more := {
        other
        for other in texts.keys() - related
        if any(other in texts[near] or near in texts[other] for near in related)
    }:
        related |= more
    return sorted((row.name, row.text, row.edition) for other, row in in_force.items() if other in related)


def figures_of(tx: Tx, name: str) -> RegimeFigures:
    """The figures of each regime for a definition, followed by those of the province, as they stand in the record."""
    rows = [row for row in figure_rows.every(tx, definition=name) if row.movement is None]
    return {
        regime.code: [
            (name, Figure(row.layer, row.param, row.keys, row.value, row.source))
            for row in rows
            if row.regime in (None, regime.code)
        ]
        for regime in figure_rows.regimes(tx)
    }


def inspect(asked: InspectionQuestion) -> Inspection:
    """Have a child answer, unless the same was answered before. Raises `ChildBusy`; call it outside any transaction.

    A child that had to be ended is a fault of the text, which is not kept: it may have been the machine's load.
    """
    digest = asked.digest()
    with _LOCK:
        known = _answers.get(digest)
    if known is not None:
        return known
    try:
        answer = replace(inspection_of(ask(inspect_text, asked.content())), of=digest)
    except ChildBusy:
        raise
    except ChildError:
        return Inspection((Finding("inspection_ended", "error", 1, 1, ""),), of=digest)
    with _LOCK:
        _answers[digest] = answer
        while len(_answers) > _KEPT:
            _answers.popitem(last=False)
    return answer

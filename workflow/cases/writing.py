"""What is written of a decision: entries of history, and what lists show and search of the case from now on."""

from datetime import date
from functools import lru_cache

from workflow.cases import histories
from workflow.machine.case import open_fields
from workflow.machine.deciding import ActContext, Cascade, DecidedAct, DecidedOpening
from workflow.machine.definition import Definition
from workflow.machine.words import case_words
from workflow.storage.queries.organisation import units
from workflow.storage.session import Tx
from workflow.storage.writing import HistoryEntry, Writing, applying
from workflow.values import Act, Case, CaseWord, Facts, Json, Plan
from workflow.vietnamese import fold


def write_cascade(tx: Tx, cascade: Cascade, *, request_key: str | None) -> None:
    """Write an act with everything it moves and opens; `request_key` marks a request that may be sent twice."""
    for opened in cascade.openings:
        write_opening(tx, opened, request_key=None)
    applying.apply_all(tx, [writing_of(cascade.act, request_key=request_key)])
    for moved in cascade.moves:
        applying.apply_all(tx, [writing_of(moved, request_key=None)])


def write_opening(tx: Tx, opened: DecidedOpening, *, request_key: str | None) -> None:
    """Write the first entry of a case, and its link to the case that it was opened from."""
    beginning, unit = opened.beginning, units.name_of(tx, opened.plan.case.unit)
    entry = _entry(None, opened.act, opened.plan, facts=beginning.known.facts, by=opened.by, at=beginning.at)
    words = case_words.words_of(beginning.definition, opened.plan.case, unit), frozenset[CaseWord]()
    applying.apply_all(tx, [_writing(beginning.definition, opened.plan, entry, request_key, words=words)])
    if opened.link is not None and opened.origin is not None:
        applying.link(tx, opened.plan.case.id, opened.link, opened.origin.id)


def writing_of(decided: DecidedAct, *, request_key: str | None) -> Writing:
    """Return what is written of a decided act: its entry, and what lists show of the case from now on."""
    entry = _entry(decided.before, decided.act, decided.plan, facts=decided.facts, by=decided.by, at=None)
    words = case_words.changed_words(decided.definition, decided.before, decided.plan.case)
    return _writing(decided.definition, decided.plan, entry, request_key, words=words)


def _entry(before: Case | None, act: Act, plan: Plan, *, facts: Facts, by: ActContext, at: str | None) -> HistoryEntry:
    return histories.entry(
        before, act, plan, actor=by.actor, facts=facts, now=by.now, at=at, calendar=by.calendar.revision
    )


_Changes = tuple[case_words.Words, case_words.Words]
"""The words that a case gains, and those that it loses."""


def _writing(
    definition: Definition,
    plan: Plan,
    entry: HistoryEntry,
    request_key: str | None,
    *,
    words: _Changes,
) -> Writing:
    title = title_of(definition, plan.case)
    search_key = f"{fold(f'{plan.case.code} {title}')} {_folded_kind(definition.title.vi)}"
    return Writing(plan, entry, definition.name, title, search_key, request_key, *words)


_folded_kind = lru_cache(maxsize=256)(fold)
"""The part of the search key that all cases of a kind share, computed once a kind."""


def title_of(definition: Definition, case: Case) -> str:
    """Return what distinguishes cases of a kind: the heading field, unless the state hides that field from some people.

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
    """Write a day as it stands on paper in both languages, 05/11/2017."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(value, str) else None

"""The annex of what somebody decides on: for each case on a list what it is about, and how it was voted on before.

Tells the totals of secret ballots and of papers that were counted, as the history of the case that asked has them, to
whoever sees all of that case. Answers with names stand in that history and are not told again here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.cases import CaseBrief, EntryView, histories, members, sights_of
from workflow.definitions import publishing
from workflow.machine.definition import Ask
from workflow.storage.queries.cases import case_lists, listed_cases
from workflow.storage.session import Tx
from workflow.values import COUNT, Case, Text

Totals = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class LineVote:
    """How a case was voted on: where, on which question, when it was counted, and how often each answer was given."""

    code: str
    ask: Ask
    at: datetime
    counts: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One case of a list: what it is about as far as the reader sees it, and the votes on it, the latest first."""

    brief: CaseBrief | None
    votes: tuple[LineVote, ...]


def annex(tx: Tx, codes: Collection[str], *, but: str, person_id: int, now: datetime) -> Mapping[str, AnnexLine]:
    """Tell of each of these cases what whoever decides on them must know; `but` is the case that is decided itself."""
    if not codes:
        return {}
    briefs = members.briefs(tx, codes, person_id=person_id, now=now)
    votes: dict[str, list[LineVote]] = {}
    for code, vote in _votes(tx, codes, but=but, person_id=person_id, now=now):
        votes.setdefault(code, []).append(vote)
    latest_first = {code: tuple(sorted(cast, key=lambda vote: vote.at, reverse=True)) for code, cast in votes.items()}
    return {code: AnnexLine(briefs.get(code), latest_first.get(code, ())) for code in codes}


def _votes(
    tx: Tx, codes: Collection[str], *, but: str, person_id: int, now: datetime
) -> Iterator[tuple[str, LineVote]]:
    """Go through what was counted on these cases, by the cases that list and asked about them."""
    askers = {
        row.code
        for row in case_lists.listing_cases(tx, codes)
        if row.code != but and _asks_about(tx, row.definition, row.link)
    }
    asking = listed_cases.load(tx, askers) if askers else ()
    sights = sights_of(tx, asking, person_id, now=now)
    for case in asking:
        if case.id in sights and sights[case.id].whole:
            for line, vote in _counted(tx, case).items():
                if line in codes:
                    yield line, vote


def _asks_about(tx: Tx, definition: str, name: str) -> bool:
    states = publishing.compiled(tx, definition).states.values()
    return any(ask.about == name for state in states for ask in state.asks.values())


def _counted(tx: Tx, case: Case) -> dict[str, LineVote]:
    """Return the last count on each line of the asks of a case."""
    counted: dict[str, LineVote] = {}
    for entry in histories.standing(histories.entries(tx, case.id)):
        definition = publishing.compiled(tx, entry.definition)
        asks = definition.states[entry.was].asks if entry.was in definition.states else {}
        for name, totals in _totals(entry):
            if name in asks and asks[name].about:
                told = _told(asks[name], totals)
                counted |= {line: LineVote(case.code, asks[name], entry.at, counts) for line, counts in told.items()}
    return counted


def _told(ask: Ask, totals: Totals) -> dict[str, tuple[tuple[Text, int], ...]]:
    """Say how often each answer was given on each line, in the order of the answers."""
    return {
        line: tuple((answer.label, counts.get(answer.name, 0)) for answer in ask.answers)
        for line, counts in totals.items()
    }


def _totals(entry: EntryView) -> Iterator[tuple[str, Totals]]:
    yield from entry.boxes.items()
    papers = entry.inputs.get("count")
    if entry.action.startswith(COUNT) and isinstance(papers, dict):
        yield entry.action.removeprefix(COUNT), papers  # type: ignore[misc]  # checked when it was handed in

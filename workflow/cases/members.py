"""Lists of cases as people read and edit them: what stands on one, and what of all they may know of could be put there.

Knows no condition: whether a case may be put on a list is asked of the machine. Called by `case_views` and by `web`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.definitions import publishing
from workflow.errors import DefinitionNotFound
from workflow.machine.deciding import may_be_put
from workflow.machine.definition import Definition, Members
from workflow.storage.queries.cases import LinkedCase, ListedCase, case_lists, listed_cases
from workflow.storage.session import Tx
from workflow.values import Case, Facts, Linked, Text
from workflow.vietnamese import fold

MOST_OFFERED = 100
"""So many cases are offered at once; words find the others."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """One case of a list as people read it. `title` is its heading, or nothing."""

    code: str
    title: str
    unit_name: str
    state: Text
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    """Cases that may be put on a list; `more`: there are others that words would find."""

    members: tuple[MemberView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Leading:
    """Whom a list begins with, and how many others stand on it: what a case is called that has no name yet."""

    title: str
    others: int


def on_lists(tx: Tx, definition: Definition, linked: Iterable[LinkedCase]) -> dict[str, tuple[MemberView, ...]]:
    """Sort linked cases onto the lists of a definition, each list in the order of its cases."""
    near = [link for link in linked if not link.is_reverse]
    return {name: tuple(_member(tx, link) for link in near if link.name == name) for name in definition.members}


def leading(tx: Tx, cases: Iterable[tuple[Definition, str, str]]) -> dict[str, Leading]:
    """Say, of cases by definition, code and title, whom their lists begin with, where they have no name yet."""
    nameless = {code for law, code, title in cases if law.members and law.heading and not title}
    found = case_lists.led_by(tx, nameless) if nameless else {}
    return {code: Leading(title, number - 1) for code, (title, number) in found.items()}


def kind_of(tx: Tx, members: Members) -> Text:
    """What the cases of a list are called, all kinds of them."""
    titles = [_title_of(tx, kind) for kind in members.of]
    return Text(", ".join(title.vi for title in titles), ", ".join(title.en for title in titles))


def coded(tx: Tx, codes: Iterable[str], *, person_id: int, now: datetime) -> Mapping[str, MemberView]:
    """Find cases by their codes, as far as a person sees them in lists."""
    on_date = calendars.local_date(tx, now)
    found = case_lists.coded(tx, person_id, on_date=on_date, codes=codes)
    return {row.code: _member(tx, row) for row in found}


def offered(tx: Tx, case: Case, members: Members, *, person_id: int, now: datetime, words: str = "") -> Offered:
    """List the cases that a person sees and may put on a list, newest first; words match with or without marks."""
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    rows = case_lists.standing(
        tx,
        person_id,
        on_date=today,
        words=fold(words).split(),
        kinds=members.of,
        state=members.at,
        limit=MOST_OFFERED,
    )
    whole = {found.code: Linked(found, Facts()) for found in listed_cases.load(tx, [row.code for row in rows])}
    below = listed_cases.units_below(tx, case.unit) if members.within == "below" else frozenset()
    laws = {row.definition: publishing.compiled(tx, row.definition) for row in rows}
    fitting = [
        row
        for row in rows
        if row.code != case.code
        and may_be_put(members, whole[row.code], laws, unit=case.unit, below=below, today=today, calendar=calendar)
    ]
    return Offered(tuple(_member(tx, row) for row in fitting), len(rows) == MOST_OFFERED)


def _title_of(tx: Tx, kind: str) -> Text:
    try:
        return publishing.current(tx, kind).title
    except DefinitionNotFound:
        return Text(kind, kind)


def _member(tx: Tx, row: ListedCase | LinkedCase) -> MemberView:
    state = publishing.compiled(tx, row.definition).states[row.state].label
    return MemberView(row.code, row.title, row.unit_name, state, row.outcome)

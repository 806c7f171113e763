"""Lists of cases as people read and edit them: the cases on a list, and the cases that somebody could put there.

Knows no condition: whether a case may be put on a list is asked of the machine, what somebody sees of it of
`permissions`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow import calendars
from workflow.cases import permissions
from workflow.definitions import publishing
from workflow.errors import DefinitionNotFound
from workflow.machine.deciding import may_be_put
from workflow.machine.definition import Definition, Field, Members
from workflow.storage.queries.cases import (
    LinkedCase,
    ListedCase,
    SoughtWord,
    Wanted,
    case_lists,
    found_cases,
    listed_cases,
)
from workflow.storage.session import Tx
from workflow.values import Case, Facts, Json, Linked, Text
from workflow.vietnamese import words_asked

MOST_OFFERED = 100
"""The most cases that are offered at once; a search by words finds the others."""


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
    """Cases that may be put on a list; `more`: there are others, which a search by words would find."""

    members: tuple[MemberView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Leading:
    """The first case of a list and how many others stand on it: what a case without a name of its own is called by."""

    title: str
    others: int


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """The choices that the definition lists, its first long text, and how many papers there are."""

    choices: tuple[tuple[Field, Json], ...]
    summary: str
    papers: int


def on_lists(tx: Tx, definition: Definition, linked: Iterable[LinkedCase]) -> dict[str, tuple[MemberView, ...]]:
    """Sort linked cases onto the lists of a definition, each list in the order of its cases."""
    near = [link for link in linked if not link.is_reverse]
    return {name: tuple(_member(tx, link) for link in near if link.name == name) for name in definition.members}


def is_numbered(definition: Definition) -> bool:
    """Whether its cases are called by a date or by the number of a paper, which says too little by itself."""
    heading = definition.heading
    return heading is not None and definition.fields[heading].type in ("date", "document")


def leading(tx: Tx, cases: Iterable[tuple[Definition, str, str]]) -> dict[str, Leading]:
    """Find, for cases given as definition, code and title, what those without a title are called by."""
    nameless = {code for law, code, title in cases if law.members and law.heading and not title}
    firsts = case_lists.led_by(tx, nameless) if nameless else {}
    return {code: Leading(title, number - 1) for code, (title, number) in firsts.items()}


def kind_of(tx: Tx, members: Members) -> Text:
    """Name the kinds of case that a list takes."""
    titles = [_title_of(tx, kind) for kind in members.of]
    return Text(", ".join(title.vi for title in titles), ", ".join(title.en for title in titles))


def coded(tx: Tx, codes: Iterable[str], *, person_id: int, now: datetime) -> Mapping[str, MemberView]:
    """Find those of the cases with these codes that a person sees in lists."""
    on_date = calendars.local_date(tx, now)
    rows = case_lists.coded(tx, person_id, on_date=on_date, codes=codes)
    return {row.code: _member(tx, row) for row in rows}


def offered(tx: Tx, case: Case, members: Members, *, person_id: int, now: datetime, words: str = "") -> Offered:
    """List the cases that a person sees and may put on a list, newest first; words match with or without marks."""
    calendar = calendars.calendar_of(tx)
    today = calendar.local_date(now)
    asked = tuple(SoughtWord(word.folded, "", unfinished=False) for word in words_asked(words))
    wanted = Wanted(words=asked, kinds=members.of, state=members.at)
    rows = found_cases.find(tx, person_id, wanted, on_date=today, place=None, limit=MOST_OFFERED).rows
    whole = {member.code: Linked(member, Facts()) for member in listed_cases.load(tx, [row.code for row in rows])}
    below = listed_cases.units_below(tx, case.unit) if members.within == "below" else frozenset()
    laws = {row.definition: publishing.compiled(tx, row.definition) for row in rows}
    fitting = [
        row
        for row in rows
        if row.code != case.code
        and may_be_put(members, whole[row.code], laws, unit=case.unit, below=below, today=today, calendar=calendar)
    ]
    return Offered(tuple(_member(tx, row) for row in fitting), len(rows) == MOST_OFFERED)


def briefs(tx: Tx, codes: Iterable[str], *, person_id: int, now: datetime) -> Mapping[str, CaseBrief]:
    """Say in short what cases are about, each as far as this person sees it; unseen ones are left out."""
    wanted = tuple(codes)
    cases = listed_cases.load(tx, wanted) if wanted else ()
    sights = permissions.sights_of(tx, cases, person_id, now=now)
    return {case.code: _brief(tx, case, sights[case.id]) for case in cases if case.id in sights}


def _title_of(tx: Tx, kind: str) -> Text:
    try:
        return publishing.current(tx, kind).title
    except DefinitionNotFound:
        return Text(kind, kind)


def _member(tx: Tx, row: ListedCase | LinkedCase) -> MemberView:
    state = publishing.compiled(tx, row.definition).states[row.state].label
    return MemberView(row.code, row.title, row.unit_name, state, row.outcome)


def _brief(tx: Tx, case: Case, sight: permissions.Sight) -> CaseBrief:
    fields = publishing.compiled(tx, case.definition).fields.values()
    seen = [(field, case.fields[field.name]) for field in fields if field.name in sight.fields & case.fields.keys()]
    held = [(field, value) for field, value in seen if value is not None]
    return CaseBrief(
        tuple((field, value) for field, value in held if field.type == "choice" and field.listed),
        next((str(value) for field, value in held if field.type == "long_text"), ""),
        sum(field.type == "document" for field, _ in held),
    )

"""One act on many cases in one transaction, with an answer for each: what is refused leaves the others standing.

Loads the cases together and writes their Plans together, so that five hundred cost a few round trips; the rules are
those of a single act, asked for each case. Called by the doors.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from workflow import access, cases, facts, publishing
from workflow.case_writing import Circumstances, writing
from workflow.cases import Acted
from workflow.errors import CaseNotFound
from workflow.facts import Found
from workflow.machine.deciding import needs
from workflow.machine.definition import Definition
from workflow.storage import applying
from workflow.storage.applying import Writing
from workflow.storage.queries import cases as records
from workflow.storage.queries import requests
from workflow.storage.session import Tx
from workflow.values import Act, Case, Plan, Refusal


@dataclass(frozen=True, slots=True)
class Item:
    """What became of the act on one case; None: there is no such case, or this person may not know of it."""

    code: str
    answer: Acted | Refusal | None


@dataclass(frozen=True, slots=True)
class _Decided:
    """A Plan that waits to be written with the others."""

    plan: Plan
    writing: Writing


def act_on_many(
    tx: Tx,
    codes: Iterable[str],
    asked: Act,
    *,
    person_id: int,
    now: datetime,
    seen: Mapping[str, int] | None = None,
    request_key: str | None = None,
) -> tuple[Item, ...]:
    """Do one act to each case, in the order given; `seen` are the versions the person saw, by code.

    A request that comes twice does what the first one could not, and no case's act twice: each case has a key of its
    own under `request_key`. Raises `Conflict` where somebody else came between on a case; then nothing stands.
    """
    wanted = {code: replace(asked, seen=(seen or {}).get(code, asked.seen)) for code in codes}
    keys = {code: key_of(request_key, code) for code in wanted} if request_key else {}
    listed = {found.case.code: found for found in records.load_many(tx, wanted)}
    done = requests.carried_out(tx, keys.values())
    answers: dict[str, _Decided | Acted | Refusal | None] = {}
    apart = []
    for code, listed_case in listed.items():
        case = listed_case.case
        if keys.get(code) in done:
            answers[code] = Acted(case, None, repeated=True)
            continue
        definition = publishing.compiled(tx, case.definition)
        needed = needs(definition, case, wanted[code])
        if needed.reads_more:
            apart.append(code)
            continue
        at_hand = cases.circumstances(tx, listed_case, person_id=person_id, now=now, request_key=keys.get(code))
        found = facts.find(tx, case, needed, on_date=at_hand.today, around=at_hand.around)
        answers[code] = _decided(tx, definition, case, wanted[code], found=found, at_hand=at_hand)
    applying.apply_all(tx, [answer.writing for answer in answers.values() if isinstance(answer, _Decided)])
    for code in apart:
        # What it reads and moves may be another case of the same list: one after the other, each loaded anew.
        answers[code] = _one_by_one(tx, code, wanted[code], person_id=person_id, now=now, request_key=keys.get(code))
    return tuple(_items(wanted, answers))


def key_of(request_key: str, code: str) -> str:
    """The key under which a request for many cases is kept with one of them."""
    return sha256(f"{request_key}/{code}".encode()).hexdigest()


def _items(wanted: Iterable[str], answers: Mapping[str, _Decided | Acted | Refusal | None]) -> Iterator[Item]:
    for code in wanted:
        answer = answers.get(code)
        yield Item(code, Acted(answer.plan.case, answer.plan) if isinstance(answer, _Decided) else answer)


def _decided(
    tx: Tx, definition: Definition, case: Case, asked: Act, *, found: Found, at_hand: Circumstances
) -> _Decided | Refusal | None:
    answer = cases.decided(tx, definition, case, asked, found=found, at_hand=at_hand)
    if not isinstance(answer, Refusal):
        return _Decided(answer, writing(definition, case, answer, asked=asked, known=found.facts, at_hand=at_hand))
    person = at_hand.actor.person
    return answer if person is not None and access.may_see(tx, case, person, now=at_hand.now) else None


def _one_by_one(
    tx: Tx, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None
) -> Acted | Refusal | None:
    try:
        return cases.act(tx, code, asked, person_id=person_id, now=now, request_key=request_key)
    except CaseNotFound:
        return None

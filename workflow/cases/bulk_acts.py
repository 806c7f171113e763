"""One act on many cases in one transaction, with an answer for each: what is refused leaves the others standing.

Loads the cases together and writes their Plans together, so that five hundred cost a few round trips; the rules are
those of a single act, asked for each case. Called by the doors.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from workflow.cases import cases
from workflow.cases.cases import Acted
from workflow.errors import CaseNotFound
from workflow.organisation import access
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.cases import requests
from workflow.storage.session import Tx
from workflow.storage.writing import Writing, applying
from workflow.values import Act, Refusal


@dataclass(frozen=True, slots=True)
class Item:
    """What became of the act on one case; None: there is no such case, or this person may not know of it."""

    code: str
    answer: Acted | Refusal | None


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
    answers: dict[str, Writing | Acted | Refusal | None] = {}
    apart = []
    for code, found in listed.items():
        if keys.get(code) in done:
            answers[code] = Acted(found.case, None, repeated=True)
            continue
        at_hand = cases.circumstances(tx, found, person_id=person_id, now=now, request_key=keys.get(code))
        answer = cases.by_itself(tx, found.case, wanted[code], at_hand)
        if answer is None:
            apart.append(code)
        elif isinstance(answer, Writing) or access.may_see(tx, found.case, person_id, now=now):
            answers[code] = answer
    applying.apply_all(tx, [answer for answer in answers.values() if isinstance(answer, Writing)])
    for code in apart:
        # What it reads and moves may be another case of the same list: one after the other, each loaded anew.
        answers[code] = _one_by_one(tx, code, wanted[code], person_id=person_id, now=now, request_key=keys.get(code))
    return tuple(_items(wanted, answers))


def key_of(request_key: str, code: str) -> str:
    """The key under which a request for many cases is kept with one of them."""
    return sha256(f"{request_key}/{code}".encode()).hexdigest()


def _items(wanted: Iterable[str], answers: Mapping[str, Writing | Acted | Refusal | None]) -> Iterator[Item]:
    for code in wanted:
        answer = answers.get(code)
        yield Item(code, Acted(answer.plan.case, answer.plan) if isinstance(answer, Writing) else answer)


def _one_by_one(
    tx: Tx, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None
) -> Acted | Refusal | None:
    try:
        return cases.act(tx, code, asked, person_id=person_id, now=now, request_key=request_key)
    except CaseNotFound:
        return None

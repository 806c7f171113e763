"""What the engine lets people do to each open case of a record: only names of actions and states, and codes of reasons.

Of each case those are asked whom the engine itself names as able to act, besides somebody who sees every case and
somebody of one commune, who sees few.
"""

from datetime import datetime
from typing import Final

from workflow import search
from workflow.cases import CaseView, view
from workflow.errors import CaseNotFound
from workflow.machine.deciding import Offer
from workflow.organisation import people
from workflow.storage.session import Tx
from workflow.values import Json

EVERYWHERE: Final = "auditor"
ELSEWHERE: Final = "cucphuong.clerk"
UNKNOWN: Final = "no such case"
MOST: Final = 10_000

Decisions = dict[str, dict[str, Json]]


def decisions(tx: Tx, *, now: datetime) -> Decisions:
    """Ask for the offers of every open case; by the case's code and the person's user name."""
    usernames = {person.id: person.username for person in people.listing(tx, limit=MOST)}
    auditor = people.find_username(tx, EVERYWHERE).id
    clerk = people.find_username(tx, ELSEWHERE).id
    decided: Decisions = {}
    for line in (case.line for case in search.find(tx, search.Asked(), person_id=auditor, now=now, limit=MOST).found):
        if line.row.outcome is None or line.row.due_at is not None:
            code = line.row.code
            seen = view(tx, code, person_id=auditor, now=now)
            asked = {usernames[person]: _decided(tx, code, person, now=now) for person in (clerk, *_able(seen))}
            decided[code] = {EVERYWHERE: _offers(seen), **asked}
    return decided


def _able(seen: CaseView) -> list[int]:
    """The first holder of each desk that could do one of the actions."""
    refusals = [offer.refusal for offer in seen.offers if offer.refusal is not None]
    return sorted({min(seat.holders) for refusal in refusals for seat in refusal.could_act if seat.holders})


def _decided(tx: Tx, code: str, person_id: int, *, now: datetime) -> Json:
    try:
        return _offers(view(tx, code, person_id=person_id, now=now))
    except CaseNotFound:
        return UNKNOWN


def _offers(seen: CaseView) -> Json:
    return [_told(offer) for offer in seen.offers]


def _told(offer: Offer) -> Json:
    refusal = offer.refusal
    return {
        "action": offer.action,
        "to": offer.to,
        "refused": refusal.kind if refusal else None,
        "reasons": [reason.code for reason in refusal.reasons] if refusal else [],
        "warnings": [reason.code for reason in offer.warnings],
    }

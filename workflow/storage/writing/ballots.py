"""The ballot boxes of secret asks: choices without names, without time, without order.

Each time a choice goes in, the whole box is emptied and filled anew under fresh random keys: all rows of a box are
equally old, lie in the order of their keys, and share the transaction of the last vote, so nothing in the tables says
which of them came with which entry of history. This does not protect against somebody who copies the database between
two votes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from secrets import SystemRandom, token_urlsafe

from sqlalchemy import bindparam, delete, func, insert, select

from workflow.storage.models import BallotRow
from workflow.storage.session import Tx
from workflow.values import Ballot

_said = (BallotRow.line, BallotRow.choice)
_in_box = (
    BallotRow.case_id == bindparam("in_case"),
    BallotRow.ask == bindparam("of_ask"),
    BallotRow.round == bindparam("in_round"),
)
_all = select(*_said).where(*_in_box)
_empty = delete(BallotRow).where(*_in_box)
# What is returned is not read: it lets the driver send all rows in one statement, however full the box is.
_fill = insert(BallotRow).returning(BallotRow.case_id)
_count = select(*_said, func.count()).where(*_in_box).group_by(*_said)


def put(tx: Tx, case_id: int, ballots: Iterable[Ballot]) -> None:
    """Put choices into their boxes and shuffle each. The caller has locked the case, so nobody else changes them."""
    for (ask, number), added in groupby(sorted(ballots), key=lambda ballot: (ballot.ask, ballot.round)):
        box = {"in_case": case_id, "of_ask": ask, "in_round": number}
        inside = [(row.line, row.choice) for row in tx.connection.execute(_all, box)]
        inside += [(ballot.line, ballot.choice) for ballot in added]
        SystemRandom().shuffle(inside)
        tx.connection.execute(_empty, box)
        same = {"case_id": case_id, "ask": ask, "round": number}
        rows = [{"key": token_urlsafe(32), **same, "line": line, "choice": choice} for line, choice in inside]
        tx.connection.execute(_fill, rows)


def count(tx: Tx, case_id: int, ask: str, *, round_: int) -> Mapping[str, Mapping[str, int]]:
    """Count the choices in a box by line of the ballot."""
    counts: dict[str, Counter[str]] = {}
    for line, choice, number in tx.connection.execute(_count, {"in_case": case_id, "of_ask": ask, "in_round": round_}):
        counts.setdefault(line, Counter())[choice] = number
    return counts

"""One decision under `act`, `act_in` and `act_on_many`: the same answer and the same rows, whichever way is taken.

What each way does beside that is shown elsewhere: statements and races in `test_record_of_acts`, many answers side by
side in `test_bulk_acts`.
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from sqlalchemy import text

from tests.support.batch_definitions import HEAVY
from tests.support.small_province import NOW
from tests.verbs import batching
from tests.verbs.record_side import close_gap
from workflow import cases
from workflow.cases.weighed_acts import key_of
from workflow.errors import CaseNotFound
from workflow.values import Act, Refusal

KEY = "once"
WEIGH = Act("weigh", {"weight": 2})
ROWS = {
    "case_file": "*",
    "history": "case_id, seq, at, action, was, state, person_id, body, hash, request_key",
    "assignment": "case_id, slot, role, unit_id, person_id, excluded, opened_at, due_at, urgent_at, closed_at",
    "deadline": "case_id, name, due_at, rung, seq",
    "link": "*",
    "listed_field": "*",
    "book": "name, year, last",
    "job": "kind, key, payload, state",
}
"""Everything that an act may write, without ids of rows and times of the machine."""


class NotKept(Exception):
    """Thrown to give up what a way did, once it was looked at."""


@dataclass
class Asked:
    """Who asks for what on which case, if not the clerk; with a key where the request may come twice."""

    code: str
    act: Act
    by: str = batching.CLERK
    key: str | None = None


def rows(tx):
    return {
        table: sorted(map(str, tx.connection.execute(text(f"SELECT {columns} FROM {table}"))))
        for table, columns in ROWS.items()
    }


def in_transaction(tx, asked, **who):
    try:
        return cases.act_in(tx, asked.code, asked.act, request_key=asked.key and key_of(asked.key, asked.code), **who)
    except CaseNotFound:
        return None


def on_many(tx, asked, **who):
    (item,) = cases.act_on_many(tx, [asked.code], asked.act, request_key=asked.key, **who)
    return item.answer


def by_itself(database, asked, **who):
    key = asked.key and key_of(asked.key, asked.code)
    try:
        return cases.act(database, asked.code, asked.act, request_key=key, **who)
    except CaseNotFound:
        return None


def given_up(database, way, asked, **who):
    """Go a way within a transaction, look at the answer and the rows, and give it up."""
    looked = []
    with suppress(NotKept), database.writing() as tx:
        close_gap(tx)
        looked += [way(tx, asked, **who), rows(tx)]
        raise NotKept
    return looked


def three_ways(database, province, asked):
    """Answer and rows of each way, from one and the same record."""
    who = {"person_id": province.people[asked.by], "now": NOW}
    looked = [given_up(database, way, asked, **who) for way in (in_transaction, on_many)]
    with database.writing() as tx:
        close_gap(tx)
    answer = by_itself(database, asked, **who)
    with database.reading() as tx:
        return [*looked, [answer, rows(tx)]]


def in_words(answer):
    if isinstance(answer, Refusal):
        return [answer.kind, *(reason.code for reason in answer.reasons)]
    if answer is None:
        return ["unknown"]
    return ["repeated"] if answer.repeated else ["acted", len(answer.plan.moves), len(answer.opened)]


def on_new_item(database, province, act, **more):
    with database.writing() as tx:
        return Asked(batching.opened(tx, province, "item"), act, **more)


def on_weighed_item(database, province, act, **more):
    return Asked(batching.new_batch(database, province).items[0], act, **more)


def on_batch(database, province, *, weights, act=None, **more):
    batch = batching.new_batch(database, province, weights=weights)
    return Asked(batch.code, act or batch.ship, **more)


def with_an_item_that_is_not_weighed(database, province):
    new = on_new_item(database, province, WEIGH).code
    return Asked(batching.new_batch(database, province).code, Act("ship", {"items": [new]}))


def on_no_case(_database, _province):
    return Asked("MH-2017-9999", WEIGH)


def again(database, province):
    asked = on_new_item(database, province, WEIGH, key=KEY)
    by_itself(database, asked, person_id=province.people[asked.by], now=NOW)
    return asked


SITUATIONS = {
    "an act on one case": (partial(on_new_item, act=WEIGH), ["acted", 0, 0]),
    "with a key": (partial(on_new_item, act=WEIGH, key=KEY), ["acted", 0, 0]),
    "with a key again": (again, ["repeated"]),
    "on a page of now": (partial(on_weighed_item, act=Act("weigh", {"weight": 2}, 2)), ["acted", 0, 0]),
    "on a page of before": (partial(on_weighed_item, act=Act("weigh", {"weight": 2}, 1)), ["stale", "stale"]),
    "without what must be given": (partial(on_new_item, act=Act("weigh")), ["refused", "missing"]),
    "given what is none": (partial(on_new_item, act=Act("weigh", {"weight": "two"})), ["refused", "not_a_number"]),
    "not open here": (partial(on_new_item, act=Act("sign")), ["not_open", "not_open"]),
    "by another's desk": (partial(on_new_item, act=WEIGH, by=batching.HEAD), ["not_your_turn", "no_right"]),
    "by a stranger": (partial(on_new_item, act=WEIGH, by="stranger"), ["unknown"]),
    "on no case": (on_no_case, ["unknown"]),
    "moving and opening": (partial(on_batch, weights=(1, 1)), ["acted", 2, 2]),
    "moving and opening with a key": (partial(on_batch, weights=(1,), key=KEY), ["acted", 1, 1]),
    "against its guard": (partial(on_batch, weights=(1,), act=Act("ship")), ["refused", "unmet"]),
    "opening what is refused": (partial(on_batch, weights=(1, HEAVY)), ["refused", "cannot_open", "unmet"]),
    "listing what does not fit": (with_an_item_that_is_not_weighed, ["refused", "cannot_be_put"]),
}
"""Which act is asked for, and what becomes of it: how many cases it moved and opened, or why not."""


def test_whichever_way_an_act_goes_the_answer_and_the_rows_are_the_same(database, province):
    batching.publish(database)
    answers, unlike = {}, []
    for name, (prepare, _) in SITUATIONS.items():
        ways = three_ways(database, province, prepare(database, province))
        answers[name] = in_words(ways[0][0])
        unlike += [name for looked in ways[1:] if looked != ways[0]]
    assert answers == {name: expected for name, (_, expected) in SITUATIONS.items()}
    assert unlike == []

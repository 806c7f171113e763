"""An act that opens a linked case which its own definition refuses: the act refuses, and nothing is written."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.support.batch_definitions import HEAVY
from tests.support.small_definition import leave
from tests.support.small_province import NOW
from tests.verbs import batching
from workflow import cases
from workflow.cases import histories
from workflow.definitions import publishing
from workflow.storage.queries.cases import loaded_cases as records
from workflow.values import Act, Refusal

LAW = leave(
    (
        "start: {by: clerk, to: draft}",
        'start:\n  - {by: clerk, to: draft}\n  - {by: link, to: draft, when: today < date("2017-11-14")}',
    ),
    ("outcome: good", "outcome: good, actions: {more: {label: A | B, by: clerk, open: {as: more, at: draft}}}"),
)


@pytest.fixture
def granted(database, province):
    """The code of a leave that was granted."""
    people = province.people
    with database.writing() as tx:
        published = publishing.publish_text(
            tx, LAW, author_id=people["admin"], publisher_id=people["admin2"], now=NOW, path="leave.yaml"
        )
        assert isinstance(published, publishing.Published), published
        unit = province.units["14437"]
        code = cases.open_case(tx, "leave", unit_id=unit, person_id=people["cucphuong.clerk"], now=NOW).case.code
        send = Act("send", {"reason": "Việc nhà", "days": 1})
        assert isinstance(cases.act_in(tx, code, send, person_id=people["cucphuong.clerk"], now=NOW), cases.Acted)
        assert isinstance(
            cases.act_in(tx, code, Act("grant"), person_id=people["cucphuong.head"], now=NOW), cases.Acted
        )
    return code


def more(database, province, code, now):
    with database.writing() as tx:
        return cases.act_in(tx, code, Act("more"), person_id=province.people["cucphuong.clerk"], now=now)


def test_it_is_opened_while_its_guard_holds(database, province, granted):
    done = more(database, province, granted, NOW)
    assert [case.state for case in done.opened] == ["draft"]
    with database.reading() as tx:
        (origin,) = records.load_links(tx, done.opened[0].id, {"more"})["more"]
    assert origin.code == granted


def test_a_refused_opening_leaves_no_gap_among_the_numbers(database, province, granted):
    before = int(granted.rpartition("-")[2])
    assert isinstance(more(database, province, granted, NOW + timedelta(days=2)), Refusal)
    done = more(database, province, granted, NOW)
    assert int(done.opened[0].code.rpartition("-")[2]) == before + 1


def test_it_is_refused_and_nothing_is_written_when_its_guard_fails(database, province, granted):
    refused = more(database, province, granted, NOW + timedelta(days=2))
    assert isinstance(refused, Refusal)
    assert [reason.code for reason in refused.reasons] == ["cannot_open", "unmet"]
    with database.reading() as tx:
        case = records.load(tx, granted).case
        assert [entry.action for entry in histories.entries(tx, case.id)] == ["open", "send", "grant"]
        assert records.load_links(tx, case.id, {"~more"}).get("~more", ()) == ()


TABLES = (
    "case_file",
    "history",
    "assignment",
    "deadline",
    "link",
    "listed_field",
    "reservation",
    "ballot",
    "job",
    "book",
)
"""Where an act may leave something."""


def rows(database):
    with database.reading() as tx:
        return {table: sorted(map(str, tx.connection.execute(text(f"SELECT * FROM {table}")))) for table in TABLES}


@pytest.mark.parametrize("ship", [cases.act_in, cases.act])
def test_of_two_openings_the_second_refused_leaves_nothing_and_gives_both_numbers_back(database, province, ship):
    batching.publish(database)
    batch = batching.new_batch(database, province, weights=(1, HEAVY))
    clerk = province.people[batching.CLERK]
    before = rows(database)
    refused = by_way(database, ship, batch, clerk)
    assert [reason.code for reason in refused.reasons] == ["cannot_open", "unmet"]
    after = rows(database)
    # A book that no number was ever taken from has no row; one from which all were given back stands at nought.
    after["book"] = [row for row in after["book"] if not row.endswith(", 0)")]
    assert after == before
    batching.weighs(database, province, batch.items[1], 1)
    shipped = by_way(database, ship, batch, clerk)
    assert [case.code for case in shipped.opened] == ["PX-2017-0001", "PX-2017-0002"]


def by_way(database, ship, batch, clerk):
    """Ship a batch by itself, or in a transaction that stands whatever the answer is."""
    if ship is cases.act:
        return ship(database, batch.code, batch.ship, person_id=clerk, now=NOW)
    with database.writing() as tx:
        return ship(tx, batch.code, batch.ship, person_id=clerk, now=NOW)

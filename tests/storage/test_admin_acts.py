"""Administrators' acts are a chain: one at a time, and every change to it is found."""

from threading import Thread

import pytest
from sqlalchemy import exc, text

from tests.support import small_record
from workflow.audit import admin_acts
from workflow.storage import triggers


@pytest.fixture
def acts(database):
    with database.writing() as tx:
        for number in range(1, 5):
            admin_acts.record(
                tx, "role_granted", {"person": number}, person_id=small_record.CLERK, at=small_record.MORNING
            )
    return database


def test_acts_are_numbered_and_shown_newest_first(acts):
    with acts.reading() as tx:
        shown = admin_acts.entries(tx, limit=3)
        assert [act.seq for act in shown] == [4, 3, 2]
        assert (shown[0].full_name, shown[0].facts) == ("Người 11", {"person": 4})
        assert [act.seq for act in admin_acts.entries(tx, before=2)] == [1]
        assert list(admin_acts.verify(tx)) == []


def test_two_administrators_at_once_make_one_chain(database):
    def record():
        with database.writing() as tx:
            admin_acts.record(tx, "unit_edited", {}, person_id=None, at=small_record.MORNING)

    threads = [Thread(target=record) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with database.reading() as tx:
        assert list(admin_acts.verify(tx)) == []
        assert admin_acts.entries(tx)[0].seq == 20


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE admin_act SET body = replace(body, 'granted', 'removed') WHERE seq = 2", [("changed", 2)]),
        ("UPDATE admin_act SET action = 'unit_edited' WHERE seq = 3", [("column", 3)]),
        ("UPDATE admin_act SET person_id = 12 WHERE seq = 1", [("column", 1)]),
        ("DELETE FROM admin_act WHERE seq = 2", [("gap", 3), ("changed", 3)]),
        ("UPDATE admin_act SET seq = 9 WHERE seq = 4", [("gap", 9), ("changed", 9)]),
    ],
)
def test_whatever_is_changed_afterwards_is_found(acts, tampering, found):
    with acts.writing() as tx:
        triggers.drop_triggers(tx.connection)
        tx.connection.execute(text(tampering))
    with acts.reading() as tx:
        assert [(fault.kind, fault.seq) for fault in admin_acts.verify(tx)] == found


@pytest.mark.parametrize("statement", ["UPDATE admin_act SET action = 'x'", "DELETE FROM admin_act"])
def test_the_database_itself_refuses_to_change_an_act(acts, statement):
    with pytest.raises(exc.IntegrityError, match="append-only"), acts.writing() as tx:
        tx.connection.execute(text(statement))

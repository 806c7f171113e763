"""Nothing is changed afterwards unseen: every edit, insert, delete, swap and cut is found behind the triggers."""

import json

import pytest
from sqlalchemy import exc, text

from tests.support import small_record
from workflow.audit import admin_acts, audits
from workflow.cases import histories
from workflow.storage import triggers
from workflow.storage.session import Database

KEY = bytes(range(32))
PUBLIC = audits.public_key_of(KEY)


@pytest.fixture
def chains(database):
    """Three cases with four entries each."""
    with database.writing() as tx:
        for _ in range(3):
            case = small_record.new_case(tx)
            for state in ("submitted", "review", "acknowledged"):
                plan = small_record.moved(case, to=state)
                small_record.write(tx, plan)
                case = plan.case
        admin_acts.record(tx, "set_up", {}, person_id=None, at=small_record.MORNING)
    return database


def found(database):
    with database.reading() as tx:
        return [(fault.kind, fault.case_id, fault.seq) for fault in audits.verify(tx)]


def tamper(database, *statements):
    """Do what somebody with the database's password can do."""
    with database.writing() as tx:
        triggers.drop_triggers(tx.connection)
        if database.dialect == "postgresql":
            tx.connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            tx.connection.execute(text(statement))
    # psycopg has a server forget what is prepared where a trigger was dropped.
    database.close()


def test_an_untouched_record_has_no_fault(chains):
    assert found(chains) == []


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        (
            ["UPDATE history SET body = replace(body, '\"send\"', '\"sent\"') WHERE case_id = 2 AND seq = 3"],
            [("changed", 2, 3)],
        ),
        (["UPDATE history SET at = recorded_at WHERE case_id = 2 AND seq = 3"], [("column", 2, 3)]),
        (["UPDATE history SET person_id = 12 WHERE case_id = 1 AND seq = 1"], [("column", 1, 1)]),
        (["UPDATE history SET state = 'draft' WHERE case_id = 1 AND seq = 2"], [("column", 1, 2)]),
        (["DELETE FROM history WHERE case_id = 1 AND seq = 2"], [("gap", 1, 3), ("changed", 1, 3)]),
        (["DELETE FROM history WHERE case_id = 1 AND seq = 4"], [("head", 1, 3)]),
        (
            [
                "UPDATE history SET seq = 9 WHERE case_id = 3 AND seq = 2",
                "UPDATE history SET seq = 2 WHERE case_id = 3 AND seq = 3",
                "UPDATE history SET seq = 3 WHERE case_id = 3 AND seq = 9",
            ],
            [("changed", 3, 2), ("changed", 3, 3), ("changed", 3, 4)],
        ),
        (
            [
                (
                    "INSERT INTO history (case_id, seq, at, recorded_at, action, was, state, body, hash)"
                    " SELECT case_id, 5, at, recorded_at, action, was, state, body, hash FROM history"
                    " WHERE case_id = 2 AND seq = 4"
                )
            ],
            [("changed", 2, 5), ("head", 2, 5)],
        ),
        (["UPDATE case_file SET state = 'awarded' WHERE id = 2"], [("state", 2, 4)]),
        (["UPDATE case_file SET outcome = 'good' WHERE id = 2"], [("state", 2, 4)]),
        (["UPDATE case_file SET code = 'KH-1' WHERE id = 2"], [("state", 2, 4)]),
        (["UPDATE case_file SET head = 'x' WHERE id = 2"], [("head", 2, 4)]),
        (["DELETE FROM history WHERE case_id = 2"], [("head", 2, None)]),
    ],
)
def test_whatever_is_changed_afterwards_is_found(chains, statements, faults):
    tamper(chains, *statements)
    assert found(chains) == faults


def test_history_under_a_case_that_was_removed_is_found(chains):
    leftovers = ["DELETE FROM assignment WHERE case_id = 2", "DELETE FROM listed_field WHERE case_id = 2"]
    with chains.engine.connect() as connection:
        if chains.dialect == "sqlite":
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    tamper(chains, *leftovers, "DELETE FROM case_file WHERE id = 2")
    assert found(chains) == [("head", 2, None)]


def test_a_cut_tail_is_found_by_a_checkpoint_kept_elsewhere(chains):
    exported = checkpoint(chains)
    cut_last_entry(chains, 2)
    assert found(chains) == []
    assert against(chains, exported) == [("cut", 2, 4)]


def test_a_removed_case_is_found_by_a_checkpoint(chains):
    exported = checkpoint(chains)
    remove = [
        f"DELETE FROM {table} WHERE case_id = 2" for table in ("history", "assignment", "listed_field", "deadline")
    ]
    tamper(chains, *remove, "DELETE FROM case_file WHERE id = 2")
    assert found(chains) == []
    assert against(chains, exported) == [("cut", 2, 4)]


def test_a_chain_written_anew_is_found_by_a_checkpoint(chains):
    exported = checkpoint(chains)
    cut_last_entry(chains, 2)
    with chains.writing() as tx:
        case = small_record.records.load_by_id(tx, 2).case
        small_record.write(tx, small_record.moved(case, to="refused", notices=()))
    assert found(chains) == []
    assert against(chains, exported) == [("replaced", 2, 4)]


def test_a_cut_act_of_an_administrator_is_found_by_a_checkpoint(chains):
    exported = checkpoint(chains)
    tamper(chains, "DELETE FROM admin_act")
    assert found(chains) == []
    assert against(chains, exported) == [("cut", None, 1)]


def test_what_happened_since_a_checkpoint_is_no_fault(chains):
    exported = checkpoint(chains)
    with chains.writing() as tx:
        small_record.new_case(tx)
        case = small_record.records.load_by_id(tx, 1).case
        small_record.write(tx, small_record.moved(case, to="archived"))
    assert against(chains, exported) == []


@pytest.mark.parametrize("forgery", ["head", "time", "signature", "key"])
def test_a_forged_checkpoint_proves_nothing(chains, forgery):
    statement = json.loads(checkpoint(chains))
    if forgery == "head":
        statement["heads"].pop()
    elif forgery == "time":
        statement["made_at"] = "2017-01-01T00:00:00.000000Z"
    elif forgery == "signature":
        statement["signature"] = "00" * 64
    public = audits.public_key_of(bytes(32)) if forgery == "key" else PUBLIC
    with chains.reading() as tx:
        faults = list(audits.check_against(tx, json.dumps(statement), public_key=public))
    assert [fault.kind for fault in faults] == ["forged"]


@pytest.mark.parametrize("statement", ["UPDATE history SET state = 'x'", "DELETE FROM history", "REPLACE"])
def test_the_database_itself_refuses_to_change_history(chains, statement):
    if statement == "REPLACE":
        columns = "case_id, seq, at, recorded_at, action, was, state, body, hash"
        source = "SELECT case_id, seq, at, recorded_at, action, was, 'x', body, hash FROM history LIMIT 1"
        verb = "INSERT OR REPLACE" if chains.dialect == "sqlite" else "INSERT"
        statement = f"{verb} INTO history ({columns}) {source}"
    with pytest.raises(exc.IntegrityError), chains.writing() as tx:
        tx.connection.execute(text(statement))


def test_postgresql_refuses_to_empty_history(postgresql_url):
    database = Database(postgresql_url)
    with pytest.raises(exc.IntegrityError, match="append-only"), database.writing() as tx:
        tx.connection.execute(text("TRUNCATE history CASCADE"))
    database.close()


def test_entries_are_read_with_the_names_of_people(chains):
    with chains.writing() as tx:
        case = small_record.records.load_by_id(tx, 1).case
        moved = small_record.moved(case, to="archived")
        plan = moved._replace(inputs={"comment": "Đã đủ"}, on_behalf=small_record.CHAIR, capacity="KT")
        small_record.write(tx, plan, person_id=small_record.OFFICER)
        last = histories.entries(tx, 1)[-1]
    assert (last.seq, last.person, last.on_behalf, last.capacity) == (5, "Người 12", "Người 13", "KT")
    assert (last.was, last.state, last.inputs, last.definition) == (
        "acknowledged", "archived", {"comment": "Đã đủ"}, small_record.DEFINITION,
    )  # fmt: skip


def cut_last_entry(database, case_id):
    head = f"(SELECT hash FROM history WHERE case_id = {case_id} AND seq = 3)"
    tamper(
        database,
        f"DELETE FROM history WHERE case_id = {case_id} AND seq = 4",
        f"UPDATE case_file SET version = 3, acted_version = 3, state = 'review', head = {head} WHERE id = {case_id}",
    )


def checkpoint(database):
    with database.writing() as tx:
        return audits.checkpoint(tx, KEY)


def against(database, exported):
    with database.reading() as tx:
        return [
            (fault.kind, fault.case_id, fault.seq) for fault in audits.check_against(tx, exported, public_key=PUBLIC)
        ]

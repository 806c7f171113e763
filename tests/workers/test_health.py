"""Signs of life: the report is well while worker and sweeper speak, and says what is silent."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from workflow.installation import health
from workflow.storage.models import Heartbeat
from workflow.storage.session import Database


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.close()


def test_an_installation_without_workers_is_not_well(database):
    report = health.report(database)
    assert not report.well
    assert report.checks == {"database": "alive", "worker": "never seen", "sweeper": "never seen"}


def test_worker_and_sweeper_make_it_well(database):
    with database.writing() as tx:
        health.beat(tx, "one")
    with database.writing() as tx:
        health.beat(tx, "one")
    assert health.report(database).well


def test_silence_is_reported_by_its_length(database):
    with database.writing() as tx:
        health.beat(tx, "one")
        health.beat(tx, "other", [health.WORKER])
        age(tx, "one", timedelta(seconds=30))
    report = health.report(database)
    assert not report.well
    assert report.checks == {"database": "alive", "worker": "alive", "sweeper": "silent for 30 s"}


def test_who_leaves_is_forgotten_with_those_long_silent(database):
    with database.writing() as tx:
        for process in ("leaving", "crashed long ago", "crashed just now"):
            health.beat(tx, process)
        age(tx, "crashed long ago", timedelta(hours=2))
        age(tx, "crashed just now", timedelta(minutes=2))
        health.leave(tx, "leaving")
    with database.reading() as tx:
        assert set(tx.connection.scalars(text("SELECT process FROM heartbeat"))) == {"crashed just now"}


def test_a_database_out_of_reach_is_a_report_and_no_error():
    report = health.report(Database("postgresql://trinh@/trinh?host=/nowhere"))
    assert report.checks == {"database": "unreachable", "worker": "unknown", "sweeper": "unknown"}


def age(tx, process, by):
    table = Heartbeat.__table__
    tx.connection.execute(table.update().where(table.c.process == process).values(seen_at=tx.machine_now() - by))

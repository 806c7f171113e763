"""The tables: what migrations build is what the models say, and the guards are in place."""

import pytest
from sqlalchemy import inspect, text

from workflow.storage import migrating, triggers
from workflow.storage.models import Base
from workflow.storage.session import Database

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def test_a_migrated_database_is_what_the_models_say(database_url):
    assert migrating.drift(database_url) == []
    assert migrating.revision(database_url) == migrating.head()


def test_migrating_again_changes_nothing(database_url):
    migrating.migrate(database_url)
    assert migrating.drift(database_url) == []


def test_down_leaves_nothing_and_up_builds_it_again(database_url):
    migrating.downgrade(database_url, to="base")
    database = Database(database_url)
    assert set(inspect(database.engine).get_table_names()) == {"alembic_version"}
    migrating.migrate(database_url)
    assert migrating.drift(database_url) == []
    assert trigger_names(database) == expected_triggers(database.dialect)
    database.close()


def test_history_and_administrators_acts_are_guarded(database_url):
    database = Database(database_url)
    assert trigger_names(database) == expected_triggers(database.dialect)
    database.close()


def test_drift_sees_a_missing_column(database_url):
    database = Database(database_url)
    with database.writing() as tx:
        tx.connection.execute(text("ALTER TABLE letter DROP COLUMN sent_at"))
    database.close()
    assert [change[0] for change in migrating.drift(database_url)] == ["add_column"]


@pytest.mark.parametrize("table", ["case_file", "history", "job"])
def test_every_instant_is_a_whole_number_on_sqlite(sqlite_url, table):
    database = Database(sqlite_url)
    types = {column["name"]: str(column["type"]) for column in inspect(database.engine).get_columns(table)}
    instants = [column.name for column in Base.metadata.tables[table].c if column.name.endswith("_at")]
    assert {types[name] for name in instants} == {"BIGINT"}
    database.close()


def trigger_names(database):
    with database.reading() as tx:
        return set(tx.connection.scalars(text(TRIGGERS[database.dialect])))


def expected_triggers(dialect):
    verbs = ("update", "delete", "truncate") if dialect == "postgresql" else ("update", "delete")
    return {f"{table}_refuses_{verb}" for table in triggers.GUARDED for verb in verbs}

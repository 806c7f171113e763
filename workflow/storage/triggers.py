"""The triggers that make history and administrators' acts append-only.

Alembic's batch mode rebuilds SQLite tables without their triggers: a migration that touches a guarded table calls
`create_triggers` again afterwards, and a test counts them.
"""

from sqlalchemy import Connection, text

GUARDED = ("history", "admin_act")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def create_triggers(connection: Connection) -> None:
    """Guard each table against UPDATE and DELETE, on PostgreSQL against TRUNCATE too; harmless when repeated."""
    drop_triggers(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text(_POSTGRESQL_FUNCTION))
    for statement in _statements(connection.dialect.name):
        connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Remove the guards, so that a downgrade can drop the tables."""
    for table in GUARDED:
        for verb in ("update", "delete", "truncate"):
            on_table = f" ON {table}" if connection.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}{on_table}"))


def _statements(dialect: str) -> list[str]:
    if dialect == "postgresql":
        return [
            f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION refuse_change()"
            for table in GUARDED
            for verb in ("update", "delete", "truncate")
        ]
    return [
        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in GUARDED
        for verb in ("update", "delete")
    ]

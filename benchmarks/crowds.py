"""A province with a million open cases: whether my turn and the sweeper feel how many there are. PostgreSQL.

The crowd is written by one statement a table, past the engine and its history, for these measurements only. One person
holds thirty desks, among 250 units.
"""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Final

from sqlalchemy import text

from benchmarks.measuring import Figure
from benchmarks.stages import KINDS
from tests.support import small_record
from tests.support.small_record import CHAIR, PROVINCE, TODAY
from workflow.storage.queries import deadlines
from workflow.storage.queries.cases import inbox
from workflow.storage.session import Database, Tx

FEW: Final = 10_000
MANY: Final = 1_000_000
UNITS: Final = 250
DESKS: Final = 30
FIRST_UNIT: Final = 1_000
REPEATS: Final = 60
CLAIMED: Final = 100
EPOCH: Final = datetime(2017, 10, 1, tzinfo=UTC)
CROWD = {
    "case_file": """
INSERT INTO case_file (id, code, definition, definition_name, params, unit_id, state, version, acted_version,
  opened_at, entered_at, last_at, due_at, fields, done, asks, clocks, head, title, search_key)
SELECT n, 'B-' || n, :definition, 'unit_plan', '{{}}', {unit}, 'draft', 1, 1, {at}, {at}, {at}, {due}, '{{}}', '{{}}',
  '{{}}', '{{}}', '', 'Kế hoạch ' || n, '' FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) n
""",
    "assignment": """
INSERT INTO assignment (case_id, slot, role, unit_id, excluded, opened_at, due_at, urgent_at)
SELECT n, 'turn', 'plan_officer', {unit}, '', {at}, {due}, {due}
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) n
""",
    "deadline": """
INSERT INTO deadline (case_id, name, due_at, rung, seq)
SELECT n, 'turn', {due}, 0, 1 FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) n
""",
}
UNIT = f"{FIRST_UNIT} + n % {UNITS}"
AT = "timestamptz '2017-10-01'"
# Spread without order, as deadlines of a crowd are.
DUE = f"{AT} + (n * 7919 % 1000003) * interval '5 seconds'"
BARE_CLAIM = text("""
UPDATE deadline SET rung_at = clock_timestamp() WHERE (case_id, name) IN (
  SELECT case_id, name FROM deadline WHERE rung_at IS NULL AND due_at <= :now
  ORDER BY due_at, case_id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING case_id, name, seq, due_at
""")


class _Undone(Exception):
    pass


def measure() -> Iterator[Figure]:
    """Measure with few cases, add the crowd, measure again."""
    with KINDS["postgresql"]() as url:
        database = Database(url)
        with database.writing() as tx:
            _build(tx)
            _crowd(tx, first=100, last=FEW)
        _settle(database)
        few = _spent(database, _my_turn)
        with database.writing() as tx:
            _crowd(tx, first=FEW + 1, last=MANY)
        _settle(database)
        many = _spent(database, _my_turn)
        yield Figure(
            f"my turn of {DESKS} desks, 1,000,000 open cases beside 10,000",
            many / few,
            "×",
            must=2,
            aim=1.6,
            better="less",
            beside=f"{many * 1e3:.1f} ms beside {few * 1e3:.1f} ms",
        )
        yield _claiming(database)
        database.close()


def _claiming(database: Database) -> Figure:
    now = EPOCH + timedelta(days=3650)
    pairs = []
    for _ in range(REPEATS):
        ours = _once(database, lambda tx: deadlines.claim_due(tx, now=now, limit=CLAIMED))
        bare = _once(database, lambda tx: tx.connection.execute(BARE_CLAIM, {"now": now, "most": CLAIMED}).all())
        pairs.append((ours, bare))
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Figure(
        "claim 100 due of 1,000,000 deadlines, beside a bare claim",
        statistics.median(ours / bare for ours, bare in pairs),
        "×",
        must=2,
        aim=1.3,
        better="less",
        beside=f"{mine * 1e3:.1f} ms beside {other * 1e3:.1f} ms",
    )


def _build(tx: Tx) -> None:
    small_record.build(tx)
    numbers = range(FIRST_UNIT, FIRST_UNIT + UNITS)
    small_record.rows(tx, small_record.models.Unit, [small_record.unit(number, PROVINCE) for number in numbers])
    for number in numbers[:DESKS]:
        small_record.grant(tx, CHAIR, "plan_officer", number, since=date(2010, 1, 1))


def _crowd(tx: Tx, *, first: int, last: int) -> None:
    # Checking a million references one by one would take longer than all else; they are right by construction.
    tx.connection.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in CROWD.values():
        words = {"first": first, "last": last} | (
            {"definition": small_record.DEFINITION} if ":definition" in statement else {}
        )
        tx.connection.execute(text(statement.format(unit=UNIT, at=AT, due=DUE)), words)


def _settle(database: Database) -> None:
    """Do what autovacuum does within a minute."""
    with database.statements() as tx:
        tx.connection.execute(text("VACUUM ANALYZE case_file, assignment, deadline"))


def _my_turn(tx: Tx) -> object:
    return inbox.my_turn(tx, CHAIR, on_date=TODAY, after=None, limit=50)


def _spent(database: Database, ask: Callable[[Tx], object]) -> float:
    with database.reading() as tx:
        assert len(inbox.my_turn(tx, CHAIR, on_date=TODAY, after=None, limit=50)) == 50
        times = []
        for _ in range(REPEATS):
            begun = perf_counter()
            ask(tx)
            times.append(perf_counter() - begun)
    return statistics.median(times)


def _once(database: Database, claim: Callable[[Tx], object]) -> float:
    with suppress(_Undone), _timed() as spent, database.writing() as tx:
        claim(tx)
        spent.append(perf_counter())
        raise _Undone
    begun, ended = spent
    return ended - begun


@contextmanager
def _timed() -> Iterator[list[float]]:
    yield [perf_counter()]

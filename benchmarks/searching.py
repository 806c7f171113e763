"""Lists, searches, the board and my turn among ten thousand, a hundred thousand, a million cases. PostgreSQL.

Cases and their words are written by one statement a table, past the engine and its history, for these measurements
only: eight kinds, seven states, 243 units in nine districts; words as unevenly frequent as those of a language. What is
timed are the verbs that pages call; `TRINH_BENCH_CASES` says how many cases there are in the end (a million if unset).
"""

import os
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final

from sqlalchemy import text

from benchmarks.measuring import Figure, percentile
from benchmarks.stages import KINDS
from tests.support import small_province
from tests.support.small_province import NOW
from workflow import movements, search
from workflow.cases import assignments, case_lists
from workflow.definitions import publishing
from workflow.movements import obligations
from workflow.organisation import GrantForm, PersonForm, grants, people, units
from workflow.search import Asked
from workflow.storage.queries.definitions import find_current as hash_of
from workflow.storage.session import Database, Tx

FEW: Final = 10_000
MOST: Final = int(os.environ.get("TRINH_BENCH_CASES", "1000000"))
UNITS: Final = 243
FIRST_CASE: Final = 1_000
ROUNDS: Final = 40
ALLOWED_MS: Final = 200
VOCABULARY: Final = 4_000
DISTRICTS: Final = 9
DESKS: Final = 30
MOVEMENT: Final = "nguoi-ngheo-2016-2020"
KINDS_OF_CASE: Final = (
    "unit_plan", "review_report", "award_nomination", "nominee", "dossier", "complaint", "commendation", "decision",
)  # fmt: skip
SERIES: Final = "generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) n"
CROWD: Final = (
    f"""
INSERT INTO case_file (id, code, definition, definition_name, params, unit_id, state, outcome, version, acted_version,
  opened_at, entered_at, last_at, due_at, fields, done, asks, clocks, head, title, search_key)
SELECT n, 'B-' || n, d.hash, d.name, '{{}}', {{unit}}, d.state, CASE WHEN n % 7 < 4 THEN 'good' END, 1, 1,
  a.at, a.at, a.at, a.at + interval '9 days', '{{}}', '{{}}', '{{}}', '{{}}', '', 'Việc ' || n, ''
FROM {SERIES}
JOIN (VALUES {{kinds}}) AS d(place, hash, name, state) ON d.place = n % {{number}}
CROSS JOIN LATERAL (SELECT timestamptz '2017-11-01' + n * interval '10 seconds' AS at) a
""",
    f"""
INSERT INTO assignment (case_id, slot, role, unit_id, excluded, opened_at, due_at, urgent_at)
SELECT n, 'turn', 'unit_clerk', {{unit}}, '', timestamptz '2017-11-01', at.at, at.at FROM {SERIES}
CROSS JOIN LATERAL (SELECT timestamptz '2017-11-01' + (n * 7919 % 1000003) * interval '5 seconds' AS at) at
WHERE n % 7 >= 4
""",
    # A word of the vocabulary is the rarer the greater its number: the square of a number spread evenly.
    f"""
INSERT INTO case_word (case_id, word, marked, source)
SELECT DISTINCT n, 'tu' || CAST({VOCABULARY} * power(h.h / 1000003.0, 2) AS int), '', 'content' FROM {SERIES}
CROSS JOIN generate_series(1, 12) k CROSS JOIN LATERAL (SELECT (n * 7919 + k * 104729 * (n % 89 + 1)) % 1000003 AS h) h
""",
    f"""
INSERT INTO case_word (case_id, word, marked, source)
SELECT n, w.word, w.marked, w.source FROM {SERIES} CROSS JOIN LATERAL (VALUES ('b-' || n, '', 'code'),
  (CAST(n AS text), '', 'code'), ('ke', '2ke', 'kind'), ('hoach', '5hoach', 'kind'), ('ubnd', '', 'unit'),
  ('xa', '3xa', 'unit'), ('lang' || n % {UNITS}, '', 'unit')) w(word, marked, source)
""",
)


def measure() -> Iterator[Figure]:
    """Measure with few cases, add the crowd, measure again."""
    with KINDS["postgresql"]() as url:
        database = Database(url)
        with database.writing() as tx:
            ids = _build(tx)
            _crowd(tx, first=FIRST_CASE, last=FEW)
        _settle(database)
        few = _spent(database, ids)
        at, many = FEW, few
        while at < MOST:
            last = min(at * 10, MOST)
            for first in range(at + 1, last + 1, 100_000):
                with database.writing() as tx:
                    _crowd(tx, first=first, last=min(first + 99_999, last))
            at = last
            _settle(database)
            many = _spent(database, ids)
            for work, spent in many.items():
                yield Figure(
                    f"{work}, {at:,} cases: p95", spent * 1e3, "ms", must=ALLOWED_MS, aim=ALLOWED_MS / 4, better="less"
                )
        for work, spent in many.items():
            beside = f"{spent * 1e3:.1f} ms beside {few[work] * 1e3:.1f} ms"
            work_and_sizes = f"{work}, {at:,} cases beside {FEW:,}"
            yield Figure(work_and_sizes, spent / few[work], "×", must=2, aim=1.6, better="less", beside=beside)
        database.close()


def _build(tx: Tx) -> dict[str, int]:
    """Put 243 communes in nine districts, people, and a movement in which every unit owes a plan; ids of the people."""
    stage = small_province.build(tx)
    rows = [f"D{district},Huyện {district},Huyện {district},district,37" for district in range(DISTRICTS)]
    rows += [f"X{n},UBND xã Làng{n},Làng{n},commune,D{n % DISTRICTS}" for n in range(UNITS)]
    table = "code,name,short_name,kind,parent,valid_from,valid_to,blocks,owes\n" + "".join(
        f"{row},01/04/1992,,,yes\n" for row in rows
    )
    units.import_file(tx, table.encode(), name="units.csv", person_id=None, now=NOW)
    for number in range(DESKS):
        unit = units.find_code(tx, f"X{number}").id
        grants.grant(
            tx,
            GrantForm(stage.people["giavien.officer"], "unit_clerk", unit, small_province.SINCE),
            person_id=None,
            now=NOW,
        )
    stage.people["clerk"] = people.add(tx, PersonForm("bench.clerk", "Đỗ Thị Hạnh"), person_id=None, now=NOW)
    form = GrantForm(stage.people["clerk"], "unit_clerk", units.find_code(tx, "X100").id, small_province.SINCE)
    grants.grant(tx, form, person_id=None, now=NOW)
    obligations.import_movement(tx, small_province.MOVEMENT, name="movement.yaml", person_id=None, now=NOW)
    list(obligations.publish_movement(tx, MOVEMENT, person_id=None, now=NOW))
    return stage.people


def _crowd(tx: Tx, *, first: int, last: int) -> None:
    # Checking a million references one by one would take longer than all else; they are right by construction.
    tx.connection.execute(text("SET LOCAL session_replication_role = replica"))
    laws = [publishing.current(tx, name) for name in KINDS_OF_CASE]
    places = [(tx_hash, law.name, state) for law in laws for tx_hash in [hash_of(tx, law.name)] for state in law.states]
    kinds = ", ".join(f"({place}, '{law}', '{name}', '{state}')" for place, (law, name, state) in enumerate(places))
    unit = units.find_code(tx, "X0").id
    for statement in CROWD:
        written = statement.replace("{unit}", f"{unit} + n % {UNITS}").replace("{kinds}", kinds)
        tx.connection.execute(text(written.replace("{number}", str(len(places)))), {"first": first, "last": last})


def _settle(database: Database) -> None:
    """Do what autovacuum does within a minute."""
    with database.statements() as tx:
        tx.connection.execute(text("VACUUM ANALYZE case_file, assignment, case_word"))


def _works(ids: dict[str, int]) -> dict[str, Callable[[Tx, int], object]]:
    """What is done, by its name; a number varies what is asked."""
    chairman, officer, clerk = (ids[name] for name in ("chairman", "giavien.officer", "clerk"))

    def finds(
        person: int, words: Callable[[int], str] = lambda _: "", **asked: str | bool
    ) -> Callable[[Tx, int], object]:
        return lambda tx, n: search.find(tx, Asked(words(n), **asked), person_id=person, now=NOW)  # type: ignore[arg-type]

    return {
        "list": finds(chairman),
        "list of one kind": finds(chairman, definition="unit_plan"),
        "list of one kind in one state": finds(chairman, definition="unit_plan", state="submitted"),
        "list of late cases": finds(chairman, only_late=True),
        "list of a unit's clerk": finds(clerk),
        "search, a rare word": finds(chairman, lambda n: f"tu{3_900 + n} "),
        "search, two common words": finds(chairman, lambda n: f"tu{n} ke "),
        "search, words with marks": finds(chairman, lambda n: f"kế tu{n + 100} "),
        "search, an unfinished word": finds(chairman, lambda n: f"tu{n + 30}"),
        "search, a code not yet finished": finds(chairman, lambda n: f"b-{n + 10}"),
        "search, no hit": finds(chairman, lambda n: f"khongco{n} ke"),
        "search, a unit and a word": finds(chairman, lambda n: f"lang{n + 3} tu{n + 1} "),
        "search of a unit's clerk": finds(clerk, lambda n: f"ke tu{n + 2} "),
        "my unit": lambda tx, _: case_lists.of_my_units(tx, person_id=clerk, now=NOW),
        "board of 250 units": lambda tx, _: movements.board(tx, MOVEMENT, person_id=chairman, now=NOW),
        "my turn": lambda tx, _: assignments.my_turn(tx, person_id=officer, now=NOW),
    }


def _spent(database: Database, ids: dict[str, int]) -> dict[str, float]:
    spent = {}
    for work, do in _works(ids).items():
        times = []
        for number in range(ROUNDS):
            with database.reading() as tx:
                begun = perf_counter()
                do(tx, number)
                times.append(perf_counter() - begun)
        # The first ones plan statements and load the organisation.
        spent[work] = percentile(times[5:], 0.95)
    return spent

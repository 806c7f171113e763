"""One act on five hundred cases beside five hundred acts on one: what deciding together saves.

The same cases go out and come back, all of them each time: in one transaction, or in a transaction for each.
"""

import statistics
from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.measuring import Figure, seconds_of
from benchmarks.stages import KINDS
from tests.support import errand_cases
from tests.support.small_record import CLERK, OFFICER
from workflow import cases
from workflow.cases import Acted
from workflow.installation import business_time
from workflow.storage.session import Database
from workflow.values import Act

CASES: Final = 500
ROUNDS: Final = 3
STEPS: Final = (("send", CLERK), ("return", OFFICER))


def measure() -> Iterator[Figure]:
    """Measure on both databases."""
    for kind in KINDS:
        with KINDS[kind]() as url:
            database = Database(url)
            errand_cases.build(database)
            codes = [errand_cases.open_errand(database) for _ in range(CASES)]
            _together(database, codes)
            pairs = [(_lasts(_together, database, codes), _lasts(_singly, database, codes)) for _ in range(ROUNDS)]
            database.close()
        ratio = statistics.median(singly / together for together, singly in pairs)
        together = statistics.median(seconds for seconds, _ in pairs) / len(STEPS)
        singly = statistics.median(seconds for _, seconds in pairs) / len(STEPS)
        beside = f"{together * 1000:,.0f} ms beside {singly * 1000:,.0f} ms one by one"
        yield Figure(f"one act on {CASES} cases, {kind}", ratio, "×", must=5, aim=10, beside=beside)


def _lasts(way: Callable[[Database, list[str]], None], database: Database, codes: list[str]) -> float:
    return seconds_of(lambda: way(database, codes))


def _together(database: Database, codes: list[str]) -> None:
    for action, by in STEPS:
        with database.writing() as tx:
            now = business_time.read(tx)
            items = cases.act_on_many(tx, codes, Act(action), person_id=by, now=now)
        assert all(isinstance(item.answer, Acted) for item in items)


def _singly(database: Database, codes: list[str]) -> None:
    for action, by in STEPS:
        for code in codes:
            errand_cases.act(database, code, action, by=by)

"""Open cases live in the database: a process that has acted on many holds none of them, and no machine for any."""

import gc
import tracemalloc

import pytest

from tests.support import errand_cases
from tests.support.small_record import CLERK
from workflow.storage.session import Database

WARM_UP, CASES = 100, 300
BYTES_A_CASE = 300
"""What bounded caches still fill; a case alone, kept by mistake, takes several times as much."""


@pytest.fixture
def database(sqlite_url):
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def test_an_open_case_takes_no_memory_in_a_process(database):
    errand_cases.build(database)
    codes = [errand_cases.open_errand(database) for _ in range(WARM_UP + CASES)]
    send(database, codes[:WARM_UP])
    tracemalloc.start()
    before = held()
    send(database, codes[WARM_UP:])
    grown = held() - before
    tracemalloc.stop()
    assert grown < BYTES_A_CASE * CASES


def send(database, codes):
    for code in codes:
        errand_cases.act(database, code, "send", by=CLERK)


def held():
    gc.collect()
    ours = tracemalloc.take_snapshot().filter_traces(
        [tracemalloc.Filter(inclusive=True, filename_pattern="*/workflow/*")]
    )
    return sum(each.size for each in ours.statistics("filename"))

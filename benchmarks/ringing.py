"""From a commit to its job running, with workers that have nothing else to do.

Embedded with SQLite, as `trinh run`; over Redis with PostgreSQL, as in production. The pauses between jobs are such
that the worker has gone to sleep.
"""

import random
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from queue import Queue
from time import perf_counter, sleep
from typing import Final

from dramatiq import Broker, Worker

from benchmarks.measuring import Figure, percentile
from benchmarks.stages import KINDS
from tests.servers.redis import RedisServer
from workers.bell import Bell, redis_bell
from workers.broker import QUEUE, EmbeddedBroker, close, declare, worker_broker
from workers.process import IDLE_WAKE_MS, THREADS
from workers.ringing import Ringing, finish
from workflow.deadlines import ClaimedJob, jobs
from workflow.storage.session import Database

RINGS: Final = 150
PAUSES: Final = (0.02, 0.12)


def measure() -> Iterator[Figure]:
    """Measure both ways."""
    yield _figure("embedded, sqlite", kind="sqlite", servers=())
    yield _figure("redis, postgresql", kind="postgresql", servers=(RedisServer,))


def _figure(name: str, *, kind: str, servers: tuple[type[RedisServer], ...]) -> Figure:
    with ExitStack() as stack:
        url = stack.enter_context(KINDS[kind]())
        redis = next((stack.enter_context(server()).url for server in servers), None)
        waits = _waits(Database(url), redis)
    return Figure(
        f"commit to job running, idle worker, p99: {name}",
        percentile(waits, 0.99) * 1e3,
        "ms",
        must=100,
        aim=20,
        better="less",
        beside=f"median {statistics.median(waits) * 1e3:.1f} ms",
    )


def _waits(database: Database, redis: str | None) -> list[float]:
    began: Queue[float] = Queue()

    def effect(database: Database, job: ClaimedJob) -> None:
        began.put(perf_counter())
        with database.writing() as tx:
            finish(tx, job)

    broker: Broker = worker_broker(redis) if redis else EmbeddedBroker()
    actor = declare(broker, Ringing(database, {"bench": effect}))
    bell = redis_bell(redis) if redis else Bell(actor)
    worker = Worker(broker, queues={QUEUE}, worker_timeout=IDLE_WAKE_MS, worker_threads=THREADS)
    worker.start()
    try:
        return [_wait(database, bell, began, number) for number in range(RINGS)]
    finally:
        worker.stop()
        bell.close()
        close(broker)
        database.close()


def _wait(database: Database, bell: Bell, began: "Queue[float]", number: int) -> float:
    sleep(random.uniform(*PAUSES))
    with database.writing() as tx:
        job_id = jobs.add(tx, "bench", f"bench:{number}", {})
    committed = perf_counter()
    assert job_id is not None
    bell([job_id])
    return began.get(timeout=10) - committed

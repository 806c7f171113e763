"""The brokers: Redis between processes, a queue in memory within one. Both carry only the ids of jobs.

Knows Dramatiq and its traps; not what a job is. A broker may lose, repeat or delay any message: the sweeper rings again
and the claim refuses the second.
"""

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Final

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Middleware, TimeLimit
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

QUEUE: Final = "jobs"
ACTOR: Final = "ring"

HEARTBEAT_TIMEOUT_MS: Final = 15_000
MAINTENANCE_CHANCE_IN_A_MILLION: Final = 200_000
TIME_LIMIT_MS: Final = 25_000
"""Below the lease, so that a job that hangs is stopped before somebody else may claim it."""
DEAD_LETTERS_KEPT: Final = 100

WORKER_SOCKET_SECONDS: Final = 5.0
BELL_SOCKET_SECONDS: Final = 0.25
"""A ring may take a quarter of a second: whoever acted is waiting for the answer, and the sweeper rings again."""

Actor = dramatiq.Actor[[int], None]


def declare(broker: dramatiq.Broker, run_job: Callable[[int], None]) -> Actor:
    """Declare the one actor at a broker of ours; Dramatiq's bare decorator would make another broker on import."""
    return dramatiq.Actor(run_job, broker=broker, actor_name=ACTOR, queue_name=QUEUE, priority=0, options={})


def worker_broker(url: str) -> RedisBroker:
    """Open the broker of a process that works: it fetches, and takes over what dead workers had fetched."""
    return RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq types the rest of itself
        client=_client(url, seconds=WORKER_SOCKET_SECONDS),
        middleware=working_middleware(),
        heartbeat_timeout=HEARTBEAT_TIMEOUT_MS,
        maintenance_chance=MAINTENANCE_CHANCE_IN_A_MILLION,
    )


def bell_broker(url: str) -> RedisBroker:
    """Open the broker of a process that only rings: short time-outs, no second try, no housekeeping."""
    return RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq types the rest of itself
        client=_client(url, seconds=BELL_SOCKET_SECONDS),
        middleware=[],
        heartbeat_timeout=HEARTBEAT_TIMEOUT_MS,
        maintenance_chance=0,
    )


def working_middleware() -> list[Middleware]:
    """Return what runs around a job: only a limit in time, because the table of jobs keeps the retries."""
    return [TimeLimit(time_limit=TIME_LIMIT_MS)]


class EmbeddedBroker(StubBroker):
    """The broker within one process. What it loses when the process dies is in the table."""

    def __init__(self) -> None:
        super().__init__(middleware=working_middleware())
        # Dramatiq appends to this list and reads it; a bounded deque can do both and does not grow without end.
        self.dead_letters_by_queue = defaultdict(_few)  # type: ignore[arg-type]  # Dramatiq says list


def waiting(broker: dramatiq.Broker) -> int:
    """Count the rings that nobody has fetched yet."""
    if isinstance(broker, EmbeddedBroker):
        return int(broker.queues[QUEUE].qsize())
    if isinstance(broker, RedisBroker):
        return int(broker.client.llen(f"{broker.namespace}:{QUEUE}"))
    raise TypeError(broker)


def close(broker: dramatiq.Broker) -> None:
    """Give back what a broker holds; Dramatiq leaves the connections of its Redis client open."""
    broker.close()
    if isinstance(broker, RedisBroker):
        broker.client.close()


def _few() -> deque[dramatiq.MessageProxy]:
    return deque(maxlen=DEAD_LETTERS_KEPT)


def _client(url: str, *, seconds: float) -> Redis:
    return Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 0))

"""A process that works: worker threads at a broker, the sweeper beside them, signs of life in the database.

With a Redis URL it shares the work with other processes; without one it is the embedded worker of `trinh run`, with a
broker in memory. Knows how to start and how to end in order, not what any job does.
"""

import logging
import os
import socket
from datetime import timedelta
from secrets import token_hex
from types import TracebackType
from typing import Final, Self

from dramatiq import Broker, Worker

from workers.bell import Bell, redis_bell
from workers.broker import QUEUE, EmbeddedBroker, close, declare, worker_broker
from workers.effects import effects
from workers.letters.posting import Post
from workers.ringing import LEASE, Ringing
from workers.sweeper import Sweeper
from workflow.installation import health
from workflow.storage.session import Database, DatabaseError

IDLE_WAKE_MS: Final = 50
"""How long an idle worker may sleep before it looks at the broker again; Dramatiq's default is a second."""
DRAIN_MS: Final = 25_000
THREADS: Final = 4

_log = logging.getLogger(__name__)


class Workers:
    """Works as long as the `with` block lasts, then finishes what is under way, for at most 25 s.

    `bell` rings in this process or, with Redis, at whichever process is free; it is `database.bell` while this works.
    """

    def __init__(
        self,
        database: Database,
        *,
        post: Post,
        redis_url: str | None = None,
        threads: int = THREADS,
        lease: timedelta = LEASE,
    ) -> None:
        self.name: Final = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        self._database = database
        self._bell_before = database.bell
        self._broker: Broker = worker_broker(redis_url) if redis_url else EmbeddedBroker()
        actor = declare(self._broker, Ringing(database, effects(post), lease))
        self.bell: Final = redis_bell(redis_url) if redis_url else Bell(actor)
        self._worker = Worker(self._broker, queues={QUEUE}, worker_timeout=IDLE_WAKE_MS, worker_threads=threads)
        self._sweeper = Sweeper(database, self.bell, process=self.name, is_working=self.is_working)

    def is_working(self) -> bool:
        """Whether every thread that should take jobs is there."""
        return all(thread.is_alive() for thread in (*self._worker.workers, *self._worker.consumers.values()))

    def __enter__(self) -> Self:
        self._database.bell = self.bell
        # Dramatiq's command line would send this signal; without it TimeLimit never starts.
        self._broker.emit_after("process_boot")
        self._worker.start()
        self._sweeper.start()
        _log.info("worker %s started", self.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # First stop ringing for new jobs, then let running jobs end; jobs that still wait are in the table.
        self._database.bell = self._bell_before
        self._sweeper.stop()
        self._worker.stop(timeout=DRAIN_MS)
        close(self._broker)
        self.bell.close()
        self._leave()
        _log.info("worker %s ended", self.name)

    def _leave(self) -> None:
        try:
            with self._database.writing() as tx:
                health.leave(tx, self.name)
        except DatabaseError as unreachable:
            _log.warning("worker %s could not say good-bye: %s", self.name, unreachable)

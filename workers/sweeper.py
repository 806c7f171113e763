"""The sweeper: every second it looks for what is due and was not rung, and says that this process is alive.

A thread in every worker process. Deadlines that passed in business time become jobs, in the order of their due
times, and so do milestones whose day has come; jobs that are due, or whose lease ended, are rung again; now and then
sessions and throttles of no more use are deleted. It outlives any outage of the database or the broker: it logs, waits
longer each time, and goes on.
"""

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Final

from workers.bell import Bell
from workflow.accounts import signing_in
from workflow.deadlines import escalations, jobs
from workflow.installation import business_time, health
from workflow.movements import milestones
from workflow.storage.session import Database, Tx

EVERY_SECONDS: Final = 1.0
CATCHING_UP_SECONDS: Final = 0.1
"""While deadlines are due, the next of the same cases may be due as well: after an outage, or a jump of the clock."""
LONGEST_PAUSE_SECONDS: Final = 8.0
"""Below the silence after which an operator is told, so that the first success is seen in time."""
DEADLINES_AT_ONCE: Final = 500
"""Deadlines turned into jobs in one transaction: it holds the only writer's turn on SQLite."""
TIDY_EVERY_SECONDS: Final = 3_600.0
"""Nothing waits for old sessions and throttles to be deleted; they only must not pile up."""

_log = logging.getLogger(__name__)


class Sweeper:
    """Sweeps from `start` to `stop`. `is_working` says whether the process it lives in still does jobs."""

    def __init__(self, database: Database, bell: Bell, *, process: str, is_working: Callable[[], bool]) -> None:
        self._database = database
        self._bell = bell
        self._process = process
        self._is_working = is_working
        self._tidy_at = monotonic()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        """Begin to sweep, at once and then every second."""
        self._thread.start()

    def stop(self) -> None:
        """End after the sweep that is under way."""
        self._stopping.set()
        self._thread.join()

    def sweep(self) -> bool:
        """Look once. Answers True when deadlines were due, because then there may be more."""
        room = self._bell.room()
        with self._database.writing() as tx:
            now = business_time.read(tx)
            due = milestones.ring_due(tx, now=now) + escalations.ring_due(tx, now=now, limit=DEADLINES_AT_ONCE)
            unrung = jobs.to_ring(tx, limit=room) if room else []
            jobs.park_exhausted(tx)
            self._beat(tx)
            if monotonic() >= self._tidy_at:
                signing_in.forget_old(tx)
                self._tidy_at = monotonic() + TIDY_EVERY_SECONDS
        self._bell(unrung)
        return due > 0

    def _beat(self, tx: Tx) -> None:
        kinds = (health.SWEEPER, health.WORKER) if self._is_working() else (health.SWEEPER,)
        health.beat(tx, self._process, kinds)

    def _run(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            try:
                pause = CATCHING_UP_SECONDS if self.sweep() else EVERY_SECONDS
            except Exception:  # noqa: BLE001 - a sweeper that ends ends all deadlines; whatever it was, look again (rule 16)
                pause = min(max(pause, EVERY_SECONDS) * 2, LONGEST_PAUSE_SECONDS)
                _log.warning("the sweep failed, next one in %s s", pause, exc_info=True)

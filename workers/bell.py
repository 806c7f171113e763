"""The bell: tells the workers which jobs were just committed, and gives up after a fraction of a second.

A ring that fails is no fault: the job is a committed row, and the sweeper rings it within seconds. The database rings
it after each commit without knowing the broker behind it.
"""

import logging
from collections.abc import Sequence
from time import monotonic
from typing import Final

from dramatiq.errors import DramatiqError
from redis.exceptions import RedisError

from workers.broker import Actor, bell_broker, close, declare, waiting

QUIET_SECONDS: Final = 2.0
"""How long after a failure the bell does not try again, so that not every act waits for the same time-out."""
RINGS_WAITING: Final = 1_000
"""Enough to keep every worker busy until the next sweep; more would only copy the table of jobs into the broker."""

_log = logging.getLogger(__name__)


class Bell:
    """Rings at one broker. Safe to call from any thread."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._quiet_until = 0.0

    def __call__(self, job_ids: Sequence[int]) -> None:
        """Ring for these jobs; what cannot be rung is left to the sweeper."""
        if monotonic() < self._quiet_until:
            return
        try:
            for job_id in job_ids:
                self._actor.send(job_id)
        except (RedisError, DramatiqError, OSError) as error:
            self._hush(error)

    def room(self) -> int:
        """Say how many more rings make sense now: none while enough wait, or while the broker is out of reach."""
        if monotonic() < self._quiet_until:
            return 0
        try:
            return max(0, RINGS_WAITING - waiting(self._actor.broker))
        except (RedisError, OSError) as error:
            self._hush(error)
            return 0

    def close(self) -> None:
        """Give the broker's connections back."""
        close(self._actor.broker)

    def _hush(self, error: Exception) -> None:
        self._quiet_until = monotonic() + QUIET_SECONDS
        _log.warning("the bell is out of reach, the sweeper rings later: %s", error)


def redis_bell(url: str) -> Bell:
    """Make the bell of a process that does no jobs itself: `web`, the command."""
    return Bell(declare(bell_broker(url), _somebody_else))


def _somebody_else(_job_id: int) -> None:
    """Stand in for the worker's actor: to ring, only its name matters."""

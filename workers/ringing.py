"""What happens when it rings: claim the job, do its effect, mark it done, or say when to try again.

Knows leases and fencing tokens, not what any effect does (`effects`). A ring for a job that is done, held, leased or
unknown returns at once, so rings may come in any number and order.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from dramatiq.middleware.threading import Interrupt

from workflow.deadlines import ClaimedJob, jobs
from workflow.errors import WorkflowError
from workflow.storage.session import Database, DatabaseError, Tx

LEASE: Final = timedelta(seconds=30)

Effect = Callable[[Database, ClaimedJob], None]
"""Does a job's work and marks it done in the same transaction as its last trace in the database."""

_log = logging.getLogger(__name__)


class FencedOff(WorkflowError):
    """The lease ran out and somebody else has the job: what was just done here is rolled back."""

    def __init__(self, job_id: int) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class UnknownKind(WorkflowError):
    """No effect belongs to this kind of job: a newer release wrote it. It waits for a newer worker."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Ringing:
    """The one actor of the brokers, over a database and the table of effects by kind."""

    database: Database
    effects: Mapping[str, Effect]
    lease: timedelta = LEASE

    def __call__(self, job_id: int) -> None:
        """Do one job if it is there to be done."""
        try:
            job = self._claim(job_id)
        except DatabaseError as error:
            _log.warning("job %s could not be claimed, it stays due: %s", job_id, error)
            return
        if job is not None:
            self._do(job)

    def _claim(self, job_id: int) -> ClaimedJob | None:
        # A transaction of its own: a try counts even if the effect crashes the process.
        with self.database.writing() as tx:
            return jobs.claim(tx, job_id, lease=self.lease)

    def _do(self, job: ClaimedJob) -> None:
        try:
            self._effect_of(job)(self.database, job)
        except FencedOff:
            _log.warning("job %s (%s) was taken over while it was being done", job.id, job.kind)
        except Interrupt as stopped:
            self._fail(job, stopped)
        except Exception as error:  # noqa: BLE001 - whatever one job does, the worker goes on with the next (rule 16)
            self._fail(job, error)

    def _effect_of(self, job: ClaimedJob) -> Effect:
        if job.kind not in self.effects:
            raise UnknownKind(job.kind)
        return self.effects[job.kind]

    def _fail(self, job: ClaimedJob, error: BaseException) -> None:
        _log.warning("job %s (%s) failed", job.id, job.kind, exc_info=error)
        try:
            with self.database.writing() as tx:
                jobs.fail(tx, job, f"{type(error).__name__}: {error}")
        except DatabaseError as unreachable:
            _log.warning("job %s waits for its lease to end: %s", job.id, unreachable)


def finish(tx: Tx, job: ClaimedJob) -> None:
    """Mark a job done as the last thing of its transaction; raises `FencedOff` when the lease has been lost."""
    if not jobs.finish(tx, job):
        raise FencedOff(job.id)

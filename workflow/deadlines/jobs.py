"""Jobs: work that is done once, whatever crashes. The table is the queue, the broker only the doorbell.

Knows how often each kind is tried and how long it waits in between; `storage.queue` knows leases and tokens, the
workers know what a job does.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from typing import Any, Final

from workflow.storage import queue
from workflow.storage.queue import JobRow
from workflow.storage.session import Tx

RING_AGAIN_AFTER: Final = timedelta(seconds=3)
"""A job is rung once when it is written; when nobody has claimed it after this long, the sweeper rings it again."""
BACKLOG_CAPPED_AT: Final = 10_000
PARKED_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Policy:
    """How often a kind of job is tried, and how long it waits: `first`, doubled each time, never over `longest`."""

    tries: int
    first: timedelta
    longest: timedelta

    def wait(self, tries: int) -> timedelta:
        """Return how long to wait after so many tries."""
        doubled: timedelta = self.first * 2 ** (tries - 1)
        return min(doubled, self.longest)


INSIDE: Final = Policy(tries=8, first=timedelta(seconds=1), longest=timedelta(minutes=5))
"""Work inside the database: what fails eight times in about two minutes will not mend by itself."""
LETTERS: Final = Policy(tries=16, first=timedelta(seconds=5), longest=timedelta(hours=6))
"""Letters: a mail server may be down over a night or a weekend morning; parked after about a day."""
POLICIES: Final[Mapping[str, Policy]] = {"letter": LETTERS, "account_letter": LETTERS}
"""The policy of a kind that is not `INSIDE`."""


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that a worker has claimed. `token` proves the claim to `finish` and `fail`; `tries` includes this try."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    token: str
    tries: int


def add(tx: Tx, kind: str, key: str, payload: Mapping[str, Any], *, hold: timedelta = timedelta()) -> int | None:
    """Write a job, unless one with this key was ever written; ring it after the commit, or after `hold`."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    job_id = queue.insert(tx, kind=kind, key=key, payload=text, hold_seconds=hold.total_seconds())
    if job_id is not None and not hold:
        tx.jobs_to_ring.append(job_id)
    return job_id


def to_ring(tx: Tx, limit: int) -> list[int]:
    """Return the ids of jobs that are due and that nobody has claimed, to be rung after the commit."""
    return queue.take_to_ring(tx, limit=limit, rung_before_seconds=RING_AGAIN_AFTER.total_seconds())


def let_go(tx: Tx, job_ids: Sequence[int]) -> None:
    """Do not hold jobs any longer: nobody will take back what they tell of."""
    queue.let_go(tx, job_ids)


def claim(tx: Tx, job_id: int, *, lease: timedelta) -> ClaimedJob | None:
    """Claim a job until the lease ends; None when it is done, parked, not yet due or claimed by somebody else."""
    row = queue.claim(tx, job_id, token=token_hex(16), lease_seconds=lease.total_seconds())
    if row is None:
        return None
    return ClaimedJob(row.id, row.kind, row.key, json.loads(row.payload), row.token, row.tries)


def finish(tx: Tx, job: ClaimedJob) -> bool:
    """Mark a job done; False when the lease was lost: then this transaction must be rolled back."""
    return queue.finish(tx, job.id, token=job.token)


def fail(tx: Tx, job: ClaimedJob, error: str) -> bool:
    """Give a job back for another try, or park it after its last; False when the lease was lost."""
    policy = policy_of(job.kind)
    if job.tries >= policy.tries:
        return queue.park(tx, job.id, token=job.token, error=error)
    wait = policy.wait(job.tries).total_seconds()
    return queue.postpone(tx, job.id, token=job.token, error=error, wait_seconds=wait)


def park_exhausted(tx: Tx) -> int:
    """Park jobs that have used up their tries without any of them reporting, because each took its process down."""
    return sum(queue.park_exhausted(tx, kind=kind, tries=policy_of(kind).tries) for kind in queue.tried_kinds(tx))


def policy_of(kind: str) -> Policy:
    """Return how often a kind of job is tried."""
    return POLICIES.get(kind, INSIDE)


def parked(tx: Tx) -> list[JobRow]:
    """List what is stuck, newest first."""
    return queue.parked(tx, limit=PARKED_SHOWN)


def retry(tx: Tx, job_id: int) -> bool:
    """Try a parked job again from the beginning; False when it is not parked."""
    if not queue.retry(tx, job_id):
        return False
    tx.jobs_to_ring.append(job_id)
    return True

"""The notifications of what was done, made without a worker."""

from datetime import timedelta

from sqlalchemy import select

from workflow.deadlines import jobs, notices
from workflow.storage.models import Job
from workflow.storage.session import Database


def tell_all(database: Database) -> None:
    """Make the notifications of everything done so far."""
    with database.writing() as tx:
        for job_id in tx.connection.execute(select(Job.id)).scalars().all():
            job = jobs.claim(tx, job_id, lease=timedelta(seconds=30))
            if job is not None and job.kind == notices.TELL:
                notices.expand(tx, job.payload)
        tx.jobs_to_ring.clear()

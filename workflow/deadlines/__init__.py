"""What happens when time passes: jobs, escalation, notices and letters."""

from workflow.deadlines import escalations, jobs, notices
from workflow.deadlines.jobs import Job
from workflow.deadlines.notices import Notice

__all__ = ["Job", "Notice", "escalations", "jobs", "notices"]
